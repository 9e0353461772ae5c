"""The way to every screen, each imported when it is first shown.

`routes.today(services)` gives a screen; `tables()` gives the commands of all of them. A new
screen gets a function here, a line in `_TABLES` and a `.tcss` file beside its module.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from practice.schedule.proposal import Candidate, Proposal
    from practice.sitting import Mode, Summary
    from practice.tui.commands import Command
    from practice.tui.screens.ask import AskScreen
    from practice.tui.screens.compare import CompareScreen
    from practice.tui.screens.help import HelpScreen
    from practice.tui.screens.microphone import MicrophoneScreen
    from practice.tui.screens.models import ModelsScreen
    from practice.tui.screens.review import ReviewScreen
    from practice.tui.screens.session import SessionScreen
    from practice.tui.screens.set_up import SetUpScreen
    from practice.tui.screens.settings import SettingsScreen
    from practice.tui.screens.summary import SummaryScreen
    from practice.tui.screens.today import TodayScreen
    from practice.tui.screens.welcome import WelcomeScreen
    from practice.tui.services import Services

_TABLES = {
    "today": "screens.today",
    "set up": "screens.set_up",
    "session": "screens.session",
    "summary": "screens.summary",
    "review": "screens.review",
    "compare": "screens.compare",
    "review boxes": "screens.correcting",
    "a transcript": "widgets.transcript",
    "welcome": "screens.welcome",
    "microphone": "screens.microphone",
    "models": "screens.models",
    "settings": "screens.settings",
    "a question": "screens.ask",
    "help": "screens.help",
    "a choice": "widgets.choice",
    "an entry": "widgets.entry",
    "a list": "widgets.lines",
}
"""Modules with commands of their own, in the order in which `practice keys` prints them."""


def tables() -> Mapping[str, "tuple[Command, ...]"]:
    """The commands of every screen and widget, by its name."""
    return {
        name: import_module(f"practice.tui.{module}").COMMAND_TABLE
        for name, module in _TABLES.items()
    }


def today(services: "Services") -> "TodayScreen":
    """The first screen: one proposed question."""
    from practice.tui.screens.today import TodayScreen

    return TodayScreen(services)


def session(
    services: "Services",
    candidates: "Sequence[Candidate]",
    mode: "Mode",
    *,
    counted: bool = False,
) -> "SessionScreen":
    """One sitting over the candidates, in their order; `counted` when they are a set."""
    from practice.tui.screens.session import SessionScreen

    return SessionScreen(services, candidates, mode, counted=counted)


def summary(services: "Services", reached: "Summary") -> "SummaryScreen":
    """What a sitting came to."""
    from practice.tui.screens.summary import SummaryScreen

    return SummaryScreen(services, reached)


def set_up(services: "Services", proposals: "Sequence[Proposal]") -> "SetUpScreen":
    """The choice of bank, number of questions and mode; its result is None when it is left."""
    from practice.tui.screens.set_up import SetUpScreen

    return SetUpScreen(services, proposals)


def review(services: "Services", take_id: str) -> "ReviewScreen":
    """One take: its words with every finding marked, its sound, its numbers."""
    from practice.tui.screens.review import ReviewScreen

    return ReviewScreen(services, take_id)


def compare(services: "Services", take_id: str) -> "CompareScreen":
    """A take beside another one of its question."""
    from practice.tui.screens.compare import CompareScreen

    return CompareScreen(services, take_id)


def welcome(services: "Services") -> "WelcomeScreen":
    """What is said and asked once, before the first question."""
    from practice.tui.screens.welcome import WelcomeScreen

    return WelcomeScreen(services)


def microphone(services: "Services") -> "MicrophoneScreen":
    """The microphone check; it keeps the choice itself."""
    from practice.tui.screens.microphone import MicrophoneScreen

    return MicrophoneScreen(services)


def models(services: "Services") -> "ModelsScreen":
    """The speech models; it keeps the choice itself."""
    from practice.tui.screens.models import ModelsScreen

    return ModelsScreen(services)


def settings(services: "Services") -> "SettingsScreen":
    """Everything that can be chosen."""
    from practice.tui.screens.settings import SettingsScreen

    return SettingsScreen(services)


def ask(question: str, yes: str, no: str) -> "AskScreen":
    """A question with two answers; its result is whether `yes` was chosen."""
    from practice.tui.screens.ask import AskScreen

    return AskScreen(question, yes, no)


def help_about(nodes: "Sequence[DOMNode]", own_keys: Mapping[str, str]) -> "HelpScreen":
    """Every key of what is on screen."""
    from practice.tui.screens.help import HelpScreen

    return HelpScreen(nodes, own_keys)
