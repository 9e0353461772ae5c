"""Two takes of one question, number by number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from practice.delivery.transcript.coverage import CoverageItem
from practice.documents.review import ReviewDocument

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
    return [row for row in _rows(first, second) if {row.first, row.second} != {UNKNOWN}]


def _rows(first: ReviewDocument, second: ReviewDocument) -> Iterator[ComparedNumber]:
    a, b = first.measures, second.measures
    yield _number("wpm", "words a minute", a.wpm, b.wpm)
    yield _number("speaking_wpm", "  while speaking", a.speaking_wpm, b.speaking_wpm)
    yield _number("fillers.certain", "fillers, at least", a.fillers.certain, b.fillers.certain)
    yield _number(
        "fillers.per_min", "  a minute of speech", a.fillers.per_min, b.fillers.per_min, decimals=1
    )
    yield _number("pauses.count", "pauses", a.pauses.count, b.pauses.count)
    yield _number(
        "pauses.longest_s",
        "longest pause",
        a.pauses.longest_s,
        b.pauses.longest_s,
        " s",
        decimals=1,
    )
    yield _number(
        "longest_run_s", "longest run", a.longest_run_s, b.longest_run_s, " s", decimals=1
    )
    yield _said(
        "coverage.key_points", "key points", first.coverage.key_points, second.coverage.key_points
    )
    yield _said("coverage.terms", "terms", first.coverage.terms, second.coverage.terms)


def _number(
    key: str,
    name: str,
    first: float | None,
    second: float | None,
    unit: str = "",
    decimals: int = 0,
) -> ComparedNumber:
    shown = [UNKNOWN if n is None else f"{n:.{decimals}f}{unit}" for n in (first, second)]
    if first is None or second is None:
        return ComparedNumber(key, name, shown[0], shown[1], "")
    # What is shown is what is compared: 147.6 and 148.4 both read 148.
    apart = round(round(second, decimals) - round(first, decimals), decimals)
    return ComparedNumber(key, name, shown[0], shown[1], _signed(apart, unit, decimals))


def _said(
    key: str, name: str, first: Sequence[CoverageItem], second: Sequence[CoverageItem]
) -> ComparedNumber:
    counts = [sum(mention.said for mention in mentions) for mentions in (first, second)]
    shown = [
        f"{count} of {len(mentions)}" if mentions else UNKNOWN
        for count, mentions in zip(counts, (first, second), strict=True)
    ]
    apart = counts[1] - counts[0]
    known = first and second
    return ComparedNumber(key, name, shown[0], shown[1], _signed(apart, "", 0) if known else "")


def _signed(apart: float, unit: str, decimals: int) -> str:
    if not apart:
        return "same"
    return f"{'+' if apart > 0 else '−'}{abs(apart):.{decimals}f}{unit}"
