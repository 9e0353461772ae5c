"""Letters about an interview: the facts of the library, put into a template."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from practice.base.files import private_folder, write_atomic
from practice.base.paths import Places
from practice.base.text import one_line
from practice.core.workspace import Workspace
from practice.letters.facts import LetterFacts, LetterKind
from practice.letters.rendering import own_template, shipped_template, write_letter
from practice.library.interviews import Interview

STEM_CHARACTERS = 30
FACT_CHARACTERS = 2_000
"""The longest text that a letter takes over: about a page."""
MOST_ITEMS = 50
"""Of a list of questions or people."""


def letter_about(workspace: Workspace, interview_id: str, kind: LetterKind) -> str:
    """The letter of a kind about an interview.

    Raises:
        NotFoundError: There is no such interview.
        LetterError: The user's template has a mistake.
        StorageError: Something cannot be read.
    """
    return write_letter(kind, gather_facts(workspace, interview_id), workspace.places.letters)


def check_template(places: Places, kind: LetterKind) -> None:
    """Look whether the template of a kind has a mistake.

    Raises:
        LetterError: It has.
        StorageError: It cannot be read.
    """
    write_letter(kind, LetterFacts(), places.letters)


def gather_facts(workspace: Workspace, interview_id: str) -> LetterFacts:
    """What is known of an interview, for a letter; the user's own guess and notes stay out."""
    store = workspace.library.interviews
    interview = store.get(interview_id)
    facts, asked = interview.facts, store.asked(interview.id)
    debrief, outcome = store.debrief(interview.id), store.outcome(interview.id)
    wished = next((each for each in asked if each.wish.strip()), None)
    is_over = outcome is not None and outcome.state != "waiting"
    return LetterFacts(
        company=_line(facts.company),
        role=_line(facts.role),
        round=facts.round,
        format=_line(facts.format),
        day=f"{facts.when.day:%A} {facts.when.day.day} {facts.when.day:%B}" if facts.when else "",
        people=_lines(facts.people),
        asked=_lines(each.text for each in asked),
        rough=_lines(each.text for each in asked if each.rating == "rough"),
        wish=_text(wished.wish) if wished else "",
        wish_question=_line(wished.text) if wished else "",
        went_well=_text(debrief.went_well) if debrief else "",
        outcome=outcome.state if outcome and is_over else "",
        stage=_line(outcome.stage) if outcome else "",
        reason=_text(outcome.reason) if outcome else "",
        feedback=_text(outcome.feedback) if outcome else "",
    )


def _text(text: str) -> str:
    """A text of several lines, cut where nobody would send it whole."""
    text = text.strip()
    return text if len(text) <= FACT_CHARACTERS else f"{text[: FACT_CHARACTERS - 1]}…"


def _line(text: str) -> str:
    return _text(one_line(text))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_line(text) for text in islice(texts, MOST_ITEMS) if text.strip())


def propose_file(places: Places, interview: Interview, kind: LetterKind) -> Path:
    """A file for a letter that is not there yet, among what was exported."""
    letters = "".join(each if each.isalnum() else "-" for each in interview.facts.company.lower())
    stem = f"{kind}-{letters[:STEM_CHARACTERS].strip('-') or interview.id}"
    tried = places.exports / f"{stem}.txt"
    number = 1
    while tried.exists():
        number += 1
        tried = places.exports / f"{stem}-{number}.txt"
    return tried


def save_letter(path: Path, text: str) -> None:
    """Write a letter to a file of the user's own.

    Raises:
        StorageError: The disk refused.
    """
    write_atomic(path, text.encode())


def adopt_template(places: Places, kind: LetterKind) -> Path:
    """The user's own template of a kind, made of the shipped one where there is none.

    Raises:
        StorageError: The disk refused.
    """
    path = own_template(private_folder(places.letters), kind)
    if not path.exists():
        write_atomic(path, shipped_template(kind).encode())
    return path
