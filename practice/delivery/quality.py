"""Whether a take can be judged at all. One that cannot gets a reason in place of numbers."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np

from practice.base.languages import DetectedLanguage, language_name
from practice.base.text import clock_time
from practice.base.words import Span
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.level import SILENT_MICROPHONE_DB
from practice.delivery.signal.pauses import Phrasing
from practice.delivery.signal.syllable_nuclei import find_nuclei
from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.syllables import count_syllables
from practice.delivery.transcript.tokens import Token
from practice.delivery.transcript.transcript import Transcript

SHORTEST_SPEECH_S = 5.0
"""At a usual pace some twelve words: one more or less moves a rate by a twelfth."""
QUIET_DBFS = -60.0
"""Six recordings turned down to -60 dB under full scale (16 bits) keep 92 % of their speaking time
and more; at -65 one keeps 72 %."""
CLIPPED_SHARE = 0.10
"""Clipped sound is no voice any more; below this share it is said, and the rest stands."""
LEAST_CLIPPED_S = 0.05
"""Less is a plop or two: nobody hears it, and nothing that is measured changes."""
SOFT_DBFS = -45.0
"""A voice before a microphone at its usual level lies 15 to 30 dB under full scale."""
DOUBTFUL_PROBABILITY = 0.45
"""The mean over all words: below it the recogniser itself takes more than half for wrong."""
FEWEST_SYLLABLES_SHARE = 0.45
"""The peaks counted in six recordings were 83 to 117 % of the syllables of their words: where the
words have fewer than half of them, words are missing."""
FUNCTION_WORD_SHARE = 0.15
"""Six English recordings have 39 to 62 % of these words, text in another language hardly any."""
DETECTED_PROBABILITY = 0.8
"""Real German gets 0.99 of the model base, synthetic German, Italian and Spanish 0.98, 1.00 and
0.82. Synthetic voices that it hardly understands (French, Portuguese, Dutch, Japanese, Chinese)
stay below and are judged as before. English gets 0.73 Chinese at most in 24 Mandarin speakers."""
TOLD_PROBABILITY = 0.05
"""One British voice is Welsh to base, with 0.75 as a take and 0.84 as a file. Where English is
another language with 0.6 and more, English keeps 0.09 and more all the same; of German, Italian and
Spanish it has 0.02 at most."""
LOOP_COMPRESSION = 3.0
"""How many times smaller 40 words get. Real speech: 1.3 to 1.6; a sentence said three times: 2.5,
which a speaker may do and Whisper's own limit of 2.4 would refuse; a phrase over and over: 3.1 and
more."""
_LOOP_WORDS = 40
_FEWEST_LOOP_WORDS = 20
"""Fewer words hold too little to compress."""
_FEWEST_WORDS = 20
_FEWEST_NUCLEI = 20
"""Of fewer words or syllables no share is reliable."""


_FOR_PAUSES = " for pauses"
_WAS_SILENT = "the microphone was silent"
NO_SOUND = "no sound, so pauses and speaking time are unknown"


def forget_pauses(reasons: Sequence[str]) -> tuple[str, ...]:
    """`reasons` without a word about pauses, for somebody who is told nothing of them.

    A microphone that filters noise gives no sound while its speaker is silent.
    """
    kept = (r for r in reasons if r != NO_SOUND and not r.startswith(_WAS_SILENT))
    # An earlier version said "too noisy to judge pauses".
    return tuple(r.replace(_FOR_PAUSES, "").replace(" to judge pauses", "") for r in kept)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the take could be judged, and every reason why a number is missing or doubtful."""

    ok: bool
    reasons: tuple[str, ...] = ()
    noisy: tuple[Span, ...] = ()
    """Where the room was too loud to tell pauses."""
    muted: tuple[Span, ...] = ()
    """Where the microphone gave no sound at all."""


@dataclass(frozen=True, slots=True)
class Issues:
    """What cannot be trusted, each with its reasons in words."""

    take: tuple[str, ...] = ()
    """Why nothing about the take can be judged."""
    rates: tuple[str, ...] = ()
    """Why nothing per minute or second can be given; what was found stands."""
    signal: tuple[str, ...] = ()
    """Why pauses and speaking time cannot."""
    words: tuple[str, ...] = ()
    """Why nothing that comes from the words can."""
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
    transcript: Transcript | None,
    lexicon: Lexicon,
    sound: SoundFeatures | None,
    speech: Phrasing | None,
    clipped_s: float,
    detected_language: DetectedLanguage | None = None,
) -> Issues:
    """Everything that makes a take, or a part of it, impossible to judge.

    Args:
        transcript: The words; None where nothing could recognise any.
        lexicon: Of the language that is said to be spoken.
        sound: The take; None where there are only words.
        speech: Its speech and pauses; None where there are only words.
        clipped_s: How long the microphone clipped.
        detected_language: What the recogniser hears.
    """
    tokens = transcript.tokens if transcript else ()
    if speech is not None and not speech.runs and not speech.noisy:
        heard = _explain_silence(sound.loud_db if sound and sound.frames else 0.0)
        return Issues(take=(heard, *explain_mute(speech.muted)))
    if speech is None and not tokens:
        return Issues(take=("no words",))
    # Speech in noise is speech, though nobody can tell its pauses.
    spoken_s = (
        speech.speaking_s + sum(span.duration_s for span in speech.noisy)
        if speech
        else sum(token.end_s - token.start_s for token in tokens)
    )
    is_clipped = clipped_s >= LEAST_CLIPPED_S
    clipped = (f"the microphone clipped for {clipped_s:.1f} s",) if is_clipped else ()
    # So much clipping makes words and pauses as doubtful as each other; less is only mentioned.
    if clipped and clipped_s >= CLIPPED_SHARE * spoken_s:
        return Issues(take=clipped)
    words: tuple[str, ...] = ()
    if transcript and not tokens and speech is not None and speech.is_mostly_noisy:
        words = ("no word was recognised in this noise",)
    elif transcript and is_another_language(detected_language, lexicon.language):
        # What else is wrong with the words comes of that.
        words = (explain_language(detected_language, lexicon.language),)
    elif transcript:
        words = _find_word_issues(transcript, lexicon, sound, speech)
    return Issues(
        rates=explain_shortness(spoken_s),
        signal=_find_signal_issues(sound, speech) if sound and speech else (),
        words=words,
        notes=(*clipped, *(_find_signal_notes(speech) if speech else ())),
    )


def explain_shortness(spoken_s: float) -> tuple[str, ...]:
    """Why no rate can be given: there is too little speech."""
    if spoken_s >= SHORTEST_SPEECH_S:
        return ()
    need = f"at least {SHORTEST_SPEECH_S:.0f} s are needed"
    return (f"too short to judge: {spoken_s:.1f} s of speech, {need}",)


def is_another_language(
    detected: DetectedLanguage | None, language: str | None
) -> TypeGuard[DetectedLanguage]:
    """Whether a recogniser surely hears another language than `language`, which it was told."""
    return (
        detected is not None
        and language is not None
        and detected.language != language
        and detected.probability >= DETECTED_PROBABILITY
        and detected.told_probability <= TOLD_PROBABILITY
    )


def explain_language(detected: DetectedLanguage, language: str) -> str:
    """Why nothing can be said of words that a recogniser made of another language."""
    return (
        f"this sounds like {language_name(detected.language)},"
        f" and was heard as {language_name(language)}"
    )


def _explain_silence(loud_db: float) -> str:
    """That there is no speech, and how loud the loudest sound is where it is very soft."""
    if loud_db >= SOFT_DBFS or loud_db <= SILENT_MICROPHONE_DB:
        return "no speech was heard"
    return (
        f"no speech was heard: the loudest sound is {-loud_db:.0f} dB under full scale,"
        " which is very quiet; turn the microphone up if you spoke"
    )


def explain_mute(muted: Sequence[Span]) -> tuple[str, ...]:
    """When the microphone was off."""
    return tuple(
        f"{_WAS_SILENT} for {span.duration_s:.1f} s from {clock_time(span.start_s)}"
        for span in muted
    )


def _find_signal_issues(sound: SoundFeatures, speech: Phrasing) -> tuple[str, ...]:
    """Why pauses cannot be trusted: the voice is too soft, or the room nearly as loud."""
    if speech.is_mostly_noisy:
        return (
            f"too noisy{_FOR_PAUSES}:"
            f" the voice is only {max(speech.noisy_db or 0.0, 0.0):.0f} dB above the room",
        )
    voice_db = float(np.percentile(sound.level_db[speech.frames(sound.frames)], 75))
    if voice_db < QUIET_DBFS:
        return (
            f"too quiet{_FOR_PAUSES}: the voice is {-voice_db:.0f} dB under full scale,"
            f" at most {-QUIET_DBFS:.0f} can be measured",
        )
    return ()


def _find_signal_notes(speech: Phrasing) -> tuple[str, ...]:
    """Which stretches the numbers leave out."""
    if speech.is_mostly_noisy or not speech.noisy:
        return explain_mute(speech.muted)
    spans = [f"{clock_time(s.start_s)}-{clock_time(s.end_s)}" for s in speech.noisy]
    return (f"too noisy{_FOR_PAUSES} at {', '.join(spans)}", *explain_mute(speech.muted))


def _find_word_issues(
    transcript: Transcript,
    lexicon: Lexicon,
    sound: SoundFeatures | None,
    speech: Phrasing | None,
) -> tuple[str, ...]:
    """Why the words cannot be trusted: unsure, too few for the sound, or of another language."""
    reasons: list[str] = []
    tokens = transcript.tokens
    # Whisper is never sure of an um: not even of those that everybody hears.
    known = [
        word.probability
        for word in transcript.words
        if word.probability is not None and not lexicon.is_sound(word.text)
    ]
    if known and (mean := sum(known) / len(known)) < DOUBTFUL_PROBABILITY:
        reasons.append(
            f"the words are doubtful: the speech model was only {mean:.0%} sure of them on average"
        )
    if sound is not None and speech is not None:
        nuclei = len(find_nuclei(sound, speech.frames(sound.frames)))
        written = sum(count_syllables(token.text, lexicon.language) for token in tokens)
        if nuclei >= _FEWEST_NUCLEI and written < FEWEST_SYLLABLES_SHARE * nuclei:
            counts = f"about {nuclei} syllables were heard, the words have {written}"
            reasons.append(f"much was not recognised: {counts}")
    common = sum(token.text in lexicon.function_words for token in tokens)
    can_tell = len(tokens) >= _FEWEST_WORDS and bool(lexicon.function_words)
    if can_tell and common < FUNCTION_WORD_SHARE * len(tokens):
        reasons.append(f"the words do not look like the language {lexicon.language!r}")
    if _goes_in_circles(tokens):
        reasons.append(
            "the words go in circles: the speech model wrote the same thing again and again"
        )
    return tuple(reasons)


def _goes_in_circles(tokens: Sequence[Token]) -> bool:
    """Whether some 40 words in a row hold hardly more than one phrase.

    What repeats compresses well, as in Whisper's own check of what it has decoded.
    """
    texts = [token.text for token in tokens]
    # Stretches overlap by half, so that no loop of 20 words is cut in two.
    for start in range(0, max(len(texts) - _LOOP_WORDS // 2, 1), _LOOP_WORDS // 2):
        stretch = texts[start : start + _LOOP_WORDS]
        said = " ".join(stretch).encode()
        if len(stretch) >= _FEWEST_LOOP_WORDS and len(said) >= LOOP_COMPRESSION * len(
            zlib.compress(said)
        ):
            return True
    return False
