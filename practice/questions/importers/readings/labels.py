"""`Q:` and `A:`, in any language: lines that begin with a word for a question or an answer.

Also a session as it was written down (`**Interviewer:**`, `**Candidate:**`). Where no word is
known, two labels that take turns are taken for question and answer.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.prompts import label, numbering
from practice.questions.importers.proposal import Proposal, collect
from practice.questions.importers.vocabulary import vocabulary

_SPEAKERS = frozenset({"interviewer", "recruiter", "面试官", "面接官", "면접관", "面試官"})
_LEAST_TURNS = 0.8


def propose(document: Document) -> Iterator[Proposal]:
    """The blocks with a label for a question."""
    labels = [(number, _label(block)) for number, block in enumerate(document.blocks)]
    labels = [(number, name) for number, name in labels if name]
    known = [(number, name) for number, name in labels if name in vocabulary().question_labels]
    turns = _names_in_turn(labels)
    if turns and turns in vocabulary().answer_labels:
        turns = ""
    starts = [number for number, name in known]
    if turns and (not starts or turns in vocabulary().question_labels):
        starts = [number for number, name in labels if name == turns]
    if not starts:
        return
    speakers = any(name in _SPEAKERS for _, name in known)
    title = "interview session" if speakers else "questions and answers with labels"
    proposal = collect(document, "labels", title, starts, prior=0.95)
    if turns:
        # What takes turns with the word for a question is the word for an answer.
        names = {name for _, name in labels} - vocabulary().question_labels - {turns}
        proposal.answer_labels = frozenset(names)
    if speakers:
        proposal.found.source = _origin(document.front)
        proposal.found.title = proposal.found.title or proposal.found.source
    yield proposal


def _label(block: Block) -> str:
    if block.kind not in {"paragraph", "heading", "summary"}:
        return ""
    named = label(block.title[:200])
    if named:
        return named[0]
    numbered = numbering(block.title[:200])
    return numbered.name if numbered else ""


def _names_in_turn(labels: list[tuple[int, str]]) -> str:
    """The first of two labels that take turns in most of the places; empty where none do."""
    counts = Counter(name for _, name in labels).most_common(2)
    if len(counts) < 2 or counts[1][1] < 2 or counts[1][1] < counts[0][1] * _LEAST_TURNS:
        return ""
    pair = {counts[0][0], counts[1][0]}
    order = [name for _, name in labels if name in pair]
    changes = sum(one != other for one, other in pairwise(order))
    return order[0] if changes >= (len(order) - 1) * _LEAST_TURNS else ""


def _origin(front: dict[str, str]) -> str:
    keys = ("company", "role", "round", "date", "source")
    return ", ".join(front[key] for key in keys if front.get(key))
