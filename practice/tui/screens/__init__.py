"""The screens, each imported when it is first shown.

`screens.today(services)` gives a screen; `tables()` gives the commands of all of them. A new
screen gets a function here, a line in `_MODULES` and a `.tcss` file beside its module.
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
    from practice.tui.screens.help import HelpScreen
    from practice.tui.screens.session import SessionScreen
    from practice.tui.screens.set_up import SetUpScreen
    from practice.tui.screens.settings import SettingsScreen
    from practice.tui.screens.summary import SummaryScreen
    from practice.tui.screens.summary import SummaryScreen
    from practice.tui.screens.today import TodayScreen
    from practice.tui.services import Services

_MODULES = ("today", "session", "summary", "ask", "help")
"""Those with commands of their own, in the order in which `practice keys` prints them."""


def tables() -> Mapping[str, "tuple[Command, ...]"]:
    """The commands of every screen, by the screen's name."""
    return {name: import_module(f"practice.tui.screens.{name}").COMMAND_TABLE for name in _MODULES}


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
