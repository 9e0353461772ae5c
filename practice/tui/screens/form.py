"""What screens made of lines share: the arrow keys go from line to line."""

from typing import Generic

from textual.containers import VerticalScroll

from practice.tui.commands import Command
from practice.tui.screens.base import PracticeScreen, Result

FORM_TABLE = (
    Command("form.up", "up", "up", "Go to the line above."),
    Command("form.down", "down", "down", "Go to the line below."),
)


class FormScreen(PracticeScreen[Result], Generic[Result]):
    """A screen of focusable lines; its `COMMAND_TABLE` ends with `*FORM_TABLE`."""

    def action_up(self) -> None:
        """Go to the line above."""
        self.focus_previous()

    def action_down(self) -> None:
        """Go to the line below."""
        self.focus_next()


class FormLines(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The lines of a form.

    Without the keys of its base: where the lines do not fit, an arrow would scroll them and leave
    the focus where it was. A line that gets the focus is scrolled to anyway.
    """
