"""Whether a take can be judged at all: a doubtful take gets words instead of numbers."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Word
from practice.delivery.signal.pauses import Phrasing
from practice.delivery.signal.sound import (
    FRAME_HOP_S,
    Sound,
    level_db,
    probability_by_frame,
)
from practice.delivery.signal.syllables import nuclei, syllables
from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Token

SHORTEST_SPEECH_S = 5.0
"""At a usual pace some twelve words: one more or less moves a rate by a twelfth."""
NOISY_DB = 8.0
"""Measured: with more noise soft syllables drown and make pauses (docs/measures.md)."""
QUIET_DBFS = -60.0
"""Measured: six recordings turned down to -60 dB under full scale (16 bits) keep 92 % of their
speaking time and more; at -65 one keeps 72 %."""
CLIPPED_SHARE = 0.10
"""Clipped sound is no voice any more; below this share it is said, and the rest stands."""
DOUBTFUL_PROBABILITY = 0.45
"""By its own account the recogniser has more than half of such words wrong."""
FEWEST_SYLLABLES_SHARE = 0.45
"""The peaks counted in six recordings were 78 to 106 % of the syllables of their words: where the
words have fewer than half of them, words are missing."""
FUNCTION_WORD_SHARE = 0.15
"""Six English recordings have 39 to 62 % of these words, text in another language hardly any."""
LOOP_COMPRESSION = 3.0
"""Real speech: 1.3 to 1.6 in 40 words; a sentence said three times: 2.5, which a speaker may do
and Whisper's own limit of 2.4 would refuse; a phrase over and over: 3.1 and more."""
_LOOP_WORDS = 40
_FEWEST_LOOP_WORDS = 20
_FEWEST_WORDS = 20
_FEWEST_NUCLEI = 20


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the take could be judged, and every reason why a number is missing or doubtful."""

    ok: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issues:
    """What cannot be trusted, each with its reasons in words."""

    take: tuple[str, ...] = ()
    """Nothing about the take can be told."""
    rates: tuple[str, ...] = ()
    """Nothing per minute or second can; what was found stands."""
    signal: tuple[str, ...] = ()
    """Pauses and speaking time cannot."""
    words: tuple[str, ...] = ()
    """Nothing that comes from the words can."""
    notes: tuple[str, ...] = ()
    """What to keep in mind though the take can be judged."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every doubt, without the notes."""
        return (*self.take, *self.rates, *self.signal, *self.words)

    @property
    def signal_is_doubtful(self) -> bool:
        """Whether pauses and speaking time must be left out."""
        return bool(self.take or self.signal)

    @property
    def words_are_doubtful(self) -> bool:
        """Whether everything from the words must be left out."""
        return bool(self.take or self.words)


def find_issues(
    words: Sequence[Word] | None,
    tokens: Sequence[Token] | None,
    lexicon: Lexicon,
    sound: Sound | None,
    speech: Phrasing | None,
    clipped_s: float,
) -> Issues:
    """Everything that speaks against judging a take, or a part of it."""
    if speech is not None and not speech.runs:
        return Issues(take=("no speech was heard",))
    if speech is None and not tokens:
        return Issues(take=("there are no words",))
    spoken_s = speech.speaking_s if speech else sum(t.end_s - t.start_s for t in tokens or ())
    clipped = (f"the microphone clipped for {clipped_s:.1f} s",) if clipped_s else ()
    if clipped and clipped_s >= CLIPPED_SHARE * spoken_s:
        return Issues(take=clipped)
    return Issues(
        rates=too_short(spoken_s),
        signal=signal_doubts(sound, speech) if sound and speech else (),
        words=word_doubts(words, tokens, lexicon, sound, speech)
        if words is not None and tokens is not None
        else (),
        notes=clipped,
    )


def too_short(spoken_s: float) -> tuple[str, ...]:
    """Why no rate can be given: there is too little speech."""
    if spoken_s >= SHORTEST_SPEECH_S:
        return ()
    need = f"at least {SHORTEST_SPEECH_S:.0f} s are needed"
    return (f"too short to judge: {spoken_s:.1f} s of speech, {need}",)


def signal_doubts(sound: Sound, speech: Phrasing) -> tuple[str, ...]:
    """Why pauses cannot be trusted: the voice is too soft, or the room nearly as loud."""
    voice_db = float(np.percentile(level_db(sound)[speech_frames(sound, speech)], 75))
    if voice_db < QUIET_DBFS:
        return (
            f"too quiet to judge pauses: the voice is {-voice_db:.0f} dB under full scale,"
            f" at most {-QUIET_DBFS:.0f} can be judged",
        )
    distance = voice_over_room_db(sound, speech)
    if distance is None or distance >= NOISY_DB:
        return ()
    return (
        f"too noisy to judge pauses: the voice is only {max(distance, 0.0):.0f} dB above the room",
    )


def voice_over_room_db(sound: Sound, speech: Phrasing) -> float | None:
    """The level of speech over that of the rest, in dB; None where there is no rest of 0.25 s."""
    level = level_db(sound)
    spoken = speech_frames(sound, speech)
    room = ~spoken & (probability_by_frame(sound) < 0.3)
    if room.sum() * FRAME_HOP_S < 0.25 or not spoken.any():
        return None
    return float(np.percentile(level[spoken], 75) - np.median(level[room]))


def speech_frames(sound: Sound, speech: Phrasing) -> NDArray[np.bool_]:
    """Which frames lie in a run of speech."""
    spoken = np.zeros(sound.frames, dtype=np.bool_)
    for run in speech.runs:
        spoken[round(run.start_s / FRAME_HOP_S) : round(run.end_s / FRAME_HOP_S)] = True
    return spoken


def word_doubts(
    words: Sequence[Word],
    tokens: Sequence[Token],
    lexicon: Lexicon,
    sound: Sound | None,
    speech: Phrasing | None,
) -> tuple[str, ...]:
    """Why the words cannot be trusted: unsure, too few for the sound, or of another language."""
    reasons: list[str] = []
    known = [word.probability for word in words if word.probability is not None]
    if known and (mean := sum(known) / len(known)) < DOUBTFUL_PROBABILITY:
        reasons.append(f"the words are doubtful: the recogniser gave them {mean:.0%} on average")
    if sound is not None and speech is not None:
        heard = len(nuclei(sound, speech_frames(sound, speech)))
        written = sum(syllables(token.text, lexicon.language) for token in tokens)
        if heard >= _FEWEST_NUCLEI and written < FEWEST_SYLLABLES_SHARE * heard:
            counts = f"about {heard} syllables were heard, the words have {written}"
            reasons.append(f"much was not recognised: {counts}")
    common = sum(token.text in lexicon.function_words for token in tokens)
    enough = len(tokens) >= _FEWEST_WORDS and bool(lexicon.function_words)
    if enough and common < FUNCTION_WORD_SHARE * len(tokens):
        reasons.append(f"the words do not look like the language {lexicon.language!r}")
    if _goes_in_circles(tokens):
        reasons.append("the words go in circles: the recogniser wrote the same again and again")
    return tuple(reasons)


def _goes_in_circles(tokens: Sequence[Token]) -> bool:
    """Whether some 40 words in a row hold hardly more than one phrase."""
    texts = [token.text for token in tokens]
    starts = range(0, max(len(texts) - _LOOP_WORDS // 2, 1), _LOOP_WORDS // 2)
    stretches = (texts[start : start + _LOOP_WORDS] for start in starts)
    return any(
        len(said := " ".join(stretch).encode()) >= LOOP_COMPRESSION * len(zlib.compress(said))
        for stretch in stretches
        if len(stretch) >= _FEWEST_LOOP_WORDS
    )
