"""The report as Markdown, for a vault of notes (such as Obsidian) and for mail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from practice.base.clock import from_iso
from practice.base.text import break_links, clock_time, escape_markdown, one_line
from practice.documents.review import ReviewDocument
from practice.reports import charts, wording
from practice.reports.layout import join_cells
from practice.reports.marking import legend, mark_words
from practice.reports.occasions import occasion_lists
from practice.reports.parts import describe_counts, find_part_facts
from practice.reports.report import Report, SessionReport

_INERT = str.maketrans("[]<>{}`#$", "()‹›()'♯＄")
"""What acts in Markdown and what stands for it where it cannot be escaped."""


def render(report: Report) -> str:
    """The report as Markdown under a head of properties, ending with a line feed."""
    blocks = (
        _front_matter(_take_properties(report)),
        *_question_blocks(report.to_reader),
        *_take_blocks(report),
    )
    return "\n\n".join(filter(None, blocks)) + "\n"


def render_session(session: SessionReport) -> str:
    """The reports of a session as one Markdown file."""
    head = {
        "session": session.id,
        "date": f"{session.began_at.astimezone():%Y-%m-%dT%H:%M:%S}",
        "mode": session.mode,
        "answers": len(session.reports),
        "tags": ["practice"],
    }
    blocks = [
        _front_matter(head),
        f"# {escape_markdown(wording.session_title(session))}",
        *_question_blocks(session.to_reader),
        *(block for report in session.reports for block in _take_blocks(report, "#")),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _take_properties(report: Report) -> dict[str, object]:
    """What a vault of notes can sort and search by; only what is known."""
    document, take = report.review, report.review.take
    numbers = document.measures
    facts: dict[str, object] = {
        "title": wording.report_title(document),
        "take": take and take.number,
        "take_id": take and take.id,
        "question_id": take and take.question_id,
        "date": take and f"{from_iso(take.recorded_at).astimezone():%Y-%m-%dT%H:%M:%S}",
        "duration_s": numbers.duration_s,
        "words_per_minute": numbers.wpm,
        "fillers_at_least": numbers.fillers.certain,
        "pauses": numbers.pauses.count,
        "longest_pause_s": numbers.pauses.longest_s,
        "rating": report.rating,
        "starred": report.starred or None,
        "model": document.transcription.model,
        "tags": ["practice"],
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _front_matter(facts: Mapping[str, object]) -> str:
    """YAML front matter, which some programs show and others take for Markdown.

    An escape that is right for one of them shows in the other, so what acts is replaced.
    """
    import yaml  # lazy: only for Markdown

    inert = {
        name: break_links(one_line(fact).translate(_INERT)) if isinstance(fact, str) else fact
        for name, fact in facts.items()
    }
    text = yaml.safe_dump(inert, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---"


def _question_blocks(to_reader: str) -> Iterator[str]:
    if lines := wording.note_lines(to_reader):
        yield "**A question to you**"
        yield "\n".join(f"> {escape_markdown(line)}" for line in lines)


def _take_blocks(report: Report, deeper: str = "") -> Iterator[str]:
    """The blocks of one take; `deeper` is put before each heading."""
    document = report.review
    blocks = (
        f"# {escape_markdown(wording.report_title(document))}",
        escape_markdown(wording.describe_take(document)),
        *map(escape_markdown, wording.describe_first(document)),
        escape_markdown(wording.describe_judgement(document)),
        escape_markdown(wording.offer_language(document)),
        *_transcript_blocks(document),
        *_measure_blocks(document),
        *_pace_blocks(document),
        *_coverage_blocks(document),
        *_part_blocks(report),
        *_own_words_blocks(report),
        *_takes_table_blocks(report),
    )
    return (f"{deeper}{block}" if block.startswith("#") else block for block in blocks)


def _part_blocks(report: Report) -> Iterator[str]:
    if facts := find_part_facts(report.review, report.parts):
        shares = [
            f"{part} from {clock_time(report.parts[part])}, {share:.0%}"
            for part, share in facts.shares.items()
        ]
        yield "## Parts of the answer"
        yield "\n".join(f"- {line}" for line in (*shares, *describe_counts(facts)))


def _own_words_blocks(report: Report) -> Iterator[str]:
    if lines := list(wording.own_words(report)):
        yield "## In the speaker’s own words"
        yield "\n\n".join(map(escape_markdown, lines))


def _takes_table_blocks(report: Report) -> Iterator[str]:
    if len(report.takes) > 1:
        yield "## Takes of this question so far"
        yield _table(charts.take_headings(report.takes), charts.take_rows(report.takes))


def _transcript_blocks(document: ReviewDocument) -> Iterator[str]:
    cells = mark_words(document)
    yield "## What was said"
    yield escape_markdown(wording.explain_missing_words(document))
    yield escape_markdown(join_cells(cells))
    yield "\n".join(
        f"- {escape_markdown(example)} {meaning}" for example, meaning, _ in legend(cells)
    )


def _measure_blocks(document: ReviewDocument) -> Iterator[str]:
    if rows := wording.measure_rows(document):
        yield "## Measures"
        yield _table(
            ("measure", "value", "meaning"),
            [map(escape_markdown, (row.name, row.value, row.meaning)) for row in rows],
        )


def _table(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [f"| {' | '.join(headings)} |", "|---" * len(headings) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _pace_blocks(document: ReviewDocument) -> Iterator[str]:
    if document.measures.pace:
        yield "## Pace"
        yield "".join(map(wording.pace_block, document.measures.pace))
        yield f"{wording.SCALE} {wording.counted_unit(document)} a minute"
        yield "\n".join(f"- {escape_markdown(line)}" for line in wording.describe_pace(document))


def _coverage_blocks(document: ReviewDocument) -> Iterator[str]:
    for heading, lines in wording.coverage_lists(document):
        yield f"## {heading.capitalize()}"
        yield "\n".join(f"- {escape_markdown(line)}" for line in lines)
    for heading, lines in occasion_lists(document):
        yield f"## {escape_markdown(heading)}"
        yield "\n".join(f"- {escape_markdown(line)}" for line in lines)
