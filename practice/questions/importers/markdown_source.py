"""Markdown as people write it, in the form that the parser knows; every line keeps its number.

Notes of Obsidian and Logseq, bullets and numbers of other programs and languages, headings without
a space, labels in the middle of a paragraph: a parser of CommonMark takes all of them for prose.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from practice.questions.importers.prompts import QUESTION_MARKS, label, numbering
from practice.questions.importers.vocabulary import vocabulary

_FRONT_KEY = re.compile(r"(?P<key>[^\W\d][\w -]{0,40}?)\s*:\s*(?P<value>.*)$")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_PROPERTY = re.compile(
    r"\s*(?:[-*]\s+)?(?:id|collapsed|card-[\w-]+|logseq\.[\w.-]+|background-color|alias|template)::\s"
)
_IMPORT = re.compile(r"(?:import|export)\s.*['\"];?\s*$")
_CALLOUT = re.compile(
    r"(?P<quote>[ \t]*(?:>[ \t]?)+)\[!(?P<kind>[\w-]+)\][-+]?[ \t]*(?P<words>.*)$"
)
_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[•◦▪▫●○■□‣⁃·∙➢➤►▶◆❖–—]|·)[ \t]*(?=\S)")
_HEADING = re.compile(r"(?P<indent>[ ]{0,3})(?P<hashes>#{1,6})(?=[^#\s!])(?P<words>.*)$")
_NOT_HEADINGS = re.compile(r"#(include|define|ifdef|ifndef|endif|if|else|pragma|region|!|\d)\b")
_TIGHT_NUMBER = re.compile(
    r"(?P<indent>[ \t]*)(?P<number>(?:[(（【]\s*)?\d{1,3}\s*[)）】、．]{1,2}"
    r"|\d{1,3}[.:：](?=[^\W\d])|[①-⑨]|\d\ufe0f?\u20e3)[ \t]*(?=\S)"
)
_MARKER = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_BOLD_LINE = re.compile(r"[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(\*\*|__)(?![\s*_]).+\1[^\w]*$")
_EMPHASISED_LABEL = re.compile(r"(\*{1,2}|_{1,2})[^*_\n]{1,40}(?:[:：]\s*\1|\1\s*[:：])")
_ENDS_A_QUESTION = re.compile(rf"[{re.escape(QUESTION_MARKS)}][\s\"'”“»」』)）\]*_`]*$")
_ENDS_A_SENTENCE = re.compile(r"[.。!！।۔][\s\"'”“»」』)）\]*_`]*$")
_ITEM = re.compile(r"(?P<indent> *)(?P<sign>[-*+]|\d{1,3}[.)]) {1,4}(?=\S)")
_RULE = re.compile(r" {0,3}(?:-[ \t]*){3,}$")
CALLOUT_SIGN = "\ue000"
"""Before the title of a callout. It is a private character, and those of the file are replaced."""


@dataclass(slots=True)
class MarkdownSource:
    """Lines for the parser, the number of each in the file, and what the front matter says."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    front: dict[str, str] = field(default_factory=dict)
    outer: tuple[int, int, str] | None = None
    """Indent, indent of the words and sign of the item that a deeper one would stand in."""
    indents_parts: bool = False
    """Whether one space before an item means that it is a part of the one above."""

    def add(self, line: str, number: int) -> None:
        """Add a line that stands in line `number` of the file."""
        self.lines.append(line)
        self.numbers.append(number)


def read_source(text: str) -> MarkdownSource:
    """The lines of `text` in the form that the parser knows; never fails."""
    source = MarkdownSource()
    raw = text.replace(CALLOUT_SIGN, "\N{REPLACEMENT CHARACTER}").split("\n")
    start = _read_front(raw, source.front)
    labels = _common_labels(raw)
    items = [len(match["indent"]) for match in map(_ITEM.match, raw) if match]
    source.indents_parts = items.count(0) >= 2 * items.count(1)
    fence, comment = "", False
    for number, line in enumerate(raw[start:], start + 1):
        opening = _FENCE.match(line)
        if fence or opening:
            source.add(line, number)
            if not fence and opening:
                fence = opening["fence"]
            elif opening and opening["fence"].startswith(fence) and not opening["info"].strip():
                fence = ""
            continue
        # %% begins and ends a comment of Obsidian.
        if comment or line.strip() == "%%":
            comment = comment != (line.strip() == "%%")
            source.add("", number)
            continue
        _add_line(source, line, number, labels)
    return source


def _read_front(raw: list[str], front: dict[str, str]) -> int:
    """Read the front matter into `front`; how many lines it takes is returned."""
    if not raw or raw[0].strip() != "---":
        return 0
    end = next((i for i, line in enumerate(raw[1:60], 1) if line.strip() in {"---", "..."}), 0)
    matches = [_FRONT_KEY.match(line) for line in raw[1:end]]
    if not end or not any(matches):
        return 0
    for match in matches:
        if match:
            front[match["key"].casefold()] = match["value"].strip().strip("\"'")
    return end + 1


def _common_labels(raw: list[str]) -> frozenset[str]:
    """The labels at the beginning of lines that begin a question or an answer in this file.

    A word of the vocabulary is one. So is any other with which several lines begin, where two such
    words take turns: `S:` and `J:` are question and answer in a language that nobody listed.
    """
    counts: Counter[str] = Counter()
    for line in raw:
        if found := label(re.sub(r"^[ \t>]*(?:[-*+][ \t]+)?", "", line)[:120]):
            counts[found[0]] += 1
    known = vocabulary().question_labels | vocabulary().answer_labels | vocabulary().note_labels
    return frozenset(name for name, count in counts.items() if name in known or count > 2)


def _add_line(source: MarkdownSource, line: str, number: int, labels: frozenset[str]) -> None:
    if _PROPERTY.match(line) or _IMPORT.match(line):
        # The line of a list item itself may be nothing but a property.
        source.add("", number)
        return
    before = source.lines[-1] if source.lines else ""
    if callout := _CALLOUT.match(line):
        # A blank line before and behind it makes the title a paragraph of its own.
        source.add("", number)
        source.add(f"{callout['quote']}{CALLOUT_SIGN}{callout['words']}", number)
        source.add(callout["quote"], number)
        return
    line = _expand_marks(line)
    if heading := _HEADING.match(line):
        if not _NOT_HEADINGS.match(line.lstrip()) and not _is_tags(line):
            line = f"{heading['indent']}{heading['hashes']} {heading['words']}"
    elif bullet := _BULLET.match(line):
        line = f"{bullet['indent']}- {line[bullet.end() :]}"
    elif (tight := _TIGHT_NUMBER.match(line)) and (found := numbering(line)):
        line = f"{tight['indent']}{found.number}. {line[tight.end() :]}"
    line = _indent_whole(source, line)
    if before.strip() and _needs_gap(before, line, labels):
        source.add("", number)
    source.add(line, number)


def _indent_whole(source: MarkdownSource, line: str) -> str:
    """An item that was indented by too little to stand in the one above, indented enough.

    To the parser ` * point` below `- question` is another question. A sign of its own tells that
    it was meant to be a part, and so does a file in which few items are indented like that.
    """
    item = _ITEM.match(line)
    if not item:
        source.outer = source.outer if not line[:1].strip() or not line.strip() else None
        return line
    indent, sign = len(item["indent"]), re.sub(r"\d+", "1", item["sign"])
    if (
        source.outer
        and source.outer[0] < indent < source.outer[1]
        and (source.indents_parts or sign != source.outer[2])
    ):
        return " " * (source.outer[1] - indent) + line
    if not source.outer or indent <= source.outer[0]:
        source.outer = (indent, len(item[0]), sign)
    return line


def _needs_gap(before: str, line: str, labels: frozenset[str]) -> bool:
    """Whether `line` begins something new that the parser would add to the paragraph before it."""
    if line.lstrip().startswith("|") != before.lstrip().startswith("|"):
        return not _MARKER.match(before) or not line.lstrip().startswith("|")
    if _RULE.match(line):
        # A line of hyphens makes a heading of what is above it. Below a sentence it is a rule.
        return bool(re.search(r"[^\w\s)\]*`'\"]\s*$", before)) or bool(_MARKER.match(before))
    if _MARKER.match(line):
        # CommonMark lets only a list that begins with 1 interrupt a paragraph.
        return not _MARKER.match(before) and bool(re.match(r"\s{0,3}\d", line))
    if "?" in {before.strip()[:1], line.strip()[:1]}:
        # Between the two sides of a flashcard.
        return False
    if _BOLD_LINE.match(before) or _ENDS_A_QUESTION.search(before):
        return True
    if _MARKER.match(before) and _ENDS_A_SENTENCE.search(before):
        # A question wrapped at the end of a sentence is rarer than an answer below its question.
        return True
    bare = line.strip()
    found = label(bare[:120])
    if found and (found[0] in labels or _EMPHASISED_LABEL.match(bare)):
        return True
    numbered = numbering(bare[:120])
    return bool(numbered and numbered.name)


def _expand_marks(line: str) -> str:
    """A line without the marks of Obsidian: links in brackets, marked words, names of blocks."""
    if "[[" in line:
        line = re.sub(r"!?\[\[([^\[\]|]{1,200})\|([^\[\]]{1,200})\]\](?!\()", r"\2", line)
        line = re.sub(r"!?\[\[([^\[\]|,]{1,200})\]\](?!\()", r"\1", line)
    if "==" in line:
        line = re.sub(r"(?<![=\w])==(?=[^\s=])([^=\n]{0,300}[^\s=])==(?![=\w])", r"\1", line)
    if "%%" in line:
        line = re.sub(r"%%[^%\n]{1,1000}%%", "", line)
    return re.sub(r"(?<=\S)[ \t]+\^[A-Za-z0-9][A-Za-z0-9-]*[ \t]*$", "", line)


def _is_tags(line: str) -> bool:
    """Whether a line holds nothing but tags: `#interview #behavioural`, `#cards/java`."""
    words = line.split()
    return all(re.match(r"#[^\W\d][\w/-]*$", word) for word in words) and (
        len(words) > 1 or "/" in line or "-" in line
    )
