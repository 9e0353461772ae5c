"""One declaration per command: from it come key, footer, palette, help and the keymap's id.

A screen lists its commands in `COMMAND_TABLE`, states `BINDINGS = bindings(COMMAND_TABLE)` and has
an `action_*` method for each. Its `check_action` alone decides what is available: True, False
(hidden) or None (shown, greyed).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can ask for by key."""

    id: str
    """`screen.what`, stable: a keymap in the settings names it. The action is the second half."""
    keys: str
    """Textual's names, the first one shown, separated by commas."""
    label: str
    """One to three small words, for footer and help; no brackets."""
    help: str
    """One sentence for help and palette."""
    footer: bool = False
    """Whether it is among the at most seven of the footer."""

    @property
    def action(self) -> str:
        """The name of the method, without `action_`."""
        return self.id.partition(".")[2].replace("-", "_")

    @property
    def binding(self) -> Binding:
        """How Textual knows it."""
        return Binding(
            self.keys, self.action, self.label, show=self.footer, tooltip=self.help, id=self.id
        )


@runtime_checkable
class Commanded(Protocol):
    """An app, screen or widget with commands."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]]


QUIT = Command("app.quit", "ctrl+q,ctrl+c", "quit", "Leave practice; asks first while you record.")
APP_TABLE = (
    Command("app.help", "question_mark,f1", "help", "Show every key of this screen.", footer=True),
    Command("app.command-palette", "ctrl+p", "commands", "Find a command by its name."),
    QUIT,
)
"""What works on every screen."""

BACK = Command("screen.back", "escape", "back", "Go back to where you came from.", footer=True)
"""Shared by every screen that was opened from another one."""


def bindings(table: Iterable[Command]) -> list[BindingType]:
    """The bindings of a table, in its order."""
    return [command.binding for command in table]
