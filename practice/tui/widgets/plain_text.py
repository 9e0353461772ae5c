"""Text from anywhere on the screen."""

from textual.content import Content
from textual.widgets import Static

from practice.tui.presentation.content import as_content
from practice.tui.textual_fixes import forget_old_size


class PlainText(Static):
    """Text that may come from a bank, a transcript or a device: shown as it is, never as markup.

    Args:
        text: What to show first.
        name: The widget's id.
        classes: Its style classes, separated by spaces.
    """

    def __init__(self, text: str = "", name: str | None = None, classes: str | None = None) -> None:
        super().__init__(as_content(text), id=name, classes=classes)

    def show(self, text: str | Content) -> None:
        """Replace the text; a Content is one that `presentation.content` made.

        Nothing is drawn again when it is what is shown already.
        """
        content = as_content(text) if isinstance(text, str) else text
        if content != self.content:
            forget_old_size(self)
            self.update(content)
