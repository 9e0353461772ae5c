"""The app's screens on a library of real takes, as pictures."""

import asyncio
import inspect
import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import ClassVar

import numpy as np
import soundfile
from textual.events import Paste
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.pilot import Pilot

from practice.audio.devices import InputDevice, select
from practice.audio.player import Player
from practice.audio.source import Sink, Source
from practice.base.paths import Places
from practice.base.settings import Settings, change_setting, load_settings
from practice.base.system.reading_aloud import AloudReader
from practice.core.preparation import ReadsAloud
from practice.tui.app import PracticeApp
from practice.tui.messages import ReviewFinished
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Playback, Services
from tools.picture_scenes import (
    PASTE,
    REVIEW,
    SCREENS,
    SPEAK,
    SPEAK_BRIEFLY,
    UNTIL,
    Scene,
)
from tools.real_answer import CLIP, Calendar, copy_library

HOME = "/home/you"
SAID_S = {SPEAK: 14, SPEAK_BRIEFLY: 3}
"""How much of the answer is said in the picture of a recording."""
HEARTBEAT_S = 0.5
BREATH_S = 0.01
BLOCK_S = 0.1
PAUSE_S = 0.3
"""A picture is taken once the screen looks the same before and after."""
PATIENCE = 200
"""Looks at the screen before it is given up."""
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
SIZES = ((80, 24), (100, 30), (160, 50), (40, 12))
LOOKS = {"dark": "practice-dark", "light": "practice-light", "no-color": "practice-dark"}
"""Ways to show the app, and the theme of each; `no-color` is with NO_COLOR set."""


NOWHERE = "https://huggingface.invalid"
"""Where models are looked for, so that no picture is drawn with the network."""
STAYS_S = 3_600
"""How long a notice stands, so that it is still there at the last size."""


class PictureError(Exception):
    """A picture cannot be drawn; the message says why."""


class PictureApp(PracticeApp):
    """The app, whose notices stay until the screen changes."""

    # Textual looks for them beside the module of the class.
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(inspect.getfile(PracticeApp)).parent / each for each in PracticeApp.CSS_PATH
    ]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notice for as long as the picture takes."""
        super().notify(message, title=title, severity=severity, timeout=STAYS_S, markup=markup)


class Microphone:
    """Delivers a breath of silence now and then; when it speaks, the beginning of the clip at once.

    After that it delivers nothing more, so that the screen stands still.
    """

    name = "Headset microphone"

    def __init__(self) -> None:
        samples, self.sample_rate_hz = soundfile.read(CLIP, dtype="int16")
        self._clip = np.asarray(samples, "<i2")
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

    def speak(self, length_s: int) -> None:
        """Deliver so much of the clip."""
        assert self._sink is not None
        self._has_spoken.set()
        said = self._clip[: length_s * self.sample_rate_hz]
        size = round(BLOCK_S * self.sample_rate_hz)
        for start in range(0, said.size, size):
            self._sink.deliver(said[start : start + size].tobytes())

    def _breathe(self, sink: Sink) -> None:
        silence = bytes(2 * round(BREATH_S * self.sample_rate_hz))
        # An empty block when it has spoken: a device that delivers none at all is taken for dead.
        while not self._closed.wait(HEARTBEAT_S):
            sink.deliver(b"" if self._has_spoken.is_set() else silence)


class PictureDevices:
    """One microphone or none; the real loudspeaker, which no picture uses."""

    def __init__(self, *, has_microphone: bool) -> None:
        self.opened = Microphone()
        """The microphone that was asked for last."""
        self._has_microphone = has_microphone

    def inputs(self) -> list[InputDevice]:
        """The microphone, where there is one."""
        microphone = InputDevice(0, Microphone.name, "ALSA", 1, 16_000, is_default=True)
        return [microphone] if self._has_microphone else []

    def microphone(self, name: str) -> Source:
        """The microphone, whatever it is called."""
        if not self._has_microphone:
            select(self.inputs(), name)
        self.opened = Microphone()
        return self.opened

    def player(self) -> Playback:
        """What plays recordings."""
        return Player()

    def reader(self) -> ReadsAloud:
        """What reads questions aloud; no picture waits for it."""
        return AloudReader()


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
        _environment(NO_COLOR="1" if look == "no-color" else None, HF_ENDPOINT=NOWHERE),
    ):
        copy = copy_library(places, Path(name))
        change_setting(copy.settings_file, "theme", LOOKS[look])
        settings = load_settings(copy.settings_file)
        scene = SCREENS[screen]
        if scene.prepare is not None:
            scene.prepare(copy, clock)
        drawn = asyncio.run(_draw(copy, settings, clock, scene, sizes))
        return {size: _make_portable(svg, name) for size, svg in drawn.items()}


def _make_portable(svg: str, folder: str) -> str:
    """The picture without fonts from elsewhere, and a home folder in the place of `folder`."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    # Without its textLength the shorter path is not stretched to the width of the longer one.
    path = rf' textLength="[^"]*"([^>]*>[^<]*){re.escape(folder)}'
    return re.sub(path, rf"\1{HOME}", svg)


async def _draw(
    places: Places,
    settings: Settings,
    clock: Calendar,
    scene: Scene,
    sizes: Sequence[tuple[int, int]],
) -> dict[tuple[int, int], str]:
    # Time to think stands still, so that the screen does.
    devices = PictureDevices(has_microphone=scene.has_microphone)
    services = Services(places, settings, clock, devices, monotonic=lambda: 0.0)
    drawn, seen = {}, list[Message]()
    try:
        app = PictureApp(services)
        async with app.run_test(
            size=sizes[0], notifications=True, message_hook=seen.append
        ) as pilot:
            try:
                for step in (f"{UNTIL}{scene.begins_with}", *scene.steps):
                    if step in SAID_S:
                        devices.opened.speak(SAID_S[step])
                    elif step.startswith(PASTE):
                        pilot.app.post_message(Paste(step.removeprefix(PASTE)))
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
def _environment(**wanted: str | None) -> Iterator[None]:
    """Run with these variables set, or unset where they are None."""
    before = {name: os.environ.get(name) for name in wanted}
    _set_variables(wanted)
    try:
        yield
    finally:
        _set_variables(before)


def _set_variables(wanted: Mapping[str, str | None]) -> None:
    for name, value in wanted.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
