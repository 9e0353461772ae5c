"""The habit drill: hear it in an old take, speak a minute without it, answer again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from practice.base.errors import NotFoundError
from practice.base.text import clock_time, one_line, shorten
from practice.core.habit import (
    ENOUGH,
    HABITS,
    HabitKind,
    ask_for_minute,
    compare_marks,
    describe_agreement,
    describe_minute,
    find_old_answer,
    find_spoken,
    is_enough,
    marks_of_machine,
    read_minute,
)
from practice.core.session import Mode
from practice.library.takes import Take, TakeState
from practice.schedule.proposal import Candidate
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import LatestRead, in_background
from practice.tui.jobs.playback import PlaybackController, PlayingFailed
from practice.tui.messages import ReviewNews, ReviewProgressed
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.level_meter import POLL_S
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from practice.core.workspace import Workspace
    from practice.documents.review import ReviewDocument
    from practice.questions.model import Question

COMMAND_TABLE = (
    Command("habit.go-on", "enter", "go on", "Begin to hear; end hearing; go on.", footer=True),
    Command("habit.mark", "m", "mark", "While it plays: the habit is heard here.", footer=True),
    Command("habit.again", "r", "again", "Hear the take again; your marks are forgotten.",
            footer=True),
    Command("habit.compare", "c", "compare", "The retake beside the first take.", footer=True),
    BACK,
)  # fmt: skip
ABOUT = "Enter plays it; m marks each place where you hear the habit, Enter ends it."
NO_TAKE = "There is no reviewed take with its sound yet: answer a question first."
NOT_PLAYING = "Nothing plays now: Enter begins."
NO_AGAIN = "There is nothing to hear again now."
NO_RETAKE = "There is no reviewed retake to compare yet."
ONLY_BEGUN = "It has only begun: listen to it first."
NO_QUESTION = "The question of the first take is in no bank any more: that is all."
THAT_IS_ALL = "That is all: Esc leaves."
LEAST_HEARD_S = 1.0
"""An Enter before that is impatience: it would compare marks that nobody could set yet."""
END_S = 0.5
"""So near to its end a take was heard whole."""
_QUESTION_WIDTH = 60


class Step(StrEnum):
    """How far the drill has come."""

    CHOOSING = "choosing"
    HEARING = "hearing"
    TOLD = "told"
    SPEAKING = "speaking"
    """The minute, then the retake."""
    DONE = "done"


@dataclass
class TakeFound(Message):
    """The take to hear was looked for."""

    take: "Take | None"
    """None where there is none."""
    review: "ReviewDocument | None"
    question: "Question | None"
    """What it answers, as its bank has it now."""
    known: set[str]
    """The ids of all takes; what is none of them was spoken in the drill."""


@dataclass
class Spoken(Message):
    """What was recorded in the drill so far, with its reviews where they are made."""

    takes: "list[tuple[Take, ReviewDocument | None]]"


class HabitScreen(PracticeScreen[None]):
    """Goes from one step to the next with Enter; Esc leaves at any of them.

    Args:
        services: What the screen works with.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "habit.tcss"
    AUTO_FOCUS = "OptionRow"
    HELP = (
        "Mark the habit by ear in your last take, see the machine's marks beside yours, then speak "
        "a minute with something else in its place, and answer the question again. Below five "
        "fillers a minute it stops by itself. practice looks for fillers and hurried stretches; "
        "trailing off is yours alone to hear."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: TakeFound | None = None
        self._step = Step.CHOOSING
        self._own: list[float] = []
        self._heard_s = 0.0
        """How far the take was heard."""
        self._listening = PlaybackController(services.devices, self.post_message)
        self._plays = False
        self._lines: list[str] = []
        """What came of hearing."""
        self._reading = LatestRead(self, "reading what you spoke")
        self._spoken: list[tuple[Take, ReviewDocument | None]] = []

    def compose(self) -> ComposeResult:
        """Title, the habit to choose, what is so now, keys."""
        yield PlainText("One habit", classes="title")
        with Vertical(classes="form"):
            yield OptionRow("habit", [Option(each, each) for each in HABITS], HABITS[0], "habit")
        with VerticalScroll():
            yield PlainText("", "told")
        yield Footer()

    def on_mount(self) -> None:
        """Find the take, and follow the reviews."""
        self.host.review_news.subscribe(self, self.follow_reviews)
        in_background(self, self._find_take, "finding a take")
        self.set_interval(POLL_S, self._look)

    def on_unmount(self) -> None:
        """Fall silent."""
        self._listening.stop()

    def on_screen_suspend(self) -> None:
        """Fall silent while another screen or a box is open."""
        if self._plays:
            self._heard_s, self._plays = self._listening.position_s, False
            self._listening.stop()

    def on_screen_resume(self) -> None:
        """Play on, or see what was spoken meanwhile."""
        if self._step is Step.HEARING:
            self._play()
        self._read_on()

    def follow_reviews(self, news: ReviewNews) -> None:
        """See whether a review was made."""
        if not isinstance(news, ReviewProgressed):
            self._read_on()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Marks only while it plays, comparing only with a retake."""
        step = self._step
        if action == "mark":
            return True if step is Step.HEARING else None
        if action == "again":
            return True if step is Step.TOLD or self._stopped_by_itself else None
        if action == "compare":
            return True if self._retake is not None else None
        if action != "go_on":
            return True
        if step is Step.HEARING:
            return True if self._heard_s >= LEAST_HEARD_S else None
        return None if self._take is None or step is Step.DONE else True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if self._take is None:
            return NO_TAKE if self._found is not None else ""
        if action == "go_on":
            return THAT_IS_ALL if self._step is Step.DONE else ONLY_BEGUN
        return {"mark": NOT_PLAYING, "again": NO_AGAIN, "compare": NO_RETAKE}.get(action, "")

    @on(TakeFound)
    def show_take(self, message: TakeFound) -> None:
        """Say which take is heard."""
        self._found = message
        self._tell(*self._introduce())
        self.refresh_bindings()

    @on(PlayingFailed)
    def show_silence(self, message: PlayingFailed) -> None:
        """Say why nothing is heard; the habit can be chosen again."""
        message.stop()
        self._step, self._plays = Step.CHOOSING, False
        row = self.query_one(OptionRow)
        row.display = True
        row.focus()
        error = message.error
        self._tell(*self._introduce(), "", f"It cannot be heard: {error.message}.", error.hint)
        self.refresh_bindings()

    @on(Spoken)
    def show_spoken(self, message: Spoken) -> None:
        """Show what was observed in the minute, and in the retake."""
        self._spoken = message.takes
        lines = [*self._lines, ""]
        for name, (take, review) in zip(("The minute", "The retake"), message.takes, strict=False):
            lines.append(f"{name}: {_describe(take, review)}.")
        if self._retake is not None:
            lines += ["", "That is all. c compares the retake with the first take, Esc leaves."]
        elif len(message.takes) > 1:
            lines += ["", THAT_IS_ALL]
        elif not message.takes:
            lines.append("Nothing was spoken. Enter tries the minute again.")
        elif self._question is None:
            lines += ["", NO_QUESTION]
        else:
            lines += ["", "Enter answers the first question again."]
        is_over = len(message.takes) > 1 or (message.takes and self._question is None)
        self._step = Step.DONE if is_over else Step.SPEAKING
        self._tell(*lines)
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Do what comes next."""
        match self._step:
            case Step.CHOOSING:
                self._hear()
            case Step.HEARING:
                self._end_hearing()
            case Step.TOLD:
                self._speak_minute()
            case Step.SPEAKING if self._spoken:
                self._answer_again()
            case Step.SPEAKING:
                self._speak_minute()

    def action_mark(self) -> None:
        """Note that the habit is heard now."""
        self._own.append(self._listening.position_s)
        self._show_hearing()

    def action_again(self) -> None:
        """Hear the take again."""
        self._hear()

    def action_compare(self) -> None:
        """Open the retake beside the first take."""
        if self._retake is not None and self._take is not None:
            self.host.navigator.open_comparison(self._retake.id, self._take.id)

    def _hear(self) -> None:
        self._step, self._own, self._heard_s = Step.HEARING, [], 0.0
        self.query_one(OptionRow).display = False
        self.query_one(".title", PlainText).show(f"One habit: {self._habit}")
        self.query_one(VerticalScroll).focus()
        self._play()
        self._show_hearing()
        self.refresh_bindings()

    def _play(self) -> None:
        """Play on from where it was heard to."""
        if self._take is not None and self._take.audio is not None:
            self._listening.play(self._take.audio, self._heard_s)
            self._plays = True

    def _look(self) -> None:
        """See how far it was heard, and whether it has ended; called a few times a second."""
        if not self._plays:
            return
        had_begun = self._heard_s >= LEAST_HEARD_S
        self._heard_s = max(self._heard_s, self._listening.position_s)
        if not self._listening.playing:
            self._end_hearing()
            return
        self._show_hearing()
        if had_begun != (self._heard_s >= LEAST_HEARD_S):
            self.refresh_bindings()

    def _show_hearing(self) -> None:
        heard, count = clock_time(self._heard_s), len(self._own)
        self._tell(f"Playing, {heard}. Marked: {count}", "", "m marks each place; Enter ends it.")

    def _end_hearing(self) -> None:
        assert self._found is not None
        assert self._found.take is not None
        assert self._found.review is not None
        self._plays = False
        self._listening.stop()
        habit, review = self._habit, self._found.review
        is_whole = self._heard_s >= (self._found.take.duration_s or 0.0) - END_S
        machine = marks_of_machine(review, habit)
        agreement = compare_marks(self._own, machine, None if is_whole else self._heard_s)
        facts = read_minute(review)
        self._lines = [describe_agreement(agreement), f"In that take: {describe_minute(facts)}."]
        if is_enough(facts, habit):
            self._step = Step.DONE
            self._tell(*self._lines, "", ENOUGH, "", "r hears it again, Esc leaves.")
        else:
            self._step = Step.TOLD
            minute = ask_for_minute(habit).question.text
            self._tell(*self._lines, "", minute, "", "Enter begins; it ends after a minute.")
        self.refresh_bindings()

    def _speak_minute(self) -> None:
        self._step = Step.SPEAKING
        question = ask_for_minute(self._habit).question
        self.host.navigator.open_session([Candidate("", "", question)], Mode.INTERVIEW)

    def _answer_again(self) -> None:
        if self._take is not None and self._question is not None:
            bank = self._take.bank or ""
            candidate = Candidate(bank, bank, self._question)
            self.host.navigator.open_session([candidate], Mode.INTERVIEW)

    def _introduce(self) -> tuple[str, ...]:
        if (take := self._take) is None:
            return (NO_TAKE,)
        question = shorten(one_line(take.question or "an answer"), _QUESTION_WIDTH)
        return f"Your last take: {question}", "", ABOUT

    @property
    def _habit(self) -> HabitKind:
        chosen = self.query_one(OptionRow).value
        return next(each for each in HABITS if each == chosen)

    @property
    def _take(self) -> Take | None:
        return self._found.take if self._found is not None else None

    @property
    def _question(self) -> "Question | None":
        return self._found.question if self._found is not None else None

    @property
    def _retake(self) -> Take | None:
        """The retake, once it has its review."""
        return next((take for take, review in self._spoken[1:] if review is not None), None)

    @property
    def _stopped_by_itself(self) -> bool:
        return self._step is Step.DONE and not self._spoken

    def _tell(self, *lines: str) -> None:
        self.query_one("#told", PlainText).show("\n".join(lines))

    def _find_take(self) -> TakeFound:
        workspace = self.services.workspace
        takes = workspace.library.takes()
        known = {take.id for take in takes}
        take = find_old_answer(takes)
        if take is None:
            return TakeFound(None, None, None, known)
        return TakeFound(take, workspace.review_of(take), workspace.question_of(take), known)

    def _read_on(self) -> None:
        """Read what was spoken, where anything can have been."""
        found, habit = self._found, self._habit
        if found is not None and (self._step is Step.SPEAKING or self._spoken):
            self._reading.ask(lambda: self._read_spoken(found, habit))

    def _read_spoken(self, found: TakeFound, habit: HabitKind) -> Spoken:
        assert found.take is not None
        workspace = self.services.workspace
        new = [take for take in workspace.library.takes() if take.id not in found.known]
        spoken = find_spoken(new, habit, found.take)
        return Spoken([(take, _find_review(workspace, take)) for take in spoken])


def _find_review(workspace: "Workspace", take: Take) -> "ReviewDocument | None":
    try:
        return workspace.review_of(take) if take.state is TakeState.REVIEWED else None
    except NotFoundError:
        return None  # it was deleted meanwhile; the next reading leaves it out


def _describe(take: Take, review: "ReviewDocument | None") -> str:
    if review is not None:
        return describe_minute(read_minute(review))
    return "it could not be reviewed" if take.state is TakeState.FAILED else "waits for its review"
