"""A library of 5,000 takes against one of 50: `python -m benchmarks.library_screen`.

Prints, for each size, the median over several runs of three times: from the key that opens the
library to its first rows on screen; until all of it can be scrolled through; from typing a filter
to the rows that fit, the wait for more letters included. And the longest that the loop stood still
while the filter worked. Target: the first rows of 5,000 at most 3 times as late as those of 50.
"""

import asyncio
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from practice.library.library import Library
from practice.library.takes import Asked
from practice.paths import Places
from practice.settings import Settings
from practice.tui.app import PracticeApp
from practice.tui.screens.library import LibraryScreen
from practice.tui.services import Services
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.take_table import TakeTable

SIZES = (50, 5000)
RUNS = 7
SENTENCE = "when i worked at the bank our team and the platform team both owned the same service"
WORDS_A_TAKE = 250
TERM = "needle"
"""Said in one take of ten."""
TICK_S = 0.005


class MovingClock:
    """Three hours later at each question."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The time, later each time."""
        self.moment += timedelta(hours=3)
        return self.moment


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
    with Library(places.database, places.recordings, MovingClock()) as library:
        for number in range(size):
            asked = Asked(
                f"q{number % 40}", f"bank-{number % 5}", f"Question {number % 40} about work?"
            )
            take = library.begin_take(asked)
            audio = places.recordings / f"{take.id}.flac"
            audio.touch()
            library.keep_recording(
                take.id, audio=audio, duration_s=90.0 + number % 60, sample_rate_hz=48_000,
                peak_dbfs=-6.0, clipped_s=0.0, overflows=0, device="microphone", interrupted=None,
            )  # fmt: skip
            library.keep_transcript(take.id, document(number))
            library.keep_review(take.id, document(number))


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app run until `condition` holds."""
    while not condition():
        await pilot.pause(0.001)


def listed(screen: LibraryScreen) -> int:
    """How many takes are shown."""
    return len(screen.query_one(TakeTable).takes)


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
    filter_ms: float
    standstill_ms: float


async def measure(places: Places, size: int) -> Run:
    """Open the library from Today at rest, then filter it."""
    services = Services(places, Settings())
    app = PracticeApp(services)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: threading.active_count() == 1)
        began = time.perf_counter()
        app.push_screen(screen := LibraryScreen(services))
        await until(pilot, lambda: screen.is_mounted and listed(screen) > 0)
        first_s = time.perf_counter() - began
        await until(pilot, lambda: listed(screen) == size)
        all_s = time.perf_counter() - began
        await until(pilot, lambda: threading.active_count() == 1)
        done = asyncio.Event()
        watching = asyncio.create_task(longest_standstill_s(done))
        began = time.perf_counter()
        screen.query_one(PlainInput).value = TERM
        await until(pilot, lambda: listed(screen) == size // 10)
        filter_s = time.perf_counter() - began
        done.set()
        standstill_s = await watching
    services.close()
    return Run(1000 * first_s, 1000 * all_s, 1000 * filter_s, 1000 * standstill_s)


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
    print(f"{'takes':>6}{'first ms':>10}{'all ms':>8}{'filter ms':>11}{'standstill ms':>15}")
    for taken, size in zip(runs, SIZES, strict=True):
        first, every_one, filtered, _ = medians(taken)
        worst = max(run.standstill_ms for run in taken)
        print(f"{size:>6}{first:>10.0f}{every_one:>8.0f}{filtered:>11.0f}{worst:>15.0f}")
    small, large = map(medians, runs)
    print(f"first rows: {large[0] / small[0]:.2f} times; all rows: {large[1] / small[1]:.2f} times")


def medians(taken: list[Run]) -> list[float]:
    """The median of each figure."""
    return [statistics.median(column) for column in zip(*map(astuple, taken), strict=True)]


if __name__ == "__main__":
    main()
