"""No marks at all: every line is a question, or every paragraph that asks is one."""

import re
from collections.abc import Iterator

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.interpretation import Interpretation, collect, question_text
from practice.questions.importers.plain_text import first_link
from practice.questions.importers.prompts import SURE

EVERY_LINE = "lines"
"""The name of the reading in which each line is a question."""
SECTION_LENGTH = 60
"""A line with a colon at its end and fewer signs names a section."""
WITHOUT_NAME = 0.8
"""How plausible one question a line is in a file that is not called `.txt`."""


def propose(document: Document) -> Iterator[Interpretation]:
    """The paragraphs that ask, with what is below each; then every line."""
    asking = [
        number
        for number, block in enumerate(document.blocks)
        if _is_paragraph(block) and block.asks >= SURE
    ]
    if asking:
        yield collect(document, "paragraphs", "paragraphs that ask, with answers", asking)


def _is_paragraph(block: Block) -> bool:
    return block.kind == "paragraph" and not block.is_item and "\n" not in block.source


def propose_lines(text: str) -> Interpretation:
    """Every line of `text` is a question; what is indented below one asks further."""
    found = ImportResult("plain text, one question a line")
    interpretation = Interpretation(EVERY_LINE, found)
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        source = re.sub(r"^\s*(?:[-*+•]|\d+[.)])\s+", "", line)
        words = question_text(Block("paragraph", source.strip(), number))[0]
        if line.startswith("#") or not re.search(r"\w", words):
            found.leave_out(number, line)
        elif line[:1].isspace() and found.drafts:
            found.drafts[-1].follow_ups.append(words)
        elif words.endswith((":", "：")) and len(words) < SECTION_LENGTH:
            section = words.rstrip(":： ")
            found.leave_out(number, line)
        else:
            tags = [section] if section else []
            found.drafts.append(Draft(words, number, tags=tags, url=first_link(line)))
    return interpretation
