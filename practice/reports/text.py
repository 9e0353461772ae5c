"""The report as lines of text: the plain review, and what its user says of the take."""

from collections.abc import Iterator

from practice.reports import terminal, wording
from practice.reports.layout import wrap_text
from practice.reports.parts import describe_parts, find_part_facts
from practice.reports.report import Report, SessionReport

WIDTH = 80
_BETWEEN = "\n" + "─" * WIDTH + "\n\n"


def render(report: Report) -> str:
    """The report as text that ends with a line feed."""
    blocks = [
        *_question_blocks(report.to_reader),
        terminal.render(report.review, WIDTH).rstrip("\n"),
    ]
    if facts := find_part_facts(report.review, report.parts):
        lines = (f"  {line}" for line in describe_parts(facts))
        blocks.append("\n".join(["parts of the answer", *lines]))
    if own := list(wording.own_words(report)):
        blocks.append("\n".join(line for said in own for line in wrap_text(said, WIDTH)))
    return "\n\n".join(blocks) + "\n"


def render_session(session: SessionReport) -> str:
    """The reports of a session, one after the other."""
    heading = "\n\n".join([wording.session_title(session), *_question_blocks(session.to_reader)])
    return _BETWEEN.join([f"{heading}\n", *map(render, session.reports)])


def _question_blocks(to_reader: str) -> Iterator[str]:
    lines = [line for said in wording.note_lines(to_reader) for line in wrap_text(said, WIDTH)]
    if lines:
        yield "\n".join(["A question to you:", *lines])
