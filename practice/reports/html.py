"""The report as one HTML page that loads nothing: its style, script and sound lie within it."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from practice.audio import opus
from practice.base.text import clock_time, exact_time, one_line
from practice.reports import charts, wording
from practice.reports.explanations import COVERAGE_MEANING, explain_finding
from practice.reports.layout import Mark
from practice.reports.marking import (
    MEANINGS,
    POSSIBLE,
    SHAPES,
    Placed,
    legend,
    mark_of,
    place_findings,
)
from practice.reports.parts import shares
from practice.reports.report import Report, SessionReport

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = files("practice.reports") / "templates"
_STRETCHES = {Mark.HURRIED, Mark.SLOW}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a place in the transcript."""

    text: str
    mark: Mark | None
    is_shape: bool
    """It is drawn and not read aloud."""
    spoken: str = ""
    """What is read aloud after it instead."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word with its marks, or a mark that stands alone."""

    runs: tuple[Run, ...]
    start_s: float
    end_s: float
    explained: str
    """What its findings say of themselves."""
    begins_mark: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in the list of them."""

    time: str
    start_s: float
    mark: Mark
    said: str


class TakeView:
    """A report as the template asks for it; everything it gives is text or numbers.

    Args:
        report: Of one take.
        number: Tells it from the others of its page.
    """

    COVERAGE_MEANING = COVERAGE_MEANING
    wave_bars, wave_height = charts.WAVE_BARS, charts.WAVE_HEIGHT
    pace_height, pace_lines = charts.PACE_HEIGHT, charts.pace_lines()
    trend_height = charts.TREND_HEIGHT
    take_headings = charts.TAKE_HEADINGS

    def __init__(self, report: Report, number: int = 1) -> None:
        document = report.review
        self.report = report
        self.name = f"take-{number}"
        self.title = wording.title(document)
        self.facts = wording.describe_take(document)
        self.doubt = wording.judgement(document)
        self.no_words = wording.no_words(document)
        self.language = one_line(document.transcription.language or "en")
        self.duration_s = _duration_s(report)
        self.length = clock_time(self.duration_s)
        placed = place_findings(document)
        self.places = list(_places(report, placed))
        self.legend = legend([item.cell for item in placed])
        self.found = list(_found(report))
        self.rows = wording.rows(document)
        self.mentions = wording.mentions(document)
        self.ticks = charts.ticks(document, self.duration_s)
        self.pace = charts.pace_bars(document, self.duration_s)
        self.pace_words = wording.pace_words(document)
        self.trends = charts.trends(report.takes)
        self.earlier = list(charts.take_rows(report.takes)) if len(report.takes) > 1 else []
        self.parts = [
            (part, clock_time(report.parts[part]), f"{share:.0%}")
            for part, share in shares(report.parts, self.duration_s).items()
        ]
        self.notes = wording.note_lines(report.notes)
        self.rating = report.rating
        self.starred = report.starred

    @property
    def wave(self) -> str:
        """The loudness over time; empty without sound."""
        return charts.wave(self.report.clip.levels) if self.report.clip else ""

    @property
    def sound(self) -> str:
        """The recording as an address that needs no other place; empty without sound."""
        if self.report.clip is None:
            return ""
        data = base64.b64encode(self.report.clip.data).decode("ascii")
        return f"data:{opus.KIND};base64,{data}"


def render(report: Report) -> str:
    """The report of one take as a whole HTML document."""
    view = TakeView(report)
    asked = wording.note_lines(report.to_reader)
    return _template().render(title=view.title, takes=[view], to_reader=asked, session=None)


def render_session(session: SessionReport) -> str:
    """The report of a sitting as a whole HTML document."""
    views = [TakeView(report, number) for number, report in enumerate(session.reports, start=1)]
    title, asked = wording.session_title(session), wording.note_lines(session.to_reader)
    return _template().render(title=title, takes=views, to_reader=asked, session=session)


@lru_cache(maxsize=1)
def _template() -> "Template":
    """The page; its policy allows this style and this script by their hashes and nothing else."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _source("page.css"), _source("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
        f"script-src 'sha256-{_digest(script)}'; media-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    # Ours alone: whatever came from outside is escaped where it stands.
    return environment.get_template(
        "page.html.j2",
        globals={"style": Markup(style), "script": Markup(script), "policy": policy},
    )


def _source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _duration_s(report: Report) -> float:
    document = report.review
    known = (
        report.clip.duration_s if report.clip else None,
        document.source.duration_s,
        document.measures.duration_s,
    )
    ends_s = [word.end_s for word in document.words] + [found.end_s for found in document.findings]
    return next((length_s for length_s in known if length_s), max(ends_s, default=0.0))


def _places(report: Report, placed: Sequence[Placed]) -> Iterator[Place]:
    document, seen = report.review, set[int]()
    for item in placed:
        findings = [document.findings[index] for index in item.findings]
        spoken = findings[0] if item.word is None else document.words[item.word]
        new = set(item.findings) - seen
        seen |= new
        yield Place(
            tuple(_runs(item)),
            spoken.start_s,
            spoken.end_s,
            "; ".join(map(explain_finding, findings)),
            bool(new),
        )


def _runs(item: Placed) -> Iterator[Run]:
    opened = set[Mark]()
    for segment in item.cell:
        mark, text = segment.mark, segment.text
        bare = text.removesuffix(POSSIBLE)
        if mark is None or bare not in SHAPES[mark]:
            yield Run(text, mark, is_shape=False)
            continue
        # Both shapes of a pause are the same.
        opens = bare == SHAPES[mark][0] and not (mark in opened and bare == SHAPES[mark][1])
        opened.add(mark)
        yield Run(text, mark, is_shape=True, spoken=_spoken(mark, opens, text != bare))


def _spoken(mark: Mark, opens: bool, possible: bool) -> str:
    """What is read aloud where a shape stands."""
    meaning = MEANINGS[mark][1]
    if mark in _STRETCHES:
        return f"({meaning}, from here)" if opens else "(up to here)"
    if opens:
        return ""
    return f"(possible {meaning})" if possible else f"({meaning})"


def _found(report: Report) -> Iterator[Found]:
    for finding in report.review.findings:
        said, mark = explain_finding(finding), mark_of(finding)
        yield Found(exact_time(finding.start_s), finding.start_s, mark, said)
