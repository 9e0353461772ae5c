"""One declaration per command: from it come key, footer, palette, help and the keymap's id.

A screen lists its commands in `COMMAND_TABLE`, states `BINDINGS = bindings(COMMAND_TABLE)` and has
an `action_*` method for each. Its `check_action` alone decides what is available: True, False
(hidden) or None (shown, greyed).
"""

from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as `practice keys` prints it."""

    id: str
    keys: tuple[str, ...]
    help: str
    place: str
    """Where it works: `everywhere`, or the screen."""


QUIT = Command("app.quit", "ctrl+q,ctrl+c", "quit", "Leave practice; asks while you speak.")
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


def _tables() -> dict[str, tuple[Command, ...]]:
    """Every table by its place; imports the screens."""
    from practice.tui.navigation import tables

    return {"everywhere": (*APP_TABLE, BACK), **tables()}


def listing(keymap: Mapping[str, str] | None = None) -> list[Listed]:
    """Every command of every screen with the keys it has now.

    A command that several screens share is listed once.

    Args:
        keymap: The user's own keys by command id.
    """
    own = keymap or {}
    listed: dict[str, Listed] = {}
    for place, table in _tables().items():
        for command in table:
            keys = tuple(own.get(command.id, command.keys).split(","))
            listed.setdefault(command.id, Listed(command.id, keys, command.help, place))
    return list(listed.values())


def unknown_ids(keymap: Mapping[str, str]) -> list[str]:
    """The ids in a keymap that name no command."""
    known = {listed.id for listed in listing()}
    return [name for name in keymap if name not in known]


def completed(own: Mapping[str, str]) -> dict[str, str]:
    """The keymap to give to Textual for the user's `own` keys.

    Where Textual moves one command of a table it takes its old key from all that share it, and
    moves the command behind the others. So every command of such a table is named, in its order.
    """
    return {
        command.id: own.get(command.id, command.keys)
        for table in (_tables() if own else {}).values()
        if any(command.id in own for command in table)
        for command in table
    }


def clashes(own: Mapping[str, str]) -> list[str]:
    """Where a key of the user's own belongs to another command of the same place, in words."""
    found: dict[str, None] = {}
    for table in (_tables() if own else {}).values():
        for command in table:
            keys = set(own.get(command.id, "").split(",")) - {""}
            for other in table:
                taken = keys & set(own.get(other.id, other.keys).split(","))
                if other is not command and taken:
                    found[f"{', '.join(sorted(taken))} is {command.id} and {other.id}"] = None
    return list(found)
