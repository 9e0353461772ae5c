"""A short list of lines with a cursor, whose Enter belongs to the screen."""

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import OptionList

from practice.tui.commands import Command, bindings

COMMAND_TABLE = (
    Command("lines.cursor-up", "up", "up", "Go to the line above."),
    Command("lines.cursor-down", "down", "down", "Go to the line below."),
    Command("lines.page-up", "pageup", "page up", "Go up by a page."),
    Command("lines.page-down", "pagedown", "page down", "Go down by a page."),
    Command("lines.first", "home", "first", "Go to the first line."),
    Command("lines.last", "end", "last", "Go to the last line."),
)
"""Shared with `VirtualList`."""


class CursorList(OptionList, inherit_bindings=False):
    """An OptionList without keys of its own but those that move the cursor.

    It is for a few lines that are all there from the start: models, measures, problems, answers of
    a dialog. For those Textual's list does what `VirtualList` would have to learn (lines that wrap,
    a height that fits them, no line chosen at all) in a class of no code. Lists that grow with use
    are VirtualLists.

    Enter is left to the screen, so that its command shows in the footer; a click on a line is
    still `OptionList.OptionSelected`.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
