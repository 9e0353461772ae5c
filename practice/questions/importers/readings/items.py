"""Items of lists as questions: bullets or numbers, below headings or below categories."""

from bisect import bisect
from collections.abc import Iterator

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.plain_text import first_link
from practice.questions.importers.prompts import SURE, is_generic, label, numbering
from practice.questions.importers.proposal import Proposal, collect
from practice.questions.importers.vocabulary import vocabulary

LEAST_ASKING = 0.34
"""The share of a list's items that must look like questions for the list to be one of questions."""


def propose(document: Document) -> Iterator[Proposal]:
    """One proposal for each depth, one for numbered items alone, one for items that are links."""
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
        proposal = collect(document, name, title, of_depth)
        if depth > depths[0]:
            _tag_with_parents(document, proposal)
        yield proposal
    numbered = [number for number, block in items if block.is_ordered and block.depth == depths[0]]
    if numbered and len(numbered) < len(items):
        yield collect(document, "numbers", "numbered questions", numbered)
    yield from _propose_series(document)
    asking = _lists_that_ask(document, [pair for pair in items if pair[1].depth == depths[0]])
    if 0 < len(asking) < len(items):
        yield collect(document, "asking-lists", "items of the lists that ask", asking)
    labelled = [number for number, block in enumerate(document.blocks) if _is_labelled(block)]
    if asking and labelled:
        title = "items of lists and questions with labels"
        yield collect(document, "mixed", title, sorted({*asking, *labelled}))
    links = [number for number, block in items if first_link(block.source)]
    if links and len(links) < len(items):
        yield collect(document, "links", "questions that link to their answers", links)


def _propose_series(document: Document) -> Iterator[Proposal]:
    """Paragraphs that begin with a number that is no list's: `**1)** Question`, `Q1. Question`."""
    numbered = [
        number
        for number, block in enumerate(document.blocks)
        if block.kind == "paragraph" and not block.is_ordered and numbering(block.title)
    ]
    if numbered:
        yield collect(document, "series", "paragraphs with numbers", numbered)


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


def _is_labelled(block: Block) -> bool:
    """Whether a paragraph between the lists begins with a word for a question."""
    named = label(block.title[:200]) if block.kind == "paragraph" and not block.is_item else None
    return bool(named and named[0] in vocabulary().question_labels and block.asks >= SURE)


def _has_words(block: Block) -> bool:
    return not block.is_contents and not is_generic(block.title)


def _tag_with_parents(document: Document, proposal: Proposal) -> None:
    """Give each question the item that it stands in as a tag."""
    drafts = {draft.line: draft for draft in proposal.found.drafts}
    chosen = frozenset(proposal.starts)
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
    proposal.parts |= used
    lines = {document.blocks[number].line for number in used}
    left = proposal.found.not_understood
    proposal.found.not_understood = [one for one in left if one.line not in lines]
