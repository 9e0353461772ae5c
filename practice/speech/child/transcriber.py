"""From samples to words as they arrive: voice activity, cutting, recognition, word times."""

from collections import Counter, deque
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from practice.base.languages import DetectedLanguage
from practice.base.spacing import join_words
from practice.base.words import Word
from practice.speech.child.alignment import align_to_speech
from practice.speech.child.recognition import Recognition
from practice.speech.child.segment_cache import HopRange, SegmentCache
from practice.speech.child.segments import Segment, Segmenter
from practice.speech.child.stitching import stitch
from practice.speech.child.voice_activity import VoiceActivity
from practice.speech.transcription import HOP_S, HOP_SAMPLES

BLOCK_HOPS = 4
"""Silero is always run on blocks of this many hops, so that the same samples give the same
numbers to the last bit however they arrived."""
BLOCK_SAMPLES = BLOCK_HOPS * HOP_SAMPLES
WINDOW_WITHOUT_MODEL_S = 30.0
FLOOR_DBFS = -96.0
DETECTION_SEGMENTS = 3
"""In so many segments, the first that are long enough, a model is asked for the language."""
DETECTION_SHORTEST_S = 3.0
"""Shorter segments are not asked: 2.1 s of a Mandarin speaker's English are Chinese to the model
base with a probability of 0.99; of 3 s and more, 0.77 is the worst of 24 such speakers."""
DETECTION_LEAST_S = 8.0
"""So long the segments must be together: where they are, the worst of the same speakers is 0.73 in
two segments and 0.59 in three."""

CARRIED_WORDS = 30
"""The recogniser reads so many words of the segments before when it hears the next one. It hears
words better for it, and no fewer fillers (`python -m benchmarks.findings hearing`)."""

Recognise = Callable[[NDArray[np.float32], bool, str], Recognition]
"""Recognises mono samples at 16 kHz; the second says whether to detect their language, the third
is what was said right before."""


class StreamingTranscriber:
    """Transcribes one recording; memory grows only with the words and one number per hop.

    The words of a segment are final once it is closed, but for those at a cut in the middle of
    speech, which wait for the next segment.

    Args:
        recognise: None to find speech without words.
        cache: What was recognised in this recording before, and where to add to it.
        segmenter: Cuts it; one that was fed nothing yet.
        carried_words: How many words the recogniser reads of what was said before.
    """

    def __init__(
        self,
        recognise: Recognise | None,
        cache: SegmentCache,
        segmenter: Segmenter,
        carried_words: int = CARRIED_WORDS,
    ) -> None:
        self._recognise = recognise
        self._cache = cache
        self._segmenter = segmenter
        self._voice_activity = VoiceActivity()
        self._probabilities: list[NDArray[np.float32]] = []
        self._unread = np.empty(0, np.float32)
        """Samples behind the last whole block."""
        self._kept: deque[NDArray[np.float32]] = deque()
        """The blocks that a segment to come may still hold."""
        self._kept_from = 0
        """The sample of the recording with which they begin."""
        self._pending: Sequence[Word] = ()
        """The words of a segment that continues; the next one tells which of them stay."""
        self._cut_s: float | None = None
        """Where that segment was cut; None where none continues."""
        self._said = deque[Word](maxlen=carried_words)
        """The last words of the closed segments, as each was recognised."""
        self._detections: list[dict[str, float]] = []
        """The probability of each language in the segments that were asked for it."""
        self._detection_hops = 0
        """How long these are together."""
        self.segments = 0
        """How many are closed."""
        self.words = list[Word]()
        """Final: none of them changes any more."""

    @property
    def speech_probability(self) -> NDArray[np.float32]:
        """Silero's probability of speech so far, 0 to 1, one value per hop."""
        return np.concatenate([np.empty(0, np.float32), *self._probabilities])

    @property
    def fed_s(self) -> float:
        """How much was taken in, in whole blocks."""
        return len(self._probabilities) * BLOCK_HOPS * HOP_S

    @property
    def final_s(self) -> float:
        """Up to where the words are final."""
        return self._segmenter.final_hops * HOP_S

    def detect_language(self, told: str) -> DetectedLanguage | None:
        """The most probable language by the mean over segments; None where too little tells it.

        Args:
            told: The language that is said to be spoken.
        """
        if self._detection_hops * HOP_S < DETECTION_LEAST_S:
            return None
        sums = Counter[str]()
        for probabilities in self._detections:
            sums.update(probabilities)
        means = {code: round(total / len(self._detections), 3) for code, total in sums.items()}
        language = max(means, key=means.__getitem__)
        return DetectedLanguage(language, means[language], means.get(told, 0.0))

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples (mono, 16 kHz, any number of them)."""
        unread = np.concatenate([self._unread, samples])
        whole = len(unread) - len(unread) % BLOCK_SAMPLES
        for start in range(0, whole, BLOCK_SAMPLES):
            self._feed_block(unread[start : start + BLOCK_SAMPLES])
        self._unread = unread[whole:]

    def finish(self) -> None:
        """Transcribe what is left; the last hop is filled up with silence."""
        if len(self._unread):
            # The last block may be short: Silero then runs on fewer hops, which happens once only.
            self._feed_block(np.pad(self._unread, (0, -len(self._unread) % HOP_SAMPLES)))
        segment = self._segmenter.finish()
        if segment:
            self._close_segment(segment)

    def close(self) -> None:
        """Let go of the file that keeps the words."""
        self._cache.close()

    def speculate(self) -> bool:
        """Recognise the open segment as if no speech followed; whether there was such work to do.

        When none does follow, its words are in the cache already.
        """
        segment = self._segmenter.provisional
        if segment is None or self._recognise is None or self._hops_of(segment) in self._cache:
            return False
        self._recognise_cached(self._hops_of(segment))
        return True

    def _feed_block(self, block: NDArray[np.float32]) -> None:
        """Take a whole number of hops: a whole block, or less at the end of the recording."""
        probabilities = self._voice_activity.feed(block)
        self._probabilities.append(probabilities)
        self._kept.append(block)
        power = np.square(block.reshape(-1, HOP_SAMPLES)).mean(axis=1)
        levels_dbfs = 10 * np.log10(np.maximum(power, 10 ** (FLOOR_DBFS / 10)))
        for probability, level in zip(probabilities.tolist(), levels_dbfs.tolist(), strict=True):
            segment = self._segmenter.feed(probability, level)
            if segment:
                self._close_segment(segment)
        # Sound that no segment can hold any more goes: an hour of it would take 230 MB.
        needed_from = self._segmenter.first_needed_hop * HOP_SAMPLES
        while self._kept and self._kept_from + len(self._kept[0]) <= needed_from:
            self._kept_from += len(self._kept.popleft())

    def _close_segment(self, segment: Segment) -> None:
        self.segments += 1
        if self._recognise is None:
            return
        # The overlap was heard too, so it is aligned too; stitching takes out what stands twice.
        hops = self._hops_of(segment)
        probability = self.speech_probability[slice(*hops)]
        recognition = self._recognise_cached(hops)
        self._said.extend(recognition.words)
        if recognition.languages:
            self._detections.append(recognition.languages)
            self._detection_hops += hops[1] - hops[0]
        words: Sequence[Word] = align_to_speech(recognition.words, Segment(*hops), probability)
        if self._cut_s is not None:
            before, words = stitch(self._pending, words, self._cut_s)
            self.words += before
        # Words at a cut are not final yet: the next segment may have heard them better.
        if segment.continues:
            self._pending, self._cut_s = words, segment.end * HOP_S
        else:
            self._pending, self._cut_s = (), None
            self.words += words

    def _hops_of(self, segment: Segment) -> HopRange:
        """What is heard of `segment`: more than itself where it was cut in the middle of speech."""
        overlap = self._segmenter.rule.overlap_hops
        before = overlap if self._cut_s is not None else 0
        after = overlap if segment.continues else 0
        return max(0, segment.start - before), segment.end + after

    def _recognise_cached(self, hops: HopRange) -> Recognition:
        """What is in `hops`, with times from the first of them."""
        recognise = self._recognise
        assert recognise is not None
        start, end = (hop * HOP_SAMPLES - self._kept_from for hop in hops)
        # The same for a segment that is recognised in advance as for the one it may become: only
        # closed segments are counted.
        detect_language = (
            len(self._detections) < DETECTION_SEGMENTS
            and (hops[1] - hops[0]) * HOP_S >= DETECTION_SHORTEST_S
        )
        # Of closed segments too, so that the same is read in advance as later, and by whoever goes
        # on after a crash: each segment is recognised in the same way however one comes to it.
        said = join_words(self._said)
        return self._cache.recognition(
            hops, lambda: recognise(np.concatenate(self._kept)[start:end], detect_language, said)
        )
