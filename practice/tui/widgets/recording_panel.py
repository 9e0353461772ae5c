"""The time to think and the time that is spoken, large; the level; and nothing that counts."""

from math import ceil

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits

from practice.base.text import clock_time, elapsed_time
from practice.core.session import Mode, Phase, SessionRun
from practice.tui.widgets.level_meter import LevelMeter
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.target_bar import TargetBar

_STATES = {
    Phase.OPENING: "wait: the microphone is opening",
    Phase.RECORDING: "● recording",
    Phase.PAUSED: "‖ paused",
    Phase.KEEPING: "keeping your answer",
}
MUTED = "no sound arrives: is the microphone muted?"


class RecordingPanel(Vertical):
    """Where a sitting stands until its answer is kept.

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
            yield LevelMeter()
        yield PlainText("", "problem")

    def show(self, sitting: SessionRun) -> None:
        """Show where `sitting` stands; cheap when nothing has changed."""
        thinking = sitting.phase is Phase.PREPARING
        shown_s = ceil(sitting.prep_left_s) if thinking else sitting.elapsed_s
        self._update("#timer", elapsed_time(shown_s))
        self.query_one(TargetBar).show(sitting.elapsed_s, sitting.target_s)
        self._say("#target-words", "" if thinking else self._target_words(sitting))
        self._say("#state-words", self._state_words(sitting))
        if (level := sitting.level()) is not None:
            self.query_one(LevelMeter).show(level)

    def show_problem(self, text: str) -> None:
        """Say what went wrong, or clear it."""
        self._say("#problem", text)

    def _state_words(self, sitting: SessionRun) -> str:
        if sitting.muted:
            return MUTED
        if sitting.phase is not Phase.PREPARING:
            return _STATES.get(sitting.phase, "")
        return "time to think" if sitting.listens else "time to think; the microphone is opening"

    def _target_words(self, sitting: SessionRun) -> str:
        target = clock_time(sitting.target_s)
        if self._ends_at_target:
            return f"stops at {target}"
        return f"of {target}   {sitting.standing}"

    def _update(self, selector: str, text: str) -> None:
        digits = self.query_one(selector, Digits)
        if digits.value != text:
            digits.update(text)

    def _say(self, selector: str, text: str) -> None:
        self.query_one(selector, PlainText).show(text)
