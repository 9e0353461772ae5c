"""What a debrief asks, one thing after the other, and with which keys it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from textual.message import Message

from practice.core.debrief_draft import DebriefDraft
from practice.library.interviews import Debrief, NotedQuestion
from practice.questions.matching import QuestionMatcher
from practice.questions.pasted_list import split_questions
from practice.tui.commands import BACK, Command


class Step(StrEnum):
    """What is asked now; the value is how."""

    WENT_WELL = "One thing that went well"
    FELT = "How did it feel?"
    QUESTION = "What were you asked?"
    RATING = "How did it go?"
    WISH = "What do you wish you had said?"
    SAID = "What did they say about you, in their words?"
    SURPRISES = "What surprised you?"
    TASK = "What was the task?"
    MINUTES = "How many minutes did you have?"
    TROUBLE = "Where did it go wrong?"
    PLAN = "The plan"


HINTS = {
    Step.WENT_WELL: "Enter goes on. Everything here may stay empty, and Esc keeps what is there.",
    Step.FELT: "1 bad   2   3 in between   4   5 good",
    Step.QUESTION: "Enter notes it. Enter with nothing typed: that was all.",
    Step.RATING: "s strong   o okay   r rough",
    Step.WISH: "Enter, and on to the next question.",
    Step.SAID: "Enter goes on; it may stay empty.",
    Step.SURPRISES: "Enter goes on; it may stay empty.",
    Step.TASK: "Enter goes on; it may stay empty.",
    Step.MINUTES: "A number; it may stay empty.",
    Step.TROUBLE: "Enter goes on; it may stay empty.",
    Step.PLAN: "Enter or Esc goes back.",
}
RATED = "Enter  next question\nw      I wish I had said\ny      the story I told"
OTHER_WAYS = "F4      from a recording or transcript\nCtrl+T  tell it aloud"
SEVERAL = "Enter notes {} questions, one a line."
SPLIT = "{} questions noted, one a line. u makes them one again."
ELSEWHERE = "Something was written here elsewhere meanwhile; both are kept."
KNOWN = "↓ and Enter: it was one of these"
ALL_OF_THEM = (Step.SAID, Step.SURPRISES)
OF_A_TEST = (Step.TASK, Step.MINUTES, Step.TROUBLE)
FIELDS = {
    Step.WENT_WELL: "went_well",
    Step.SAID: "said_about_me",
    Step.SURPRISES: "surprises",
    Step.TASK: "task",
    Step.MINUTES: "task_minutes",
    Step.TROUBLE: "task_trouble",
}
"""The fields of a debrief that are typed."""
BEFORE_RATING = {Step.WENT_WELL, Step.FELT, Step.QUESTION}
WITHOUT_TEXT = {Step.FELT, Step.RATING, Step.PLAN}
TEST = "test or task"
LOW = 18
"""Rows; in fewer, air gives way."""
LONGEST_TEST_MIN = 100_000
FELT = (1, 2, 3, 4, 5)
COMMAND_TABLE = (
    Command("debrief.next", "enter", "next", "Go on; what stays empty stays empty.", footer=True),
    Command("debrief.strong", "s", "strong", "It went well.", footer=True),
    Command("debrief.okay", "o", "okay", "It went all right.", footer=True),
    Command("debrief.rough", "r", "rough", "It went badly: it comes back.", footer=True),
    Command("debrief.wish", "w", "I wish", "Add what you wish you had said.", footer=True),
    Command("debrief.story", "y", "story", "Say which of your stories you told."),
    *(
        Command(f"debrief.felt-{felt}", f"{felt}", f"felt {felt}", f"It felt {felt} of 5.")
        for felt in FELT
    ),
    Command("debrief.undo", "u", "one again", "Make one question of the pasted lines again."),
    Command("debrief.before", "up", "before", "Go back to what was asked before."),
    Command("debrief.file", "f4", "from a file", "Take questions from a recording or transcript."),
    Command(
        "debrief.tell", "ctrl+t", "tell it", "Tell it aloud, and take the questions from that."
    ),
    BACK,
)


@dataclass
class DraftRead(Message):
    """What was noted already was read."""

    debrief: Debrief
    draft: DebriefDraft
    """Keeps what is typed from now on."""
    noted: Sequence[NotedQuestion]
    today: date


@dataclass
class QuestionsRead(Message):
    """The known questions are ready to be found."""

    matcher: QuestionMatcher


@dataclass
class Note:
    """A question on its way to the library."""

    noted: NotedQuestion
    kept_id: int = 0
    """Its id there, known to the thread of the changes alone; 0 until it is kept."""


def choose_hint(step: Step, typed: str, *, is_rated: bool, is_first: bool) -> str:
    """What stands below the line.

    Args:
        step: What is asked.
        typed: What stands in the line.
        is_rated: It was said how the question went.
        is_first: No question is noted yet.
    """
    if step is Step.RATING and is_rated:
        return RATED
    if step is not Step.QUESTION:
        return HINTS[step]
    count = len(split_questions(typed))
    hint = SEVERAL.format(count) if count > 1 else HINTS[step]
    # Whoever has begun to type needs to know no other way.
    return f"{hint}\n{OTHER_WAYS}" if is_first else hint


def list_last_steps(kind: str) -> tuple[Step, ...]:
    """What is asked after the questions of an interview of a round."""
    return (*ALL_OF_THEM, *(OF_A_TEST if kind == TEST else ()))


def read_typed(step: Step, debrief: Debrief, note: Note | None) -> str:
    """What was typed at a step before."""
    if step is Step.QUESTION:
        return note.noted.text if note else ""
    if step is Step.WISH:
        return note.noted.wish if note else ""
    value = getattr(debrief, FIELDS[step])
    return "" if value is None else str(value)


def parse_minutes(text: str) -> int | None:
    """How long a test took; None for what is no number of minutes."""
    minutes = int(text) if text.strip().isdecimal() else None
    return minutes if minutes is None or minutes <= LONGEST_TEST_MIN else None
