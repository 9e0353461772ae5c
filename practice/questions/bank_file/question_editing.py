"""Edits of whole questions: put in, taken out, put back; comments outside them stay."""

from dataclasses import dataclass
from itertools import pairwise

from practice.questions.bank_file import rendering
from practice.questions.bank_file.nodes import Mapping, Node, Scalar, Sequence
from practice.questions.bank_file.source_text import SourceText, Splice
from practice.questions.model import Question


@dataclass(frozen=True, slots=True)
class RemovedQuestion:
    """What was taken out of a bank, with all that is needed to put it back as it was."""

    question: Question
    index: int
    written: str
    """The text as it stood in the file."""
    lines_before: int
    """How many lines stood between it and the question before it."""
    closes_file: bool = False
    """Whether the file ended with it, and without a line end."""


def insert_question(
    source: SourceText, root: Mapping, index: int, question: Question
) -> list[Splice]:
    """Write `question` so that it becomes number `index` (from 0) of the bank."""
    questions = root.get("questions")
    if isinstance(questions, Sequence) and questions.items:
        if questions.flow:
            return [_insert_in_brackets(questions, index, rendering.flow_question(question))]
        lines = rendering.question_lines(question, questions.column)
        return [_insert_between(source, questions, index, lines)]
    return _insert_first(source, root, questions, rendering.question_lines(question, 2))


def _insert_in_brackets(questions: Sequence, index: int, written: str) -> Splice:
    if index:
        end = questions.items[index - 1].end
        return Splice(end, end, f", {written}")
    start = questions.items[0].start
    return Splice(start, start, f"{written}, ")


def _insert_between(
    source: SourceText, questions: Sequence, index: int, lines: list[str]
) -> Splice:
    """Behind the question before, with a blank line where the bank has them between questions."""
    spans = source.item_lines(questions)
    gaps = [source.text[end:start] for (_, end), (start, _) in pairwise(spans)]
    spaced = bool(gaps) and all(gap.startswith(("\n", "\r\n")) for gap in gaps)
    # Behind the one before, not in front of the one after: comments above a question are its own.
    if not index:
        return source.insert_lines(spans[0][0], [*lines, ""] if spaced else lines)
    return source.insert_lines(spans[index - 1][1], ["", *lines] if spaced else lines)


def _insert_first(
    source: SourceText, root: Mapping, questions: Node | None, lines: list[str]
) -> list[Splice]:
    if questions is None:
        end = source.content_end(root.pairs[-1][1])
        return [source.insert_lines(source.next_line(end), ["questions:", *lines])]
    key = next(name for name, _ in root.pairs if name.value == "questions")
    colon = source.text.index(":", key.end) + 1
    # libyaml places a value that is not there anywhere before the next token.
    nothing = isinstance(questions, Scalar) and not questions.value
    end = colon if nothing else source.content_end(questions)
    return [Splice(colon, end, ""), source.insert_lines(source.next_line(end), lines)]


def remove_question(
    source: SourceText, questions: Sequence, index: int, question: Question
) -> tuple[list[Splice], RemovedQuestion]:
    """Take number `index` out; what is returned beside the splices puts it back."""
    if questions.flow:
        spans = [(item.start, item.end) for item in questions.items]
        written = source.text[slice(*spans[index])]
        taken = source.remove_entries(spans, index, index + 1)
        return [taken], RemovedQuestion(question, index, written, 0)
    spans = source.item_lines(questions)
    start, end = spans[index]
    written = source.text[start:end]
    # The text is kept with a line end, so that it can be put back anywhere.
    closes_file = not written.endswith("\n")
    if closes_file:
        written += source.eol
    before = spans[index - 1][1] if index else _list_start(source, start)
    lines_before = source.text.count("\n", before, start)
    removed = RemovedQuestion(question, index, written, lines_before, closes_file)
    return [Splice(start, end, "")], removed


def _list_start(source: SourceText, first_item: int) -> int:
    """Where the lines after `questions:` begin."""
    key = source.text.rfind("questions", 0, first_item)
    return source.next_line(key + len("questions")) if key >= 0 else first_item


def restore_question(
    source: SourceText, root: Mapping, removed: RemovedQuestion
) -> list[Splice] | None:
    """Put a removed question back where it was; None where it has to be written again."""
    questions = root.get("questions")
    if isinstance(questions, Sequence) and questions.items:
        index = min(removed.index, len(questions.items))
        if questions.flow:
            return [_insert_in_brackets(questions, index, removed.written.strip())]
        spans = source.item_lines(questions)
        start = spans[index - 1][1] if index else _list_start(source, spans[0][0])
        limit = spans[index][0] if index < len(spans) else len(source.text)
    elif isinstance(questions, Scalar) and not questions.value:
        start = source.next_line(next(key for key, _ in root.pairs if key.value == "questions").end)
        limit = len(source.text)
    else:
        return None
    # As many lines behind the question before as there were: comments and blank lines between
    # the two stayed when it was removed.
    offset, missing = start, removed.lines_before
    while missing and offset < limit:
        offset, missing = source.next_line(offset + 1), missing - 1
    # A blank line at the end of a file lost its line end when the last question went.
    written = (source.eol * missing if removed.closes_file else "") + removed.written
    if offset and source.text[offset - 1] != "\n":
        written = source.eol + written
    return [Splice(offset, offset, written)]
