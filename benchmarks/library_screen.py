"""A library of 5,000 takes against one of 50: `python -m benchmarks.library_screen`.

Prints medians over several runs: from the key that opens the library to the frame with its first
rows; to the frame from which all of it can be scrolled through, and the processor time until then,
which a busy machine does not stretch; from typing a filter to the rows that fit, the wait for more
letters included; and the longest that the loop stood still while the filter worked. Target: 5,000
takes open at most 3 times as slowly as 50.
"""

import asyncio
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import ClassVar

from textual.pilot import Pilot

from practice import tui
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot, RecordingFacts
from practice.tui.app import PracticeApp
from practice.tui.screens.library.library import LibraryScreen
from practice.tui.services import Services
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.take_table import TakeTable
from tests.support.clock import FakeClock

SIZES = (50, 5000)
RUNS = 7
SENTENCE = "when i worked at the bank our team and the platform team both owned the same service"
WORDS_A_TAKE = 250
TERM = "needle"
"""Said in one take of ten."""
TICK_S = 0.005


def document(number: int) -> dict[str, object]:
    """A review with as many words as two minutes hold."""
    words = SENTENCE.split()
    said = [words[at % len(words)] for at in range(WORDS_A_TAKE)]
    if number % 10 == 0:
        said[WORDS_A_TAKE // 2] = TERM
    return {
        "model": "base.en",
        "words": [{"text": word, "start_s": at / 2} for at, word in enumerate(said)],
        "judgement": {"ok": True},
        "measures": {"wpm": 120.0 + number % 60, "fillers": {"certain": 5, "per_min": number % 9}},
    }


def fill(places: Places, size: int) -> None:
    """Keep `size` reviewed takes of forty questions."""
    with Library(
        places.database,
        places.recordings,
        FakeClock(datetime(2024, 1, 1, 9, 0, tzinfo=UTC), step=timedelta(hours=3)),
    ) as library:
        for number in range(size):
            asked = QuestionSnapshot(
                f"q{number % 40}", f"bank-{number % 5}", f"Question {number % 40} about work?"
            )
            take = library.begin_take(asked)
            audio = places.recordings / f"{take.id}.flac"
            audio.touch()
            library.save_recording(
                take.id,
                RecordingFacts(
                    audio=audio,
                    duration_s=90.0 + number % 60,
                    sample_rate_hz=48_000,
                    peak_dbfs=-6.0,
                    clipped_s=0.0,
                    overflows=0,
                    device="microphone",
                ),
            )
            library.save_transcript(take.id, document(number))
            library.save_review(take.id, document(number))


class Watched(PracticeApp):
    """Notes when a frame with so many takes on it was first drawn."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(tui.__file__).parent / style for style in PracticeApp.CSS_PATH
    ]

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.drawn_at: dict[int, float] = {}
        """Time of the first frame, by the number of takes that are listed."""

    def post_display_hook(self) -> None:
        """Look at what was drawn."""
        for table in self.screen.query(TakeTable) if self.screen_stack else ():
            self.drawn_at.setdefault(len(table.takes), time.perf_counter())


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app run until `condition` holds."""
    while not condition():
        await pilot.pause(0.001)


async def longest_standstill_s(done: asyncio.Event) -> float:
    """The longest that a timer of `TICK_S` came too late before `done`."""
    worst = 0.0
    while not done.is_set():
        began = time.perf_counter()
        await asyncio.sleep(TICK_S)
        worst = max(worst, time.perf_counter() - began - TICK_S)
    return worst


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took, in milliseconds."""

    first_ms: float
    all_ms: float
    cpu_ms: float
    filter_ms: float
    standstill_ms: float


async def measure(places: Places, size: int) -> Run:
    """Open the library from Today at rest, then filter it."""
    services = Services(places, Settings())
    app = Watched(services)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: threading.active_count() == 1)
        opened, worked = time.perf_counter(), time.process_time()
        app.push_screen(screen := LibraryScreen(services))
        await until(pilot, lambda: size in app.drawn_at and threading.active_count() == 1)
        cpu_s = time.process_time() - worked
        first_s = min(at for takes, at in app.drawn_at.items() if takes) - opened
        all_s = app.drawn_at[size] - opened
        await pilot.pause(0.5)
        done = asyncio.Event()
        watching = asyncio.create_task(longest_standstill_s(done))
        typed = time.perf_counter()
        screen.query_one(PlainInput).value = TERM
        await until(pilot, lambda: size // 10 in app.drawn_at)
        filter_s = app.drawn_at[size // 10] - typed
        done.set()
        standstill_s = await watching
    services.close()
    return Run(*(1000 * took_s for took_s in (first_s, all_s, cpu_s, filter_s, standstill_s)))


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory(prefix="practice-") as folder:
        homes = [Path(folder) / str(size) for size in SIZES]
        every = [Places(home, home, home, home / "models") for home in homes]
        for places, size in zip(every, SIZES, strict=True):
            fill(places, size)
        runs: list[list[Run]] = [[] for _ in SIZES]
        for _ in range(RUNS):
            for taken, places, size in zip(runs, every, SIZES, strict=True):
                taken.append(asyncio.run(measure(places, size)))
    names = [field.name.replace("_", " ") for field in fields(Run)]
    print(f"{'takes':>6}" + "".join(f"{name:>15}" for name in names))
    for size, figures in zip(SIZES, map(medians, runs), strict=True):
        print(f"{size:>6}" + "".join(f"{figure:>15.0f}" for figure in figures))
    ratios = [large / small for small, large in zip(*map(medians, runs), strict=True)]
    print(f"{'ratio':>6}" + "".join(f"{ratio:>15.2f}" for ratio in ratios))


def medians(taken: list[Run]) -> list[float]:
    """The median of each figure."""
    return [statistics.median(column) for column in zip(*map(astuple, taken), strict=True)]


if __name__ == "__main__":
    main()
