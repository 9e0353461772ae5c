"""Headings as questions, numbered or not, with the answer below each."""

from collections.abc import Iterator

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.interpretation import Interpretation, collect
from practice.questions.importers.prompts import SURE, is_generic, names_key_points, numbering

_MOST_ASK = 0.5
"""The share of a level that must look like questions for it to be taken with other levels."""
_MOST_NUMBERED = 0.6
"""Where more headings of a level have numbers than this share, those without are no questions."""


def propose(document: Document) -> Iterator[Interpretation]:
    """One for each level, one for all levels that ask, one for a file about one question."""
    headings = [
        (number, block)
        for number, block in enumerate(document.blocks)
        if block.kind == "heading" and not is_generic(block.title)
    ]
    if not headings:
        return
    yield from _propose_one(document)
    questions: dict[int, list[int]] = {}
    for level in sorted({block.level for _, block in headings}):
        questions[level] = _questions_of([pair for pair in headings if pair[1].level == level])
        title = f"headings of level {level}, with answers"
        yield collect(document, f"headings-{level}", title, questions[level])
    asking = [level for level, numbers in questions.items() if _ask(document, numbers)]
    if len(asking) > 1:
        title = f"headings of levels {', '.join(map(str, asking))}, with answers"
        numbers = sorted(number for level in asking for number in questions[level])
        yield collect(document, f"headings-{'-'.join(map(str, asking))}", title, numbers)


def _ask(document: Document, numbers: list[int]) -> bool:
    sure = sum(document.blocks[number].asks >= SURE for number in numbers)
    return sure >= len(numbers) * _MOST_ASK


def _questions_of(headings: list[tuple[int, Block]]) -> list[int]:
    numbered = [number for number, block in headings if block.is_ordered or numbering(block.title)]
    if len(numbered) < len(headings) * _MOST_NUMBERED:
        return [number for number, _ in headings]
    return [number for number, block in headings if number in set(numbered) or block.asks >= SURE]


def _propose_one(document: Document) -> Iterator[Interpretation]:
    """`# Question` with a heading for its key points."""
    names = [(n, block) for n, block in enumerate(document.blocks) if block.kind == "heading"]
    first = [number for number, block in names if block.level == 1]
    if len(first) == 1 and any(names_key_points(block.title) for _, block in names):
        interpretation = collect(
            document, "one-question", "one question with key points", first, prior=0.9
        )
        interpretation.found.title = document.front.get("title", "")
        yield interpretation
