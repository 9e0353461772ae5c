"""The way to every screen, each imported when it is first shown.

`routes.today(services)` gives a screen; `tables()` gives the commands of all of them. A new
screen gets a function here, a line in `_TABLES` and a `.tcss` file beside its module.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from practice.core.session import Mode, Plan, Summary
    from practice.library.takes import Take
    from practice.questions.bank_editing import BankEditing, ChangedElsewhereError
    from practice.questions.catalogue import Catalogue
    from practice.questions.model import Question
    from practice.schedule.proposal import Candidate, Proposal
    from practice.tui.commands import Command
    from practice.tui.screens.banks.bank_export import BankExportScreen
    from practice.tui.screens.banks.bank_import import BankImportScreen
    from practice.tui.screens.banks.banks import BanksScreen
    from practice.tui.screens.banks.new_bank import NewBankScreen
    from practice.tui.screens.banks.question_form import QuestionFormScreen
    from practice.tui.screens.banks.question_preview import QuestionPreviewScreen
    from practice.tui.screens.dialogs.ask import AskScreen
    from practice.tui.screens.dialogs.help import HelpScreen
    from practice.tui.screens.dialogs.pick import PickScreen
    from practice.tui.screens.library.library import LibraryScreen
    from practice.tui.screens.library.question_history import QuestionHistoryScreen
    from practice.tui.screens.library.trends import TrendsScreen
    from practice.tui.screens.review.compare import CompareScreen
    from practice.tui.screens.review.export import ExportScreen
    from practice.tui.screens.review.review import ReviewScreen
    from practice.tui.screens.session.session import SessionScreen
    from practice.tui.screens.session.set_up import SetUpScreen
    from practice.tui.screens.session.summary import SummaryScreen
    from practice.tui.screens.session.today import TodayScreen
    from practice.tui.screens.setup.calibration import CalibrationScreen
    from practice.tui.screens.setup.microphone import MicrophoneScreen
    from practice.tui.screens.setup.models import ModelsScreen
    from practice.tui.screens.setup.settings import SettingsScreen
    from practice.tui.screens.setup.welcome import WelcomeScreen
    from practice.tui.services import Services

_TABLES = {
    "today": "screens.session.today",
    "set up": "screens.session.set_up",
    "session": "screens.session.session",
    "summary": "screens.session.summary",
    "review": "screens.review.review",
    "compare": "screens.review.compare",
    "review boxes": "screens.review.correcting",
    "a transcript": "widgets.transcript",
    "welcome": "screens.setup.welcome",
    "microphone": "screens.setup.microphone",
    "models": "screens.setup.models",
    "what is caught": "screens.setup.calibration",
    "settings": "screens.setup.settings",
    "banks": "screens.banks.bank_commands",
    "a question of a bank": "screens.banks.question_form",
    "items of a list": "widgets.text_box",
    "import": "screens.banks.bank_import",
    "export of a bank": "screens.banks.bank_export",
    "a new bank": "screens.banks.new_bank",
    "one of several": "screens.dialogs.pick",
    "library": "screens.library.library",
    "export": "screens.review.export",
    "one question": "screens.library.question_history",
    "trends": "screens.library.trends",
    "a question": "screens.dialogs.ask",
    "help": "screens.dialogs.help",
    "a choice": "widgets.choice",
    "an entry": "widgets.entry",
    "a list": "widgets.lines",
    "a table of takes": "widgets.take_table",
    "a list of takes": "widgets.take_list",
    "a line to type into": "widgets.plain_input",
}
"""Modules with commands of their own, in the order in which `practice keys` prints them."""


def tables() -> Mapping[str, "tuple[Command, ...]"]:
    """The commands of every screen and widget, by its name."""
    return {
        name: import_module(f"practice.tui.{module}").COMMAND_TABLE
        for name, module in _TABLES.items()
    }


def today(services: "Services", plan: "Plan | None" = None) -> "TodayScreen":
    """The first screen: one proposed question; `plan` begins a session at once."""
    from practice.tui.screens.session.today import TodayScreen

    return TodayScreen(services, plan)


def session(
    services: "Services",
    candidates: "Sequence[Candidate]",
    mode: "Mode",
    *,
    counted: bool = False,
) -> "SessionScreen":
    """One sitting over the candidates, in their order; `counted` when they are a set."""
    from practice.tui.screens.session.session import SessionScreen

    return SessionScreen(services, candidates, mode, counted=counted)


def summary(services: "Services", reached: "Summary") -> "SummaryScreen":
    """What a sitting came to."""
    from practice.tui.screens.session.summary import SummaryScreen

    return SummaryScreen(services, reached)


def set_up(services: "Services", proposals: "Sequence[Proposal]") -> "SetUpScreen":
    """The choice of bank, number of questions and mode; its result is None when it is left."""
    from practice.tui.screens.session.set_up import SetUpScreen

    return SetUpScreen(services, proposals)


def review(services: "Services", take_id: str) -> "ReviewScreen":
    """One take: its words with every finding marked, its sound, its numbers."""
    from practice.tui.screens.review.review import ReviewScreen

    return ReviewScreen(services, take_id)


def compare(services: "Services", take_id: str, other_id: str | None = None) -> "CompareScreen":
    """A take beside another one of its question, the one before it where none is named."""
    from practice.tui.screens.review.compare import CompareScreen

    return CompareScreen(services, take_id, other_id)


def welcome(services: "Services") -> "WelcomeScreen":
    """What is said and asked once, before the first question."""
    from practice.tui.screens.setup.welcome import WelcomeScreen

    return WelcomeScreen(services)


def microphone(services: "Services") -> "MicrophoneScreen":
    """The microphone check; it keeps the choice itself."""
    from practice.tui.screens.setup.microphone import MicrophoneScreen

    return MicrophoneScreen(services)


def models(services: "Services", measuring: bool = False) -> "ModelsScreen":
    """The speech models; it keeps the choice itself. `measuring` looks for one that keeps up."""
    from practice.tui.screens.setup.models import ModelsScreen

    return ModelsScreen(services, measuring)


def calibration(services: "Services") -> "CalibrationScreen":
    """A script to read aloud, and how many of its fillers are caught; it keeps the result."""
    from practice.tui.screens.setup.calibration import CalibrationScreen

    return CalibrationScreen(services)


def settings(services: "Services") -> "SettingsScreen":
    """Everything that can be chosen."""
    from practice.tui.screens.setup.settings import SettingsScreen

    return SettingsScreen(services)


def library(services: "Services") -> "LibraryScreen":
    """Every take."""
    from practice.tui.screens.library.library import LibraryScreen

    return LibraryScreen(services)


def export(services: "Services", take: "Take") -> "ExportScreen":
    """A form and a path for a take's review; its result is the path, None when it is left."""
    from practice.tui.screens.review.export import ExportScreen

    return ExportScreen(services, take)


def question_history(services: "Services", take: "Take") -> "QuestionHistoryScreen":
    """The takes of the question that `take` answers."""
    from practice.tui.screens.library.question_history import QuestionHistoryScreen

    return QuestionHistoryScreen(services, take)


def trends(services: "Services") -> "TrendsScreen":
    """Each measure over time."""
    from practice.tui.screens.library.trends import TrendsScreen

    return TrendsScreen(services)


def banks(services: "Services") -> "BanksScreen":
    """Every question bank, and what is in it."""
    from practice.tui.screens.banks.banks import BanksScreen

    return BanksScreen(services)


def question_form(
    services: "Services",
    editing: "BankEditing",
    bank: str,
    question: "Question | None",
    *,
    new: bool,
) -> "QuestionFormScreen":
    """Every field of one question; its result is what saving it did."""
    from practice.tui.screens.banks.question_form import QuestionFormScreen

    return QuestionFormScreen(services, editing, bank, question, new=new)


def question_preview(
    services: "Services", bank: str, question: "Question"
) -> "QuestionPreviewScreen":
    """One question as it will be asked."""
    from practice.tui.screens.banks.question_preview import QuestionPreviewScreen

    return QuestionPreviewScreen(services, bank, question)


def bank_import(services: "Services", catalogue: "Catalogue") -> "BankImportScreen":
    """A list from elsewhere; its result is the name of the bank that was made of it."""
    from practice.tui.screens.banks.bank_import import BankImportScreen

    return BankImportScreen(services, catalogue)


def bank_export(name: str) -> "BankExportScreen":
    """Format and file for a bank."""
    from practice.tui.screens.banks.bank_export import BankExportScreen

    return BankExportScreen(name)


def new_bank(catalogue: "Catalogue") -> "NewBankScreen":
    """The title of a new bank."""
    from practice.tui.screens.banks.new_bank import NewBankScreen

    return NewBankScreen(catalogue)


def pick(question: str, options: "Sequence[tuple[str, str]]") -> "PickScreen":
    """One of several; its result is the value of the one that was chosen."""
    from practice.tui.screens.dialogs.pick import PickScreen

    return PickScreen(question, options)


def about_changed(error: "ChangedElsewhereError") -> "PickScreen":
    """What to do about a bank that another program has written."""
    from practice.tui.screens.dialogs.pick import about_changed

    return about_changed(error)


def ask(question: str, yes: str, no: str) -> "AskScreen":
    """A question with two answers; its result is whether `yes` was chosen."""
    from practice.tui.screens.dialogs.ask import AskScreen

    return AskScreen(question, yes, no)


def help_about(nodes: "Sequence[DOMNode]", own_keys: Mapping[str, str]) -> "HelpScreen":
    """Every key of what is on screen."""
    from practice.tui.screens.dialogs.help import HelpScreen

    return HelpScreen(nodes, own_keys)
