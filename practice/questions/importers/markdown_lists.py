"""Bullets and numbered lists: h5bp, Docusaurus pages, `Question:` with code, quoted bullets."""

import re

from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.markdown_file import MarkdownFile, MarkdownLine
from practice.questions.importers.plain_text import block_text, first_link, inline_text

_ITEM = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+]|\d+[.)])\s+(?P<words>\S.*)$")
_LABEL = re.compile(r"(?:\*\*)?(?:Q|Question)(?:\s*\d+)?\s*[:.](?:\*\*)?\s+(?P<words>\S.*)$")
_SOURCE = re.compile(r"\s*(?:Source|From|Quelle)s?\s*:\s*(?P<words>\S.*)$", re.IGNORECASE)
_TESTS = re.compile(
    r"(?:Tests|Skills?|Competenc(?:y|ies)|Tags)\s*:\s*(?P<words>.*)$", re.IGNORECASE
)
_KEY_POINTS = re.compile(
    r"(?:Key points?|Look for|Listen for|Good to hear)\s*:\s*(?P<words>.*)$", re.IGNORECASE
)
_ANSWER = re.compile(
    r"(?:A|Answer|Tips?|Notes?|Situation|Task|Action|Result)\s*:\s*\S", re.IGNORECASE
)
_STATUS = {
    "\N{WHITE HEAVY CHECK MARK}": "strong",
    "\N{LARGE YELLOW CIRCLE}": "solid",
    "\N{LARGE RED CIRCLE}": "gap",
}


def read(file: MarkdownFile) -> ImportResult | None:
    """The items of the file, or None when it has none."""
    reader = _ListReader("Markdown list")
    for line in file.lines:
        reader.read_line(line)
    reader.end_code()
    reader.found.title = file.title
    return reader.found if reader.found.drafts else None


def strip_status(text: str) -> tuple[str, list[str]]:
    """The text without the marks by which people note how well they know an answer."""
    tags = [tag for mark, tag in _STATUS.items() if mark in text]
    for mark in _STATUS:
        text = text.replace(mark, "")
    return re.sub(r"^\s*(?:Strong|Solid|Gap)\s*[:|-]\s*", "", text.strip()), tags


class _ListReader:
    def __init__(self, name: str) -> None:
        self.found = ImportResult(name)
        self.headings: dict[int, str] = {}
        self.section: list[Draft] = []
        self.draft: Draft | None = None
        self.indent = 0
        self.code: list[str] = []
        self.nested = False

    def read_line(self, line: MarkdownLine) -> None:
        if line.kind == "code":
            self.code.append(line.text)
            return
        self.end_code()
        if line.heading:
            self._begin_section(*line.heading)
        elif line.kind == "text":
            self._read_text(line)

    def end_code(self) -> None:
        if self.code and self.draft:
            self.draft.notes.append(block_text("\n".join(self.code)))
        self.code = []

    def _begin_section(self, level: int, words: str) -> None:
        self.headings = {key: value for key, value in self.headings.items() if key < level}
        if level > 1:
            self.headings[level] = words
        self.section, self.draft = [], None

    def _read_text(self, line: MarkdownLine) -> None:
        item, label = _ITEM.match(line.text), _LABEL.match(line.text)
        source = _SOURCE.match(line.text)
        if item:
            self._read_item(line, len(item["indent"].expandtabs(4)), item["words"])
        elif label:
            self._add_question(line, 0, label["words"])
        elif source and self.section:
            for draft in self.section:
                draft.source = draft.source or inline_text(source["words"])
                draft.url = draft.url or first_link(source["words"])
            self.draft = None
        elif self.draft and line.text[:1].isspace():
            self._continue_text(inline_text(line.text))
        else:
            self.found.leave_out(line.number, line.text)

    def _read_item(self, line: MarkdownLine, indent: int, words: str) -> None:
        if re.fullmatch(r"\**\[[^\]]*\]\(#[^)]*\)\**\s*", words):
            self.found.leave_out(line.number, line.text)
        elif self.draft and indent > self.indent + 1:
            self._add_nested(inline_text(words))
        else:
            self._add_question(line, indent, words)

    def _add_question(self, line: MarkdownLine, indent: int, words: str) -> None:
        text, tags = strip_status(inline_text(re.sub(r"^\[[ xX]\]\s+", "", words)))
        text = re.sub(r'^["“](.*)["”]$', r"\1", _LABEL.sub(r"\g<words>", text))
        if not re.search(r"\w", text):
            self.found.leave_out(line.number, line.text)
            return
        tags = [*self.headings.values(), *tags]
        self.draft = Draft(text, line.number, tags=tags, url=first_link(words))
        self.indent, self.nested = indent, False
        self.found.drafts.append(self.draft)
        self.section.append(self.draft)

    def _add_nested(self, words: str) -> None:
        assert self.draft
        self.nested = True
        if match := _TESTS.match(words):
            self.draft.tags += [tag.strip() for tag in re.split(r"[,;]", match["words"])]
        elif match := _KEY_POINTS.match(words):
            self.draft.key_points += [part.strip() for part in match["words"].split(";")]
        elif _ANSWER.match(words):
            self.draft.notes.append(words)
        else:
            self.draft.follow_ups.append(re.sub(r'^["“](.*)["”]$', r"\1", words))

    def _continue_text(self, words: str) -> None:
        assert self.draft
        if self.nested and self.draft.follow_ups:
            self.draft.follow_ups[-1] += f" {words}"
        else:
            self.draft.text += f" {words}"
