"""Letters about an interview: the facts of the library, put into a template."""

from pathlib import Path

from practice.base.files import private_folder, write_atomic
from practice.base.paths import Places
from practice.base.text import one_line
from practice.core.workspace import Workspace
from practice.letters.facts import LetterFacts, LetterKind
from practice.letters.rendering import own_template, shipped_template, write_letter
from practice.library.interviews import Interview

STEM_CHARACTERS = 30


def letter_about(workspace: Workspace, interview_id: str, kind: LetterKind) -> str:
    """The letter of a kind about an interview.

    Raises:
        NotFoundError: There is no such interview.
        LetterError: The user's template has a mistake.
        StorageError: Something cannot be read.
    """
    return write_letter(kind, gather_facts(workspace, interview_id), workspace.places.letters)


def gather_facts(workspace: Workspace, interview_id: str) -> LetterFacts:
    """What is known of an interview, for a letter; the user's own guess and notes stay out."""
    store = workspace.library.interviews
    interview = store.get(interview_id)
    facts, asked = interview.facts, store.asked(interview.id)
    debrief, outcome = store.debrief(interview.id), store.outcome(interview.id)
    wished = next((each for each in asked if each.wish.strip()), None)
    is_over = outcome is not None and outcome.state != "waiting"
    return LetterFacts(
        company=facts.company,
        role=facts.role,
        round=facts.round,
        format=facts.format,
        day=f"{facts.when.day:%A} {facts.when.day.day} {facts.when.day:%B}" if facts.when else "",
        people=facts.people,
        asked=tuple(one_line(each.text) for each in asked),
        rough=tuple(one_line(each.text) for each in asked if each.rating == "rough"),
        wish=wished.wish.strip() if wished else "",
        wish_question=one_line(wished.text) if wished else "",
        went_well=debrief.went_well.strip() if debrief else "",
        outcome=outcome.state if outcome and is_over else "",
        stage=one_line(outcome.stage) if outcome else "",
        reason=outcome.reason.strip() if outcome else "",
        feedback=outcome.feedback.strip() if outcome else "",
    )


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
