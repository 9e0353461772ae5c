"""One segment of speech into words, by faster-whisper."""

import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from practice.base.errors import ModelError
from practice.base.spacing import join_pieces
from practice.base.text import one_line
from practice.base.words import Span, Word
from practice.speech.child.recognition import Recognition
from practice.speech.model_shapes import BEAM_SIZE
from practice.speech.transcription import SAMPLE_RATE_HZ

MOST_THREADS = 8
"""More threads than this do not make Whisper faster on the processors people have."""
TEMPERATURES = (0.0, 0.2, 0.4)
"""A longer ladder costs seconds on noise and finds no words. A segment that reads badly at 0 is
drawn at random at the others: CTranslate2 is seeded when a model is loaded and cannot be seeded
again, so such a segment, and only such a one, may read differently when it is heard once more."""
NO_SPEECH_PROBABILITY = 0.6
AVERAGE_LOG_PROBABILITY = -1.0
COMPRESSION_RATIO = 2.4
"""Above it a text repeats itself; this and the two above are Whisper's own thresholds."""
CRUMB_S = 0.6
"""Where Whisper ends a segment a little early, faster-whisper has it hear the rest by itself. From
a rest this short came only invented words (7 of 7 in 20 synthetic answers, "Thank you." and the
like 7 of 7 times in 12 clips of real speech): it is not heard. Each rest costs as much as the whole
segment, and with a prompt 16 of 40 segments of those clips had one."""
NOTHING_S = 0.1
"""Nobody says anything in less."""
STUCK_WORDS = 5
"""The same word so often in a row was written by a model that goes on with its prompt. Where
somebody did say it so often, the segment is heard without the prompt, and nothing is lost."""
LOST_S = 2.0
"""A stretch of a segment so long without a word may be one that a model passed over because of its
prompt: in 36 minutes tiny.en did so four times and left out up to 30 words. It is heard without the
prompt, and what is found there is put in. Segments are cut at pauses, so hardly any pause in one is
so long; of one that is, the second hearing finds nothing (`docs/findings.md`)."""
SECONDS_PER_FRAME = 0.01
TOKENS_PER_S, TOKENS_TO_BEGIN, MOST_TOKENS = 10, 12, 224
"""Nobody says more: five words a second are some seven tokens. A model that repeats itself would
otherwise go on to Whisper's own 224, which cost up to four times the segment's own work."""
IMPROBABLE_LANGUAGE = 0.01
"""Of the hundred languages that a model may hear, those below it say nothing and are not kept."""


def count_threads() -> int:
    """The processor's cores but one, which is left for the microphone."""
    return max(1, min(MOST_THREADS, (os.cpu_count() or 2) - 1))


class CrumbLeftError(Exception):
    """What is left of a segment is too short to be heard by itself."""


class WindowedModel(WhisperModel):  # type: ignore[misc]  # it has no types
    """A model that encodes no more than it hears at once, and no crumbs.

    faster-whisper fills every piece of sound up to 30 s with silence, also for a model of a shorter
    window.
    """

    encoded: ctranslate2.StorageView | None = None
    """The first window that was encoded since this was None."""
    has_begun = False
    """Whether a window of the segment was encoded, so that the next one is what is left of it."""

    def encode(self, features: NDArray[np.float32]) -> ctranslate2.StorageView:
        """Encode one window of `features` (mel bands x frames of 10 ms).

        Raises:
            CrumbLeftError: It is the end of a segment, and too short.
        """
        # The silence it is filled up with is zero in every band, which no sound is.
        frames = int(np.count_nonzero(features.any(axis=0)))
        if self.has_begun and frames * SECONDS_PER_FRAME < CRUMB_S:
            raise CrumbLeftError
        self.has_begun = True
        encoded = super().encode(features[..., : self.feature_extractor.nb_max_frames])
        if self.encoded is None:
            self.encoded = encoded
        return encoded


class Recogniser:
    """A loaded Whisper model.

    Args:
        folder: Where it lies.
        beam_size: How many texts are followed at once.

    Raises:
        ModelError: It cannot be loaded.
    """

    def __init__(self, folder: Path, beam_size: int = BEAM_SIZE) -> None:
        self._beam_size = beam_size
        ctranslate2.set_random_seed(0)
        try:
            self._model = WindowedModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=count_threads(),
                local_files_only=True,
            )
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(
                f"the speech model in {one_line(str(folder))} cannot be loaded: "
                f"{one_line(str(error))}",
                "remove it and get it again: practice models remove NAME, practice models get NAME",
            ) from error

    @property
    def window_s(self) -> float:
        """How much the model hears at once."""
        return float(self._model.feature_extractor.chunk_length)

    def check_language(self, language: str) -> None:
        """Make sure that the model understands `language`.

        Raises:
            ModelError: It does not.
        """
        known = self._model.supported_languages
        if language in known:
            return
        only = "only English" if known == ["en"] else f"{len(known)} languages, not this one"
        raise ModelError(
            f"the speech model understands {only}; the language asked for is "
            f"{one_line(language)!r}",
            "choose a model without .en in its name: practice models list",
        )

    def recognise(
        self,
        samples: NDArray[np.float32],
        language: str,
        prompt: str | None = None,
        *,
        detect_language: bool = False,
    ) -> Recognition:
        """The words of a segment, and the languages it may be in.

        Args:
            samples: Mono, 16 kHz, no longer than `window_s`.
            language: As Whisper names it; the words are written in it, whatever is spoken.
            prompt: As in `TranscriptionOptions`.
            detect_language: Whether to tell the languages, where the model knows more than one.
        """
        self._model.encoded = None
        words = None
        if prompt is not None:
            words = self._decode(samples, language, prompt, (TEMPERATURES[0],))
        # With a prompt of fillers a model may write them on and on where it hears nothing else, or
        # pass over what it hears.
        gap = None if words is None else find_gap(words, len(samples) / SAMPLE_RATE_HZ)
        if words is None or (prompt is not None and gap is not None):
            plain = self._decode(samples, language, None, TEMPERATURES) or []
            words = plain if words is None or gap is None else fill_gap(words, plain, gap)
        return Recognition(words, self._detect_languages() if detect_language else {})

    def _detect_languages(self) -> dict[str, float]:
        """The probability of each language in the window that was encoded to recognise a segment.

        To encode it is most of the work, and that is done.
        """
        encoded = self._model.encoded
        if encoded is None or not self._model.model.is_multilingual:
            return {}
        tokens = self._model.model.detect_language(encoded)[0]
        return {
            token.strip("<|>"): round(probability, 3)
            for token, probability in tokens
            if probability >= IMPROBABLE_LANGUAGE
        }

    def _decode(
        self,
        samples: NDArray[np.float32],
        language: str,
        prompt: str | None,
        temperatures: tuple[float, ...],
    ) -> list[Word] | None:
        """The words of a segment; None where a prompt led the model into repeating itself."""
        # What faster-whisper wrote in another part of the segment is not read again, so that one
        # that repeats itself infects no other. Silence was cut out already.
        duration_s = len(samples) / SAMPLE_RATE_HZ
        found, _ = self._model.transcribe(
            samples,
            language=language,
            beam_size=self._beam_size,
            temperature=temperatures,
            initial_prompt=prompt,
            condition_on_previous_text=False,
            vad_filter=False,
            word_timestamps=True,
            max_new_tokens=min(MOST_TOKENS, TOKENS_TO_BEGIN + round(TOKENS_PER_S * duration_s)),
        )
        words: list[Word] = []
        self._model.has_begun = False
        with suppress(CrumbLeftError):
            # Each part is decoded as it is asked for, so what is not asked for costs nothing.
            for part in found:
                # Both at once, as in Whisper: either alone says little.
                is_silence = (
                    part.no_speech_prob > NO_SPEECH_PROBABILITY
                    and part.avg_logprob < AVERAGE_LOG_PROBABILITY
                )
                is_loop = part.compression_ratio > COMPRESSION_RATIO
                if prompt is not None and (is_loop or is_stuck(part.text)):
                    return None
                if is_silence or is_loop:
                    continue
                # faster-whisper cuts words at - . ' and at every character of some scripts; a
                # space before a piece says that a word begins there.
                pieces = [
                    Word(piece.word, float(piece.start), float(piece.end), float(piece.probability))
                    for piece in part.words or ()
                ]
                # Without a letter or digit nothing was said: "...", "♪".
                if any(character.isalnum() for piece in pieces for character in piece.text):
                    words += join_pieces(pieces, spaces_written=True)
                # To ask for the next part is to have what is left heard by itself; with a prompt,
                # parts often end just before it does.
                if part.end > duration_s - NOTHING_S:
                    break
        return words


def join_prompt(prompt: str | None, said: str) -> str | None:
    """What a recogniser reads before it hears a segment: the manner asked for, then what was said.

    Without a manner it reads nothing: what a model wrote by itself, it would only write again.
    """
    return f"{prompt} {said}".rstrip() if prompt is not None else None


def find_gap(words: Sequence[Word], duration_s: float) -> Span | None:
    """The longest stretch of a segment without a word; None where it is under `LOST_S`."""
    starts = [0.0, *(word.end_s for word in words)]
    ends = [*(word.start_s for word in words), duration_s]
    gaps = [Span(*each) for each in zip(starts, ends, strict=True) if each[0] < each[1]]
    longest = max(gaps, key=lambda gap: gap.duration_s, default=None)
    return longest if longest is not None and longest.duration_s >= LOST_S else None


def fill_gap(words: Sequence[Word], others: Sequence[Word], gap: Span) -> list[Word]:
    """The words, and in their gap those of another hearing that lie in it."""
    found = [word for word in others if gap.start_s <= word.start_s and word.end_s <= gap.end_s]
    before = [word for word in words if word.end_s <= gap.start_s]
    return [*before, *found, *words[len(before) :]]


def is_stuck(text: str) -> bool:
    """Whether `STUCK_WORDS` words of `text` in a row are the same: "uh, uh, uh, uh, uh"."""
    written = [word.strip(",.").casefold() for word in text.split()]
    return any(len(list(run)) >= STUCK_WORDS for _, run in groupby(written))
