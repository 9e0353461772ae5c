"""The review as Markdown, for notes and pull requests."""

import re
from collections.abc import Iterator

from practice.reports import wording
from practice.reports.document import ReviewDocument
from practice.reports.layout import plain_line
from practice.reports.marking import legend, marked_words

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&$!@]")
_AT_THE_START = re.compile(r"^(\s*)([-+=:]|\d+[.)])(?=\s|$|[-+=:])")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto)(?=:)|\bwww(?=\.)")


def escaped(text: str) -> str:
    """`text` so that Markdown shows it and nothing in it acts: no markup, HTML or links."""
    text = _ACTIVE.sub(lambda found: f"&#{ord(found.group())};", text)
    text = _LINK.sub(lambda found: f"{found.group()}&#8203;", text)
    return _AT_THE_START.sub(
        lambda found: found[1] + "".join(c if c.isdigit() else f"&#{ord(c)};" for c in found[2]),
        text,
    )


def render(document: ReviewDocument) -> str:
    """The review as Markdown that ends with a line feed."""
    blocks = (
        f"# {escaped(wording.title(document))}",
        escaped(wording.facts(document)),
        escaped(wording.judgement(document)),
        *_transcript(document),
        *_measures(document),
        *_pace(document),
        *_coverage(document),
    )
    return "\n\n".join(filter(None, blocks)) + "\n"


def _transcript(document: ReviewDocument) -> Iterator[str]:
    cells = marked_words(document)
    yield "## What was said"
    yield escaped(wording.no_words(document))
    yield escaped(" ".join(map(plain_line, cells)))
    yield "\n".join(f"- {escaped(example)} {meaning}" for example, meaning, _ in legend(cells))


def _measures(document: ReviewDocument) -> Iterator[str]:
    rows = wording.rows(document)
    if rows:
        yield "## Measures"
        lines = ["| measure | value | meaning |", "|---|---|---|"]
        lines += [
            f"| {escaped(row.name.strip())} | {escaped(row.value)} | {escaped(row.meaning)} |"
            for row in rows
        ]
        yield "\n".join(lines)


def _pace(document: ReviewDocument) -> Iterator[str]:
    if document.measures.pace:
        yield "## Pace"
        yield "".join(map(wording.block, document.measures.pace))
        yield wording.SCALE + " words a minute"
        yield "\n".join(f"- {escaped(said)}" for said in wording.pace_words(document))


def _coverage(document: ReviewDocument) -> Iterator[str]:
    for heading, said in wording.mentions(document):
        yield f"## {heading.capitalize()}"
        yield "\n".join(f"- {escaped(mention)}" for mention in said)
