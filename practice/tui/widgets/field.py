"""One field of a form: its name, what is typed, and what is wrong with it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from practice.questions.draft import LISTS, Typed, join_items, split_items
from practice.questions.model import KINDS
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_input import FormInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.text_box import ItemsBox, QuestionBox, TextBox

LABEL_WIDTH = 16
"""Columns of the names; the values of a `OptionRow` begin there too."""
LABELS = {
    "text": "question",
    "target_s": "target, seconds",
    "prep_s": "think, seconds",
    "follow_ups": "follow-ups",
    "key_points": "key points",
    "url": "address",
}
"""What a field is called where it is not called by its key."""
CHOICES = {
    "kind": [Option("", "not said"), *(Option(kind, kind) for kind in KINDS)],
    "difficulty": [Option("", "not said"), Option("1", "1, easy"), Option("2", "2"),
                   Option("3", "3, hard")],
}  # fmt: skip


class Field(Vertical):
    """A label, an editor that fits the field, and a line for what is wrong.

    Args:
        key: Of the question.
        value: What to begin with.
    """

    DEFAULT_CSS: ClassVar[str] = f"""
    Field {{
        height: auto;
        & > Horizontal {{ height: auto; }}
        & .label {{ width: {LABEL_WIDTH}; color: $muted; }}
        & .problem {{ display: none; margin-left: {LABEL_WIDTH}; color: $text-warning; }}
        &.-wrong .problem {{ display: block; }}
    }}
    """

    def __init__(self, key: str, value: Typed) -> None:
        super().__init__(id=f"field-{key}")
        self.key = key
        self.touched = False
        """Something was typed here, so that it may be judged."""
        self._items = value if isinstance(value, tuple) else ()
        self.editor = _editor(key, value)

    def compose(self) -> ComposeResult:
        """Label and editor side by side, the problem below."""
        with Horizontal():
            if self.key not in CHOICES:
                yield PlainText(_label(self.key), classes="label")
            yield self.editor
        yield PlainText("", classes="problem")

    @property
    def label(self) -> str:
        """What the field is called."""
        return _label(self.key)

    @property
    def typed(self) -> Typed:
        """What stands there now."""
        match self.editor:
            case TextBox() as box if self.key in LISTS:
                return split_items(box.text, self._items)
            case TextBox() as box:
                return box.text
            case OptionRow() | Input() as line:
                return line.value
        raise TypeError(self.editor)

    def tell(self, problem: str) -> None:
        """Say what is wrong, or nothing."""
        self.query_one(".problem", PlainText).show(problem)
        self.set_class(bool(problem), "-wrong")


def _label(key: str) -> str:
    return LABELS.get(key, key)


def _editor(key: str, value: Typed) -> Widget:
    if isinstance(value, tuple):
        return ItemsBox(join_items(value), key)
    if key in CHOICES:
        return OptionRow(_label(key), CHOICES[key], value, key)
    if key == "text":
        return QuestionBox(value, key)
    if key == "notes":
        return TextBox(value, key)
    line = FormInput(value)
    line.id = key
    return line
