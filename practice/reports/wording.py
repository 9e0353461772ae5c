"""What the numbers of a review are called and mean, in the same words in every report."""

import re
import shlex
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from practice.base import spacing
from practice.base.clock import from_iso
from practice.base.languages import language_name
from practice.base.text import clock_time, one_line, plain
from practice.delivery.definitions import BY_KEY
from practice.delivery.findings import Finding, approximate_count
from practice.delivery.measures import Measures
from practice.delivery.pace import PaceWindow
from practice.delivery.quality import is_another_language
from practice.delivery.transcript.coverage import CoverageItem
from practice.delivery.transcript.lexicon import lexicon_languages
from practice.delivery.transcript.tokens import split_words
from practice.documents.review import ReviewDocument, UsualRange
from practice.reports.calibration import calibration_note, describe_catch

if TYPE_CHECKING:
    from practice.reports.report import Report, SessionReport

_NAMED_FILLERS = 5
_NAMED_PHRASES = 3
_CAPITAL_I = re.compile(r"\bi\b")
"""Labels are in lower case, "i think"."""
_NOT_MEASURED = "not measured"
_UNHEARD = "um and uh could not be listened for in this noise"
_NO_WORDS = {
    "no_model": "no speech model heard this take",
    "no_speech": "no speech was heard",
    "failed": "transcription failed",
    "ok": "none were recognised",
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One number of a review, ready to be shown."""

    key: str
    """As in `practice.delivery.definitions`."""
    value: str
    meaning: str
    counted: str = "words"
    """What stands for "words" in its name: see `counted_unit`."""
    own_bands_only: bool = False
    """Whether others' numbers are left out of what is explained."""

    @property
    def name(self) -> str:
        """What the number is called."""
        return BY_KEY[self.key].name.replace("words", self.counted)

    @property
    def level(self) -> int:
        """0, or 1 where it belongs to the row above."""
        return BY_KEY[self.key].level

    @property
    def indented_name(self) -> str:
        """Its name as it stands in a column of names."""
        return "  " * self.level + self.name

    @property
    def explanation(self) -> str:
        """What it counts, what it is compared with and how wrong it may be."""
        definition = BY_KEY[self.key]
        return definition.own_explanation if self.own_bands_only else definition.explanation


def report_title(document: ReviewDocument) -> str:
    """The question, or the name of the file when none was asked."""
    if document.take and document.take.question:
        return one_line(document.take.question)
    if document.take:
        return "An answer without a question"
    if document.source.path:
        return one_line(PurePath(document.source.path).name)
    return "Words without sound"


def describe_take(document: ReviewDocument) -> str:
    """Which take, when, how long, heard by which model."""
    parts = []
    if document.take:
        when = from_iso(document.take.recorded_at).astimezone()
        parts += [f"take {document.take.number}", f"{when:%Y-%m-%d %H:%M}"]
    if document.measures.duration_s is not None:
        parts.append(clock_time(document.measures.duration_s))
    if document.source.track:
        parts.append(one_line(document.source.track))
    if document.transcription.model:
        parts.append(f"model {one_line(document.transcription.model)}")
    if document.take:
        parts.append(one_line(document.take.id))
    return " · ".join(parts)


def session_title(session: "SessionReport") -> str:
    """How the session was held, and when."""
    return f"{session.mode.capitalize()} session of {session.began_at.astimezone():%Y-%m-%d}"


def own_words(report: "Report") -> Iterator[str]:
    """What the user says of the take: rating, star, notes, line by line."""
    if report.rating is not None:
        yield f"own rating: {report.rating} of 4"
    if report.starred:
        yield "marked as one of the best"
    yield from note_lines(report.notes)


def note_lines(notes: str) -> list[str]:
    """The lines of a text of the user that say something."""
    return [one_line(line) for line in plain(notes).splitlines() if line.strip()]


def explain_missing_words(document: ReviewDocument) -> str:
    """Why there is no transcript; empty when there is one."""
    if document.words:
        return ""
    reason = document.transcription.reason or _NO_WORDS[document.transcription.status]
    return f"There are no words: {one_line(reason)}."


def describe_judgement(document: ReviewDocument) -> str:
    """The doubts about the take as one sentence; empty when there are none."""
    if not document.judgement.reasons:
        return "" if document.judgement.ok else "Some numbers are missing."
    reasons = "; ".join(map(one_line, document.judgement.reasons))
    opening = "To keep in mind" if document.judgement.ok else "Some numbers are missing"
    return f"{opening}: {reasons}."


def offer_language(document: ReviewDocument, *, in_app: bool = False) -> str:
    """How to have a take heard in the language that it seems to be in; empty where it seems right.

    Args:
        document: The review.
        in_app: Whether the settings are at hand; they apply to every take from then on.
    """
    heard, take = document.transcription, document.take
    if not is_another_language(heard.detected_language, heard.language):
        return ""
    code = heard.detected_language.language
    kept = (
        f"takes retry {take.id}" if take else f"analyze {shlex.quote(document.source.path or '')}"
    )
    offer = f"To transcribe it as {language_name(code)}: practice {kept} --language {code}"
    # The settings offer the languages that have a list of fillers.
    if in_app and code in lexicon_languages():
        offer += ", or choose it as the language in the settings and transcribe the take again"
    return offer


def counted_unit(document: ReviewDocument) -> str:
    """What is counted where others count words: "words", or "characters" of some scripts."""
    return spacing.counted_unit(document.transcription.language)


def measure_rows(document: ReviewDocument) -> list[MeasureRow]:
    """Every number that can be given, in the order it is read."""
    numbers = document.measures
    rows = [
        *_pace_rows(document),
        *_filler_rows(document),
        *_place_rows(numbers),
        *_habit_rows(document),
        *_pause_rows(document),
        *_fluency_rows(numbers),
        *_phrase_rows(numbers),
    ]
    return [replace(row, own_bands_only=document.own_bands_only) for row in rows]


GROUPS: Mapping[str, Sequence[str]] = {
    "how fast": ("wpm", "words", "speaking_wpm", "articulation_sps"),
    "fillers": (
        *("fillers.certain", "calibration", "fillers.places.first_ten_s"),
        *("fillers.places.clusters", "fillers.habits", "hedges"),
    ),
    "pauses": ("pauses.count", "longest_run_s", "speaking_s"),
    "more": ("repetitions", "restarts", "pet_phrases", "facts"),
}
"""The rows that are read together, by the title that they stand under."""


def group_rows(document: ReviewDocument) -> list[tuple[str, list[MeasureRow]]]:
    """The rows of `measure_rows` under their titles; a group without a number is left out."""
    rows = measure_rows(document)
    groups = ((title, [row for row in rows if row.key in keys]) for title, keys in GROUPS.items())
    return [(title, members) for title, members in groups if members]


def _pace_rows(document: ReviewDocument) -> Iterator[MeasureRow]:
    numbers, counted = document.measures, counted_unit(document)
    usual = {band.key: band for band in document.usual}
    if numbers.wpm is not None:
        words = "" if numbers.words is None else f", {numbers.words} {counted}"
        meaning = f"over the whole take{words}{_in_band(usual.get('wpm'))}"
        yield MeasureRow("wpm", f"{numbers.wpm:.0f}", meaning, counted)
    elif numbers.words is not None:
        yield MeasureRow("words", f"{numbers.words}", "fillers are not counted", counted)
    if numbers.speaking_wpm is not None:
        meaning = f"pauses left out{_in_band(usual.get('speaking_wpm'))}"
        yield MeasureRow("speaking_wpm", f"{numbers.speaking_wpm:.0f}", meaning)
    if numbers.articulation_sps is not None:
        meaning = "while speaking, pauses left out"
        yield MeasureRow("articulation_sps", f"{numbers.articulation_sps:.1f}", meaning)


def _in_band(usual: UsualRange | None) -> str:
    if usual is None:
        return ""
    return f", {usual.place} your usual range {usual.low:.0f}-{usual.high:.0f}"


def _filler_rows(document: ReviewDocument) -> Iterator[MeasureRow]:
    fillers, findings = document.measures.fillers, document.findings
    # Possible habit words are among the possible fillers and have a row of their own.
    habits = sum(f.filler_kind == "habit" and f.certainty == "possible" for f in findings)
    other = (fillers.possible or 0) - habits
    possible = f"{other} possible" if other > 0 else ""
    if fillers.certain is None:
        if document.measures.words is not None and fillers.possible is not None:
            yield MeasureRow("fillers.certain", _NOT_MEASURED, _UNHEARD)
        elif fillers.possible is not None:
            yield MeasureRow("fillers.certain", possible or "none", "only guessed from the sound")
        return
    # Where the time without pauses is not told, a rate is one of the whole take.
    of_what = "" if document.measures.speaking_s is None else " of speech"
    rate = "" if fillers.per_min is None else f"{fillers.per_min:.1f} a minute{of_what}"
    also = f"and {possible}" if possible else ""
    value = approximate_count(fillers.certain)
    unheard = _UNHEARD if fillers.sounds is None else ""
    named = _count_labels([f for f in findings if f.kind == "filler" and f.certainty == "certain"])
    notes = ", ".join(filter(None, (named, also, rate, unheard)))
    yield MeasureRow("fillers.certain", value, notes)
    if check := document.calibration:
        yield MeasureRow("calibration", describe_catch(check), calibration_note(check))


def _place_rows(numbers: Measures) -> Iterator[MeasureRow]:
    places = numbers.fillers.places
    if places is None or not numbers.fillers.certain:
        return
    after = "" if places.after_pause is None else f", after pauses {places.after_pause}"
    beginning, middle, end = places.thirds
    meaning = f"beginning {beginning}, middle {middle}, end {end}"
    yield MeasureRow("fillers.places.first_ten_s", f"{places.first_ten_s}{after}", meaning)
    if places.clusters:
        close = [f"{c.count} {_say_span(c.start_s, c.end_s)}" for c in places.clusters]
        yield MeasureRow("fillers.places.clusters", ", ".join(close), "three or more within 10 s")


def _say_span(start_s: float, end_s: float) -> str:
    """`from 0:02 to 0:20`, or `at 0:02` where it is over within the second."""
    start, end = clock_time(start_s), clock_time(end_s)
    return f"at {start}" if start == end else f"from {start} to {end}"


def _habit_rows(document: ReviewDocument) -> Iterator[MeasureRow]:
    numbers, findings = document.measures, document.findings
    # One that the user confirmed is counted among the fillers, and not a second time here.
    habits = [f for f in findings if f.filler_kind == "habit" and f.certainty == "possible"]
    if numbers.fillers.habits and habits:
        yield MeasureRow("fillers.habits", _count_labels(habits), "each may be ordinary speech")
    if numbers.hedges:
        hedges = [finding for finding in findings if finding.kind == "hedge"]
        yield MeasureRow("hedges", _count_labels(hedges), "not counted among fillers")


def _count_labels(findings: Iterable[Finding]) -> str:
    """`um 4, uh 2`: how often each was found, those that were found most."""
    labels = Counter(_CAPITAL_I.sub("I", one_line(finding.label)) for finding in findings)
    shown = labels.most_common(_NAMED_FILLERS)
    more = labels.total() - sum(count for _, count in shown)
    named = ", ".join(f"{label} {count}" for label, count in shown)
    return named + (f", {more} others" if more else "")


def _pause_rows(document: ReviewDocument) -> Iterator[MeasureRow]:
    pauses, noisy = document.measures.pauses, document.judgement.noisy
    if pauses.count is None:
        if noisy:
            yield MeasureRow("pauses.count", _NOT_MEASURED, "the room was too noisy")
        return
    longest = "" if pauses.longest_s is None else f"longest {pauses.longest_s:.1f} s"
    long = f"{pauses.long} of 1 s or more" if pauses.long else ""
    very_long = f"{pauses.very_long} of 2 s or more" if pauses.very_long else ""
    inside = f"{pauses.inside} inside a clause" if pauses.inside else ""
    if inside and document.own_bands_only:
        inside += ", common in a second language"
    noise = ", ".join(f"{clock_time(span.start_s)}-{clock_time(span.end_s)}" for span in noisy)
    left_out = f"too noisy to tell at {noise}" if noise else ""
    yield MeasureRow(
        "pauses.count",
        f"{pauses.count}",
        ", ".join(filter(None, (longest, long, very_long, inside, left_out))),
    )


def _fluency_rows(numbers: Measures) -> Iterator[MeasureRow]:
    if numbers.repetitions is not None:
        yield MeasureRow("repetitions", f"{numbers.repetitions}", "")
    if numbers.restarts:
        yield MeasureRow("restarts", f"{numbers.restarts}", "possible broken words and new starts")
    if numbers.longest_run_s is not None:
        meaning = "without a pause or a filler"
        yield MeasureRow("longest_run_s", f"{numbers.longest_run_s:.1f} s", meaning)
    if numbers.speaking_s is not None:
        whole = "" if numbers.duration_s is None else f" of {clock_time(numbers.duration_s)}"
        yield MeasureRow("speaking_s", clock_time(numbers.speaking_s) + whole, "")


def _phrase_rows(numbers: Measures) -> Iterator[MeasureRow]:
    pet = numbers.pet_phrases[:_NAMED_PHRASES]
    if pet:
        said = ", ".join(f"{one_line(phrase.text)} {phrase.count}" for phrase in pet)
        places = [
            f"{one_line(phrase.text)} at {', '.join(map(clock_time, phrase.at_s))}"
            for phrase in pet
        ]
        yield MeasureRow("pet_phrases", said, "; ".join(places))
    if numbers.facts is not None:
        facts = numbers.facts
        said = f"{_count_times('I', facts.i)}, {_count_times('we', facts.we)}"
        numbers_said = _count_noun(facts.numbers, "number") if facts.numbers else "no numbers"
        yield MeasureRow("facts", f"{said}, {numbers_said}", "")


def _count_times(word: str, count: int) -> str:
    """`I 9 times`, `we once`, `no we`."""
    if not count:
        return f"no {word}"
    return f"{word} {'once' if count == 1 else f'{count} times'}"


def _count_noun(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def coverage_lists(document: ReviewDocument) -> list[tuple[str, list[str]]]:
    """The key points and terms, each list under its heading with how many were found.

    A key point is a thought, and only its words are looked for; a term is looked for as it stands.
    """
    points, terms = document.coverage.key_points, document.coverage.terms
    lists = []
    if points:
        lines = [
            f"{'✓' if point.said else '✗'} {one_line(point.text)}{_say_when(point)}"
            for point in points
        ]
        lists.append((f"Key points: {_count_said(points)} found", lines))
    if terms:
        lines = [
            f"{'✓' if term.said else '✗'} {one_line(term.text)}{_say_how(term)}{_say_when(term)}"
            for term in terms
        ]
        lists.append((f"Terms: {_count_said(terms)} said", lines))
    return lists


def describe_first(document: ReviewDocument) -> list[str]:
    """What is said of a review before anything else, each as a line of its own."""
    return [
        line for line in (one_line(document.highlights.line), *describe_coverage(document)) if line
    ]


def describe_coverage(document: ReviewDocument, longest: int | None = None) -> list[str]:
    """How many key points and terms were found, and by name those that were not.

    Args:
        document: The review.
        longest: So many characters are said of each; None for all of them.
    """
    coverage = document.coverage
    return [
        _name_missing(heading, items, longest)
        for (heading, _), items in zip(
            coverage_lists(document),
            filter(None, (coverage.key_points, coverage.terms)),
            strict=True,
        )
    ]


def list_coverage(document: ReviewDocument, width: int) -> list[str]:
    """As `describe_coverage`, whole: what does not fit on a line of `width` has one for each."""
    coverage = document.coverage
    lines: list[str] = []
    for whole, items in zip(
        describe_coverage(document),
        filter(None, (coverage.key_points, coverage.terms)),
        strict=True,
    ):
        if len(whole) <= width:
            lines.append(whole)
            continue
        heading, _, _ = whole.partition(" Missing: ")
        lines.append(f"{heading} Missing:")
        lines += [f"  · {one_line(item.text)}" for item in items if not item.said]
    return lines


def _name_missing(heading: str, items: Sequence[CoverageItem], longest: int | None) -> str:
    missing = [one_line(item.text).rstrip(".") for item in items if not item.said]
    if longest is not None:
        missing = [textwrap.shorten(text, longest, placeholder=" …") for text in missing]
    if not missing:
        return f"{heading}."
    end = "" if missing[-1].endswith("…") else "."
    return f"{heading}. Missing: {'; '.join(missing)}{end}"


def _count_said(items: Sequence[CoverageItem]) -> str:
    return f"{sum(item.said for item in items)} of {len(items)}"


def _say_when(item: CoverageItem) -> str:
    return "" if item.at_s is None else f" ({clock_time(item.at_s)})"


def _say_how(term: CoverageItem) -> str:
    """The words taken for a term, where they are others than its own."""
    heard = one_line(term.heard or term.text)
    return (
        ""
        if split_words(heard) == split_words(one_line(term.text))
        else f" as “{heard.strip(' .,;:?!')}”"
    )


PACE_BLOCKS = (("▁", 0), ("▂", 80), ("▃", 120), ("▅", 160), ("▇", 200))
"""A block for each pace, and the words a minute that it begins at: the same scale in every take."""
SCALE = "  ".join(
    [f"▁ under {PACE_BLOCKS[1][1]}", *(f"{block} from {wpm}" for block, wpm in PACE_BLOCKS[1:])]
)


def pace_block(window: PaceWindow) -> str:
    """The block for the pace of `window`."""
    return next(block for block, wpm in reversed(PACE_BLOCKS) if window.wpm >= wpm or wpm == 0)


def describe_pace(document: ReviewDocument) -> list[str]:
    """The fastest and slowest parts, and the stretches off the usual pace, in words."""
    pace = document.measures.pace
    lines = []
    if len(pace) > 1:
        fastest = max(pace, key=lambda window: window.wpm)
        slowest = min(pace, key=lambda window: window.wpm)
        lines.append(f"fastest {_describe_window(fastest)}; slowest {_describe_window(slowest)}")
    for label in ("hurried", "slow"):
        times = [
            clock_time(finding.start_s)
            for finding in document.findings
            if (finding.kind, finding.label) == ("pace", label)
        ]
        if times:
            lines.append(f"{label} for a stretch at {', '.join(times)}")
    return lines


def _describe_window(window: PaceWindow) -> str:
    return f"{window.wpm:.0f} from {clock_time(window.start_s)} to {clock_time(window.end_s)}"
