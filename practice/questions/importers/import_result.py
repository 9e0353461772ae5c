"""What an importer finds in a file, made into questions that a bank can hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from practice.base.errors import BankError
from practice.base.rounds import ROUNDS, Round
from practice.base.text import one_line
from practice.questions.importers.plain_text import tidy
from practice.questions.model import KINDS, Question, QuestionKind

LONGEST_TEXT = 2000
MOST_QUESTIONS = 5000
_LEVELS = {
    1: ("1", "easy", "beginner", "junior", "low", "basic", "entry", "\N{BABY}"),
    2: ("2", "medium", "mid", "intermediate", "normal", "middle", "\N{WHITE MEDIUM STAR}"),
    3: ("3", "hard", "senior", "advanced", "expert", "high", "difficult", "\N{ROCKET}"),
}
_KIND_NAMES: dict[str, QuestionKind] = {
    "behavioral": "behavioural",
    "behavior": "behavioural",
    "behaviour": "behavioural",
    "situation": "situational",
    "tech": "technical",
    "coding": "technical",
    "motivational": "motivation",
    **{kind: kind for kind in KINDS},
}


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A part of the file that became no question; `line` counts from 1."""

    line: int
    text: str

    def __str__(self) -> str:
        return one_line(f"line {self.line}: {self.text[:160]}")


@dataclass(slots=True)
class Draft:
    """A question as it was found; its texts may be too long for their fields."""

    text: str
    line: int
    id: str = ""
    kind: str = ""
    competency: str = ""
    tags: list[str] = field(default_factory=list)
    difficulty: str = ""
    target_s: int | None = None
    prep_s: int | None = None
    rounds: list[str] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)
    pushbacks: list[str] = field(default_factory=list)
    key_points: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    source: str = ""
    url: str = ""
    licence: str = ""

    def question(self, source: str, licence: str) -> Question:
        """The question, with the source and licence of the file where it has none of its own.

        What is too long for its field goes into the notes, whole.
        """
        text, rest = _split_to_fit(one_line(self.text))
        notes = [rest, *self.notes]
        difficulty = difficulty_of(self.difficulty)
        if self.difficulty and difficulty is None:
            notes.append(f"Difficulty: {self.difficulty}")
        kind = _KIND_NAMES.get(self.kind.strip().casefold())
        if self.kind and kind is None:
            notes.append(f"Kind: {self.kind}")
        return Question(
            id=self.id,
            text=text,
            kind=kind,
            competency=_fit_or_note(self.competency, 200, "Competency", notes),
            tags=tuple(dict.fromkeys(_fit_all(self.tags, notes))),
            rounds=_known_rounds(self.rounds, notes),
            difficulty=difficulty,
            target_s=_seconds(self.target_s, 5, "Time to answer", notes),
            prep_s=_seconds(self.prep_s, 0, "Time to prepare", notes),
            follow_ups=_fit_all(self.follow_ups, notes),
            pushbacks=_fit_all(self.pushbacks, notes),
            key_points=_fit_all(self.key_points, notes),
            terms=_fit_all(self.terms, notes),
            source=_fit_or_note(self.source or source, LONGEST_TEXT, "Source", notes),
            url=_web_address(self.url, notes),
            licence=_fit_or_note(self.licence or licence, 200, "Licence", notes),
            notes=tidy("\n\n".join(note for note in notes if note.strip())),
        )


@dataclass(slots=True)
class ImportResult:
    """Everything that one file gave."""

    format: str
    title: str = ""
    drafts: list[Draft] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    source: str = ""
    licence: str = ""
    language: str = ""

    def leave_out(self, line: int, text: str) -> None:
        """List what was not understood; `line` counts from 1."""
        self.not_understood.append(NotUnderstood(line, one_line(text)))


def too_many_error() -> BankError:
    """The error for a file with more questions than a bank can hold."""
    return BankError(
        f"this file holds more than {MOST_QUESTIONS:,} questions",
        "split it into several files and import the ones you mean to practise",
    )


def difficulty_of(text: str) -> int | None:
    """1 to 3 for the words, stars and digits that lists use; None for anything else."""
    word = text.replace("\N{VARIATION SELECTOR-16}", "").strip().casefold()
    return next((number for number, names in _LEVELS.items() if word in names), None)


def _split_to_fit(text: str) -> tuple[str, str]:
    if len(text) <= LONGEST_TEXT:
        return text, ""
    cut = text.rfind(" ", 0, LONGEST_TEXT - 3)
    return text[: cut if cut > 0 else LONGEST_TEXT - 3].rstrip() + "...", text


def _fit_all(items: Iterable[str], notes: list[str]) -> tuple[str, ...]:
    lines = [one_line(item) for item in items]
    notes += [line for line in lines if len(line) > LONGEST_TEXT]
    return tuple(line for line in lines if line and len(line) <= LONGEST_TEXT)


def _known_rounds(items: Iterable[str], notes: list[str]) -> tuple[Round, ...]:
    wanted = [one_line(item).casefold() for item in items]
    notes += [f"Round: {item}" for item in wanted if item not in ROUNDS]
    return tuple(known for known in ROUNDS if known in wanted)


def _fit_or_note(text: str, longest: int, name: str, notes: list[str]) -> str:
    line = one_line(text)
    if len(line) <= longest:
        return line
    notes.append(f"{name}: {line}")
    return ""


def _seconds(number: int | None, least: int, name: str, notes: list[str]) -> int | None:
    if number is None or least <= number <= 3600:
        return number
    notes.append(f"{name}: {number} s")
    return None


def _web_address(text: str, notes: list[str]) -> str:
    line = one_line(text)
    if not line or (re.match(r"https?://\S+$", line) and len(line) <= LONGEST_TEXT):
        return line
    notes.append(f"Link: {line}")
    return ""
