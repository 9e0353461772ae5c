"""Questions in bold, each a paragraph or an item of its own, with the answer below."""

import re
from collections.abc import Iterator

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.interpretation import Interpretation, collect
from practice.questions.importers.prompts import SURE, is_generic

_BOLD = re.compile(
    r"\s*(?:[\w.#]{1,8}[.):]?\s+)?(?P<mark>\*\*|__)(?P<words>(?!\s).+?)(?:(?P=mark)|\s\*\*)[^\w]*$|\s*<(?:b|strong)>.+</(?:b|strong)>\W*$",
    re.DOTALL,
)


def propose(document: Document) -> Iterator[Interpretation]:
    """All that is bold, and what of it asks."""
    bold = [number for number, block in enumerate(document.blocks) if is_bold(block)]
    if not bold:
        return
    yield collect(document, "bold", "questions in bold, with answers", bold)
    asking = [number for number in bold if document.blocks[number].asks >= SURE]
    if 0 < len(asking) < len(bold):
        yield collect(document, "bold-asking", "bold lines that ask, with answers", asking)


def is_bold(block: Block) -> bool:
    """Whether a paragraph is bold as a whole and no name of a part of an answer."""
    return (
        block.kind == "paragraph"
        and len(block.source) < 600
        and bool(_BOLD.match(block.source))
        and not is_generic(block.title)
    )
