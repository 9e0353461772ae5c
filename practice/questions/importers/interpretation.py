"""What a reading makes of a document: drafts, and which blocks they were made of."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from practice.questions.importers.blocks import Block, Document, render_blocks
from practice.questions.importers.import_result import Draft, ImportResult, difficulty_of
from practice.questions.importers.plain_text import first_link, inline_text
from practice.questions.importers.prompts import (
    SURE,
    is_answer_label,
    is_furniture,
    is_generic,
    label,
    likelihood,
    names_follow_ups,
    names_key_points,
    numbering,
)
from practice.questions.importers.vocabulary import vocabulary

_COMMENT = re.compile(r"<!--\s*(?P<key>\w+)\s*:\s*(?P<value>.*?)\s*-->", re.DOTALL)
_PLACEHOLDER = re.compile(r"\s*_?\[[^\]]*\]_?\s*$")
_DIFFICULTY = re.compile("[\N{BABY}\N{WHITE MEDIUM STAR}\N{ROCKET}]\ufe0f?")
_OPTION = re.compile(r"\(?[a-hA-H][.)][ \t]|\[[ xX]\][ \t]|[A-H]: ")
_STATUS = {
    "\N{WHITE HEAVY CHECK MARK}": "strong",
    "\N{LARGE YELLOW CIRCLE}": "solid",
    "\N{LARGE RED CIRCLE}": "gap",
}


@dataclass
class Interpretation:
    """One reading of a document.

    Args:
        name: What the reading is called, as in `--as NAME`.
        found: The drafts, and what became none.
        starts: The numbers of the blocks that are questions.
        parts: The numbers of the blocks that belong to questions: answers, follow-ups, tags.
        follow_ups: Those of `parts` that are questions themselves.
        prior: From 0 to 1, what the marks alone say: `Q:` says more than a bullet.
        fit: How plausible it is, set by `plausibility.judge`.
        precision: How much its texts look like questions, likewise.
        is_series: Whether its numbers count up, likewise.
        below: What `finish` puts below each question.
        contents: The lines of tables of contents.
        answer_labels: Labels of answers in this document that the vocabulary lacks.
    """

    name: str
    found: ImportResult
    starts: list[int] = field(default_factory=list)
    parts: set[int] = field(default_factory=set)
    follow_ups: set[int] = field(default_factory=set)
    prior: float = 0.0
    fit: float = 0.0
    precision: float = 0.0
    is_series: bool = False
    below: list[tuple[Draft, list[Block]]] = field(default_factory=list)
    contents: list[Block] = field(default_factory=list)
    answer_labels: frozenset[str] = frozenset()

    def finish(self) -> ImportResult:
        """What was found, with everything below the questions in its place.

        Most interpretations are only compared, and this is the greater part of the work.
        """
        for draft, blocks in self.below:
            _fill(draft, blocks, self)
        asked = {letters(draft.text) for draft in self.found.drafts}
        for block in self.contents:
            # A table of contents may name a question that the page has forgotten.
            for words in re.findall(r"\[([^\[\]\n]+)\]\(#", block.source):
                text = inline_text(words)
                if likelihood(text) >= SURE and letters(text) not in asked:
                    self.found.leave_out(block.line, text)
        self.below, self.contents = [], []
        self.found.not_understood.sort(key=lambda left: left.line)
        return self.found


def strip_status(text: str) -> tuple[str, list[str]]:
    """The text without the marks by which people note how well they know an answer."""
    tags = [tag for mark, tag in _STATUS.items() if mark in text]
    for mark in _STATUS:
        text = text.replace(mark, "")
    return re.sub(r"^\s*(?:Strong|Solid|Gap)\s*[:|-]\s*", "", text.strip()), tags


def collect(
    document: Document,
    name: str,
    title: str,
    starts: Collection[int],
    *,
    takes_paragraph: bool = False,
    prior: float = 0.0,
) -> Interpretation:
    """The interpretation in which the blocks `starts` are questions and own what is below.

    Args:
        document: What is read.
        name: Of the reading.
        title: What a person calls this form of list.
        starts: The numbers of the blocks that are questions.
        takes_paragraph: Whether the question is the paragraph below its block, which is a title.
        prior: See `Interpretation`.
    """
    collector = _Collector(document, name, title, takes_paragraph=takes_paragraph, prior=prior)
    chosen = frozenset(starts)
    collector.rules_separate = _rules_separate(document, chosen)
    for number, block in enumerate(document.blocks):
        collector.add(number, block, number in chosen)
    collector.end()
    return collector.interpretation


def _rules_separate(document: Document, starts: Collection[int]) -> bool:
    """Whether questions are set off from each other by rules, as chats do."""
    rules = [number for number, block in enumerate(document.blocks) if block.kind == "rule"]
    before = sum(number + 1 in starts or number + 2 in starts for number in rules)
    return bool(rules) and before * 2 >= len(rules) and before * 2 >= len(starts) - 1


class _Collector:
    """Walks through the blocks in order; the draft under way takes what belongs to it."""

    def __init__(
        self, document: Document, name: str, title: str, *, takes_paragraph: bool, prior: float
    ) -> None:
        self.interpretation = Interpretation(name, ImportResult(title, document.title), prior=prior)
        self._document = document
        self._takes_paragraph = takes_paragraph
        self._tags: dict[int, str] = {}
        self._start: Block | None = None
        self._draft: Draft | None = None
        self._wants_text = False
        self._below: list[tuple[int, Block]] = []
        self._section: list[Draft] = []
        self._skipping = 0
        has_many_titles = sum(b.kind == "heading" and b.level == 1 for b in document.blocks) > 1
        self.rules_separate = False
        """Whether a rule ends a question."""
        self._least_level = 0 if has_many_titles else 1

    def add(self, number: int, block: Block, is_start: bool) -> None:
        if is_start:
            self._begin(number, block)
        elif block.kind == "comment":
            if self._draft and not _apply_comment(self._draft, block.source):
                return
        elif block.kind == "rule" and self.rules_separate:
            self.end()
        elif block.is_contents:
            self.interpretation.contents.append(block)
        elif block.kind == "rule" or not re.search(r"\w", block.title) or _is_lone_tag(block):
            return
        elif block.kind == "heading" and self._closes(block):
            self._begin_section(number, block)
        elif self._draft and self._start and self._belongs(block):
            self._place(number, block)
        elif not self._add_to_section(number, block):
            self.end()
            self.interpretation.found.leave_out(block.line, block.text)

    def end(self) -> None:
        """Make the notes of the draft under way."""
        draft, below = self._draft, self._below
        self._draft, self._start, self._below, self._wants_text = None, None, [], False
        if not draft:
            return
        if not re.search(r"\w", draft.text):
            # A number or a label with nothing behind it and nothing below it.
            self.interpretation.found.drafts.pop()
            self._section.pop()
            self.interpretation.found.leave_out(
                draft.line, self._document.blocks[self.interpretation.starts.pop()].text
            )
            return
        items = [(number, block) for number, block in below if block.is_item]
        if items and len(items) == len(below) and all(_asks_on(block) for _, block in items):
            draft.follow_ups += [_item_text(block) for _, block in items]
            self.interpretation.follow_ups |= {number for number, _ in items}
            return
        self.interpretation.follow_ups |= _follow_ups_below(below)
        if below:
            self.interpretation.below.append((draft, [block for _, block in below]))

    def _begin(self, number: int, block: Block) -> None:
        self.end()
        text, tags, difficulty = question_text(block)
        draft = Draft(text, block.line, tags=[*self._tags.values(), *tags], difficulty=difficulty)
        draft.url = first_link(block.source)
        self._draft, self._start = draft, block
        self._wants_text = self._takes_paragraph or not re.search(r"\w", text) or is_generic(text)
        self._section.append(draft)
        self.interpretation.found.drafts.append(draft)
        self.interpretation.starts.append(number)

    def _begin_section(self, number: int, block: Block) -> None:
        self.end()
        self._section = []
        self._tags = {level: tag for level, tag in self._tags.items() if level < block.level}
        found = numbering(block.title)
        words = (found.words if found else block.title).strip(" :：")
        if block.level > self._least_level and not is_furniture(words) and words:
            self._tags[block.level] = words[:200]
        self.interpretation.parts.add(number)

    def _closes(self, block: Block) -> bool:
        """Whether a heading that is no question ends the question above it."""
        start = self._start
        if not start:
            return True
        if block.folded > start.folded or block.depth > start.depth:
            return False
        if is_generic(block.title) and not is_furniture(block.title):
            return False
        return start.kind != "heading" or block.level <= start.level

    def _belongs(self, block: Block) -> bool:
        start = self._start
        assert start
        if start.kind == "summary":
            return block.folded >= start.folded
        if not start.is_item or start.kind == "heading" or block.depth > start.depth:
            return True
        if block.is_item:
            # Points of an answer that were not indented below a number.
            return start.is_ordered and not block.is_ordered
        return (
            block.depth == start.depth
            or start.is_ordered
            or block.kind == "code"
            or bool(self._wants_text)
        )

    def _add_to_section(self, number: int, block: Block) -> bool:
        """Whether the block is about all questions of the section, as `Source:` is."""
        named = label(block.title)
        if not named or named[0] not in vocabulary().source_labels or not self._section:
            return False
        for draft in self._section:
            draft.source = draft.source or named[1]
            draft.url = draft.url or first_link(block.source)
        self.interpretation.parts.add(number)
        return True

    def _place(self, number: int, block: Block) -> None:
        draft, start = self._draft, self._start
        assert draft
        assert start
        self.interpretation.parts.add(number)
        if self._continues_question(block):
            draft.text += f" {block.title}"
            return
        if (
            self._wants_text
            and block.kind in {"paragraph", "callout"}
            and not is_generic(block.title)
        ):
            text, tags, difficulty = question_text(block)
            if re.search(r"\w", text):
                if re.search(r"\w", draft.text) and not is_generic(draft.text):
                    draft.notes.append(f"Title: {draft.text}")
                draft.text, draft.url = text, draft.url or first_link(block.source)
                draft.tags += tags
                draft.difficulty = draft.difficulty or difficulty
                self._wants_text = False
                return
        is_nested = (
            start.is_item
            and start.kind != "heading"
            and block.is_item
            and block.depth > start.depth
        )
        if is_nested and _asks_on(block):
            named = label(block.title)
            if (
                not named
                or named[0]
                not in vocabulary().answer_labels
                | vocabulary().note_labels
                | vocabulary().tag_labels
            ):
                draft.follow_ups.append(_item_text(block))
                self.interpretation.follow_ups.add(number)
                return
        self._below.append((number, block))

    def _continues_question(self, block: Block) -> bool:
        """Whether the line directly below a question asks on: it was wrapped there."""
        start = self._start
        assert start
        return (
            block.kind == start.kind == "paragraph"
            and not block.is_item
            and not self._below
            and not self._wants_text
            and block.line == start.line + start.source.count("\n") + 1
            and block.depth == start.depth
            and block.asks >= SURE
            and not label(block.title)
        )


def question_text(block: Block) -> tuple[str, list[str], str]:
    """The question in a block without number, label and marks; its tags; its difficulty."""
    text = block.title.replace("**", "") if block.kind == "heading" else block.title
    text, tags = strip_status(text)
    marks = _DIFFICULTY.findall(text)
    text = _DIFFICULTY.sub(" ", text).strip()
    if marks:
        text = text.strip("* ")
    levels = [difficulty_of(mark) or 0 for mark in marks]
    for _ in range(2):
        if (numbered := numbering(text)) and (numbered.words or numbered.name):
            text = numbered.words
        if (named := label(text)) and named[0] in vocabulary().question_labels:
            text = named[1]
    text = re.sub(r'^["“„«「](.*)["”“»」]$', r"\1", text.strip()).strip()
    return text, tags, str(max(levels)) if levels else ""


def _item_text(block: Block) -> str:
    text = question_text(block)[0]
    named = label(text)
    return named[1] if named and names_follow_ups(named[0]) and named[1] else text


def _asks_on(block: Block) -> bool:
    """Whether an item below a question is a question, and not one of several answers."""
    return block.asks >= SURE and not _OPTION.match(block.source)


def _follow_ups_below(below: list[tuple[int, Block]]) -> set[int]:
    """The numbers of the items below a name for follow-up questions."""
    found, is_named = set(), False
    for number, block in below:
        if block.kind in {"heading", "summary"} or _is_bold(block):
            is_named = names_follow_ups(block.title.strip(" :："))
        elif is_named and block.is_item:
            found.add(number)
    return found


def _fill(draft: Draft, below: list[Block], interpretation: Interpretation) -> None:
    """Put what stands below a question where it belongs: key points, follow-ups, tags, notes."""
    target: list[str] | None = None
    notes: list[Block] = []
    for block in below:
        named = label(block.title)
        is_name = block.kind in {"heading", "summary"} or (
            block.kind == "paragraph" and _is_bold(block)
        )
        title = block.title.strip(" :：")
        if is_name and (names_key_points(title) or names_follow_ups(title)):
            target = draft.key_points if names_key_points(title) else draft.follow_ups
        elif target is not None and block.kind == "paragraph" and block.is_item:
            target.append(_item_text(block))
        elif block.kind == "heading" or (is_name and is_answer_label(title)):
            target = None
            if not is_answer_label(title):
                notes.append(
                    Block("paragraph", f"{block.source.strip(' :')}:", block.line, gap=True)
                )
        elif _PLACEHOLDER.match(block.source):
            interpretation.found.leave_out(block.line, block.text)
        elif named and named[0] in vocabulary().tag_labels and block.is_item:
            draft.tags += [tag.strip() for tag in re.split(r"[,;，、]", named[1]) if tag.strip()]
        elif named and names_key_points(named[0]) and named[1]:
            draft.key_points += [
                part.strip() for part in re.split(r"[;；]", named[1]) if part.strip()
            ]
        else:
            notes.append(block)
    text = render_blocks(notes)
    named = label(text)
    if (
        named
        and named[0] in vocabulary().answer_labels | interpretation.answer_labels
        and text.lstrip("-*> ").casefold().startswith(named[0])
    ):
        text = re.sub(r"^[^:：\n]*[:：]\s*", "", text, count=1)
    draft.notes.append(text)


def letters(text: str) -> str:
    """The letters of a text without its number, by which two texts are compared."""
    numbered = numbering(text)
    return re.sub(r"[\W\d_]+", "", (numbered.words if numbered else text).casefold())


def _is_lone_tag(block: Block) -> bool:
    return block.kind == "html" and bool(re.fullmatch(r"\s*</?[A-Za-z][^<>]*>\s*", block.source))


def _is_bold(block: Block) -> bool:
    return bool(re.match(r"\s*(\*\*|__)[^*]+(\*\*|__)\s*:?\s*$", block.source))


def _apply_comment(draft: Draft, text: str) -> bool:
    match = _COMMENT.match(text.strip())
    if not match:
        return False
    key = match["key"].casefold()
    values = [value.strip() for value in match["value"].strip("() ").split(",") if value.strip()]
    if key in {"tags", "tag"}:
        draft.tags += values
    elif key == "competency":
        draft.competency, more = (values or [""])[0], values[1:]
        draft.tags += more
    elif key in {"expertise", "difficulty", "level"} and values:
        number = values[0]
        is_from_zero = key == "expertise" and number in {"0", "1", "2"}
        draft.difficulty = str(int(number) + 1) if is_from_zero else number
    else:
        return False
    return True
