"""Flashcards in notes: `Question::Answer`, `?` between both sides, callouts, #card."""

import re
from collections.abc import Iterator

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.interpretation import Interpretation, collect
from practice.questions.importers.plain_text import inline_text

_ONE_LINE = re.compile(r"(?P<front>\S.*?\S)\s*:{2,3}\s*(?P<back>\S.*)$")


def propose(document: Document) -> Iterator[Interpretation]:
    """Cards of Obsidian, of Logseq, and a question in the front matter."""
    yield from _propose_cards(document)
    tagged = [n for n, block in enumerate(document.blocks) if re.search(r"\s#card\b", block.source)]
    if tagged:
        yield collect(document, "card-items", "cards of Logseq", tagged, prior=0.95)
    callouts = [
        n for n, block in enumerate(document.blocks) if block.kind == "callout" and block.asks > 0
    ]
    if callouts:
        asking = [n for n, b in enumerate(document.blocks) if b.is_item and b.depth == 1]
        yield collect(
            document, "callouts", "callouts and items", sorted({*callouts, *asking}), prior=0.7
        )
    front = document.front
    if front.get("question"):
        draft = Draft(inline_text(front["question"]), 1, notes=[front.get("answer", "")])
        draft.tags = [
            tag.strip(" \"'") for tag in front.get("tags", "").strip("[]").split(",") if tag.strip()
        ]
        yield Interpretation(
            "front", ImportResult("a question in front matter", drafts=[draft]), prior=0.95
        )


def _propose_cards(document: Document) -> Iterator[Interpretation]:
    interpretation = Interpretation(
        "cards", ImportResult("flashcards in notes", document.title), prior=0.95
    )
    tags: list[str] = []
    for number, block in enumerate(document.blocks):
        if block.kind == "heading":
            tags = [block.title] if block.level > 1 else []
            interpretation.parts.add(number)
            continue
        cards = list(_cards_of(block)) if block.kind == "paragraph" else []
        for line, front, back in cards:
            draft = Draft(inline_text(front), line, tags=[*tags], notes=[inline_text(back)])
            interpretation.found.drafts.append(draft)
        if cards:
            interpretation.starts.append(number)
        elif interpretation.found.drafts and block.title and not re.match(r"#\w", block.title):
            interpretation.found.leave_out(block.line, block.text)
    if interpretation.found.drafts:
        yield interpretation


def _cards_of(block: Block) -> Iterator[tuple[int, str, str]]:
    """Line, front and back of each card in a paragraph."""
    lines = block.source.split("\n")
    signs = [i for i, line in enumerate(lines) if line.strip() in {"?", "??"}]
    if signs and 0 < signs[0] < len(lines) - 1:
        yield block.line, " ".join(lines[: signs[0]]), "\n".join(lines[signs[0] + 1 :])
        return
    for offset, line in enumerate(lines):
        found = _ONE_LINE.match(line)
        if found and "`" not in line and not re.search(r"\w::\w+[(<]", line) and "://" not in line:
            yield block.line + offset, found["front"], found["back"]
