"""What the library keeps, as plain values, and the states that a take may go through."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from practice.base.errors import NotFoundError, StorageError
from practice.base.spacing import counted_unit


class TakeState(StrEnum):
    """How far a take has come."""

    RECORDING = "recording"
    """Its row exists; the sound is still being spooled, or a crash interrupted that."""
    RECORDED = "recorded"
    """The sound is kept; nothing was recognised yet."""
    TRANSCRIBED = "transcribed"
    """What the recogniser heard is kept; the review is still to come."""
    REVIEWED = "reviewed"
    """There is a review to read."""
    FAILED = "failed"
    """A step failed; the sound is kept and the step may be tried again."""


_FROM: Mapping[TakeState, frozenset[TakeState]] = {
    # From itself too: another process may have recovered and noted the same recording meanwhile.
    TakeState.RECORDED: frozenset({TakeState.RECORDING, TakeState.RECORDED, TakeState.FAILED}),
    TakeState.TRANSCRIBED: frozenset(TakeState) - {TakeState.RECORDING},
    TakeState.REVIEWED: frozenset({TakeState.TRANSCRIBED, TakeState.REVIEWED, TakeState.FAILED}),
}
"""The states each state may be reached from; RECORDING is a beginning, and any take may fail."""


def check_move(take_id: str, old: TakeState, new: TakeState) -> None:
    """Make sure that a take in the state `old` may go to the state `new`.

    Raises:
        StorageError: It may not.
    """
    if old not in _FROM.get(new, ()):
        raise StorageError(f"the take {take_id} is {old} and cannot become {new}")


@dataclass(frozen=True, slots=True)
class QuestionSnapshot:
    """What was asked, copied into the take so that an edited bank never changes it."""

    question_id: str | None
    """None for a question of no bank."""
    bank: str | None
    """The name of the bank it came from."""
    text: str
    asked_by: str = ""
    """Who asked it, in a session with several people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFacts:
    """What the library notes of a finished recording; the fields of `Take` say what each is."""

    audio: Path
    duration_s: float
    sample_rate_hz: int
    peak_dbfs: float
    clipped_s: float
    overflows: int
    device: str
    interrupted: str | None = None


_OF_PAUSES = re.compile(" (for|to judge) pauses")
"""What a doubt says of pauses; an earlier version said it in other words."""


@dataclass(frozen=True, slots=True)
class TakeMeasures:
    """The numbers of a take's review, for lists and trends; None where one cannot be given.

    Their meaning is that of `measures` in the review; `docs/measures.md` defines each.
    """

    judged: bool
    """False when the review says that its numbers are not to be trusted."""
    words: int | None
    speaking_s: float | None
    wpm: float | None
    speaking_wpm: float | None
    articulation_sps: float | None
    fillers_certain: int | None
    fillers_possible: int | None
    fillers_per_min: float | None
    pauses: int | None
    pauses_long: int | None
    pauses_very_long: int | None
    longest_pause_s: float | None
    repetitions: int | None
    longest_run_s: float | None
    doubt: str | None = None
    """Why some of them are missing, in words; None where none is."""
    language: str | None = None
    """The language it was heard in: in some, the pace counts characters instead of words."""

    def fluent(self, duration_s: float | None) -> "TakeMeasures":
        """The same without what a user who stutters is not told: see `documents.profiles`.

        Args:
            duration_s: The length of the take.
        """
        certain, rate = self.fillers_certain, None
        if duration_s and certain is not None and self.fillers_per_min is not None:
            # A minute of the take: the time without pauses would tell how long they were.
            rate = round(60 * certain / duration_s, 3)
        return TakeMeasures(
            judged=self.judged,
            words=None,
            speaking_s=None,
            wpm=None,
            speaking_wpm=None,
            articulation_sps=None,
            fillers_certain=certain,
            fillers_possible=None,
            fillers_per_min=rate,
            pauses=None,
            pauses_long=None,
            pauses_very_long=None,
            longest_pause_s=None,
            repetitions=None,
            longest_run_s=None,
            doubt=self.doubt and _OF_PAUSES.sub("", self.doubt),
            language=self.language,
        )

    @property
    def counted_unit(self) -> str:
        """What the pace counts: "words", or "characters" of some scripts."""
        return counted_unit(self.language)


SHORTEST_ANSWER_S = 5.0
"""Less speech is a fragment: a start that was given up, or a key pressed by mistake. For
`delivery.quality` it is the least that has a pace."""


@dataclass(frozen=True, slots=True)
class Take:
    """One recorded answer to one question."""

    id: str
    number: int
    """The nth take of its question, from 1."""
    question_id: str | None
    bank: str | None
    question: str | None
    """The text as it was asked."""
    session_id: str | None
    state: TakeState
    recorded_at: datetime
    """When the recording began, in UTC."""
    duration_s: float | None
    audio: Path | None
    """The recording; None before there is one and once it was deleted."""
    sample_rate_hz: int | None
    peak_dbfs: float | None
    """The loudest sample against full scale."""
    clipped_s: float | None
    """Time spent at full scale."""
    overflows: int | None
    """How often the device dropped samples."""
    device: str | None
    interrupted: str | None
    """Why the recording ended without being asked, in words."""
    failure: str | None
    """Why the last step failed, in words."""
    model: str | None
    """The speech model that heard it."""
    starred: bool
    rating: int | None
    """The user's own, 1 to 4."""
    notes: str
    measures: TakeMeasures | None
    """None until it is reviewed."""
    asked_by: str | None = None
    """Who asked, in a session with several people."""

    @property
    def is_imported(self) -> bool:
        """Whether it is a copy of a file (`practice.audio.codec` names it), not recorded here."""
        return self.device is not None and self.device.startswith("file ")

    @property
    def fluent(self) -> "Take":
        """The same without the numbers that a user who stutters is not told."""
        measures = self.measures and self.measures.fluent(self.duration_s)
        return replace(self, measures=measures)

    @property
    def is_fragment(self) -> bool:
        """Whether too little was said for an answer: it counts in no range and for no question."""
        spoken_s = self.measures.speaking_s if self.measures else None
        length_s = self.duration_s if spoken_s is None else spoken_s
        return length_s is not None and length_s < SHORTEST_ANSWER_S

    @property
    def lacks_words(self) -> bool:
        """Whether transcribing it may give it words: none were recognised, and its sound is here.

        A take that was reviewed without a speech model has a review and no words. One whose sound
        was deleted before it had words will never have any, so it waits for nothing.
        """
        if self.audio is None or self.state is TakeState.RECORDING:
            return False
        return self.state is not TakeState.REVIEWED or self.model is None


@dataclass(frozen=True, slots=True)
class Session:
    """One session: when it was, in which mode, and how many of its takes are kept."""

    id: str
    mode: str
    bank: str | None
    began_at: datetime
    ended_at: datetime | None
    takes: int
    """How many takes of it are kept."""
    format: str | None = None
    """The name of the format that it was held in; None without one."""
    interview_id: str | None = None
    """The real interview that it was held for."""
    completed: bool = False
    """Every question was answered to the end by the rules of the format."""
    is_rehearsal: bool = False
    """Its format counts as a rehearsal."""


CorrectionKind = Literal["not_filler", "filler", "word"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the user put right in one place; the machine's own words are never changed.

    Its place is given in time, so that a correction survives a second transcription.
    """

    kind: CorrectionKind
    """Not a filler after all, a filler that was missed, or another word than was heard."""
    start_s: float
    end_s: float
    text: str | None = None
    """The filler or word as the user has it; empty removes the word."""


StarPart = Literal["situation", "task", "action", "result"]
"""The parts of a STAR answer, in their order."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing that reads like something else: no 0 or o, no 1, i or l."""


def new_id(moment: datetime) -> str:
    """A short id that sorts by minute, reads as a date in UTC and is a safe file name.

    One in 29,791 equals another of the same minute: check before use.
    """
    suffix = "".join(secrets.choice(_LETTERS) for _ in range(3))
    return f"{moment.astimezone(UTC):%Y%m%d-%H%M}-{suffix}"


def is_take_id(text: str) -> bool:
    """Whether `text` has the form of an id; then it is a safe file name too."""
    return _ID.fullmatch(text) is not None


def sound_of(take: Take) -> Path:
    """The recording of `take`.

    Raises:
        NotFoundError: It was deleted, or there is none yet.
    """
    if take.state is TakeState.RECORDING:
        raise NotFoundError(f"the take {take.id} is still being recorded", "stop it first")
    if take.audio is None or not take.audio.exists():
        raise NotFoundError(f"the take {take.id} has no recording", "its words are still there")
    return take.audio
