"""`Q:` and `A:`, in any language: lines that begin with a word for a question or an answer.

Also a session as it was written down (`**Interviewer:**`, `**Candidate:**`). Where no word is
known, two labels that take turns are taken for question and answer.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from practice.questions.importers.blocks import Block, Document
from practice.questions.importers.interpretation import Interpretation, collect
from practice.questions.importers.prompts import label, numbering
from practice.questions.importers.vocabulary import vocabulary

_SPEAKERS = frozenset({"interviewer", "recruiter", "面试官", "面接官", "면접관", "面試官"})
_LEAST_TURNS = 0.8


def propose(document: Document) -> Iterator[Interpretation]:
    """The blocks with a label for a question."""
    labels = [(number, _label(block)) for number, block in enumerate(document.blocks)]
    labels = [(number, name) for number, name in labels if name]
    known = [(number, name) for number, name in labels if name in vocabulary().question_labels]
    asks, answers = _names_in_turn(labels)
    if asks in vocabulary().answer_labels:
        asks = answers = ""
    starts = [number for number, _ in known]
    if asks and (not starts or asks in vocabulary().question_labels):
        starts = [number for number, name in labels if name == asks]
    if not starts:
        return
    speakers = any(name in _SPEAKERS for _, name in known)
    title = "interview session" if speakers else "questions and answers with labels"
    interpretation = collect(document, "labels", title, starts, prior=0.95)
    # `What they look for:` takes turns with the question, too, and says something.
    interpretation.answer_labels = frozenset({answers} if answers and " " not in answers else ())
    for draft in interpretation.found.drafts:
        if (named := label(draft.text)) and named[0] == asks and named[1]:
            draft.text = named[1]
    if speakers:
        interpretation.found.source = _origin(document.front)
        interpretation.found.title = interpretation.found.title or interpretation.found.source
    yield interpretation


def _label(block: Block) -> str:
    if block.kind not in {"paragraph", "heading", "summary"}:
        return ""
    named = label(block.title[:200])
    if named:
        return named[0]
    numbered = numbering(block.title[:200])
    return numbered.name if numbered else ""


def _names_in_turn(labels: list[tuple[int, str]]) -> tuple[str, str]:
    """Two labels that take turns in most places, the first one first; empty where none do."""
    counts = Counter(name for _, name in labels).most_common(2)
    if len(counts) < 2 or counts[1][1] < 2 or counts[1][1] < counts[0][1] * _LEAST_TURNS:
        return "", ""
    pair = {counts[0][0], counts[1][0]}
    order = [name for _, name in labels if name in pair]
    changes = sum(one != other for one, other in pairwise(order))
    if changes < (len(order) - 1) * _LEAST_TURNS:
        return "", ""
    return order[0], next(name for name in order if name != order[0])


def _origin(front: dict[str, str]) -> str:
    keys = ("company", "role", "round", "date", "source")
    return ", ".join(front[key] for key in keys if front.get(key))
