"""How long answers of a session may take, and what it came to."""

from dataclasses import dataclass
from enum import StrEnum

from practice.base.settings import Settings
from practice.core.ladder import Rung
from practice.core.rehearsing import RehearsalCount
from practice.library.takes import Take
from practice.questions.formats.model import SessionFormat
from practice.questions.model import Question

HALF_OVER = 1.5
"""From this multiple of the target on it is time to come to an end."""
DEFAULT_TARGET_S = 120
"""The target where neither the question nor the settings have one."""
PRACTICE_RULES = SessionFormat(title="practice")
INTERVIEW_RULES = SessionFormat(
    title="interview",
    hard_stop=True,
    begin_early=False,
    second_try=False,
    shown_before_end=False,
)
"""The rules of a session without a format, in its two modes."""


class TargetStatus(StrEnum):
    """An answer's length against its target; the value is what is said about it."""

    WITHIN = ""
    AT_TARGET = "at your target"
    WRAP_UP = "wrap up"


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What a session came to."""

    takes: tuple[Take, ...]
    """In the order in which they were recorded."""
    questions: int
    """Different questions and follow-ups answered."""
    spoken_s: float
    """Recorded time in all."""
    rehearsals: RehearsalCount | None = None
    """Of a format that counts as a rehearsal."""
    ladder: tuple[Rung, ...] = ()
    """The tellings of one story in less and less time; empty of any other session."""


def find_target_s(question: Question, settings: Settings) -> int:
    """How long an answer to `question` should take."""
    return question.target_s or settings.target_s or DEFAULT_TARGET_S


def find_prep_s(question: Question, settings: Settings) -> int:
    """The time to think before `question`: its own, else that of the settings."""
    return settings.prep_s if question.prep_s is None else question.prep_s


def judge_length(elapsed_s: float, target_s: int) -> TargetStatus:
    """The length of an answer against its target."""
    if elapsed_s >= target_s * HALF_OVER:
        return TargetStatus.WRAP_UP
    return TargetStatus.AT_TARGET if elapsed_s >= target_s else TargetStatus.WITHIN
