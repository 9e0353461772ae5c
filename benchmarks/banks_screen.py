"""A bank of 2,000 questions against one of 20: `python -m benchmarks.banks_screen`.

Prints, for each size, over several runs: the time from the key that opens the banks to the
questions on screen, and the longest that the loop stood still meanwhile; from a key without any
effect, from an arrow key and from a letter of the filter to the frame after it; from the key that
removes a question to its file and frame; and, beside the letter, the same for Textual's own
OptionList with as many lines. A key without effect costs what the driver of the test takes to
deliver one. Target: a letter over 2,000 questions takes at most 1.2 times as long as over 20.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import OptionList

from practice.base.paths import Places
from practice.base.settings import change_setting, load_settings
from practice.tui.app import PracticeApp
from practice.tui.presentation.content import as_line
from practice.tui.screens.banks.banks import BanksScreen
from practice.tui.services import Services
from practice.tui.widgets.virtual_list import VirtualList

SIZES = (20, 2000)
RUNS = 5
TYPED = ("c", "o", "l", "l", "e", "a", "g", "u", "e", "space", "1")
TICK_S = 0.005
SENTENCES = (
    "Tell me about a conflict with a colleague.",
    "Describe a project that failed, and your share in it.",
    "How would you explain a delay to a customer?",
    "What did you learn from the last colleague who left?",
)


def bank_of(size: int) -> str:
    """A bank with the fields that most questions have."""
    questions = "".join(
        f"  - id: q-{number}\n    text: {number}. {SENTENCES[number % len(SENTENCES)]}\n"
        f"    competency: teamwork\n    tags: [people, tag-{number % 9}]\n    target_s: 90\n"
        f"    key_points: [what it was about, what you did, how it ended]\n"
        for number in range(size)
    )
    return f"title: A bank of {size}\nlanguage: en\nquestions:\n{questions}"


async def timed(pilot: Pilot[None], act: Awaitable[None]) -> float:
    """Milliseconds until what `act` did is on screen."""
    begun = time.perf_counter()
    await act
    await pilot.pause()
    return 1000 * (time.perf_counter() - begun)


async def keys(pilot: Pilot[None], *names: str) -> list[float]:
    """Milliseconds for each key."""
    return [await timed(pilot, pilot.press(name)) for name in names]


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app run until `condition` holds."""
    while not condition():
        await pilot.pause(0.001)


async def standstill(longest: list[float]) -> None:
    """Note how late the loop comes back, in milliseconds, until it is cancelled."""
    with suppress(asyncio.CancelledError):
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(TICK_S)
            late = 1000 * (time.perf_counter() - begun - TICK_S)
            longest[0] = max(longest[0], late)


async def one_run(services: Services) -> dict[str, list[float]]:
    """Open the banks, go down, type, remove."""
    app = PracticeApp(services)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.5)
        times: dict[str, list[float]] = {}
        late = [0.0]
        watch = asyncio.create_task(standstill(late))
        begun = time.perf_counter()
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, BanksScreen))
        questions = app.screen.query_one("#questions", VirtualList)
        await until(pilot, lambda: questions.count > 0)
        times["open"] = [1000 * (time.perf_counter() - begun)]
        watch.cancel()
        times["standstill"] = late
        await pilot.press("enter")
        await until(pilot, lambda: questions.has_focus)
        times["no effect"] = await keys(pilot, *["f12"] * 10)
        times["arrow key"] = await keys(pilot, *["down"] * 10)
        await pilot.press("slash")
        times["letter"] = await keys(pilot, *TYPED)
        await pilot.press("enter")
        before = questions.count
        begun = time.perf_counter()
        await pilot.press("delete")
        await until(pilot, lambda: questions.count < before)
        times["remove"] = [1000 * (time.perf_counter() - begun)]
        return times


class Plain(App[None]):
    """Textual's own list, filled anew for a filter."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.lines = [f"{n}. {SENTENCES[n % len(SENTENCES)]}" for n in range(size)]

    def compose(self) -> ComposeResult:
        """The list."""
        yield OptionList(*(as_line(line) for line in self.lines))

    async def filter(self, typed: str) -> None:
        """Show only lines that hold what is typed."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(as_line(line) for line in self.lines if typed in line.casefold())


async def plain_letter(size: int) -> float:
    """Milliseconds to filter Textual's own list by one letter."""
    app = Plain(size)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.2)
        return statistics.median([await timed(pilot, app.filter("c")) for _ in range(RUNS)])


def measure(size: int) -> dict[str, list[float]]:
    """All figures of `RUNS` runs over a bank of `size` questions beside the shipped ones."""
    gathered: dict[str, list[float]] = {}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            places = Places(home / "config", home / "data", home / "state", home / "models")
            change_setting(places.settings_file, "model", "demo")
            places.banks.mkdir(parents=True)
            (places.banks / "large.yaml").write_text(bank_of(size))
            services = Services(places, load_settings(places.settings_file))
            for name, values in asyncio.run(one_run(services)).items():
                gathered.setdefault(name, []).extend(values)
            services.close()
    return gathered


def main() -> None:
    """Measure and print."""
    for size in SIZES:
        figures = measure(size)
        plain = asyncio.run(plain_letter(size))
        print(f"{size:,} questions")
        for name in ("open", "standstill", "no effect", "arrow key", "letter", "remove"):
            values = figures[name]
            print(f"  {name:<12} median {statistics.median(values):6.1f} ms"
                  f"   slowest {max(values):6.1f} ms")  # fmt: skip
        print(f"  {'plain list':<12} median {plain:6.1f} ms a letter")


if __name__ == "__main__":
    main()
