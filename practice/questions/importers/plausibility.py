"""Which reading of a document is right: the one whose questions look like questions.

An interpretation is judged by what it says, not by the marks that it found:

- its texts look like questions or requests, are no words like Answer, and differ from each other;
- few texts of the document that look like questions are left out or lie in answers;
- much of the document is explained by it;
- its structure repeats: numbers that count up, labels, the same kind of block again and again.

The weights were chosen on the twenty lists of docs/importing.md, and the second twenty were kept
aside until they stood.
"""

from collections import Counter
from itertools import pairwise
from math import sqrt

from practice.questions.importers.blocks import Document
from practice.questions.importers.interpretation import Interpretation, letters
from practice.questions.importers.prompts import SURE, is_generic, likelihood, numbering

MISSED_IN_ANSWER = 0.35
"""What a question-like text in an answer counts of one that is left out: answers ask, too."""
COUNTED = 0.75
"""How much a text looks like a question by carrying the next number of a series."""
COUNTED_ITEM = 0.5
"""The same for items of lists: the points of answers are numbered as well."""
LEAST_SERIES = 0.7
"""The share of texts whose number follows the one before, from where on they are a series."""
_BY_NAME = {"paragraphs": 0.85, "asking-lists": 1.03, "mixed": 1.03}
"""Nothing but their words makes questions of paragraphs; of two readings that differ in lists that
do not ask, the one without them is right more often."""
LEAST_FIT = 0.2
"""Below it no reading is offered by itself."""


def judge(document: Document, interpretation: Interpretation) -> float:
    """How plausible the interpretation is, from 0 to 1."""
    drafts = interpretation.found.drafts
    if not drafts:
        return 0.0
    interpretation.precision = precision(document, interpretation)
    fit = interpretation.precision * _recall(document, interpretation)
    fit *= sqrt(_explained(document, interpretation))
    fit *= _BY_NAME.get(interpretation.name, 1.0)
    return fit * (0.6 if len(drafts) == 1 and interpretation.prior < SURE else 1.0)


def precision(document: Document, interpretation: Interpretation) -> float:
    """How much the texts look like questions that differ, on average."""
    drafts = interpretation.found.drafts
    counted = _series(document, interpretation)
    interpretation.is_series = counted > 0
    written = Counter(_written(document, interpretation))
    total = 0.0
    for draft in drafts:
        value = likelihood(draft.text)
        if value > 0 or counted:
            value = max(value, interpretation.prior, counted)
        total += value if not is_generic(draft.text) else 0.0
    distinct = len(written) / max(1, sum(written.values()))
    return total / len(drafts) * distinct


def _written(document: Document, interpretation: Interpretation) -> list[str]:
    """The texts with their numbers: questions may share their words, and have numbers then."""
    if not interpretation.starts:
        return [draft.text for draft in interpretation.found.drafts]
    blocks = [document.blocks[number] for number in interpretation.starts]
    drafts = interpretation.found.drafts
    if len(blocks) != len(drafts):
        return [draft.text for draft in drafts]
    return [
        f"{block.marker if block.is_ordered else ''}{block.title}{draft.text}"
        for block, draft in zip(blocks, drafts, strict=True)
    ]


def _series(document: Document, interpretation: Interpretation) -> float:
    """What a series of numbers says about the texts that carry them; 0 where there is none."""
    blocks = [document.blocks[number] for number in interpretation.starts]
    numbers = []
    for block in blocks:
        found = numbering(block.title)
        marker = int(block.marker.rstrip(".) ")) if block.is_ordered else None
        numbers.append(found.number if found else marker)
    if len(numbers) < 3:
        return 0.0
    follows = sum(
        one is not None and other is not None and (other == one + 1 or other == 1)
        for one, other in pairwise(numbers)
    )
    if follows < (len(numbers) - 1) * LEAST_SERIES:
        return 0.0
    is_item = all(block.is_item and block.kind != "heading" for block in blocks)
    return COUNTED_ITEM if is_item else COUNTED


def _recall(document: Document, interpretation: Interpretation) -> float:
    """How many of the texts that look like questions the interpretation takes."""
    if not interpretation.starts:
        return 1.0
    known = {letters(draft.text) for draft in interpretation.found.drafts}
    known |= {letters(text) for draft in interpretation.found.drafts for text in draft.follow_ups}
    starts = frozenset(interpretation.starts)
    end = max(interpretation.starts)
    missed = 0.0
    for number, block in enumerate(document.blocks):
        if number in starts or number in interpretation.follow_ups or block.asks < SURE:
            continue
        if number > end and number not in interpretation.parts:
            # A chat ends with an offer: "Would you like more?"
            continue
        if letters(block.title) not in known:
            missed += MISSED_IN_ANSWER if number in interpretation.parts else 1.0
    taken = len(interpretation.found.drafts) + len(interpretation.follow_ups)
    return taken / (taken + missed)


def _explained(document: Document, interpretation: Interpretation) -> float:
    """The share of the document's words that the interpretation accounts for."""
    if not interpretation.starts:
        return 1.0
    total = used = 0
    starts = frozenset(interpretation.starts)
    for number, block in enumerate(document.blocks):
        if block.is_contents or block.kind in {"comment", "rule"}:
            continue
        size = len(block.title) if block.kind != "code" else min(len(block.source), 200)
        total += size
        used += size if number in starts or number in interpretation.parts else 0
    return used / total if total else 0.0
