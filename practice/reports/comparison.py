"""Two takes of one question, number by number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from practice.delivery.findings import approximate_count
from practice.delivery.transcript.coverage import CoverageItem
from practice.documents.review import ReviewDocument
from practice.reports.wording import counted_unit

UNKNOWN = "–"
"""Stands for a number that cannot be given."""


@dataclass(frozen=True, slots=True)
class ComparedNumber:
    """One number of both takes; the difference is from the first to the second."""

    key: str
    """As under `measures` or `coverage` in the JSON."""
    name: str
    first: str
    second: str
    difference: str
    """Signed; empty where either is unknown, `same` where there is none."""


def compare_reviews(first: ReviewDocument, second: ReviewDocument) -> list[ComparedNumber]:
    """Every number that at least one of the takes has."""
    a, b = first.measures, second.measures
    rows = [
        _compare("wpm", f"{counted_unit(second)} a minute", a.wpm, b.wpm),
        _compare("speaking_wpm", "  while speaking", a.speaking_wpm, b.speaking_wpm),
        _compare_fillers(a.fillers.certain, b.fillers.certain),
        _compare(
            "fillers.per_min",
            "  a minute of speech" if a.speaking_s or b.speaking_s else "  a minute",
            a.fillers.per_min,
            b.fillers.per_min,
            decimals=1,
        ),
        _compare("pauses.count", "pauses", a.pauses.count, b.pauses.count),
        _compare(
            "pauses.longest_s",
            "longest pause",
            a.pauses.longest_s,
            b.pauses.longest_s,
            " s",
            decimals=1,
        ),
        _compare(
            "longest_run_s", "longest run", a.longest_run_s, b.longest_run_s, " s", decimals=1
        ),
        _compare_coverage(
            "coverage.key_points",
            "key points",
            first.coverage.key_points,
            second.coverage.key_points,
        ),
        _compare_coverage("coverage.terms", "terms", first.coverage.terms, second.coverage.terms),
    ]
    return [row for row in rows if {row.first, row.second} != {UNKNOWN}]


def _compare(
    key: str,
    name: str,
    first: float | None,
    second: float | None,
    unit: str = "",
    decimals: int = 0,
) -> ComparedNumber:
    shown = [UNKNOWN if n is None else f"{n:.{decimals}f}{unit}" for n in (first, second)]
    difference = ""
    if first is not None and second is not None:
        # What is shown is what is compared: 147.6 and 148.4 both read 148.
        apart = round(round(second, decimals) - round(first, decimals), decimals)
        difference = _format_difference(apart, unit, decimals)
    return ComparedNumber(key, name, shown[0], shown[1], difference)


def _compare_fillers(first: int | None, second: int | None) -> ComparedNumber:
    row = _compare("fillers.certain", "fillers", first, second)
    shown = [UNKNOWN if n is None else approximate_count(n) for n in (first, second)]
    return replace(row, first=shown[0], second=shown[1])


def _compare_coverage(
    key: str, name: str, first: Sequence[CoverageItem], second: Sequence[CoverageItem]
) -> ComparedNumber:
    counts = [sum(item.said for item in items) for items in (first, second)]
    shown = [
        f"{count} of {len(items)}" if items else UNKNOWN
        for count, items in zip(counts, (first, second), strict=True)
    ]
    difference = _format_difference(counts[1] - counts[0]) if first and second else ""
    return ComparedNumber(key, name, shown[0], shown[1], difference)


def _format_difference(apart: float, unit: str = "", decimals: int = 0) -> str:
    if not apart:
        return "same"
    return f"{'+' if apart > 0 else '−'}{abs(apart):.{decimals}f}{unit}"
