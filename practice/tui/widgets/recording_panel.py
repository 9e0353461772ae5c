"""The time to think and the time that is spoken, large; the level; and nothing that counts."""

from math import ceil

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits

from practice.base.text import clock_time, elapsed_time
from practice.core.session import Mode, SessionPhase, SessionRun
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


def _describe_briefly(session_run: SessionRun) -> str:
    """State and time in one short line, for a terminal that is too low for the large time."""
    phase, time = session_run.phase, elapsed_time(session_run.elapsed_s)
    if phase is SessionPhase.PREPARING:
        left = elapsed_time(ceil(session_run.prep_left_s))
        return "no sound arrives: muted?" if session_run.muted else f"{left} to think"
    if session_run.muted:
        return f"● {time} no sound: muted?"
    if phase is SessionPhase.RECORDING:
        return f"● {time} of {clock_time(session_run.target_s)}"
    if phase is SessionPhase.PAUSED:
        return f"‖ paused at {time}"
    return "wait: opening" if phase is SessionPhase.OPENING else _STATES.get(phase, "")


class RecordingPanel(Vertical):
    """What is shown of a question until its answer is kept.

    Args:
        mode: An interview stops at the target, so its bar ends there.
    """

    def __init__(self, mode: Mode) -> None:
        super().__init__()
        self._ends_at_target = mode is Mode.INTERVIEW

    def compose(self) -> ComposeResult:
        """Time, target, state; a line for what went wrong."""
        yield Digits("", id="timer")
        with Horizontal(id="target"):
            yield TargetBar(ends_at_target=self._ends_at_target)
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
            state = "time to think"
            if not session_run.listens:
                state += "; the microphone is opening"
            self.show_preparation(session_run.prep_left_s, MUTED if session_run.muted else state)
        else:
            state = _STATES.get(session_run.phase, "")
            target = clock_time(session_run.target_s)
            if self._ends_at_target:
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
