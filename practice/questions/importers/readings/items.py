"""Items of lists as questions: bullets or numbers, below headings or below categories."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.interpretation import Interpretation, collect
from practice.questions.importers.plain_text import first_link
from practice.questions.importers.prompts import SURE, is_generic, label, numbering
from practice.questions.importers.vocabulary import vocabulary

LEAST_ASKING = 0.34
"""The share of a list's items that must look like questions for the list to be one of questions."""


def propose(document: Document) -> Iterator[Interpretation]:
    """One interpretation for each depth, one for numbered items alone, one for links."""
    items = [
        (number, block)
        for number, block in enumerate(document.blocks)
        if block.is_item and block.kind == "paragraph" and _has_words(block)
    ]
    depths = sorted({block.depth for _, block in items})
    for depth in depths[:3]:
        of_depth = [number for number, block in items if block.depth == depth]
        name, title = "items", "items of a list"
        if depth > depths[0]:
            name, title = f"items-{depth}", f"items of a list, {depth - 1} below categories"
        interpretation = collect(document, name, title, of_depth)
        if depth > depths[0]:
            _tag_with_parents(document, interpretation)
        yield interpretation
    numbered = [number for number, block in items if block.is_ordered and block.depth == depths[0]]
    if numbered and len(numbered) < len(items):
        yield collect(document, "numbers", "numbered questions", numbered)
    yield from _propose_series(document)
    asking = _lists_that_ask(document, [pair for pair in items if pair[1].depth == depths[0]])
    if 0 < len(asking) < len(items):
        yield collect(document, "asking-lists", "items of the lists that ask questions", asking)
    between = _paragraphs_that_ask(document, asking)
    if 0 < len(between) <= len(asking):
        title = "items of lists and paragraphs that ask"
        yield collect(document, "mixed", title, sorted({*asking, *between}))
    links = [number for number, block in items if first_link(block.source)]
    if links and len(links) < len(items):
        yield collect(document, "links", "questions that link to their answers", links)


def _propose_series(document: Document) -> Iterator[Interpretation]:
    """Paragraphs that begin with a number that is no list's: `**1)** Question`, `Q1. Question`."""
    numbered = [
        number
        for number, block in enumerate(document.blocks)
        if block.kind == "paragraph" and not block.is_ordered and numbering(block.title)
    ]
    shapes = {number: _shape(document.blocks[number]) for number in numbered}
    counts = Counter(shapes.values())
    # `1 - three times` among questions that begin with `**1)**` is another kind of number.
    most = max(counts.values(), default=0)
    starts = [number for number in numbered if counts[shapes[number]] * 4 >= most]
    if starts:
        yield collect(document, "series", "paragraphs with numbers", starts)


def _shape(block: Block) -> str:
    """What stands before and behind the number of a paragraph, whatever the number."""
    found = re.match(r"\s*([^\w\s]*)\D{0,20}?\d+([^\w\s]*)(\s?)(\W?)", block.source)
    return "".join(found.groups()) if found else ""


def _lists_that_ask(document: Document, items: list[tuple[int, Block]]) -> list[int]:
    """The items below each heading as a whole, where enough of them look like questions."""
    groups: dict[int, list[tuple[int, Block]]] = {}
    headings = [n for n, block in enumerate(document.blocks) if block.kind == "heading"]
    for number, block in items:
        groups.setdefault(bisect(headings, number), []).append((number, block))
    return [
        number
        for group in groups.values()
        if sum(block.asks >= SURE for _, block in group) >= len(group) * LEAST_ASKING
        for number, _ in group
    ]


def _paragraphs_that_ask(document: Document, items: list[int]) -> list[int]:
    """Paragraphs with a word for a question, and those that ask below headings without items."""
    headings = [n for n, block in enumerate(document.blocks) if block.kind == "heading"]
    taken = {bisect(headings, number) for number in items}
    found = []
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.is_item or block.asks < SURE:
            continue
        named = label(block.title[:200])
        is_labelled = named and named[0] in vocabulary().question_labels
        if is_labelled or bisect(headings, number) not in taken:
            found.append(number)
    return found


def _has_words(block: Block) -> bool:
    return not block.is_contents and not is_generic(block.title)


def _tag_with_parents(document: Document, interpretation: Interpretation) -> None:
    """Give each question the item that it stands in as a tag."""
    drafts = {draft.line: draft for draft in interpretation.found.drafts}
    chosen = frozenset(interpretation.starts)
    parents: dict[int, tuple[int, str]] = {}
    used = set()
    for number, block in enumerate(document.blocks):
        if block.kind == "heading":
            parents.clear()
        elif number in chosen:
            above = [parents[depth] for depth in sorted(parents) if depth < block.depth]
            drafts[block.line].tags += [words for _, words in above if len(words) <= 200]
            used |= {place for place, _ in above}
        elif block.is_item:
            parents = {depth: pair for depth, pair in parents.items() if depth < block.depth}
            parents[block.depth] = (number, block.title.strip(" :："))
    interpretation.parts |= used
    lines = {document.blocks[number].line for number in used}
    left = interpretation.found.not_understood
    interpretation.found.not_understood = [one for one in left if one.line not in lines]
