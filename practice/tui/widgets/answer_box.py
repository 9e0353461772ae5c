"""A text that Enter ends, and that the arrow keys leave."""

from textual.message import Message

from practice.tui.widgets.text_box import TextBox


class AnswerBox(TextBox):
    """Wraps long lines; says when it is left by Enter, upwards or downwards.

    Args:
        name: The widget's id.
    """

    class Submitted(Message):
        """Enter was pressed."""

    class LeftUp(Message):
        """What is above is wanted."""

    class LeftDown(Message):
        """What is below is wanted."""

    def __init__(self, name: str) -> None:
        super().__init__("", name)

    def leave_by_enter(self) -> bool:
        """Enter ends the text; a new line could only be pasted."""
        self.post_message(self.Submitted())
        return True

    def show(self, text: str) -> None:
        """Replace the text, with the cursor behind it."""
        self.text = text
        self.move_cursor(self.document.end)

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up a line; from the first one, say that what is above is wanted."""
        if self.is_on_first_row and not select:
            self.post_message(self.LeftUp())
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line; from the last one, say that what is below is wanted."""
        if self.is_on_last_row and not select:
            self.post_message(self.LeftDown())
        else:
            super().action_cursor_down(select)
