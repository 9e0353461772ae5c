"""What a screen may ask of the app that shows it.

So no screen knows the app or another screen: it says what is wanted, and the app decides which
screen that is and how it is shown.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from textual.signal import Signal

    from practice.base.errors import PracticeError
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
    from practice.tui.jobs.changes import ChangeQueue
    from practice.tui.jobs.downloading import Download
    from practice.tui.jobs.review_queue import ReviewQueue
    from practice.tui.messages import DownloadEnded, ReviewNews
    from practice.tui.screens.results import Export, SessionSetup


class Navigator(Protocol):
    """The ways to the screens; `then` is called with the result when the screen is left."""

    def open_session(
        self,
        candidates: "Sequence[Candidate]",
        mode: "Mode",
        *,
        counted: bool = False,
        sitting: "Sitting | None" = None,
    ) -> None:
        """One session over the candidates, in their order.

        Args:
            candidates: What is asked.
            mode: How it is held.
            counted: Whether they are a set.
            sitting: The format to hold it in.
        """

    def open_retake(self, candidate: "Candidate") -> None:
        """A question that is answered again from its review."""

    def replace_review(self, take_id: str) -> None:
        """The review of a retake, in place of the retake and of the review that it came from."""

    def open_guess(
        self, kinds: "Sequence[GuessKind]", then: "Callable[[Guess | None], None]"
    ) -> None:
        """Guesses about an answer that was kept, before its review; the result is what they are."""

    def open_summary(self, reached: "SessionSummary") -> None:
        """What a session came to, in place of the session."""

    def open_session_setup(
        self, proposals: "Sequence[Proposal]", then: "Callable[[SessionSetup | None], None]"
    ) -> None:
        """The choice of bank, number of questions and mode."""

    def open_review(self, take_id: str) -> None:
        """One take: its words with every finding marked, its sound, its numbers."""

    def open_comparison(self, take_id: str, other_id: str | None = None) -> None:
        """A take beside another one of its question, the one before it where none is named."""

    def open_microphone(self, then: Callable[[None], None] | None = None) -> None:
        """The microphone check; it keeps the choice itself."""

    def open_models(
        self, then: Callable[[None], None] | None = None, *, leave_when_chosen: bool = False
    ) -> None:
        """The speech models; the choice is kept.

        Args:
            then: Called when they are left.
            leave_when_chosen: Whether a download that was begun goes on without them.
        """

    def ask_for_model_folder(self, text: str, then: Callable[[str | None], None]) -> None:
        """A line for a model's folder that begins with `text`; the result is what was typed."""

    def open_calibration(self, then: Callable[[None], None] | None = None) -> None:
        """A script to read aloud, and how many of its fillers are caught; it keeps the result."""

    def open_settings(self) -> None:
        """Everything that can be chosen."""

    def open_everything(self) -> None:
        """Everything written into a folder, or taken back from one."""

    def open_library(self) -> None:
        """Every take."""

    def open_export(self, take: "Take", *, is_for_somebody: bool = False) -> None:
        """A form and a path for a take's review, to keep or for somebody else."""

    def open_question_history(self, take: "Take") -> None:
        """The takes of the question that `take` answers."""

    def open_trends(self) -> None:
        """Each measure over time."""

    def open_banks(self) -> None:
        """Every question bank, and what is in it."""

    def open_interviews(self, words: str = "") -> None:
        """Every real interview, or those that have the words."""

    def open_in_common(self) -> None:
        """What the interviews have in common."""

    def open_interview_form(
        self,
        interview: "Interview | None",
        now: "datetime",
        zone: str,
        then: Callable[[str | None], None],
    ) -> None:
        """What is known of an interview, or of a new one; the result is its id where it was kept.

        Args:
            interview: The one to change; None for a new one.
            now: In the user's own zone.
            zone: Of the user.
            then: Called when it is left.
        """

    def open_debrief(self, interview: "Interview") -> None:
        """What was asked in an interview, and how it went."""

    def open_questions_in_file(
        self, interview: "Interview", then: "Callable[[Offer | None], None]"
    ) -> None:
        """A line for a transcript or recording; the result is the questions found in it."""

    def open_telling(self, interview: "Interview", then: "Callable[[Offer | None], None]") -> None:
        """How an interview went, told aloud; the result is the questions that were mentioned."""

    def open_outcome(self, interview: "Interview") -> None:
        """How an interview ended, and rest."""

    def open_own_page(self, interview: "Interview") -> None:
        """A page to write on about an interview, for nobody else."""

    def open_terms(self, interview: "Interview") -> None:
        """What to say in an interview, and what its advert offers."""

    def open_letter(self, interview: "Interview") -> None:
        """Letters about an interview, to read, edit, copy and save."""

    def open_feedback(self, take: "Take", then: Callable[[float | None], None]) -> None:
        """What readers answered about a take; the result is where to play it, in seconds."""

    def open_open_questions(self) -> None:
        """Questions that come back until they were said well on two days."""

    def open_stories(self) -> None:
        """The stories that are told in interviews."""

    def open_story(self, story_id: str) -> None:
        """One story and its tellings."""

    def open_story_form(self, story: "Story | None", then: Callable[[str | None], None]) -> None:
        """Every field of a story, or of a new one; the result is its id where it was kept."""

    def open_question_form(
        self,
        editing: "BankEditing",
        bank: str,
        question: "Question | None",
        then: "Callable[[Edited | None], None]",
        *,
        new: bool,
    ) -> None:
        """Every field of one question; the result is what saving it did."""

    def open_question_preview(self, question: "Question") -> None:
        """One question as it will be asked."""

    def open_bank_import(self, catalogue: "Catalogue", then: Callable[[str | None], None]) -> None:
        """A list from elsewhere; the result is the name of the bank that was made of it."""

    def open_bank_export(self, name: str, then: "Callable[[Export | None], None]") -> None:
        """Format and file for a bank."""

    def open_new_bank(self, names: Collection[str], then: Callable[[str | None], None]) -> None:
        """The title of a new bank, which none of `names` may stand for."""

    def ask_for_title(
        self, question: str, title: str, about: str, then: Callable[[str | None], None]
    ) -> None:
        """Another title than `title`; the result is what was typed."""

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
        """A question with two answers; the result is whether `yes` was chosen.

        Enter is the answer yes, unless yes `is_final` and cannot be taken back. `remark` reads,
        beside the box, what else belongs to the question.
        """

    def pick(
        self,
        question: str,
        options: Sequence[tuple[str, str]],
        then: Callable[[str | None], None],
        *,
        is_searched: bool = False,
    ) -> None:
        """One of several (value, text); the result is the value of the one that was chosen."""

    def ask_about_changed(
        self, error: "ChangedElsewhereError", then: Callable[[str | None], None]
    ) -> None:
        """What to do about a bank that another program has written: `RELOAD` or `KEEP_BOTH`."""


class Host(Protocol):
    """The app, as its screens see it."""

    navigator: Navigator
    changes: "ChangeQueue"
    """Changes to what is stored; screens use `PracticeScreen.change`."""
    reviews: "ReviewQueue"
    """Takes that wait for their review."""
    review_news: "Signal[ReviewNews]"
    """What becomes of them; screens subscribe."""
    download: "Download | None"
    """The speech model that is on its way."""
    download_failure: "DownloadEnded | None"
    """How the last download ended, where it failed and none was begun since."""

    def get_model(self, name: str) -> None:
        """Download a speech model and use it once it is here; one at a time."""

    def apply_settings(self) -> None:
        """Take over the colours and keys that the settings name."""

    def show_error(self, error: "PracticeError") -> None:
        """Say what is wrong and what to do about it."""

    def drop_read_notices(self) -> None:
        """Take away the notices that stood there when something was last pressed."""
