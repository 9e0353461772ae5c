"""The habit drill: hear it in an old take, speak a minute without it, answer again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from practice.base.text import one_line, shorten
from practice.core.habit import (
    ENOUGH,
    HABITS,
    HabitKind,
    ask_for_minute,
    compare_marks,
    describe_agreement,
    describe_minute,
    is_enough,
    marks_of_machine,
    read_minute,
)
from practice.core.session import Mode
from practice.library.takes import Take, TakeState
from practice.schedule.proposal import Candidate
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ReviewNews
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.level_meter import POLL_S
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from practice.documents.review import ReviewDocument
    from practice.questions.model import Question
    from practice.tui.services import Playback

COMMAND_TABLE = (
    Command("habit.go-on", "enter", "go on", "Begin to hear; end hearing; go on.", footer=True),
    Command("habit.mark", "m", "mark", "While it plays: the habit is heard here.", footer=True),
    Command("habit.compare", "c", "compare", "The retake beside the first take.", footer=True),
    BACK,
)  # fmt: skip
ABOUT = "Enter plays it; m marks each place where you hear the habit, Enter ends it."
NO_TAKE = "There is no reviewed take with its sound yet: answer a question first."
NOT_PLAYING = "Nothing plays now: Enter begins."
NO_RETAKE = "There is no retake to compare yet."
_QUESTION_WIDTH = 60


class Step(StrEnum):
    """How far the drill has come."""

    CHOOSING = "choosing"
    HEARING = "hearing"
    TOLD = "told"
    MINUTE = "minute"
    RETAKE = "retake"
    DONE = "done"


@dataclass
class TakeFound(Message):
    """The take to hear was read; None where there is none."""

    take: "Take | None"
    review: "ReviewDocument | None" = None
    question: "Question | None" = None
    """What it answers, as its bank has it now."""


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
        self._player: Playback | None = None
        self._lines: list[str] = []
        self._known: set[str] = set()
        """The ids of the takes that were there when the minute began."""
        self._spoken: list[tuple[Take, ReviewDocument | None]] = []

    def compose(self) -> ComposeResult:
        """Title, the habit to choose, what is so now, keys."""
        yield PlainText("One habit", classes="title")
        yield OptionRow("habit", [Option(each, each) for each in HABITS], HABITS[0], "habit")
        yield PlainText("", "told")
        yield Footer()

    def on_mount(self) -> None:
        """Find the take, and follow the reviews."""
        self.host.review_news.subscribe(self, self.follow_reviews)
        in_background(self, self._find_take, "finding a take")
        self.set_interval(POLL_S, self._look)

    def on_screen_suspend(self) -> None:
        """Fall silent."""
        if self._player is not None:
            self._player.stop()

    on_unmount = on_screen_suspend

    def on_screen_resume(self) -> None:
        """See what was spoken meanwhile."""
        if self._step in {Step.MINUTE, Step.RETAKE}:
            in_background(self, self._read_spoken, "reading what you spoke")

    def follow_reviews(self, news: ReviewNews) -> None:
        """A review was made."""
        del news
        self.on_screen_resume()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Marks only while it plays, comparing only with a retake."""
        if action == "mark":
            return True if self._step is Step.HEARING else None
        if action == "compare":
            return True if self._retake is not None else None
        return True if action != "go_on" or self._take is not None else None

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if self._take is None:
            return NO_TAKE if self._found is not None else ""
        return {"mark": NOT_PLAYING, "compare": NO_RETAKE}.get(action, "")

    @on(TakeFound)
    def show_take(self, message: TakeFound) -> None:
        """Say which take is heard."""
        self._found = message
        if (take := message.take) is None:
            self._tell(NO_TAKE)
        else:
            question = shorten(one_line(take.question or "an answer"), _QUESTION_WIDTH)
            self._tell(f"Your last take: {question}", "", ABOUT)
        self.refresh_bindings()

    @on(Spoken)
    def show_spoken(self, message: Spoken) -> None:
        """Show what was observed in the minute, and in the retake."""
        self._spoken = message.takes
        lines = [*self._lines]
        for name, (_, review) in zip(("The minute", "The retake"), message.takes, strict=False):
            seen = describe_minute(read_minute(review)) if review else "it is being reviewed"
            lines.append(f"{name}: {seen}.")
        if len(message.takes) > 1:
            self._step = Step.DONE
            lines += ["", "That is all. c compares the retake with the first take, Esc leaves."]
        elif message.takes:
            lines += ["", "Enter answers the first question again."]
        else:
            lines += ["", "Nothing was spoken. Enter tries the minute again."]
        self._tell(*lines)
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Do what comes next."""
        match self._step:
            case Step.CHOOSING if self._take is not None:
                self._hear(self._take)
            case Step.HEARING:
                self._end_hearing()
            case Step.TOLD:
                self._speak_minute()
            case Step.MINUTE if self._spoken:
                self._answer_again()
            case Step.MINUTE:
                self._speak_minute()
            case Step.DONE:
                self.dismiss()

    def action_mark(self) -> None:
        """Note that the habit is heard now."""
        if self._player is not None and self._step is Step.HEARING:
            self._own.append(self._player.position_s)
            self._show_hearing()

    def action_compare(self) -> None:
        """Open the retake beside the first take."""
        if self._retake is not None and self._take is not None:
            self.host.navigator.open_comparison(self._retake.id, self._take.id)

    def _hear(self, take: Take) -> None:
        self._step, self._own = Step.HEARING, []
        audio = take.audio
        assert audio is not None

        def play() -> None:
            self._player = self._player or self.services.devices.player()
            self._player.play(audio)

        in_background(self, play, "playing")
        self._show_hearing()
        self.refresh_bindings()

    def _look(self) -> None:
        """End hearing where the take has ended; called a few times a second."""
        player = self._player
        if self._step is Step.HEARING and player is not None:
            if not player.playing and player.position_s > 0:
                self._end_hearing()
            else:
                self._show_hearing()

    def _show_hearing(self) -> None:
        at_s = self._player.position_s if self._player is not None else 0.0
        self._tell(f"Playing, {at_s:.0f} s. Marked: {len(self._own)}", "", "m marks, Enter ends it")

    def _end_hearing(self) -> None:
        if self._player is not None:
            self._player.stop()
        assert self._found is not None
        review = self._found.review
        assert review is not None
        habit = self._habit
        agreement = compare_marks(self._own, marks_of_machine(review, habit), habit)
        facts = read_minute(review)
        self._lines = [
            describe_agreement(agreement, habit),
            f"In that take: {describe_minute(facts)}.",
        ]
        if is_enough(facts, habit):
            self._step = Step.DONE
            self._tell(*self._lines, "", ENOUGH)
        else:
            self._step = Step.TOLD
            minute = ask_for_minute(habit).question.text
            self._tell(*self._lines, "", minute, "", "Enter begins; it ends after a minute.")
        self.query_one(OptionRow).display = False
        self.refresh_bindings()

    def _speak_minute(self) -> None:
        def remember() -> set[str]:
            return {take.id for take in self.services.workspace.library.takes()}

        def begin(known: set[str]) -> None:
            self._known, self._step = known, Step.MINUTE
            question = ask_for_minute(self._habit).question
            self.host.navigator.open_session([Candidate("", "", question)], Mode.INTERVIEW)

        self.change(remember, begin)

    def _answer_again(self) -> None:
        assert self._found is not None
        take, question = self._found.take, self._found.question
        if take is None or question is None:
            self._step = Step.DONE
            self._tell(*self._lines, "", "Its question is in no bank any more: that is all.")
            return
        self._step = Step.RETAKE
        candidate = Candidate(take.bank or "", take.bank or "", question)
        self.host.navigator.open_session([candidate], Mode.INTERVIEW)

    @property
    def _habit(self) -> HabitKind:
        chosen = self.query_one(OptionRow).value
        return next(each for each in HABITS if each == chosen)

    @property
    def _take(self) -> Take | None:
        return self._found.take if self._found is not None else None

    @property
    def _retake(self) -> Take | None:
        return self._spoken[1][0] if len(self._spoken) > 1 else None

    def _tell(self, *lines: str) -> None:
        self.query_one("#told", PlainText).show("\n".join(lines))

    def _find_take(self) -> TakeFound:
        workspace = self.services.workspace
        for take in workspace.library.takes():
            if take.state is TakeState.REVIEWED and take.audio is not None and not take.is_fragment:
                return TakeFound(take, workspace.review_of(take), workspace.question_of(take))
        return TakeFound(None)

    def _read_spoken(self) -> Spoken:
        workspace = self.services.workspace
        takes = [take for take in workspace.library.takes() if take.id not in self._known]
        takes.sort(key=lambda take: take.recorded_at)
        return Spoken(
            [
                (take, workspace.review_of(take) if take.state is TakeState.REVIEWED else None)
                for take in takes[:2]
            ]
        )
