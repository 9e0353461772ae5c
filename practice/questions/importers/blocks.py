"""A document read once: its blocks in order, each with its level, its depth and its line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from textwrap import dedent
from typing import TYPE_CHECKING, Literal

from practice.questions.importers.html_source import (
    PieceReader,
    is_one_paragraph,
    is_page,
    page_source,
    page_title,
)
from practice.questions.importers.markdown_source import CALLOUT_SIGN, MarkdownSource, read_source
from practice.questions.importers.plain_text import (
    LONGEST_PARAGRAPH,
    has_markup,
    html_text,
    inline_html,
    inline_text,
    tidy,
)
from practice.questions.importers.prompts import likelihood

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 100
"""Levels of lists and quotes in one another. A text with more stays as it is."""

_LINK = re.compile(
    r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\]){0,300}\]\([^()\s]{0,300}(?:\([^()\s]*\)[^()\s]*)?\)|<a\b[^<>]*>.*?</a>|<[^<>]*>"
)

BlockKind = Literal[
    "heading", "paragraph", "code", "row", "summary", "callout", "html", "comment", "rule"
]
"""A row is one of a table; a summary is what is shown of a folded part, or a term of a glossary."""


@dataclass
class Block:
    """A piece of a document that holds no other piece.

    Args:
        kind: What it is.
        source: Its Markdown, with its line ends.
        line: Where it begins in the file, from 1.
        level: Of a heading, 1 to 6.
        depth: How many list items it stands in.
        marker: Of the list item that it begins, such as `- ` or `3. `; empty in other blocks.
        folded: How many `<details>` it stands in.
        gap: Whether blank lines stand before it.
        language: Of code.
    """

    kind: BlockKind
    source: str
    line: int
    level: int = 0
    depth: int = 0
    marker: str = ""
    folded: int = 0
    gap: bool = False
    language: str = ""

    @cached_property
    def text(self) -> str:
        """Its words, readable, with its line ends."""
        return _leaf_text(self)

    @cached_property
    def title(self) -> str:
        """Its words on one line, without the marks of a list: check boxes, arrows, anchors."""
        source = re.sub(r"^\[[ xX/<>!?*-]\][ \t]+", "", self.source.strip())
        source = re.sub(r"\[\[[^\[\]]{0,80}\]\]\([^()]{0,300}\)\)?", "", source)
        text = " ".join(self.text.split()) if self.kind == "summary" else inline_text(source)
        return re.sub(r"\s#card\b", "", text).strip(
            " \N{UPWARDS ARROW}\N{LEFTWARDS ARROW WITH HOOK}"
        )

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Its lines as they are written, each with its number."""
        return list(enumerate(self.source.split("\n"), self.line))

    @property
    def is_item(self) -> bool:
        """Whether it begins a list item."""
        return bool(self.marker)

    @cached_property
    def is_ordered(self) -> bool:
        """Whether it begins an item that has a number."""
        return self.marker[:1].isdigit()

    @cached_property
    def is_contents(self) -> bool:
        """Whether it is a line of a table of contents: only links to parts of its own page."""
        if self.kind not in {"paragraph", "row"} or "#" not in self.source:
            return False
        anchors = re.findall(r"\]\(\s*<?#|href=[\"']?#", self.source)
        rest = _LINK.sub("", self.source)
        return bool(anchors) and len(re.sub(r"[\W\d_]", "", rest)) <= 3

    @cached_property
    def asks(self) -> float:
        """How much it looks like a question; 0 for what holds no prose."""
        is_prose = self.kind not in {"code", "comment", "rule", "html"} and not self.is_contents
        return likelihood(self.title) if is_prose else 0.0


@dataclass
class Document:
    """The blocks of a file, what its front matter says, and its title."""

    blocks: list[Block]
    front: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """From the front matter, else the first heading of the first level."""
        if self.front.get("title"):
            return self.front["title"]
        headings = (
            block.title for block in self.blocks if block.kind == "heading" and block.level == 1
        )
        return next(headings, "").strip(" :")


def read_document(text: str) -> Document:
    """The blocks of Markdown, of HTML, or of a mixture of both; never fails."""
    if is_page(text):
        page = Block("html", page_source(text), 1)
        return Document(list(_html_blocks(PieceReader(), page)), {"title": page_title(text)})
    source = read_source(text)
    return Document(list(_read_lines(source, PieceReader())), source.front)


def block_text(markdown: str) -> str:
    """The words of paragraphs, lists and code; their lines and blank lines stay."""
    # A piece of a larger list may be indented as a whole, which would make it code.
    lines = dedent(markdown).split("\n")
    source = MarkdownSource(lines, list(range(1, len(lines) + 1)))
    return render_blocks(list(_read_lines(source)))


def render_blocks(blocks: Sequence[Block]) -> str:
    """The words of blocks below each other; lists are indented."""
    shallowest = min((block.depth - bool(block.marker) for block in blocks), default=0)
    lines: list[str] = []
    for block in blocks:
        text = block.text
        if not text:
            continue
        if block.gap:
            lines.append("")
        indent = "  " * (block.depth - shallowest - bool(block.marker))
        marker = block.marker
        for line in text.split("\n"):
            lines.append(indent + marker + line)
            if marker:
                indent, marker = "  " * (block.depth - shallowest), ""
    return tidy("\n".join(lines))


def _read_lines(source: MarkdownSource, pieces: PieceReader | None = None) -> Iterator[Block]:
    """The blocks of lines; without `pieces`, HTML is text and its structure is not looked at."""
    tokens = _block_parser().parse("\n".join(source.lines))
    # The parser drops what is nested deeper, and no word may be lost.
    if any(token.level >= DEEPEST - 1 for token in tokens):
        for number, line in zip(source.numbers, source.lines, strict=True):
            if line.strip():
                yield Block("paragraph", line, number, gap=True)
        return
    depth, marker, level, line_after = 0, "", 0, 0
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
            marker = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "list_item_close":
            depth, marker = depth - 1, ""
        elif token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1]) if token.nesting > 0 else 0
        elif token.type == "hr" and token.map:
            yield Block("rule", "", source.numbers[token.map[0]], depth=depth)
        elif token.content and token.map:
            gap = token.map[0] > line_after
            line_after = token.map[1]
            place = Block(
                "paragraph", token.content, source.numbers[token.map[0]], level, depth, marker
            )
            if pieces and token.type == "html_block":
                found = _html_blocks(pieces, place)
            else:
                place.folded = pieces.folded if pieces else 0
                found = _token_blocks(token, place)
            for block in found:
                block.gap = block.gap or gap
                gap = False
                if block.marker and block.depth == depth:
                    marker = ""
                yield block


def _token_blocks(token: "Token", place: Block) -> Iterator[Block]:
    """The blocks of a token that holds no other."""
    written = token.content
    if token.type in {"fence", "code_block"}:
        info = token.info.split()[:1]
        yield replace(place, kind="code", source=written.rstrip("\n"), language="".join(info))
    elif token.type == "html_block":
        yield replace(place, kind="html")
    elif place.level:
        yield replace(place, kind="heading")
    elif written.startswith(CALLOUT_SIGN):
        yield replace(place, kind="callout", source=written.removeprefix(CALLOUT_SIGN))
    elif written.lstrip().startswith("|"):
        for offset, row in enumerate(written.split("\n")):
            yield replace(place, kind="row", source=row, line=place.line + offset)
            place.marker = ""
    else:
        yield place


def _html_blocks(pieces: PieceReader, place: Block) -> Iterator[Block]:
    """The blocks of a piece of HTML; what has no structure in it is Markdown."""
    if place.source.lstrip().startswith("<!--"):
        yield replace(place, kind="comment")
        return
    if place.source.lstrip()[:4].lower() == "<pre":
        yield replace(place, kind="html", folded=pieces.folded)
        return
    for piece in pieces.read(place.source, place.line):
        begun = Block(
            "paragraph", piece.source, piece.line, piece.level, place.depth + piece.depth,
            piece.marker or place.marker, piece.folded,
        )  # fmt: skip
        place.marker = ""
        if piece.kind == "text" and is_one_paragraph(piece.source):
            # Most pieces are; the parser takes longer for each than all the rest.
            begun.source = piece.source.strip()
            yield begun
        elif piece.kind == "text":
            lines = dedent(piece.source).split("\n")
            numbers = list(range(piece.line, piece.line + len(lines)))
            for block in _read_lines(MarkdownSource(lines, numbers)):
                block.depth += begun.depth
                block.folded = begun.folded
                block.marker = block.marker or begun.marker
                begun.marker = ""
                yield block
        else:
            begun.kind = "summary" if piece.kind == "term" else piece.kind
            begun.source = " ".join(piece.source.split()) if piece.kind != "row" else piece.source
            yield begun


def _leaf_text(block: Block) -> str:
    """The words of a block."""
    written = block.source
    if block.kind == "code":
        return written
    if block.kind == "comment":
        return ""
    if block.kind == "html":
        # Strictly, Markdown inside a block of HTML is text; people write it there all the same.
        is_code = written.lstrip()[:4].lower() == "<pre"
        is_whole = is_code or len(written) > LONGEST_PARAGRAPH
        return html_text(written if is_whole else inline_html(written), keep_links=True)
    if not has_markup(written):
        return "\n".join(" ".join(line.split()) for line in written.split("\n")).strip()
    return html_text(inline_html(written), keep_line_ends=True, keep_links=True)


@cache
def _block_parser() -> "MarkdownIt":
    # Here, not above: the commands and screens that list banks import this module and parse
    # nothing, and the parser would add about 50 ms to their start.
    from markdown_it import MarkdownIt  # lazy: only for prose

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    # Paragraphs are parsed one by one. Definitions of links stay text: what they are for may be
    # in another piece of the file, and no word may be lost.
    return parser.disable(["inline", "text_join", "reference"])
