"""The command palette: every command that is available now, found by a part of its name."""

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from practice.tui.commands import Command, Commanded


class CommandProvider(Provider):
    """Finds the commands of the focused widget's ancestors, its screen and the app."""

    async def discover(self) -> Hits:
        """Everything that is available."""
        for node, command in self._available():
            yield DiscoveryHit(
                Content(command.label), partial(_run, node, command), help=command.help
            )

    async def search(self, query: str) -> Hits:
        """What matches `query`, in its label or its sentence."""
        matcher = self.matcher(query)
        for node, command in self._available():
            text = f"{command.label}: {command.help}"
            if (score := matcher.match(text)) > 0:
                yield Hit(score, matcher.highlight(text), partial(_run, node, command))

    def _available(self) -> Iterator[tuple[DOMNode, Command]]:
        start = self.focused or self.screen
        for node in start.ancestors_with_self:
            if isinstance(node, Commanded):
                for command in node.COMMAND_TABLE:
                    if node.check_action(command.action, ()):
                        yield node, command


async def _run(node: DOMNode, command: Command) -> None:
    await node.app.run_action(command.action, node)
