"""The way to every screen: the app's `Navigator`.

Each screen is imported when it is first opened: all of them together take longer to import than
a start may. A new screen gets a way in `Navigator`, a method here, a line in `keymap._TABLES` if it
has commands, and a `.tcss` file beside its module.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from practice.tui.screens.host import Navigator
from practice.tui.services import Services

if TYPE_CHECKING:
    from datetime import datetime

    from practice.core.guesses import GuessKind
    from practice.core.offered_questions import Offer
    from practice.core.session import Mode
    from practice.core.session_rules import SessionSummary
    from practice.core.sitting import Sitting
    from practice.library.guesses import Guess
    from practice.library.interviews import Interview
    from practice.library.takes import Take
    from practice.questions.bank_editing import BankEditing, ChangedElsewhereError, Edited
    from practice.questions.catalogue import Catalogue
    from practice.questions.model import Question
    from practice.questions.stories.model import Story
    from practice.schedule.proposal import Candidate, Proposal
    from practice.tui.screens.results import Export, SessionSetup

Then = Callable[[Any], None]


class Navigation(Navigator):
    """Opens screens over the present one.

    Args:
        app: Shows them.
        services: What they work with.
    """

    def __init__(self, app: App[None], services: Services) -> None:
        self._app = app
        self._services = services

    def _open(self, screen: Screen[Any], then: Then | None = None) -> None:
        self._app.push_screen(screen, then)

    def open_session(
        self,
        candidates: "Sequence[Candidate]",
        mode: "Mode",
        *,
        counted: bool = False,
        sitting: "Sitting | None" = None,
    ) -> None:
        from practice.tui.screens.session.session import SessionScreen  # lazy: when it is opened

        self._open(
            SessionScreen(self._services, candidates, mode, counted=counted, sitting=sitting)
        )

    def open_retake(self, candidate: "Candidate") -> None:
        from practice.core.session import Mode  # lazy: it brings NumPy
        from practice.tui.screens.session.session import SessionScreen  # lazy: when it is opened

        self._open(SessionScreen(self._services, [candidate], Mode.PRACTICE, is_retake=True))

    def replace_review(self, take_id: str) -> None:
        # The retake first, then the review under it: from the new one, Esc leads where that led.
        self._app.pop_screen()
        self._app.pop_screen()
        self.open_review(take_id)

    def open_guess(
        self, kinds: "Sequence[GuessKind]", then: "Callable[[Guess | None], None]"
    ) -> None:
        from practice.tui.screens.session.guess import GuessDialog  # lazy: when it is opened

        self._open(GuessDialog(kinds), then)

    def open_summary(self, reached: "SessionSummary") -> None:
        from practice.tui.screens.session.summary import SummaryScreen  # lazy: when it is opened

        self._app.switch_screen(SummaryScreen(self._services, reached))

    def open_session_setup(
        self, proposals: "Sequence[Proposal]", then: "Callable[[SessionSetup | None], None]"
    ) -> None:
        # lazy: when it is opened
        from practice.tui.screens.session.session_setup import SessionSetupScreen

        self._open(SessionSetupScreen(self._services, proposals), then)

    def open_review(self, take_id: str) -> None:
        from practice.tui.screens.review.review import ReviewScreen  # lazy: when it is opened

        self._open(ReviewScreen(self._services, take_id))

    def open_comparison(self, take_id: str, other_id: str | None = None) -> None:
        from practice.tui.screens.review.compare import CompareScreen  # lazy: when it is opened

        self._open(CompareScreen(self._services, take_id, other_id))

    def open_microphone(self, then: Callable[[None], None] | None = None) -> None:
        # lazy: when it is opened
        from practice.tui.screens.setup.microphone import MicrophoneScreen

        self._open(MicrophoneScreen(self._services), then)

    def open_models(
        self, then: Callable[[None], None] | None = None, *, leave_when_chosen: bool = False
    ) -> None:
        from practice.tui.screens.setup.models import ModelsScreen  # lazy: when it is opened

        self._open(ModelsScreen(self._services, leave_when_chosen=leave_when_chosen), then)

    def ask_for_model_folder(self, text: str, then: Callable[[str | None], None]) -> None:
        # lazy: when it is opened
        from practice.tui.screens.setup.model_folder import ModelFolderDialog

        self._open(ModelFolderDialog(text), then)

    def open_calibration(self, then: Callable[[None], None] | None = None) -> None:
        # lazy: when it is opened
        from practice.tui.screens.setup.calibration import CalibrationScreen

        self._open(CalibrationScreen(self._services), then)

    def open_settings(self) -> None:
        from practice.tui.screens.setup.settings import SettingsScreen  # lazy: when it is opened

        self._open(SettingsScreen(self._services))

    def open_everything(self) -> None:
        # lazy: when it is opened
        from practice.tui.screens.setup.everything import EverythingScreen

        self._open(EverythingScreen(self._services))

    def open_library(self) -> None:
        from practice.tui.screens.library.library import LibraryScreen  # lazy: when it is opened

        self._open(LibraryScreen(self._services))

    def open_export(self, take: "Take", *, is_for_somebody: bool = False) -> None:
        from practice.tui.screens.review.export import ExportDialog  # lazy: when it is opened

        self._open(ExportDialog(self._services, take, is_for_somebody=is_for_somebody))

    def open_question_history(self, take: "Take") -> None:
        # lazy: when it is opened
        from practice.tui.screens.library.question_history import QuestionHistoryScreen

        self._open(QuestionHistoryScreen(self._services, take))

    def open_trends(self) -> None:
        from practice.tui.screens.library.trends import TrendsScreen  # lazy: when it is opened

        self._open(TrendsScreen(self._services))

    def open_banks(self) -> None:
        from practice.tui.screens.banks.banks import BanksScreen  # lazy: when it is opened

        self._open(BanksScreen(self._services))

    def open_interviews(self, words: str = "") -> None:
        from practice.tui.screens.weeks.interviews import InterviewsScreen  # lazy: when opened

        self._open(InterviewsScreen(self._services, words))

    def open_in_common(self) -> None:
        from practice.tui.screens.weeks.in_common import InCommonScreen  # lazy: when opened

        self._open(InCommonScreen(self._services))

    def open_interview_form(
        self,
        interview: "Interview | None",
        now: "datetime",
        zone: str,
        then: Callable[[str | None], None],
    ) -> None:
        # lazy: when it is opened
        from practice.tui.screens.weeks.interview_form import InterviewFormScreen

        self._open(InterviewFormScreen(self._services, interview, now, zone), then)

    def open_debrief(self, interview: "Interview") -> None:
        from practice.tui.screens.weeks.debrief import DebriefScreen  # lazy: when it is opened

        self._open(DebriefScreen(self._services, interview))

    def open_questions_in_file(
        self, interview: "Interview", then: "Callable[[Offer | None], None]"
    ) -> None:
        # lazy: when it is opened
        from practice.tui.screens.weeks.questions_in_file import QuestionsInFileDialog

        self._open(QuestionsInFileDialog(self._services, interview), then)

    def open_telling(self, interview: "Interview", then: "Callable[[Offer | None], None]") -> None:
        from practice.tui.screens.weeks.telling import TellingScreen  # lazy: when it is opened

        self._open(TellingScreen(self._services, interview), then)

    def open_outcome(self, interview: "Interview") -> None:
        from practice.tui.screens.weeks.outcome import OutcomeScreen  # lazy: when it is opened

        self._open(OutcomeScreen(self._services, interview))

    def open_own_page(self, interview: "Interview") -> None:
        from practice.tui.screens.weeks.own_page import OwnPageScreen  # lazy: when it is opened

        self._open(OwnPageScreen(self._services, interview))

    def open_terms(self, interview: "Interview") -> None:
        from practice.tui.screens.weeks.terms import TermsScreen  # lazy: when it is opened

        self._open(TermsScreen(self._services, interview))

    def open_letter(self, interview: "Interview") -> None:
        from practice.tui.screens.weeks.letter import LetterScreen  # lazy: when it is opened

        self._open(LetterScreen(self._services, interview))

    def open_feedback(self, take: "Take", then: Callable[[float | None], None]) -> None:
        from practice.tui.screens.review.feedback import FeedbackScreen  # lazy: when it is opened

        self._open(FeedbackScreen(self._services, take), then)

    def open_open_questions(self) -> None:
        # lazy: when it is opened
        from practice.tui.screens.weeks.open_questions import OpenQuestionsScreen

        self._open(OpenQuestionsScreen(self._services))

    def open_stories(self) -> None:
        from practice.tui.screens.stories.stories import StoriesScreen  # lazy: when it is opened

        self._open(StoriesScreen(self._services))

    def open_story(self, story_id: str) -> None:
        from practice.tui.screens.stories.story import StoryScreen  # lazy: when it is opened

        self._open(StoryScreen(self._services, story_id))

    def open_story_form(self, story: "Story | None", then: Callable[[str | None], None]) -> None:
        from practice.tui.screens.stories.story_form import StoryFormScreen  # lazy: when opened

        self._open(StoryFormScreen(self._services, story), then)

    def open_question_form(
        self,
        editing: "BankEditing",
        bank: str,
        question: "Question | None",
        then: "Callable[[Edited | None], None]",
        *,
        new: bool,
    ) -> None:
        # lazy: when it is opened
        from practice.tui.screens.banks.question_form import QuestionFormScreen

        self._open(QuestionFormScreen(self._services, editing, bank, question, new=new), then)

    def open_question_preview(self, question: "Question") -> None:
        # lazy: when it is opened
        from practice.tui.screens.banks.question_preview import QuestionPreviewScreen

        self._open(QuestionPreviewScreen(self._services, question))

    def open_bank_import(self, catalogue: "Catalogue", then: Callable[[str | None], None]) -> None:
        # lazy: when it is opened
        from practice.tui.screens.banks.bank_import import BankImportScreen

        self._open(BankImportScreen(self._services, catalogue), then)

    def open_bank_export(self, name: str, then: "Callable[[Export | None], None]") -> None:
        # lazy: when it is opened
        from practice.tui.screens.banks.bank_export import BankExportDialog

        self._open(BankExportDialog(name), then)

    def open_new_bank(self, names: Collection[str], then: Callable[[str | None], None]) -> None:
        from practice.tui.screens.banks.new_bank import NewBankDialog  # lazy: when it is opened

        self._open(NewBankDialog(names), then)

    def ask_for_title(
        self, question: str, title: str, about: str, then: Callable[[str | None], None]
    ) -> None:
        from practice.tui.screens.dialogs.title import TitleDialog  # lazy: when it is opened

        self._open(TitleDialog(question, title, about), then)

    def ask(
        self,
        question: str,
        yes: str,
        no: str,
        then: Callable[[bool | None], None],
        *,
        is_final: bool = False,
        remark: Callable[[], str] | None = None,
    ) -> None:
        from practice.tui.screens.dialogs.ask import AskDialog  # lazy: when it is opened

        self._open(AskDialog(question, yes, no, is_final=is_final, remark=remark), then)

    def pick(
        self,
        question: str,
        options: Sequence[tuple[str, str]],
        then: Callable[[str | None], None],
        *,
        is_searched: bool = False,
    ) -> None:
        from practice.tui.screens.dialogs.pick import PickDialog  # lazy: when it is opened

        self._open(PickDialog(question, options, is_searched=is_searched), then)

    def ask_about_changed(
        self, error: "ChangedElsewhereError", then: Callable[[str | None], None]
    ) -> None:
        from practice.tui.screens.dialogs.pick import about_changed  # lazy: when it is opened

        self._open(about_changed(error), then)
