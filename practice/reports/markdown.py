"""The report as Markdown, for a vault of notes (such as Obsidian) and for mail."""

from collections.abc import Iterator, Mapping

from practice.base.clock import from_iso
from practice.base.text import break_links, escape_markdown, one_line
from practice.documents.review import ReviewDocument
from practice.reports import charts, wording
from practice.reports.layout import plain_line
from practice.reports.marking import legend, mark_words
from practice.reports.report import Report, SessionReport

_INERT = str.maketrans("[]<>{}`#$", "()‹›()'♯＄")


def render(report: Report) -> str:
    """The report as Markdown under a head of properties, ending with a line feed."""
    blocks = (_properties(_of_take(report)), *_asked(report.to_reader), *_take(report))
    return "\n\n".join(filter(None, blocks)) + "\n"


def render_session(session: SessionReport) -> str:
    """The reports of a sitting as one Markdown file."""
    head = {
        "session": session.id,
        "date": f"{session.began_at.astimezone():%Y-%m-%dT%H:%M:%S}",
        "mode": session.mode,
        "answers": len(session.reports),
        "tags": ["practice"],
    }
    blocks = [
        _properties(head),
        f"# {escape_markdown(wording.session_title(session))}",
        *_asked(session.to_reader),
        *(block for report in session.reports for block in _take(report, "#")),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _of_take(report: Report) -> dict[str, object]:
    """What a vault of notes can sort and search by; only what is known."""
    document, take = report.review, report.review.take
    numbers = document.measures
    facts: dict[str, object] = {
        "title": wording.title(document),
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


def _properties(facts: Mapping[str, object]) -> str:
    """YAML front matter; texts in it are inert where it is shown as it stands, and no links."""
    import yaml

    inert = {
        name: break_links(fact.translate(_INERT))
        if isinstance(fact := one_line(value) if isinstance(value, str) else value, str)
        else fact
        for name, value in facts.items()
    }
    text = yaml.safe_dump(inert, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---"


def _asked(to_reader: str) -> Iterator[str]:
    lines = wording.note_lines(to_reader)
    if lines:
        yield "**A question to you**"
        yield "\n".join(f"> {escape_markdown(line)}" for line in lines)


def _take(report: Report, deeper: str = "") -> Iterator[str]:
    """The blocks of one take; `deeper` is put before each heading."""
    document = report.review
    blocks = (
        f"# {escape_markdown(wording.title(document))}",
        escape_markdown(wording.describe_take(document)),
        escape_markdown(wording.judgement(document)),
        *_transcript(document),
        *_measures(document),
        *_pace(document),
        *_coverage(document),
        *_own(report),
        *_earlier(report),
    )
    return (f"{deeper}{block}" if block.startswith("#") else block for block in blocks)


def _own(report: Report) -> Iterator[str]:
    lines = list(wording.own_words(report))
    if lines:
        yield "## In the speaker’s own words"
        yield "\n\n".join(map(escape_markdown, lines))


def _earlier(report: Report) -> Iterator[str]:
    if len(report.takes) > 1:
        yield "## Takes of this question so far"
        lines = [
            f"| {' | '.join(charts.TAKE_HEADINGS)} |",
            "|---" * len(charts.TAKE_HEADINGS) + "|",
        ]
        lines += [f"| {' | '.join(row)} |" for row in charts.take_rows(report.takes)]
        yield "\n".join(lines)


def _transcript(document: ReviewDocument) -> Iterator[str]:
    cells = mark_words(document)
    yield "## What was said"
    yield escape_markdown(wording.no_words(document))
    yield escape_markdown(" ".join(map(plain_line, cells)))
    yield "\n".join(
        f"- {escape_markdown(example)} {meaning}" for example, meaning, _ in legend(cells)
    )


def _measures(document: ReviewDocument) -> Iterator[str]:
    rows = wording.rows(document)
    if rows:
        yield "## Measures"
        lines = ["| measure | value | meaning |", "|---|---|---|"]
        for row in rows:
            cells = map(escape_markdown, (row.name, row.value, row.meaning))
            lines.append(f"| {' | '.join(cells)} |")
        yield "\n".join(lines)


def _pace(document: ReviewDocument) -> Iterator[str]:
    if document.measures.pace:
        yield "## Pace"
        yield "".join(map(wording.block, document.measures.pace))
        yield wording.SCALE + " words a minute"
        yield "\n".join(f"- {escape_markdown(said)}" for said in wording.pace_words(document))


def _coverage(document: ReviewDocument) -> Iterator[str]:
    for heading, said in wording.mentions(document):
        yield f"## {heading.capitalize()}"
        yield "\n".join(f"- {escape_markdown(mention)}" for mention in said)
