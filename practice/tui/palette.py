"""The command palette: what can be done now, each with its key, found by words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from practice.base.text import one_line
from practice.tui.commands import Command, Commanded
from practice.tui.presentation.columns import fit
from practice.tui.screens.base import PracticeScreen

if TYPE_CHECKING:
    from practice.tui.screens.host import Navigator

KEYS = 9
"""Cells of the keys."""
LABEL = 17
"""Cells of the name."""
IN_LABEL, IN_HELP = 1.0, 0.5
"""Scores of what is found by its name, and by the sentence about it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A screen to which the palette leads from most others."""

    label: str
    help: str
    screen: str
    """The name of its class: not offered where it is open already."""
    go: "Callable[[Navigator], None]"


PLACES = (
    Place(
        "settings",
        "Microphone, model, language, targets, theme.",
        "SettingsScreen",
        lambda navigator: navigator.open_settings(),
    ),
    Place(
        "microphone",
        "Choose a microphone and try it.",
        "MicrophoneScreen",
        lambda navigator: navigator.open_microphone(),
    ),
    Place(
        "speech model",
        "Get, choose or remove a model.",
        "ModelsScreen",
        lambda navigator: navigator.open_models(),
    ),
    Place(
        "library",
        "Every take: find, open, share, export, delete.",
        "LibraryScreen",
        lambda navigator: navigator.open_library(),
    ),
    Place(
        "everything",
        "Export it all into one folder of plain files, or import it.",
        "EverythingScreen",
        lambda navigator: navigator.open_everything(),
    ),
    Place(
        "trends",
        "Each measure over time.",
        "TrendsScreen",
        lambda navigator: navigator.open_trends(),
    ),
    Place(
        "banks",
        "Question banks: look, edit, import, export.",
        "BanksScreen",
        lambda navigator: navigator.open_banks(),
    ),
    Place(
        "interviews",
        "Real ones: when they are, what was asked, how they ended.",
        "InterviewsScreen",
        lambda navigator: navigator.open_interviews(),
    ),
    Place(
        "stories",
        "What you tell in interviews: written, told, and how often.",
        "StoriesScreen",
        lambda navigator: navigator.open_stories(),
    ),
    Place(
        "open questions",
        "What comes back until you have said it well on two days.",
        "OpenQuestionsScreen",
        lambda navigator: navigator.open_open_questions(),
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette."""

    keys: str
    label: str
    help: str
    run: Callable[[], object]

    @property
    def line(self) -> Content:
        """Keys, name and sentence, side by side."""
        return Content.assemble(
            (fit(self.keys, KEYS), "bold"), fit(self.label, LABEL), (self.help, "$muted")
        )

    def score(self, query: str) -> float:
        """How well it fits: 0 where a word of `query` begins none of its words."""
        wanted = query.casefold().split()
        if _begin(wanted, self.label):
            return IN_LABEL
        return IN_HELP if _begin(wanted, f"{self.label} {self.help}") else 0.0


class KeyedApp(Protocol):
    """The app, as the palette sees it."""

    def show_keys(self, command: Command) -> list[str]:
        """The keys that a command has now, as they are printed."""

    def action_help(self) -> None:
        """Show every key of what is on screen."""


class CommandProvider(Provider):
    """Finds the commands of the focused widget's ancestors, its screen and the app."""

    async def discover(self) -> Hits:
        """Everything that is available, what one does most on this screen first."""
        for entry in self._entries():
            yield DiscoveryHit(entry.line, entry.run, text=entry.label)

    async def search(self, query: str) -> Hits:
        """What has every word of `query`, in its name or its sentence; else that nothing has."""
        found = [(entry, entry.score(query)) for entry in self._entries()]
        for entry, score in found:
            if score:
                yield Hit(score, entry.line, entry.run, text=entry.label)
        if not any(score for _, score in found):
            said = f"Nothing here is called “{one_line(query)}”. Enter shows every key."
            yield Hit(IN_HELP, Content(said), self._app.action_help, text=query)

    @property
    def _app(self) -> "KeyedApp":
        return cast("KeyedApp", self.app)

    def _entries(self) -> Iterator[Entry]:
        """The footer of the screen, the rest of it, what widgets add, then what is everywhere."""
        # Of two commands with one name the nearer is meant: Today has its own way to settings.
        named: set[str] = set()
        commands = sorted(self._available(), key=lambda found: self._rank(*found))
        for node, command in commands:
            if command.id == "app.quit":
                yield from self._places(named)
            if node is self.app and command.label in named:
                continue
            named.add(command.label)
            keys = " ".join(self._app.show_keys(command))
            run = partial(_run, node, command)
            yield Entry(keys, command.label, command.help, run)

    def _available(self) -> Iterator[tuple[DOMNode, Command]]:
        start = self.focused or self.screen
        for node in start.ancestors_with_self:
            if isinstance(node, Commanded):
                for command in node.COMMAND_TABLE:
                    if command.id != "app.command-palette" and node.check_action(
                        command.action, ()
                    ):
                        yield node, command

    def _rank(self, node: DOMNode, command: Command) -> int:
        if node is self.app:
            return 3
        if command.footer:
            return 0
        return 1 if node is self.screen else 2

    def _places(self, named: set[str]) -> Iterator[Entry]:
        screen = self.screen
        if not isinstance(screen, PracticeScreen) or not screen.LEADS_ELSEWHERE:
            return
        is_open = {type(screen).__name__ for screen in self.app.screen_stack}
        for place in PLACES:
            if place.screen not in is_open and place.label not in named:
                go = partial(place.go, screen.host.navigator)
                yield Entry("", place.label, place.help, go)


class Palette(CommandPalette):
    """The list of commands above the screen that they are about."""

    DEFAULT_CSS: ClassVar[str] = """
    Palette SearchIcon { display: none; }
    Palette > #--container {
        margin: 1 4;
        max-width: 100;
        background: $panel;
    }
    Palette.-narrow > #--container { margin: 0 1; }
    Palette #--input, Palette #--input.--list-visible {
        border: none;
        padding: 1 1 1 2;
        background: $panel;
    }
    Palette CommandInput, Palette CommandInput:focus { border: none; height: 1; }
    Palette CommandList {
        border: none;
        padding: 0 0 1 0;
        background: $panel;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    Palette CommandList > .option-list--option { text-style: none; }
    Palette CommandList > .option-list--option-highlighted {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: none;
    }
    """

    def __init__(self) -> None:
        super().__init__([CommandProvider], placeholder="share, delete, settings…")


async def _run(node: DOMNode, command: Command) -> None:
    await node.app.run_action(command.action, node)


def _begin(wanted: list[str], text: str) -> bool:
    """Whether every word that is wanted begins a word of `text`."""
    words = text.casefold().replace(":", " ").replace(",", " ").split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
