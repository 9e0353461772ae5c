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
from practice.reports.layout import Mark, StyledText, has_space
from practice.reports.marking import (
    MEANINGS,
    POSSIBLE,
    PlacedCell,
    legend,
    mark_of,
    place_findings,
)
from practice.reports.occasions import occasion_lists
from practice.reports.parts import describe_counts, find_part_facts
from practice.reports.report import READER_QUESTIONS, Report, SessionReport

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = files("practice.reports") / "templates"
_STRETCHES = {Mark.HURRIED, Mark.SLOW}


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text in one style, as the page shows it and as it is read aloud."""

    text: str
    mark: Mark | None
    is_shape: bool
    """It is drawn and not read aloud."""
    spoken: str = ""
    """What is read aloud after it instead."""


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A word with its marks, or a mark that stands alone."""

    pieces: tuple[TextPiece, ...]
    start_s: float
    end_s: float
    explained: str
    """What its findings say of themselves."""
    begins_mark: bool
    """Whether a finding begins here, for the keys that go from mark to mark."""
    space_before: bool


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A line in the list of all findings."""

    time: str
    start_s: float
    mark: Mark
    explained: str


class TakeView:
    """A report as the template asks for it; everything it gives is text or numbers.

    Args:
        report: Of one take.
        number: Tells it from the others of its page.
        asked: What the user asks the reader; empty for what is asked of everybody.
    """

    COVERAGE_MEANING = COVERAGE_MEANING
    wave_bars, wave_height = charts.WAVE_BARS, charts.WAVE_HEIGHT
    pace_height, pace_lines = charts.PACE_HEIGHT, charts.pace_lines()
    trend_height = charts.TREND_HEIGHT

    def __init__(self, report: Report, number: int = 1, asked: str = "") -> None:
        document = report.review
        self.report = report
        self.name = f"take-{number}"
        self.title = wording.report_title(document)
        self.facts = wording.describe_take(document)
        self.doubt = wording.describe_judgement(document)
        self.language_offer = wording.offer_language(document)
        self.first = wording.describe_first(document)
        self.places_to_hear = [
            (clock_time(place.start_s), place.start_s, one_line(place.reason))
            for place in document.highlights.places
        ]
        self.why_no_words = wording.explain_missing_words(document)
        self.language = one_line(document.transcription.language or "en")
        self.duration_s = _duration_s(report)
        self.length = clock_time(self.duration_s)
        placed = place_findings(document)
        self.places = list(_make_places(report, placed))
        self.legend = legend([item.cell for item in placed])
        self.findings = [
            ListedFinding(
                exact_time(finding.start_s),
                finding.start_s,
                mark_of(finding),
                explain_finding(finding),
            )
            for finding in document.findings
        ]
        self.rows = wording.measure_rows(document)
        self.coverage = wording.coverage_lists(document)
        self.occasion = occasion_lists(document)
        self.ticks = charts.make_ticks(document, self.duration_s)
        self.pace = charts.pace_bars(document, self.duration_s)
        self.counted = wording.counted_unit(document).capitalize()
        self.pace_words = wording.describe_pace(document)
        self.trends = charts.make_trends(report.takes)
        self.take_headings = charts.take_headings(report.takes)
        self.take_rows = list(charts.take_rows(report.takes)) if len(report.takes) > 1 else []
        facts = find_part_facts(document, report.parts)
        self.parts = [
            (part, clock_time(report.parts[part]), f"{share:.0%}")
            for part, share in (facts.shares.items() if facts else ())
        ]
        self.part_counts = describe_counts(facts) if facts else []
        self.notes = wording.note_lines(report.notes)
        self.rating = report.rating
        self.starred = report.starred
        self.questions = (one_line(asked) or READER_QUESTIONS[0], *READER_QUESTIONS[1:])

    @property
    def wave(self) -> str:
        """The loudness over time; empty without sound."""
        return charts.wave_path(self.report.clip.levels) if self.report.clip else ""

    @property
    def sound(self) -> str:
        """The recording as a data URL; empty without sound."""
        if self.report.clip is None:
            return ""
        data = base64.b64encode(self.report.clip.data).decode("ascii")
        return f"data:{opus.KIND};base64,{data}"


def render(report: Report) -> str:
    """The report of one take as a whole HTML document."""
    view = TakeView(report, asked=report.to_reader)
    asked = wording.note_lines(report.to_reader)
    return _load_template().render(title=view.title, takes=[view], to_reader=asked, session=None)


def render_session(session: SessionReport) -> str:
    """The report of a session as a whole HTML document."""
    views = [
        TakeView(report, number, session.to_reader)
        for number, report in enumerate(session.reports, start=1)
    ]
    title, asked = wording.session_title(session), wording.note_lines(session.to_reader)
    return _load_template().render(title=title, takes=views, to_reader=asked, session=session)


def _load_template() -> "Template":
    return load_page("page.html.j2", "page.css", "page.js")


@lru_cache(maxsize=4)
def load_page(page: str, style_name: str, script_name: str = "") -> "Template":
    """A page; its policy allows this style and this script by their hashes and nothing else.

    Args:
        page: The template.
        style_name: The file of its style.
        script_name: The file of its script; empty where it has none, and may run none.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # lazy: only for a page
    from markupsafe import Markup  # lazy: only for a page

    environment = Environment(
        loader=FunctionLoader(_read_template),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = _read_template(style_name)
    script = _read_template(script_name) if script_name else ""
    allowed = f"'sha256-{_sha256(script)}'" if script else "'none'"
    # Whatever a text from outside might do if its escaping failed, the browser refuses: no other
    # style or script than these two, nothing from elsewhere, no sound but that in the page.
    policy = (
        f"default-src 'none'; style-src 'sha256-{_sha256(style)}'; "
        f"script-src {allowed}; media-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    # Only style and script are markup. Texts from outside are escaped where the template has them.
    return environment.get_template(
        page,
        globals={"style": Markup(style), "script": Markup(script), "policy": policy},
    )


def _read_template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _sha256(text: str) -> str:
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


def _make_places(report: Report, placed: Sequence[PlacedCell]) -> Iterator[MarkedPlace]:
    document, seen = report.review, set[int]()
    for item in placed:
        findings = [document.findings[index] for index in item.findings]
        spoken = findings[0] if item.word is None else document.words[item.word]
        # A finding over several words is one mark: the keys stop at its first word only.
        new = set(item.findings) - seen
        seen |= new
        yield MarkedPlace(
            tuple(map(_make_piece, item.cell)),
            spoken.start_s,
            spoken.end_s,
            "; ".join(map(explain_finding, findings)),
            bool(new),
            has_space(item.cell),
        )


def _make_piece(styled: StyledText) -> TextPiece:
    """A screen reader leaves the shape of a mark out and says what it means instead."""
    mark = styled.mark
    if mark is None or styled.shape is None:
        return TextPiece(styled.text, mark, is_shape=False)
    meaning, spoken = MEANINGS[mark][1], ""
    if mark in _STRETCHES:
        spoken = f"({meaning}, from here)" if styled.shape == "opens" else "(up to here)"
    elif styled.shape == "closes":
        # Behind what is marked, so that the sentence is not torn before the word.
        possible = "possible " if styled.text.endswith(POSSIBLE) else ""
        spoken = f"({possible}{meaning})"
    return TextPiece(styled.text, mark, is_shape=True, spoken=spoken)
