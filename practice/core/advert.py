"""Words of an advert: offered, picked as terms of an interview, and looked for in its takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from practice.core.weeks import now_in_zone
from practice.core.workspace import Workspace
from practice.delivery.transcript.coverage import CoverageItem, find_term
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import tokens_of
from practice.delivery.transcript.word_matching import stem
from practice.library.interviews import Interview
from practice.library.takes import Take, TakeState
from practice.questions.advert import AdvertTerm, find_advert_terms


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term of an interview in the takes that were made for it."""

    term: str
    """As it was picked or typed."""
    said_in: tuple[str, ...]
    """The ids of the takes in which it was said, the oldest first."""
    heard_as: tuple[str, ...] = ()
    """Other words that were written for it, each once."""


@dataclass(frozen=True, slots=True)
class InterviewWords:
    """The terms of an interview, and what its advert offers besides."""

    interview: Interview
    uses: tuple[TermUse, ...]
    takes: int
    """In how many takes they were looked for."""
    offered: tuple[AdvertTerm, ...]


def read_interview_words(workspace: Workspace, interview: Interview) -> InterviewWords:
    """What is to be said in an interview, where it was said so far, and what its advert offers.

    Raises:
        StorageError: The library cannot be read.
    """
    terms = workspace.library.interview_terms.of(interview.id)
    takes = find_preparing_takes(workspace, interview)
    uses, looked_at = _find_uses(workspace, terms, takes)
    picked = {term.casefold() for term in terms}
    offered = offer_terms(workspace, interview)
    left = tuple(each for each in offered if each.text.casefold() not in picked)
    return InterviewWords(interview, uses, looked_at, left)


def offer_terms(workspace: Workspace, interview: Interview) -> list[AdvertTerm]:
    """The terms that the advert of an interview repeats or stresses; none without an advert."""
    language = workspace.language[:2]
    lexicon = load_lexicon(language, workspace.places.lexicon)
    facts = interview.facts
    return find_advert_terms(
        facts.advert,
        language,
        lexicon.function_words,
        partial(stem, lexicon=lexicon),
        facts.company,
        facts.role,
    )


def find_preparing_takes(workspace: Workspace, interview: Interview) -> list[Take]:
    """The takes from the day on which an interview was added until it is over, the oldest first.

    Raises:
        StorageError: The library cannot be read.
    """
    ends = interview.facts.when.ends if interview.facts.when else now_in_zone(workspace)
    takes = [
        take
        for take in workspace.library.takes()
        if interview.added_at <= take.recorded_at <= ends and not take.is_fragment
    ]
    return sorted(takes, key=lambda take: take.recorded_at)


def _find_uses(
    workspace: Workspace, terms: Sequence[str], takes: Sequence[Take]
) -> tuple[tuple[TermUse, ...], int]:
    found: dict[str, list[tuple[str, CoverageItem]]] = {term: [] for term in terms}
    looked_at = 0
    for take in takes if terms else ():
        if take.state is not TakeState.REVIEWED:
            continue
        review = workspace.review_of(take)
        if not review.words:
            continue
        looked_at += 1
        tokens = tokens_of(review.words)
        lexicon = load_lexicon(
            review.transcription.language or workspace.language, workspace.places.lexicon
        )
        for term in terms:
            item = find_term(term, tokens, lexicon)
            if item.said:
                found[term].append((take.id, item))
    uses = tuple(
        TermUse(
            term,
            tuple(take_id for take_id, _ in items),
            tuple(dict.fromkeys(filter(None, (_other_words(term, item) for _, item in items)))),
        )
        for term, items in found.items()
    )
    return uses, looked_at


def _other_words(term: str, item: CoverageItem) -> str:
    """What was written where it is not the term itself; empty where it is."""
    heard = (item.heard or "").strip(".,;:!?\"'")
    return "" if heard.casefold() == term.casefold() else heard


def describe_mentions(term: AdvertTerm) -> str:
    """Why a term is offered: `3 times, asked for`."""
    times = "once" if term.mentions == 1 else f"{term.mentions} times"
    return f"{times}, asked for" if term.asked_for else times


def describe_use(use: TermUse, takes: int) -> str:
    """In how many of the takes a term was said, and what was written for it.

    Args:
        use: The term.
        takes: In how many takes it was looked for.
    """
    if not takes:
        return "no take yet"
    if not use.said_in:
        return "not said yet"
    said = f"said in {len(use.said_in)} of {takes}"
    return f"{said}, written {', '.join(use.heard_as)}" if use.heard_as else said
