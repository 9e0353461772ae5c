"""Finding interviews by what was written down of them.

There is no index: all debriefs of years are a few hundred lines, and what is deleted must be
nowhere else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from practice.base.text import one_line
from practice.library.in_common import Account
from practice.library.interviews import Interview
from practice.library.row_mapping import fold_words

LONGEST_LINE = 2000
"""Characters of a line that is shown; an advert may be one line."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Where a word was found."""

    field: str
    """What was written there, in words: `asked`, `notes`."""
    text: str
    """One line."""


@dataclass(frozen=True, slots=True)
class FoundInterview:
    """An interview, and where in it the words are."""

    interview: Interview
    lines: tuple[FoundLine, ...]


def find_interviews(accounts: Iterable[Account], phrases: Iterable[str]) -> list[FoundInterview]:
    """The interviews that have all the phrases somewhere, each with the lines that have one.

    Args:
        accounts: Every interview with what was written down of it.
        phrases: Words, or several of them side by side; case and punctuation do not count.
    """
    wanted = [folded for phrase in phrases if (folded := fold_words(phrase))]
    found = []
    for account in accounts if wanted else ():
        lines = [(line, fold_words(line.text)) for line in list_lines(account)]
        if all(any(phrase in folded for _, folded in lines) for phrase in wanted):
            hits = [line for line, folded in lines if any(phrase in folded for phrase in wanted)]
            found.append(FoundInterview(account.interview, tuple(hits)))
    return found


def list_lines(account: Account) -> Iterator[FoundLine]:
    """Everything that was written down of an interview, line by line."""
    facts, debrief, outcome = account.interview.facts, account.debrief, account.outcome
    fields = [
        ("company", facts.company), ("role", facts.role), ("round", facts.round),
        ("format", facts.format), *(("with", person) for person in facts.people),
        ("advert", facts.advert), ("notes", facts.notes),
    ]  # fmt: skip
    for noted in account.asked:
        fields += [
            ("asked", noted.text), ("wish I had said", noted.wish), ("story", noted.story),
        ]  # fmt: skip
    if debrief is not None:
        fields += [
            ("went well", debrief.went_well), ("said about me", debrief.said_about_me),
            ("surprises", debrief.surprises), ("task", debrief.task),
            ("where it went wrong", debrief.task_trouble),
        ]  # fmt: skip
    if outcome is not None:
        fields += [
            ("stage", outcome.stage), ("their reason", outcome.reason),
            ("their words", outcome.feedback), ("my guess", outcome.guess),
        ]  # fmt: skip
    for name, text in fields:
        for line in text.splitlines():
            if shown := one_line(line)[:LONGEST_LINE]:
                yield FoundLine(name, shown)
