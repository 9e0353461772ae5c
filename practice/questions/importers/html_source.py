"""The structure of HTML: headings, list items, cells and folded parts; what is between is text.

Lists in Markdown hold HTML in pieces that the parser cuts at blank lines, so the reader remembers
which lists and which folded parts are open from one piece to the next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

_STRUCTURE = re.compile(
    r"<(?P<close>/?)(?P<name>h[1-6]|[uo]l|li|p|div|details|summary|d[ltd]|table|t[rdh]|pre|hr|center"
    r"|blockquote|section|article|main|header|footer|nav|form|body)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_VERBATIM = re.compile(r"^[ \t]*(`{3,}|~{3,})|</?pre\b[^<>]*>", re.MULTILINE | re.IGNORECASE)
_UNSEEN = re.compile(r"<(?P<name>script|style|head|svg|template|noscript|iframe)\b", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = re.compile(r"[\\`*_\[\]~|#]")

PieceKind = Literal["heading", "summary", "row", "text", "term"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of HTML that holds no other part.

    Args:
        kind: What it is; `text` is Markdown or words.
        source: What is written in it, with the tags that only format.
        line: Where it begins.
        level: Of a heading.
        depth: How many lists it stands in.
        marker: Of the item that it begins.
        folded: How many `<details>` it stands in.
    """

    kind: PieceKind
    source: str
    line: int
    level: int = 0
    depth: int = 0
    marker: str = ""
    folded: int = 0


def is_page(text: str) -> bool:
    """Whether `text` is a page of HTML and no Markdown with HTML in it."""
    return bool(_PAGE.match(text[:5000]))


def page_source(html: str) -> str:
    """A page without what is not shown, and with the signs that Markdown would act on as entities.

    Line ends stay, so that places hold.
    """
    parts, position = [], 0
    while found := _UNSEEN.search(html, position):
        closing = re.compile(rf"</{found['name']}\s*>", re.IGNORECASE).search(html, found.end())
        end = closing.end() if closing else len(html)
        parts.append(html[position : found.start()])
        parts.append("\n" * html.count("\n", found.start(), end))
        position = end
    body = "".join([*parts, html[position:]])
    parts, position = [], 0
    # A search for the end of each comment that has none would look through the rest each time.
    while (start := body.find("<!--", position)) >= 0 and (end := body.find("-->", start)) >= 0:
        parts += [body[position:start], "\n" * body.count("\n", start, end)]
        position = end + 3
    body = "".join([*parts, body[position:]])
    body = re.sub(r"<!doctype[^<>]*>|<\?xml[^<>]*>", "", body, flags=re.IGNORECASE)
    return _MARKS.sub(lambda match: f"&#{ord(match[0])};", body)


def is_one_paragraph(text: str) -> bool:
    """Whether a text between tags is surely no list, heading or code of Markdown."""
    bare = text.strip()
    return "\n" not in bare and not re.match(r"[-*+>#|=`~<\d]|\s{4}", bare)


def page_title(html: str) -> str:
    """What the page is called."""
    found = re.search(r"<title[^<>]*>([^<]{1,300})", html[:20_000], re.IGNORECASE)
    return " ".join(unescape(found[1]).split()) if found else ""


class PieceReader:
    """Reads HTML piece by piece; what is open at the end of one is open in the next."""

    def __init__(self) -> None:
        self.folded = 0
        """How many `<details>` are open."""
        self._lists: list[int] = []
        self._kind: PieceKind = "text"
        self._level = 0
        self._marker = ""
        self._row: list[str] | None = None
        self._cell = False

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return len(self._lists)

    def read(self, html: str, line: int) -> Iterator[Piece]:
        """The pieces of `html`, which begins in `line`."""
        position, counted = 0, 0
        spans = _verbatim_spans(html)
        for tag in _STRUCTURE.finditer(html):
            while spans and spans[0][1] <= tag.start():
                del spans[0]
            if spans and spans[0][0] <= tag.start():
                continue
            line += html.count("\n", counted, position)
            counted = position
            yield from self._text(html[position : tag.start()], line)
            line += html.count("\n", counted, tag.start())
            counted = tag.start()
            yield from self._apply(tag["name"].lower(), bool(tag["close"]), line)
            position = tag.end()
        line += html.count("\n", counted, position)
        yield from self._text(html[position:], line)

    def _text(self, text: str, line: int) -> Iterator[Piece]:
        if not text.strip():
            return
        if self._row is not None:
            if self._row and self._cell:
                self._row[-1] += " ".join(text.split())
            return
        blank = len(text) - len(text.lstrip("\n \t"))
        line += text.count("\n", 0, blank)
        kind, marker = self._kind, self._marker
        self._marker = ""
        yield Piece(kind, text.strip("\n"), line, self._level, self.depth, marker, self.folded)

    def _apply(self, name: str, closes: bool, line: int) -> Iterator[Piece]:
        if name == "details":
            self.folded = max(0, self.folded + (-1 if closes else 1))
        elif name in {"ul", "ol"}:
            if closes:
                del self._lists[-1:]
            else:
                self._lists.append(0 if name == "ol" else -1)
            self._marker = ""
        elif name == "li" and not closes:
            if not self._lists:
                self._lists.append(-1)
            if self._lists[-1] >= 0:
                self._lists[-1] += 1
            self._marker = f"{self._lists[-1]}. " if self._lists[-1] > 0 else "- "
        elif name[0] == "h" and name[1:].isdigit():
            # A heading in a summary formats it.
            if self._kind != "summary":
                self._kind, self._level = ("text", 0) if closes else ("heading", int(name[1]))
        elif name == "summary":
            self._kind = "text" if closes else "summary"
        elif name == "dt":
            self._kind = "text" if closes else "term"
        elif name == "tr":
            if closes or self._row is not None:
                yield from self._end_row(line)
            self._row = None if closes else []
        elif name in {"td", "th"}:
            self._cell = not closes
            if self._row is not None and not closes:
                self._row.append("")
        elif name == "table" and closes:
            yield from self._end_row(line)
            self._row = None

    def _end_row(self, line: int) -> Iterator[Piece]:
        if self._row and any(cell.strip() for cell in self._row):
            cells = " | ".join(cell.replace("|", r"\|") for cell in self._row)
            yield Piece("row", f"| {cells} |", line, 0, self.depth, "", self.folded)


def _verbatim_spans(html: str) -> list[tuple[int, int]]:
    """Where code stands, in which no tag is one."""
    spans, start, sign = [], -1, ""
    for found in _VERBATIM.finditer(html):
        mark = found[1] or found[0][:5].lower().rstrip(" >")
        if start < 0:
            start, sign = (found.end(), mark) if mark != "</pre" else (-1, "")
        elif mark == ("</pre" if sign == "<pre" else sign):
            spans.append((start, found.start()))
            start = -1
    return [*spans, (start, len(html))] if start >= 0 else spans
