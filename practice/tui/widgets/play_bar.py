"""Playing one take: where it is, how long it lasts, how fast it goes."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from practice.base.text import clock_time, elapsed_time
from practice.tui.jobs.playback import SPEEDS, PlaybackController, PlayingFailed
from practice.tui.services import Devices
from practice.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from textual.timer import Timer

TICK_S = 1 / 20
"""Half a short word: the pointer is never seen to lag."""
AROUND_S = 3.0
"""Length of what is played around a finding; a longer finding is played whole."""
_BREATH_S = 0.5


class PlayBar(PlainText):
    """Plays one take, keeps its playhead whether or not it can be heard, and tells its moves.

    Args:
        devices: The way to sound.
    """

    @dataclass
    class PlayheadMoved(Message):
        """The playhead is at another time."""

        bar: "PlayBar"
        time_s: float
        whole: bool
        """False while only a stretch around a finding is played."""

    @dataclass
    class PlayingEnded(Message):
        """Nothing plays any more."""

        bar: "PlayBar"

    def __init__(self, devices: Devices, name: str | None = None) -> None:
        super().__init__("", name)
        self._listening = PlaybackController(devices, self.post_message)
        self._path: Path | None = None
        self._duration_s = 0.0
        self._back_to_s: float | None = None
        """Where the playhead returns after a stretch; None while the take is played on."""
        self._timer: Timer | None = None
        self._trouble = ""
        self._told = ""
        """What was said about it already: once is enough."""
        self._is_playing = False
        self.playhead_s = 0.0
        self.speed = 1.0

    def on_mount(self) -> None:
        """Look at the player while it plays, and only then."""
        self._timer = self.set_interval(TICK_S, self.tick, pause=True)

    def on_unmount(self) -> None:
        """Fall silent."""
        self._listening.stop()

    @property
    def playing(self) -> bool:
        """Sound is to be heard, or about to be."""
        return self._is_playing

    def load(self, path: Path | None, duration_s: float) -> None:
        """Take up a recording; None when there is nothing to hear any more."""
        self._path, self._duration_s = path, duration_s
        self._trouble = "" if path else "the audio was deleted"
        self._show()

    def toggle(self) -> None:
        """Play on from the playhead, or pause there."""
        if self.playing:
            self.pause()
        else:
            self.play_on()

    def play_on(self) -> None:
        """Play on from the playhead; from its end, the whole take."""
        self.play_from(self.playhead_s if self.playhead_s < self._duration_s - 0.2 else 0.0)

    def play_from(self, time_s: float) -> None:
        """Play to the end."""
        self._back_to_s = None
        self._play(time_s, None)

    def play_around(self, start_s: float, end_s: float) -> None:
        """Play 3 s around what lies there, or all of it when it is longer; then go back."""
        longer_s = max((AROUND_S - (end_s - start_s)) / 2, _BREATH_S)
        self._back_to_s = start_s
        self._play(max(start_s - longer_s, 0.0), min(end_s + longer_s, self._duration_s))

    def pause(self) -> None:
        """Fall silent; the playhead stays where it is."""
        if self._is_playing:
            self._listening.stop()
            self._end()

    def seek(self, time_s: float) -> None:
        """Go to a moment, and play on from it when it was playing."""
        time_s = min(max(time_s, 0.0), self._duration_s)
        if self.playing:
            self.play_from(time_s)
        else:
            self._move(time_s)

    def place(self, time_s: float) -> None:
        """Put the resting playhead at a moment, without telling."""
        self.playhead_s = time_s
        self._show()

    def change_speed(self, by: int) -> None:
        """Go to the next speed up or down; the pitch stays."""
        index = min(max(SPEEDS.index(self.speed) + by, 0), len(SPEEDS) - 1)
        self.speed = SPEEDS[index]
        if self.playing:
            self.play_from(self.playhead_s)
        self._show()

    def tick(self) -> None:
        """Look where the player is."""
        if self._listening.playing:
            self._move(self._listening.position_s)
        else:
            self._move(self._listening.position_s if self._back_to_s is None else self._back_to_s)
            self._end()

    @on(PlayingFailed)
    def show_trouble(self, message: PlayingFailed) -> None:
        """Say why nothing is heard; everything else goes on."""
        message.stop()
        self._trouble = "no sound"
        self._end()
        if message.error.message != self._told:
            self._told = message.error.message
            self.app.notify(message.error.hint, title=self._told, severity="warning")

    def _play(self, start_s: float, stop_s: float | None) -> None:
        if self._path is None:
            self.app.notify("Text and notes are still here.", title="the audio was deleted")
            return
        self._trouble = ""
        self._listening.play(self._path, start_s, stop_s, self.speed)
        assert self._timer is not None
        self._timer.resume()
        self._is_playing = True
        self._move(start_s)

    def _end(self) -> None:
        assert self._timer is not None
        self._timer.pause()
        self._is_playing = False
        self._show()
        self.post_message(self.PlayingEnded(self))

    def _move(self, time_s: float) -> None:
        self.playhead_s = time_s
        self._show()
        self.post_message(self.PlayheadMoved(self, time_s, self._back_to_s is None))

    def _show(self) -> None:
        state = "▶" if self.playing else "‖"
        times = f"{elapsed_time(self.playhead_s)} / {clock_time(self._duration_s)}"
        parts = [f"{state} {times}", f"{self.speed:g}×", self._trouble]
        self.show("   ".join(part for part in parts if part))
