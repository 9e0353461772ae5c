"""Draws what `benchmarks.after_stop` found: `python -m benchmarks.charts` writes docs/speed.svg."""

import json
import math
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.results import FOLDER

TARGET = Path("docs/speed.svg")
WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 70, 200, 40, 50
SERIES = (("plain_s", "faster-whisper, whole file", "#b35c00"), ("ours_s", "practice", "#1f6f8b"))
LEAST_S, MOST_S = 0.01, 100.0
"""Of the scale, which is logarithmic."""

Run = dict[str, float]


def x(minutes: float, longest: float) -> float:
    """Where an answer of so many minutes stands."""
    return LEFT + (WIDTH - LEFT - RIGHT) * minutes / longest


def y(seconds: float) -> float:
    """Where so many seconds stand."""
    part = math.log(max(seconds, LEAST_S) / LEAST_S) / math.log(MOST_S / LEAST_S)
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part


def text(at: tuple[float, float], words: str, anchor: str = "start") -> str:
    """Words on the chart."""
    return f'<text x="{at[0]:.0f}" y="{at[1]:.0f}" text-anchor="{anchor}">{words}</text>'


def line(runs: Sequence[Run], key: str, name: str, colour: str) -> list[str]:
    """One series: its medians joined, and the spread of each."""
    lengths = sorted({run["minutes"] for run in runs})
    at = [
        (x(length, lengths[-1]), sorted(run[key] for run in runs if run["minutes"] == length))
        for length in lengths
    ]
    points = " ".join(f"{place:.0f},{y(statistics.median(taken)):.0f}" for place, taken in at)
    spreads = [
        f'<line x1="{place:.0f}" x2="{place:.0f}" y1="{y(taken[0]):.0f}" y2="{y(taken[-1]):.0f}"/>'
        for place, taken in at
    ]
    end = (at[-1][0] + 8, y(statistics.median(at[-1][1])) + 4)
    return [
        f'<g stroke="{colour}" stroke-width="2" fill="none"><polyline points="{points}"/>',
        *spreads,
        f'</g><g fill="{colour}">{text(end, name)}</g>',
    ]


def chart(runs: Sequence[Run]) -> str:
    """The whole drawing."""
    longest = max(run["minutes"] for run in runs)
    lengths = sorted({run["minutes"] for run in runs})
    grid = [LEAST_S * 10**power for power in range(round(math.log10(MOST_S / LEAST_S)) + 1)]
    rules = [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(s):.0f}" y2="{y(s):.0f}" stroke="#8884"/>'
        for s in grid
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'font-family="sans-serif" font-size="12" fill="#777">',
            "<title>Seconds from stop to the review, by the length of the answer</title>",
            text((LEFT, 20), "seconds from stop to the review"),
            *rules,
            *(text((LEFT - 8, y(s) + 4), f"{s:g}", "end") for s in grid),
            *(text((x(n, longest), HEIGHT - BOTTOM + 18), f"{n:g}", "middle") for n in lengths),
            text(((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12), "minutes answered", "middle"),
            *(part for key, name, colour in SERIES for part in line(runs, key, name, colour)),
            "</svg>\n",
        ]
    )


def main() -> None:
    """Draw what is kept."""
    runs = json.loads((FOLDER / "after_stop.json").read_text(encoding="utf-8"))["runs"]
    TARGET.write_text(chart(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
