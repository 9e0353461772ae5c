"""The card for the last ten minutes before an interview; nothing is recorded or measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from practice.base.errors import BankError, NotFoundError
from practice.base.text import one_line
from practice.core.stories import StoryStanding, read_overview
from practice.core.workspace import Workspace
from practice.library.interviews import Interview
from practice.library.takes import Take
from practice.questions.stories.model import StoriesError

STORIES = 3
QUESTIONS = 3
DEFAULT_BANK = "openers-and-motivation"
"""Whose questions to ask are taken by somebody who has not answered anything yet."""
GREETING = "Good morning, I am glad to be here."
"""Said aloud by somebody who has no story yet."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a story begins."""

    title: str
    """Of the story."""
    sentence: str
    """Its first."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """What is on the card; what is not there is left out of it."""

    interview: Interview | None
    people: tuple[str, ...]
    best: Take | None
    """The newest with a star whose sound is there."""
    openings: tuple[Opening, ...]
    ask_them: tuple[str, ...]
    aloud: str
    """One sentence to say aloud."""
    trouble: str = ""
    """Why there are no stories, where their file cannot be read."""


def read_warm_up(workspace: Workspace, interview: Interview | None) -> WarmUp:
    """The card for an interview; for none in particular where there is none.

    Raises:
        StorageError: The library cannot be read.
    """
    library = workspace.library
    chosen = interview.facts.stories if interview else ()
    openings: tuple[Opening, ...] = ()
    trouble = ""
    try:
        openings = choose_openings(read_overview(workspace).stories, chosen)
    except StoriesError as error:
        trouble = error.message
    takes = library.takes()
    return WarmUp(
        interview,
        interview.facts.people if interview else (),
        next(iter(library.starred()), None),
        openings,
        _find_questions(workspace, takes),
        openings[0].sentence if openings else GREETING,
        trouble,
    )


def choose_openings(
    standings: Sequence[StoryStanding], chosen: Sequence[str]
) -> tuple[Opening, ...]:
    """The first sentences of three stories: the chosen ones first, then those that sit best.

    Args:
        standings: In the order of their file.
        chosen: The ids of the stories that were chosen for the interview.
    """
    with_sentence = [each for each in standings if each.story.first_sentence]
    # A story that was told without notes needs no more than its beginning.
    ordered = sorted(
        with_sentence, key=lambda each: (each.story.id not in chosen, -each.without_notes)
    )
    return tuple(Opening(each.story.title, each.story.first_sentence) for each in ordered[:STORIES])


def _find_questions(workspace: Workspace, takes: Sequence[Take]) -> tuple[str, ...]:
    """Three questions to ask them, from the banks that were answered most."""
    used = Counter(take.bank for take in takes if take.bank)
    found: list[str] = []
    for name in (*(name for name, _ in used.most_common()), DEFAULT_BANK):
        try:
            found += workspace.catalogue.bank(name).ask_them
        except (BankError, NotFoundError):
            continue  # `banks check` says what is wrong with it
        if len(found) >= QUESTIONS:
            break
    return tuple(dict.fromkeys(found))[:QUESTIONS]


def list_parts(card: WarmUp, how_to_hear: str) -> list[tuple[str, tuple[str, ...]]]:
    """The card as headings with their lines; what is empty is left out.

    Args:
        card: What is on it.
        how_to_hear: Behind the best take, such as `space plays it`.
    """
    best = card.best
    parts = [
        ("You meet", tuple(map(one_line, card.people))),
        (
            "Your best take",
            (f"{one_line(best.question or 'an answer')} ({how_to_hear})",) if best else (),
        ),
        (
            "How your stories begin",
            tuple(f"{one_line(each.title)}: {one_line(each.sentence)}" for each in card.openings),
        ),
        ("Ask them", tuple(map(one_line, card.ask_them))),
        ("Say one sentence aloud", (one_line(card.aloud),)),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


def name_card(card: WarmUp) -> str:
    """Its title."""
    return f"Warm up for {card.interview.name}" if card.interview else "Warm up"
