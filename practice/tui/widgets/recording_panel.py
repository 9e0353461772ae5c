"""The time to think and the time that is spoken, large; the level; and nothing that counts."""

from math import ceil

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits

from practice.base.text import clock_time, elapsed_time
from practice.core.session import SessionPhase, SessionRun
from practice.questions.formats.model import SessionFormat
from practice.tui.widgets.level_meter import LevelMeter
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.target_bar import TargetBar

_STATES = {
    SessionPhase.OPENING: "wait: the microphone is opening",
    SessionPhase.RECORDING: "● recording",
    SessionPhase.PAUSED: "‖ paused",
    SessionPhase.KEEPING: "keeping your answer",
}
MUTED = "no sound arrives: is the microphone muted, or gone?"
READING = "the question is read aloud"
MINUTE_S = 60


def _describe_briefly(session_run: SessionRun) -> str:
    """State and time in one short line, for a terminal that is too low for the large time."""
    phase, time = session_run.phase, elapsed_time(session_run.elapsed_s)
    has_target = session_run.rules.target
    if phase is SessionPhase.PREPARING:
        left = elapsed_time(ceil(session_run.prep_left_s))
        if session_run.is_reading_aloud:
            return "it is read aloud"
        return "no sound arrives: muted?" if session_run.muted else f"{left} to think"
    if session_run.muted:
        return f"● {time} no sound: muted?"
    if phase is SessionPhase.RECORDING:
        if session_run.is_talk:
            slides = session_run.slides
            time = f"{time} · slide {slides.shown} of {slides.slides} ·"
        return f"● {time} of {clock_time(session_run.target_s)}" if has_target else f"● {time}"
    if phase is SessionPhase.PAUSED:
        return f"‖ paused at {time}"
    return "wait: opening" if phase is SessionPhase.OPENING else _STATES.get(phase, "")


class RecordingPanel(Vertical):
    """What is shown of a question until its answer is kept.

    Args:
        rules: Where an answer stops at the target, its bar ends there.
    """

    def __init__(self, rules: SessionFormat) -> None:
        super().__init__()
        self._rules = rules
        self.set_class(not rules.target, "-without-target")

    def compose(self) -> ComposeResult:
        """Time, target, state; a line for what went wrong."""
        yield Digits("", id="timer")
        with Horizontal(id="target"):
            yield TargetBar(
                ends_at_target=self._rules.hard_stop, tick_s=MINUTE_S if self._rules.slides else 0
            )
            yield PlainText("", "target-words")
        with Horizontal(id="state"):
            yield PlainText("", "state-words")
            yield PlainText("", "brief")
            yield LevelMeter()
        yield PlainText("", "problem")

    def show(self, session_run: SessionRun) -> None:
        """Show how far a session is with its question; called at every poll.

        Each part is drawn again only when what it shows has changed.
        """
        if session_run.phase is SessionPhase.PREPARING:
            state = READING if session_run.is_reading_aloud else "time to think"
            if not session_run.listens:
                state += "; the microphone is opening"
            self.show_preparation(session_run.prep_left_s, MUTED if session_run.muted else state)
        else:
            state = _STATES.get(session_run.phase, "")
            target = clock_time(session_run.target_s)
            if session_run.is_talk:
                slides = session_run.slides
                target_words = f"slide {slides.shown} of {slides.slides} · stops at {target}"
            elif self._rules.hard_stop:
                target_words = f"stops at {target}"
            else:
                target_words = f"┆ target {target}  {session_run.target_status}".rstrip()
            state = MUTED if session_run.muted else state
            self._show_texts(session_run.elapsed_s, target_words, state)
        self.query_one("#brief", PlainText).show(_describe_briefly(session_run))
        self.query_one(TargetBar).show(session_run.elapsed_s, session_run.target_s)
        if (level := session_run.level()) is not None:
            self.query_one(LevelMeter).show(level)
        elif session_run.phase is SessionPhase.PAUSED:
            self.query_one(LevelMeter).rest()

    def show_preparation(self, prep_left_s: float, state: str) -> None:
        """Show the time to think, and in words what happens meanwhile."""
        self._show_texts(ceil(prep_left_s), "", state)

    def show_problem(self, text: str) -> None:
        """Say what went wrong in place of clock and level, or show these again."""
        self.query_one("#problem", PlainText).show(text)
        self.set_class(bool(text), "-stuck")

    def _show_texts(self, seconds: float, target_words: str, state: str) -> None:
        digits, time = self.query_one("#timer", Digits), elapsed_time(seconds)
        if digits.value != time:
            digits.update(time)
        self.query_one("#target-words", PlainText).show(target_words)
        self.query_one("#state-words", PlainText).show(state)
