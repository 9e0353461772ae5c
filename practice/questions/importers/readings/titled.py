"""A heading that is a title, and the question itself in the paragraph below it."""

from collections.abc import Iterator

from practice.questions.importers.blocks import Document
from practice.questions.importers.interpretation import Interpretation, collect
from practice.questions.importers.prompts import is_generic

_LEAST = 0.6
"""The share of headings of a level that must have a paragraph directly below them."""


def propose(document: Document) -> Iterator[Interpretation]:
    """One interpretation for each level whose headings have a paragraph directly below them."""
    blocks = document.blocks
    for level in range(2, 7):
        of_level = [
            number
            for number, block in enumerate(blocks)
            if block.kind == "heading" and block.level == level and not is_generic(block.title)
        ]
        titled = [
            number
            for number in of_level
            if number + 1 < len(blocks)
            and blocks[number + 1].kind == "paragraph"
            and not blocks[number + 1].is_item
        ]
        if len(titled) > 1 and len(titled) >= len(of_level) * _LEAST:
            title = f"titles of level {level} with the question below"
            yield collect(document, f"titles-{level}", title, of_level, takes_paragraph=True)
