"""Every key of what is on screen, with a sentence about each."""

from collections.abc import Callable, Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.widgets import Static

from practice.tui.commands import Command, Commanded, bindings
from practice.tui.screens.base import PracticeDialog
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("help.close", "escape,question_mark,f1,enter", "close", "Close the help."),
)


class HelpDialog(PracticeDialog[None]):
    """The commands of a widget, its screen and the app, with the keys that they have now.

    Args:
        nodes: From the focused widget outwards.
        show_keys: The keys of a command, as they are printed.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)

    def __init__(
        self, nodes: Sequence[DOMNode], show_keys: Callable[[Command], Sequence[str]]
    ) -> None:
        super().__init__()
        self._speaking = nodes
        self._show_keys = show_keys

    def compose(self) -> ComposeResult:
        """What the screen is about, then its keys."""
        about = next((node.HELP for node in self._speaking if node.HELP), "")
        with VerticalScroll(classes="box"):
            if about:
                yield PlainText(about, classes="about")
            yield Static(self._table())

    def action_close(self) -> None:
        """Return to the screen."""
        self.dismiss()

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", no_wrap=True)
        table.add_column()
        for node in self._speaking:
            if isinstance(node, Commanded):
                for command in node.COMMAND_TABLE:
                    if node.check_action(command.action, ()) is not False:
                        table.add_row(
                            Text(" ".join(self._show_keys(command)), "bold"), Text(command.help)
                        )
        return table
