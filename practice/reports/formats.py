"""Every form a report can be written in, by the name the command line has for it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from practice.base.clock import iso_utc
from practice.documents.review import to_builtins
from practice.reports import html, markdown, subtitles, table, text
from practice.reports.parts import part_facts_json
from practice.reports.report import Report, SessionReport

SCHEMA = 1
SUBTITLES = {"srt", "vtt"}


def _render_json(report: Report) -> str:
    return json.dumps(_to_builtins(report), indent=2) + "\n"


def _to_builtins(report: Report) -> dict[str, object]:
    """The review, and what was counted of its parts where they are marked."""
    parts = part_facts_json(report.review, report.parts)
    return to_builtins(report.review) | ({"parts": parts} if parts else {})


def _render_session_json(session: SessionReport) -> str:
    reviews = [_to_builtins(report) for report in session.reports]
    facts = {"id": session.id, "mode": session.mode, "began_at": iso_utc(session.began_at)}
    return json.dumps({"schema": SCHEMA, "session": facts, "reviews": reviews}, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "html": html.render,
    "md": markdown.render,
    "json": _render_json,
    "txt": text.render,
    "srt": lambda report: subtitles.render_srt(report.review),
    "vtt": lambda report: subtitles.render_vtt(report.review),
    "csv": lambda report: table.render(report.review),
}
SESSION_FORMATS: Mapping[str, Callable[[SessionReport], str]] = {
    "html": html.render_session,
    "md": markdown.render_session,
    "json": _render_session_json,
    "txt": text.render_session,
    "csv": lambda session: table.render_takes(
        [report.takes[-1] for report in session.reports if report.takes]
    ),
}
"""Subtitles belong to one recording and are not among them."""


def render(report: Report, form: str, *, fillers: bool = True) -> str:
    """The report of a take.

    Args:
        report: The take.
        form: A key of `FORMATS`.
        fillers: Whether subtitles keep the words that are certain fillers.
    """
    if form in SUBTITLES and not fillers:
        report = replace(report, review=subtitles.remove_fillers(report.review))
    return FORMATS[form](report)


def render_session(session: SessionReport, form: str) -> str:
    """The report of a session in the form called `form`, a key of `SESSION_FORMATS`."""
    return SESSION_FORMATS[form](session)
