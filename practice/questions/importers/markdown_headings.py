"""Questions in headings, bold lines and `<summary>`, each with the answer below it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from practice.questions.importers.import_result import (
    MOST_QUESTIONS,
    Draft,
    ImportResult,
    difficulty_of,
    too_many_error,
)
from practice.questions.importers.markdown_file import MarkdownFile, MarkdownLine
from practice.questions.importers.plain_text import block_text, first_link, inline_text

_NUMBERED = re.compile(r"\s{0,3}(?:\d+[.)]\s+)#{2,5}\s*(?P<words>\S.*)$")
_BOLD = re.compile(r"\s{0,3}(?:\d+[.)]\s+)?(?P<words>\*\*.+?\*\*[^\w]*)$")
_MARKS = re.compile("[\N{BABY}\N{WHITE MEDIUM STAR}\N{ROCKET}]")
_CONTENTS_ROW = re.compile(r"\s*\|\s*\d+\s*\|\s*\[(?P<words>.+)\]\(#.*?\)\s*\|?\s*$")
_FURNITURE = re.compile(
    r"\s*\|[-:| ]+\|?\s*$"
    r"|\s*(\*\*)?\[[^\]]*(Back to Top|back to top)[^\]]*\]\(#[^)]*\)(\*\*)?\s*$"
    r"|\s*<br\s*/?>\s*$"
)


@dataclass(slots=True)
class _Part:
    """A question line and all that stands below it, up to the next."""

    line: MarkdownLine
    words: str
    tags: list[str]
    below: list[MarkdownLine] = field(default_factory=list)


def _parts(
    file: MarkdownFile, question_words: Callable[[MarkdownLine], str | None], found: ImportResult
) -> Iterator[_Part]:
    """Each question with what follows it; what stands outside goes to `found`."""
    part: _Part | None = None
    tags: list[str] = []
    for line in file.lines:
        words = question_words(line)
        if words is not None:
            if part:
                yield part
            part = _Part(line, words, tags)
        elif line.heading and line.heading[0] <= 3:
            if part:
                yield part
            part, tags = None, [line.heading[1]] if line.heading[0] > 1 else []
        elif part:
            part.below.append(line)
        elif line.kind in {"text", "code"} and not _FURNITURE.match(line.text):
            found.leave_out(line.number, line.text)
    if part:
        yield part


def _answer(lines: list[MarkdownLine]) -> str:
    return block_text("\n".join(line.text for line in lines if not _FURNITURE.match(line.text)))


def read_numbered(file: MarkdownFile) -> ImportResult | None:
    """A table of contents, then `1. ### Question` with its answer."""
    found = ImportResult("Markdown, numbered headings with answers", file.title)

    def question_words(line: MarkdownLine) -> str | None:
        match = _NUMBERED.match(line.text) if line.kind == "text" else None
        return match["words"] if match else None

    for part in _parts(file, question_words, found):
        draft = Draft(inline_text(part.words), part.line.number, tags=part.tags)
        draft.notes.append(_answer(part.below))
        draft.url = first_link(part.words)
        found.drafts.append(draft)
    asked = {_letters(draft.text) for draft in found.drafts}
    listed = {line.number: _CONTENTS_ROW.match(line.text) for line in file.lines}
    found.not_understood = [
        left
        for left in found.not_understood
        if not ((row := listed.get(left.line)) and _letters(inline_text(row["words"])) in asked)
    ]
    return found if len(found.drafts) > 1 else None


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def read_bold(file: MarkdownFile) -> ImportResult | None:
    """`**Question? (mark of difficulty)**` with its answer."""
    found = ImportResult("Markdown, bold questions with difficulty", file.title)
    marked = 0

    def question_words(line: MarkdownLine) -> str | None:
        match = _BOLD.match(line.text) if line.kind == "text" else None
        words = match["words"] if match else ""
        return words if "?" in words or _MARKS.search(words) else None

    for part in _parts(file, question_words, found):
        words = inline_text(part.words).replace("\N{VARIATION SELECTOR-16}", "")
        marks = _MARKS.findall(words)
        marked += bool(marks)
        # Stars are left where a space stands before the last ones: that is not bold.
        text = " ".join(_MARKS.sub(" ", words).split()).strip("* ")
        draft = Draft(text, part.line.number, tags=part.tags)
        draft.difficulty = str(max((difficulty_of(mark) or 0 for mark in marks), default=0) or "")
        draft.notes.append(_answer(part.below))
        found.drafts.append(draft)
    return found if len(found.drafts) > 1 and marked else None


def read_titled(file: MarkdownFile) -> ImportResult | None:
    """`#### Short title`, then the question itself as prose; no answers by design."""
    found = ImportResult("Markdown, titles with questions in prose", file.title)

    def question_words(line: MarkdownLine) -> str | None:
        heading = line.heading
        return heading[1] if heading and heading[0] == 4 else None

    for part in _parts(file, question_words, found):
        prose, rest = _first_paragraph(part.below)
        text = block_text("\n".join(line.text for line in prose)) or part.words
        draft = Draft(" ".join(text.split()), part.line.number, tags=part.tags)
        if prose:
            draft.notes.append(f"Title: {part.words}")
        draft.notes.append(_answer(rest))
        draft.url = first_link(" ".join(line.text for line in prose))
        found.drafts.append(draft)
    return found if len(found.drafts) > 1 else None


def _first_paragraph(lines: list[MarkdownLine]) -> tuple[list[MarkdownLine], list[MarkdownLine]]:
    start = next((i for i, line in enumerate(lines) if line.kind != "blank"), len(lines))
    end = next((i for i in range(start, len(lines)) if lines[i].kind != "text"), len(lines))
    return lines[start:end], lines[end:]


def read_details(text: str, file: MarkdownFile) -> ImportResult | None:
    """`<details><summary>Question</summary>answer</details>`."""
    if text.count("<summary") > MOST_QUESTIONS:
        raise too_many_error()
    found = ImportResult("Markdown, details with a summary", file.title)
    headings = [(line.number, line.heading) for line in file.lines if line.heading]
    outside, position, next_heading, tags = [], 0, 0, list[str]()
    line_number = 1
    while (
        opening := re.compile(r"<summary[^<>]*>", re.IGNORECASE).search(text, position)
    ) is not None:
        closing = text.find("</summary>", opening.end())
        if closing < 0:
            break
        end = _details_end(text, closing)
        outside.append((line_number, text[position : opening.start()]))
        line_number += text.count("\n", position, opening.start())
        while next_heading < len(headings) and headings[next_heading][0] <= line_number:
            heading = headings[next_heading][1]
            tags = [heading[1]] if heading and heading[0] > 1 else []
            next_heading += 1
        draft = Draft(block_text(text[opening.end() : closing]), line_number, tags=tags)
        draft.notes.append(block_text(text[closing + len("</summary>") : end]))
        found.drafts.append(draft)
        line_number += text.count("\n", opening.start(), end)
        position = end
    outside.append((line_number, text[position:]))
    _list_outside(found, outside)
    return found if found.drafts else None


def _details_end(text: str, start: int) -> int:
    ends = (text.find(mark, start + 1) for mark in ("</details>", "<summary", "<details"))
    return min((end for end in ends if end >= 0), default=len(text))


def _list_outside(found: ImportResult, pieces: list[tuple[int, str]]) -> None:
    for first, piece in pieces:
        for offset, line in enumerate(piece.split("\n")):
            bare = re.sub(r"</?(details|br|summary|p|div)[^<>]*>", "", line).strip()
            if bare and not re.match(r"#{1,6}\s|[-=*_]{3,}$|[a-z_]+:", bare):
                found.leave_out(first + offset, bare)
