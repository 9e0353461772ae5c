"""A library of 5,000 takes against one of 50: `python -m benchmarks.library_screen`.

Prints, for each size, the median over several runs of the time from the key that opens the library
to its first rows on screen, of the time from typing a filter to the rows that fit (the wait for
more letters is part of it), and the longest that the loop stood still while the filter
worked. Targets: opening at most 3 times as long, no standstill over 60 ms.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
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


async def measure(places: Places, size: int) -> tuple[float, float, float]:
    """Opening, filtering and the longest standstill, in milliseconds."""
    services = Services(places, Settings())
    app = PracticeApp(services)
    async with app.run_test(size=(120, 36)) as pilot:
        _ = services.interview
        await pilot.pause(0.5)
        began = time.perf_counter()
        app.push_screen(screen := LibraryScreen(services))
        await until(pilot, lambda: screen.is_mounted and listed(screen) == size)
        await pilot.pause()
        opened_s = time.perf_counter() - began
        done = asyncio.Event()
        watching = asyncio.create_task(longest_standstill_s(done))
        began = time.perf_counter()
        screen.query_one(PlainInput).value = TERM
        await until(pilot, lambda: listed(screen) == size // 10)
        await pilot.pause()
        filtered_s = time.perf_counter() - began
        done.set()
        standstill_s = await watching
    services.close()
    return 1000 * opened_s, 1000 * filtered_s, 1000 * standstill_s


def main() -> None:
    """Measure and print the table."""
    print(f"{'takes':>6}{'open ms':>10}{'filter ms':>11}{'standstill ms':>15}")
    medians = []
    with tempfile.TemporaryDirectory(prefix="practice-") as folder:
        homes = [Path(folder) / str(size) for size in SIZES]
        all_places = [
            Places(*(home / part for part in ("config", "data", "state", "models")))
            for home in homes
        ]
        for places, size in zip(all_places, SIZES, strict=True):
            fill(places, size)
        runs: list[list[tuple[float, float, float]]] = [[] for _ in SIZES]
        for _ in range(RUNS):
            for taken, places, size in zip(runs, all_places, SIZES, strict=True):
                taken.append(asyncio.run(measure(places, size)))
        for taken, size in zip(runs, SIZES, strict=True):
            opened, filtered, _ = (statistics.median(column) for column in zip(*taken, strict=True))
            medians.append(opened)
            worst = max(run[2] for run in taken)
            print(f"{size:>6}{opened:>10.0f}{filtered:>11.0f}{worst:>15.0f}")
    print(f"opening: {medians[1] / medians[0]:.2f} times")


if __name__ == "__main__":
    main()
