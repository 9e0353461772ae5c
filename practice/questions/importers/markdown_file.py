"""A Markdown file as numbered lines: front matter apart, code and comments recognised."""

import re
from dataclasses import dataclass, field
from typing import Literal

from practice.questions.importers.plain_text import inline_text

HEADING = re.compile(r"\s{0,3}(?P<hashes>#{1,6})(?!#)\s*(?P<words>.*?)\s*#*\s*$")
_FRONT_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)\s*:\s*(?P<value>.*)$")

LineKind = Literal["text", "heading", "code", "blank", "furniture"]
"""Furniture holds no words of the list: rules, comments, imports and lone tags."""


@dataclass(frozen=True, slots=True)
class MarkdownLine:
    """One line; `number` counts from 1."""

    number: int
    text: str
    kind: LineKind

    @property
    def heading(self) -> tuple[int, str] | None:
        """Its level and words, without anchors and arrows, when it is a heading."""
        match = HEADING.match(self.text) if self.kind == "heading" else None
        if not match:
            return None
        words = re.sub(r"\[\[[^\]]*\]\]\([^)]*\)\)?", "", match["words"])
        return len(match["hashes"]), inline_text(words).strip(" :\N{UPWARDS ARROW}")


@dataclass(slots=True)
class MarkdownFile:
    """The lines behind the front matter, and what the front matter says."""

    lines: list[MarkdownLine]
    front: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """From the front matter, else the first heading of the first level."""
        if self.front.get("title"):
            return self.front["title"]
        headings = (line.heading for line in self.lines if line.heading)
        return next((words for level, words in headings if level == 1), "")


def read_markdown(text: str) -> MarkdownFile:
    """Split `text`; never fails."""
    raw = text.split("\n")
    front: dict[str, str] = {}
    start = 0
    if raw and raw[0].strip() == "---" and "---" in (line.strip() for line in raw[1:60]):
        start = next(i for i, line in enumerate(raw[1:60], 1) if line.strip() == "---") + 1
        for line in raw[1 : start - 1]:
            if match := _FRONT_KEY.match(line):
                front[match["key"].casefold()] = match["value"].strip().strip("\"'")
    return MarkdownFile(_lines(raw, start), front)


def _lines(raw: list[str], start: int) -> list[MarkdownLine]:
    lines: list[MarkdownLine] = []
    fence = ""
    comment = False
    for number, text in enumerate(raw[start:], start + 1):
        kind: LineKind
        opening = re.match(r"\s*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})[^`]*$", text)
        if fence or opening:
            kind = "code"
            if opening:
                fence = "" if fence and opening[1].startswith(fence) else fence or opening[1]
        elif comment or text.lstrip().startswith("<!--"):
            kind, comment = "furniture", "-->" not in text
        else:
            kind = _line_kind(text)
        lines.append(MarkdownLine(number, text, kind))
        following = raw[number] if number < len(raw) else ""
        if kind == "text" and re.match(r"(={3,}|-{3,})\s*$", following) and not _is_item(text):
            hashes = "# " if following[0] == "=" else "## "
            lines[-1] = MarkdownLine(number, hashes + text, "heading")
    return lines


def _line_kind(text: str) -> LineKind:
    bare = text.strip()
    if not bare:
        return "blank"
    if HEADING.match(text):
        return "heading"
    if re.fullmatch(r"[-*_=]{3,}|</?[A-Za-z][^<>]*>|(import|export)\s.*['\"];?", bare):
        return "furniture"
    return "text"


def _is_item(text: str) -> bool:
    return bool(re.match(r"\s*([-*+]|\d+[.)])\s", text) or text.lstrip().startswith("|"))
