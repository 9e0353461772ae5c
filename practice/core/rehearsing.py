"""What a session in a format keeps count of: slides, and rehearsals."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.core.sitting import Sitting
from practice.library.library import Library
from practice.library.rehearsals import WANTED
from practice.questions.model import AskedQuestion

BROKEN_OFF = "It was not held to its end, so it does not count."
TOO_FEW = "Fewer questions were found than the format asks, so it does not count."


@dataclass(frozen=True, slots=True)
class RehearsalCount:
    """How many rehearsals there were."""

    count: int
    interview: str = ""
    """The name of the interview they were for; empty where all are counted."""
    why_not: str = ""
    """Why this session is none of them; empty where it is one."""

    @property
    def words(self) -> str:
        """Such as `Rehearsals for Acme, panel: 4 of 9.`."""
        whom = f" for {self.interview}" if self.interview else ""
        count = f"Rehearsals{whom}: {describe_rehearsals(self.count)}."
        return " ".join(filter(None, (self.why_not, count)))


def describe_rehearsals(count: int) -> str:
    """`4 of 9`; from nine on the number alone."""
    return f"{count} of {WANTED}" if count < WANTED else f"{count}"


class Rehearsal:
    """Notes in the library that a session is held in a format, and whether to its end.

    Args:
        library: The library.
        sitting: The format.
        questions: What was found to ask, without follow-ups.
    """

    def __init__(
        self, library: Library, sitting: Sitting, questions: Sequence[AskedQuestion]
    ) -> None:
        self._library = library
        self._sitting = sitting
        self._is_rehearsal = sitting.rules.rehearsal and sitting.is_full(len(questions))
        self._session_id: str | None = None
        self._to_answer: set[int] = set()
        self._is_broken_off = False

    def begin(self, session_id: str, questions: int) -> None:
        """Note the format of a session that asks so many questions, follow-ups among them."""
        interview = self._sitting.interview
        self._session_id, self._to_answer = session_id, {*range(questions)}
        self._library.rehearsals.begin(
            session_id, self._sitting.name, interview.id if interview else None
        )

    def note_answered(self, place: int) -> None:
        """Note that the question at this place was answered by the rules."""
        self._to_answer.discard(place)

    def break_off(self) -> None:
        """Note that an answer was deleted."""
        self._is_broken_off = True

    @property
    def _is_complete(self) -> bool:
        is_begun = self._session_id is not None
        return is_begun and not self._to_answer and not self._is_broken_off

    def complete(self) -> None:
        """Note that the session is over, where everything was answered."""
        if self._session_id is not None and self._is_complete:
            self._library.rehearsals.complete(self._session_id, is_rehearsal=self._is_rehearsal)

    def count(self) -> RehearsalCount | None:
        """How many rehearsals there are; None for a format that is none."""
        if not self._sitting.rules.rehearsal:
            return None
        interview = self._sitting.interview
        if interview is not None and all(
            each.id != interview.id for each in self._library.interviews.all()
        ):
            interview = None  # it was deleted meanwhile
        return RehearsalCount(
            self._library.rehearsals.count(interview.id if interview else None),
            interview.name if interview else "",
            BROKEN_OFF if not self._is_complete else "" if self._is_rehearsal else TOO_FEW,
        )


class SlideTimes:
    """Which slide of a presentation is shown, and when each one began.

    Args:
        slides: How many there are.
    """

    def __init__(self, slides: int) -> None:
        self.slides = slides
        self.starts_s: list[float] = []
        """Where each slide that was shown begins, in seconds of the recording."""

    @property
    def shown(self) -> int:
        """The number of the slide that is shown, from 1; 0 before the first."""
        return len(self.starts_s)

    def begin(self) -> None:
        """Show the first slide."""
        self.starts_s = [0.0] if self.slides else []

    def go_on(self, at_s: float) -> None:
        """Show the next slide, where there is one."""
        if 0 < self.shown < self.slides:
            self.starts_s.append(at_s)
