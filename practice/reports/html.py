"""The review as one HTML file: no script, nothing fetched, readable on paper and by ear."""

import html
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from practice.reports import wording
from practice.reports.document import ReviewDocument
from practice.reports.layout import Cell, Mark
from practice.reports.marking import MEANINGS, legend, marked_words
from practice.text import plain

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fdfdfb; --line: #d5d5d0;
  --filler: #8a5200; --habit: #8b2f86; --again: #00626b; --pause: #2b4fa3; --pace: #2c6b1f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e2; --paper: #191b1d; --line: #44484c;
  --filler: #f0b45c; --habit: #e39be0; --again: #66cdd6; --pause: #9db8ff; --pace: #93d184; } }
body { color: var(--ink); background: var(--paper); font: 1.05rem/1.7 system-ui, sans-serif;
  max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.doubt { border-left: 0.3rem solid var(--filler); padding-left: 0.8rem; }
.filler, .habit { font-weight: 600; } .filler { color: var(--filler); }
.habit { color: var(--habit); } .repetition, .restart { color: var(--again); }
.pause, .long-pause { color: var(--pause); white-space: nowrap; } .long-pause { font-weight: 600; }
.hurried, .slow { color: var(--pace); text-decoration: underline dotted; }
.strip { font-size: 1.6rem; letter-spacing: 0.1em; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0;
  border-bottom: 1px solid var(--line); font-weight: normal; }
td:nth-child(2) { font-weight: 600; } ul { padding-left: 1.2rem; }
footer { margin-top: 3rem; font-size: 0.85rem; opacity: 0.8; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(document: ReviewDocument) -> str:
    """The review as a whole HTML document."""
    title = _escaped(wording.title(document))
    language = _escaped(document.transcription.language or "en")
    parts = (
        f"<header><h1>{title}</h1><p>{_escaped(wording.facts(document))}</p></header>",
        *_judgement(document),
        *_transcript(document, language),
        *_measures(document),
        *_pace(document),
        *_coverage(document),
    )
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n"
        "</main>\n<footer>Made by practice, on the machine where it was recorded.</footer>\n"
        "</body>\n</html>\n"
    )


def _escaped(text: str) -> str:
    return html.escape(plain(text))


def _judgement(document: ReviewDocument) -> Iterator[str]:
    if said := wording.judgement(document):
        yield f'<p class="doubt">{_escaped(said)}</p>'


def _transcript(document: ReviewDocument, language: str) -> Iterator[str]:
    cells = marked_words(document)
    yield "<section><h2>What was said</h2>"
    if missing := wording.no_words(document):
        yield f"<p>{_escaped(missing)}</p>"
    yield f'<p lang="{language}">{" ".join(map(_cell, cells))}</p>'
    if entries := legend(cells):
        items = "".join(
            f"<li>{_marked(example, mark)} {_escaped(meaning)}</li>"
            for example, meaning, mark in entries
        )
        yield f"<h3>The marks</h3><ul>{items}</ul>"
    yield "</section>"


def _cell(cell: Cell) -> str:
    return "".join(
        _marked("".join(segment.text for segment in segments), mark)
        for mark, segments in groupby(cell, key=attrgetter("mark"))
    )


def _marked(text: str, mark: Mark | None) -> str:
    if mark is None:
        return _escaped(text)
    return f'<span class="{mark}" title="{_escaped(MEANINGS[mark][1])}">{_escaped(text)}</span>'


def _measures(document: ReviewDocument) -> Iterator[str]:
    if rows := wording.rows(document):
        lines = "\n".join(
            f'<tr><th scope="row">{_escaped(row.name.strip())}</th>'
            f"<td>{_escaped(row.value)}</td><td>{_escaped(row.meaning)}</td></tr>"
            for row in rows
        )
        yield f"<section><h2>Measures</h2><table>\n{lines}\n</table></section>"


def _pace(document: ReviewDocument) -> Iterator[str]:
    pace = document.measures.pace
    if pace:
        strip = "".join(map(wording.block, pace))
        said = "".join(f"<li>{_escaped(line)}</li>" for line in wording.pace_words(document))
        yield (
            f'<section><h2>Pace</h2><p class="strip" aria-hidden="true">{strip}</p>'
            f"<p>{_escaped(wording.SCALE)} words a minute</p><ul>{said}</ul></section>"
        )


def _coverage(document: ReviewDocument) -> Iterator[str]:
    for heading, said in wording.mentions(document):
        items = "".join(f"<li>{_escaped(mention)}</li>" for mention in said)
        yield f"<section><h2>{_escaped(heading.capitalize())}</h2><ul>{items}</ul></section>"
