"""A library of the demo voice's takes, and the app's screens on it, as pictures."""

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import soundfile

from practice.base.paths import Places
from practice.base.settings import Settings, change_setting, load_settings
from practice.core.answering import add_recording
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from tools.demo_sample import ANSWER, SAMPLE_RATE_HZ, Phrase, answer

QUESTION = "behavioural-basics/conflict-colleague"
FIRST = datetime(2026, 3, 2, 18, 5, tzinfo=UTC)
DAYS_BETWEEN = 3
SETTLING_S = 1.0
SIZES = {"": (100, 30)}
SCREENS = {
    "today": (),
    "review-app": ("l", "enter"),
    "compare": ("l", "enter", "c"),
}
"""The keys that lead from the first screen to each that is drawn."""


@dataclass
class Calendar:
    """A clock that is set by hand."""

    moment: datetime = FIRST

    def now(self) -> datetime:
        """The time it is set to."""
        return self.moment


def takes() -> list[tuple[Phrase, ...]]:
    """The sample answer as it gets better: fewer fillers, take by take."""
    return [
        tuple(replace(phrase, text=f"um, {phrase.text}") for phrase in ANSWER),
        ANSWER,
        tuple(replace(phrase, text=_without_fillers(phrase.text)) for phrase in ANSWER[:2])
        + ANSWER[2:],
    ]


def fill(places: Places, clock: Calendar) -> None:
    """Record the takes into an empty library, a few days apart."""
    change_setting(places.settings_file, "model", "demo")
    with Workspace(places, Settings(model="demo"), clock) as workspace:
        served = workspace.question(QUESTION)
        for phrases in takes():
            sound = places.data / "answer.flac"
            soundfile.write(sound, answer(phrases), SAMPLE_RATE_HZ, subtype="PCM_16")
            review_take(workspace, add_recording(workspace, sound, served).id)
            sound.unlink()
            clock.moment += timedelta(days=DAYS_BETWEEN)


def draw(places: Places, clock: Calendar, folder: Path) -> list[Path]:
    """Draw every screen at every size into `folder`."""
    drawn = []
    for name, keys in SCREENS.items():
        for suffix, size in SIZES.items():
            svg = asyncio.run(_picture(places, clock, keys, size))
            drawn.append(folder / f"{name}{suffix}.svg")
            # The pictures load nothing from elsewhere.
            offline = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
            drawn[-1].write_text(offline, encoding="utf-8")
    return drawn


async def _picture(
    places: Places, clock: Calendar, keys: tuple[str, ...], size: tuple[int, int]
) -> str:
    services = Services(places, load_settings(places.settings_file), clock=clock)
    try:
        app = PracticeApp(services)
        async with app.run_test(size=size) as pilot:
            while not app.screen.check_action("begin", ()):
                await pilot.pause(SETTLING_S)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(SETTLING_S)
            return app.export_screenshot(title="practice", simplify=True)
    finally:
        services.close()


def _without_fillers(text: str) -> str:
    return re.sub(r"\b(um|uh|you know), ", "", text)
