"""Folded parts of a page, `<details><summary>Question</summary>`, and terms of a glossary."""

from collections.abc import Iterator

from practice.questions.importers.blocks import Document
from practice.questions.importers.interpretation import Interpretation, collect
from practice.questions.importers.prompts import is_generic


def propose(document: Document) -> Iterator[Interpretation]:
    """What is shown of each folded part is the question."""
    starts = [
        number
        for number, block in enumerate(document.blocks)
        if block.kind == "summary" and not is_generic(block.title)
    ]
    if starts:
        yield collect(document, "details", "questions that unfold their answer", starts, prior=0.6)
