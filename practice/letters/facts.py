"""What a letter may name: texts and lists of texts, empty where nothing is known."""

from dataclasses import dataclass
from typing import Literal, get_args

LetterKind = Literal["feedback", "thanks", "packet"]
LETTER_KINDS: tuple[LetterKind, ...] = get_args(LetterKind)
PURPOSES: dict[LetterKind, str] = {
    "feedback": "one narrow question to them",
    "thanks": "with one thing you did not say",
    "packet": "what happened, for a reader you trust",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The facts of an interview, as a template names them."""

    company: str = ""
    """Where it was."""
    role: str = ""
    """What the work is."""
    round: str = ""
    """Which round it was."""
    format: str = ""
    """How it was held."""
    day: str = ""
    """When it was, such as `Thursday 3 December`."""
    people: tuple[str, ...] = ()
    """Who asked."""
    asked: tuple[str, ...] = ()
    """Every question of the debrief."""
    rough: tuple[str, ...] = ()
    """Those that were rough."""
    wish: str = ""
    """The first thing that the user wishes to have said."""
    wish_question: str = ""
    """The question that it belongs to."""
    went_well: str = ""
    """One thing that went well."""
    outcome: str = ""
    """How it ended."""
    stage: str = ""
    """At which stage."""
    reason: str = ""
    """The reason that they gave."""
    feedback: str = ""
    """What they said, in their words."""
