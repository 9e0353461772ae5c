"""The small boxes of a review: what is not a filler, what was missed, another word, notes."""

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from practice.base.text import one_line, plain
from practice.tui.commands import Command, bindings
from practice.tui.screens.base import PracticeDialog
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.text_box import TextBox

COMMAND_TABLE = (
    Command("correcting.here", "enter", "only here", "It is not a filler here."),
    Command("correcting.always", "a", "always", "It is not a filler in any take from now on."),
    Command("correcting.um", "m,enter", "um", "An um was said here."),
    Command("correcting.uh", "h", "uh", "An uh was said here."),
    Command("correcting.itself", "w", "the word", "The word itself is a filler here."),
    Command("correcting.keep", "ctrl+s,escape", "keep", "Keep the notes and close."),
    Command("correcting.cancel", "escape", "cancel", "Change nothing."),
    Command("correcting.close", "escape,equals_sign,enter", "close", "Close the box."),
)
_HERE, _ALWAYS, _UM, _UH, _ITSELF, _KEEP, _CANCEL, _CLOSE = COMMAND_TABLE


class Reach(StrEnum):
    """How far it holds that something is no filler."""

    HERE = "here"
    ALWAYS = "always"


class NotFillerDialog(PracticeDialog[Reach | None]):
    """Asks whether something is no filler only here or always.

    Args:
        label: What was taken for one.
        is_listed: Whether the user's list of fillers has it, so that it can be taken out for good.
    """

    COMMAND_TABLE = (_HERE, _ALWAYS, _CANCEL)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)

    def __init__(self, label: str, *, is_listed: bool) -> None:
        super().__init__()
        self._label = label
        self._is_listed = is_listed

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        always = "a      never count it again, in any take\n" if self._is_listed else ""
        yield from _box(
            f"Stop marking “{one_line(self._label)}”?",
            f"Enter  only here\n{always}Esc    leave it",
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is in no list cannot be taken out of one."""
        return action != "always" or self._is_listed

    def action_here(self) -> None:
        """Only here."""
        self.dismiss(Reach.HERE)

    def action_always(self) -> None:
        """In every take."""
        self.dismiss(Reach.ALWAYS)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class MissedDialog(PracticeDialog[str | None]):
    """Asks which filler was said at a place; the result is its text.

    Args:
        word: The word that stands there, which may be the filler itself; empty for none.
        at: The time, in words.
    """

    COMMAND_TABLE = (_UM, _UH, _ITSELF, _CANCEL)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)

    def __init__(self, word: str, at: str) -> None:
        super().__init__()
        self._word = word
        self._at = at

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        where = f", at “{one_line(self._word)}”" if self._word else ""
        itself = f"w      the word “{one_line(self._word)}” is one\n" if self._word else ""
        yield from _box(
            f"Mark a filler at {self._at}{where}.", f"Enter  um\nh      uh\n{itself}Esc    leave it"
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no word stands, none can be the filler."""
        return action != "itself" or bool(self._word)

    def action_um(self) -> None:
        """An um."""
        self.dismiss("um")

    def action_uh(self) -> None:
        """An uh."""
        self.dismiss("uh")

    def action_itself(self) -> None:
        """The word that stands there."""
        self.dismiss(self._word)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class WordDialog(PracticeDialog[str | None]):
    """Asks for the word that was said; the result is its text, empty to take the word out.

    Args:
        word: What the model wrote.
        at: The time, in words.
    """

    COMMAND_TABLE = (_CANCEL,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "dialogs.tcss"

    def __init__(self, word: str, at: str) -> None:
        super().__init__()
        self._word = plain(word)
        self._at = at

    def compose(self) -> ComposeResult:
        """The word, ready to be written over."""
        yield from _box(
            f"The word at {self._at}, as you said it:",
            "Enter  save (leave empty to delete the word)\nEsc    leave it",
            PlainInput(self._word),
        )

    def on_mount(self) -> None:
        """Let the first letter that is typed replace the word."""
        self.query_one(PlainInput).action_select_all()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with what was written; None when nothing changed."""
        text = one_line(event.value)
        self.dismiss(None if text == self._word else text)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class NotesDialog(PracticeDialog[str]):
    """The user's notes on a take; the result is their text, whichever way it is closed.

    Args:
        notes: As they are.
    """

    COMMAND_TABLE = (_KEEP,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "dialogs.tcss"

    def __init__(self, notes: str) -> None:
        super().__init__()
        self._notes = plain(notes)

    def compose(self) -> ComposeResult:
        """The notes as a text to write in."""
        yield from _box("Notes on this take", "Esc  keep and close", TextBox(self._notes, "notes"))

    def action_keep(self) -> None:
        """Close with what is written."""
        self.dismiss(plain(self.query_one(TextBox).text))


class MeaningDialog(PracticeDialog[None]):
    """What one number of a review means.

    Args:
        heading: Its name and value.
        explanation: What it counts, what it is compared with, how wrong it may be.
    """

    COMMAND_TABLE = (_CLOSE,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)

    def __init__(self, heading: str, explanation: str) -> None:
        super().__init__()
        self._heading = heading
        self._explanation = explanation

    def compose(self) -> ComposeResult:
        """One paragraph."""
        with VerticalScroll(classes="box"):
            yield PlainText(one_line(self._heading), classes="question")
            yield PlainText(self._explanation)

    def action_close(self) -> None:
        """Return to the review."""
        self.dismiss()


def _box(question: str, answers: str, field: Widget | None = None) -> ComposeResult:
    with Vertical(classes="box"):
        yield PlainText(question, classes="question")
        if field is not None:
            yield field
        yield PlainText(answers, classes="answers")
