"""Every form a review can be written in, by the name the command line has for it."""

import json
from collections.abc import Callable, Mapping

from practice.reports import html, markdown, subtitles, table, terminal
from practice.reports.document import ReviewDocument, to_builtins


def _json(document: ReviewDocument) -> str:
    return json.dumps(to_builtins(document), indent=2) + "\n"


FORMATS: Mapping[str, Callable[[ReviewDocument], str]] = {
    "html": html.render,
    "md": markdown.render,
    "json": _json,
    "txt": terminal.render,
    "srt": subtitles.srt,
    "vtt": subtitles.vtt,
    "csv": table.render,
}


def render(document: ReviewDocument, form: str) -> str:
    """`document` in the form called `form`, a key of `FORMATS`."""
    return FORMATS[form](document)
