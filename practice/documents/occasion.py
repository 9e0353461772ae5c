"""In which session a take was recorded, and what its format wants to see afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.base.spacing import join_words
from practice.base.words import Word
from practice.delivery.findings import Finding

WORDS_BEFORE = 12
"""So many words before a silence say where in the answer it is."""
SHORTEST_PACE_S = 5.0
"""A slide that was shown for less has no pace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide of a talk: when it was shown, and how fast was spoken meanwhile."""

    number: int
    """From 1."""
    start_s: float
    """When it came up, in seconds of the recording."""
    end_s: float
    """When the next one did, or the end."""
    words: int | None
    """Fillers are not words; None where there are no words at all."""
    wpm: float | None
    """Words a minute; None where it was shown too shortly."""

    @property
    def duration_s(self) -> float:
        """How long it was shown."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A long silence, with what was said before it."""

    start_s: float
    """In seconds of the recording."""
    end_s: float
    """Likewise."""
    before: str
    """The last words before it; empty where there are none."""

    @property
    def duration_s(self) -> float:
        """How long it lasted."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The session of a take that was held in a format."""

    format: str
    """The name of the format."""
    asked_by: str | None = None
    """Who asked, in a session with several people."""
    slides: tuple[Slide, ...] = ()
    """Of a talk."""
    talk_s: float | None = None
    """Of a session with a talk: how long that was."""
    questions_s: float | None = None
    """Likewise: how long the answers behind it were, together."""
    silence_s: int | None = None
    """From which length on silences are listed; None where they are not."""
    silences: tuple[Silence, ...] = ()
    """Those that are so long."""

    @property
    def questions_share(self) -> float | None:
        """The part of the time that belonged to the questions, 0 to 1."""
        if self.talk_s is None or self.questions_s is None or not self.talk_s:
            return None
        return self.questions_s / (self.talk_s + self.questions_s)


def measure_slides(
    starts_s: Sequence[float],
    duration_s: float,
    words: Sequence[Word],
    findings: Sequence[Finding],
    *,
    has_words: bool,
) -> tuple[Slide, ...]:
    """How long each slide was shown, and the words a minute meanwhile.

    A word belongs to the slide that was shown at its middle. Slides that were not reached have no
    start and are not among them.

    Args:
        starts_s: Where each slide begins, in order.
        duration_s: How long the talk was.
        words: What was said.
        findings: Those of the review; a word within a certain filler is none.
        has_words: Whether the words were recognised at all.
    """
    fillers = [one for one in findings if one.kind == "filler" and one.certainty == "certain"]
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    spoken = [
        at_s for at_s in middles if not any(one.start_s <= at_s <= one.end_s for one in fillers)
    ]
    ends_s = [*starts_s[1:], max(duration_s, *starts_s[-1:])] if starts_s else []
    slides = []
    for number, (start_s, end_s) in enumerate(zip(starts_s, ends_s, strict=True), start=1):
        # What was said before the first slide, or in the last block, belongs to the nearest one.
        count = sum(
            (number == 1 or start_s <= at_s) and (number == len(starts_s) or at_s < end_s)
            for at_s in spoken
        )
        has_pace = has_words and end_s - start_s >= SHORTEST_PACE_S
        slides.append(
            Slide(
                number=number,
                start_s=start_s,
                end_s=end_s,
                words=count if has_words else None,
                wpm=round(60.0 * count / (end_s - start_s), 3) if has_pace else None,
            )
        )
    return tuple(slides)


def find_silences(
    findings: Sequence[Finding], words: Sequence[Word], least_s: float
) -> tuple[Silence, ...]:
    """The pauses of at least `least_s`, each with the last words before it."""
    silences = []
    for one in findings:
        if one.kind == "pause" and one.end_s - one.start_s >= least_s:
            said = [word for word in words if word.start_s < one.start_s][-WORDS_BEFORE:]
            before = join_words(said)
            silences.append(Silence(start_s=one.start_s, end_s=one.end_s, before=before))
    return tuple(silences)
