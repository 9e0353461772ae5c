"""The app's screens on a library of real takes, as pictures."""

import asyncio
import os
import re
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from textual.message import Message
from textual.pilot import Pilot

from practice.audio.devices import InputDevice
from practice.audio.player import Player
from practice.audio.source import Sink, Source
from practice.base.paths import Places
from practice.base.settings import change_setting, load_settings
from practice.tui.app import PracticeApp
from practice.tui.messages import ReviewFinished
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Playback, Services
from tools.real_answer import CLIP, Calendar, copy_library

HOME = "/home/you"
SAID_S = 14
"""How much of the answer is said in the picture of a recording."""
HEARTBEAT_S = 0.5
BREATH_S = 0.01
BLOCK_S = 0.1
PAUSE_S = 0.3
"""A picture is taken once the screen looks the same before and after."""
PATIENCE = 200
"""Looks at the screen before it is given up."""
UNTIL = "until "
SPEAK = "speak"
"""The step at which the answer is spoken into the microphone."""
REVIEW = "review"
"""The step that waits for the review of the take that was just recorded."""

OPEN_TAKE = ("today.library", "takes.last", "takes.open")
RECORD = ("today.begin", "session.begin", f"{UNTIL}session.done", SPEAK)
OPEN_BANK = ("today.banks", "banks.open")
SCREENS: dict[str, tuple[str, ...]] = {
    "today": (),
    "help": ("app.help",),
    "palette": ("app.command-palette",),
    "session-setup": ("today.session",),
    "thinking": ("today.begin",),
    "recording": RECORD,
    "answered": (*RECORD, "session.done", REVIEW),
    "summary": (*RECORD, "session.done", REVIEW, "session.leave"),
    "library": ("today.library",),
    "library-filter": ("today.library", "library.filter", "w", "o", "m", "e", "n"),
    "library-export": ("today.library", "library.export"),
    "history": ("today.library", "library.history"),
    "trends": ("today.trends",),
    "review": OPEN_TAKE,
    "review-numbers": (*OPEN_TAKE, "review.numbers"),
    "review-meaning": (*OPEN_TAKE, "review.numbers", "review.meaning"),
    "review-share": (*OPEN_TAKE, "review.share"),
    "review-notes": (*OPEN_TAKE, "review.notes"),
    "review-edit": (*OPEN_TAKE, "review.edit"),
    "compare": (
        "today.library",
        "library.history",
        "question-history.mark",
        "takes.first",
        "question-history.mark",
        "question-history.compare",
    ),
    "banks": ("today.banks",),
    "bank-questions": OPEN_BANK,
    "question-form": (*OPEN_BANK, "banks.edit"),
    "question-preview": (*OPEN_BANK, "banks.preview"),
    "bank-import": ("today.banks", "banks.import"),
    "bank-export": ("today.banks", "banks.export"),
    "bank-new": ("today.banks", "banks.new"),
    "settings": ("today.settings",),
    "microphone": ("today.settings", "entry.open"),
    "models": ("today.settings", "until entry.open", "down", "entry.open"),
    "models-all": ("today.settings", "until entry.open", "down", "entry.open", "models.others"),
    "calibration": ("today.settings", "until entry.open", "down", "down", "entry.open"),
}
"""What leads from the first screen to each: ids of commands, keys, `SPEAK`, and what is waited
for (`until` with a command that can be given then, and `REVIEW`)."""
DOCS = {
    "today": "today",
    "recording": "recording",
    "review": "review-app",
    "review-numbers": "review-numbers",
    "compare": "compare",
    "library": "library",
    "banks": "banks",
    "models": "models",
    "settings": "settings",
}
"""The screens in README and docs, and what their pictures are called there."""
DOCS_SIZE = (100, 30)
SIZES = ((80, 24), (100, 30), (160, 50))
LOOKS = {"dark": "practice-dark", "light": "practice-light", "no-color": "practice-dark"}
"""Ways to show the app, and the theme of each; `no-color` is with NO_COLOR set."""


class PictureError(Exception):
    """A picture cannot be drawn; the message says why."""


class Microphone:
    """Delivers a breath of silence now and then; when it speaks, the beginning of the clip at once.

    After that it delivers nothing more, so that the screen stands still.
    """

    name = "Headset microphone"

    def __init__(self) -> None:
        samples, self.sample_rate_hz = soundfile.read(CLIP, dtype="int16")
        self._said = np.asarray(samples[: SAID_S * self.sample_rate_hz], "<i2")
        self._sink: Sink | None = None
        self._has_spoken = threading.Event()
        self._closed = threading.Event()

    def start(self, sink: Sink) -> None:
        """Stay open."""
        self._sink = sink
        self._closed.clear()
        threading.Thread(target=self._breathe, args=(sink,), daemon=True).start()

    def stop(self) -> None:
        """Deliver no more."""
        self._closed.set()

    def speak(self) -> None:
        """Deliver the beginning of the clip."""
        assert self._sink is not None
        self._has_spoken.set()
        size = round(BLOCK_S * self.sample_rate_hz)
        for start in range(0, self._said.size, size):
            self._sink.deliver(self._said[start : start + size].tobytes())

    def _breathe(self, sink: Sink) -> None:
        silence = bytes(2 * round(BREATH_S * self.sample_rate_hz))
        # An empty block when it has spoken: a device that delivers none at all is taken for dead.
        while not self._closed.wait(HEARTBEAT_S):
            sink.deliver(b"" if self._has_spoken.is_set() else silence)


class PictureDevices:
    """One microphone; the real loudspeaker, which no picture uses."""

    def __init__(self) -> None:
        self.opened = Microphone()
        """The microphone that was asked for last."""

    def inputs(self) -> list[InputDevice]:
        """The microphone."""
        return [InputDevice(0, Microphone.name, "ALSA", 1, 16_000, is_default=True)]

    def microphone(self, name: str) -> Source:
        """The microphone, whatever it is called."""
        self.opened = Microphone()
        return self.opened

    def player(self) -> Playback:
        """What plays recordings."""
        return Player()


def draw_docs(places: Places, clock: Calendar, folder: Path) -> Iterator[Path]:
    """Draw what README and docs show into `folder`, as SVG."""
    for screen, name in DOCS.items():
        path = folder / f"{name}.svg"
        path.write_text(draw(places, clock, screen)[DOCS_SIZE], encoding="utf-8")
        yield path


def draw_all(
    places: Places, clock: Calendar, screens: Sequence[str] = tuple(SCREENS)
) -> Iterator[tuple[str, str]]:
    """Draw screens at every size, in every look: the name of each picture, and its SVG."""
    for screen in screens:
        for look in LOOKS:
            for (columns, rows), svg in draw(places, clock, screen, SIZES, look).items():
                yield f"{screen}-{columns}x{rows}-{look}", svg


def draw(
    places: Places,
    clock: Calendar,
    screen: str,
    sizes: Sequence[tuple[int, int]] = (DOCS_SIZE,),
    look: str = "dark",
) -> dict[tuple[int, int], str]:
    """A screen as SVG that loads nothing from elsewhere, for each size.

    The app is opened once, at the first size; for the others its terminal is resized.

    Args:
        places: A library, which is copied and stays as it is.
        clock: The day on which the app is opened.
        screen: One of `SCREENS`.
        sizes: Columns and rows.
        look: One of `LOOKS`.

    Raises:
        PictureError: The steps that lead to the screen do not.
    """
    with (
        tempfile.TemporaryDirectory(prefix="practice-picture-", ignore_cleanup_errors=True) as name,
        _no_color(look == "no-color"),
    ):
        copy = copy_library(places, Path(name))
        change_setting(copy.settings_file, "theme", LOOKS[look])
        drawn = asyncio.run(_draw(copy, clock, screen, sizes))
        return {size: _make_portable(svg, name) for size, svg in drawn.items()}


def _make_portable(svg: str, folder: str) -> str:
    """The picture without fonts from elsewhere, and a home folder in the place of `folder`."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    # Without its textLength the shorter path is not stretched to the width of the longer one.
    path = rf' textLength="[^"]*"([^>]*>[^<]*){re.escape(folder)}'
    return re.sub(path, rf"\1{HOME}", svg)


async def _draw(
    places: Places, clock: Calendar, screen: str, sizes: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    # Time to think stands still, so that the screen does.
    devices = PictureDevices()
    services = Services(
        places, load_settings(places.settings_file), clock, devices, monotonic=lambda: 0.0
    )
    drawn, seen = {}, list[Message]()
    try:
        app = PracticeApp(services)
        async with app.run_test(
            size=sizes[0], notifications=True, message_hook=seen.append
        ) as pilot:
            try:
                for step in (f"{UNTIL}today.begin", *SCREENS[screen]):
                    if step == SPEAK:
                        devices.opened.speak()
                    else:
                        await _take_step(pilot, step, seen)
                    await _take_picture(pilot)
                for size in sizes:
                    await pilot.resize_terminal(*size)
                    drawn[size] = await _take_picture(pilot)
            finally:
                for opened in app.screen_stack:
                    if isinstance(opened, PracticeScreen):
                        opened.finish_for_leaving()
    finally:
        services.close()
    return drawn


async def _take_step(pilot: Pilot[None], step: str, seen: Sequence[Message]) -> None:
    """Give a command once it can be given, press a key, or wait."""
    if step != REVIEW and "." not in step:
        await pilot.press(step)
        return
    command = step.removeprefix(UNTIL)
    for _ in range(PATIENCE):
        if step == REVIEW and any(isinstance(message, ReviewFinished) for message in seen):
            return
        for key, active in pilot.app.screen.active_bindings.items():
            if active.binding.id == command and active.enabled:
                if command == step:
                    await pilot.press(key)
                return
        await pilot.pause(PAUSE_S)
    raise PictureError(f"{type(pilot.app.screen).__name__} gives no {step}")


async def _take_picture(pilot: Pilot[None]) -> str:
    """The screen as SVG, once nothing moves on it any more."""
    before = ""
    for _ in range(PATIENCE):
        await pilot.pause(PAUSE_S)
        svg = pilot.app.export_screenshot(title="practice", simplify=True)
        if svg == before:
            return svg
        before = svg
    raise PictureError(f"{type(pilot.app.screen).__name__} does not come to rest")


@contextmanager
def _no_color(wanted: bool) -> Iterator[None]:
    """Run with NO_COLOR set, or without it, whatever it is outside."""
    before = os.environ.pop("NO_COLOR", None)
    if wanted:
        os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        os.environ.pop("NO_COLOR", None)
        if before is not None:
            os.environ["NO_COLOR"] = before
