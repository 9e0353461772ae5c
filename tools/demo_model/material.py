"""What windows are made of: the phrases of the corpus, their sound, phones and tokens."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tools.demo_model.corpus import Corpus, Utterance
from tools.demo_model.features import unpacked
from tools.demo_model.speech import SILENCE
from tools.demo_model.tokens import Vocabulary

PAUSE_FRAMES = 10
# Silence kept around a phrase when the pause beside it is replaced.
MARGIN_FRAMES = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a voice says between two pauses: words [first, last) of an utterance, and frames."""

    utterance: int
    first: int
    last: int
    start: int
    end: int
    pause_after: int


def phrases_of(index: int, utterance: Utterance) -> list[Phrase]:
    """Cut an utterance at its pauses."""
    words = utterance.words
    cuts = [0]
    for number, (word, following) in enumerate(pairwise(words), start=1):
        if following[1] - word[2] >= PAUSE_FRAMES:
            cuts.append(number)
    phrases: list[Phrase] = []
    for first, last in pairwise([*cuts, len(words)]):
        before = words[first - 1][2] if first else 0
        after = words[last][1] if last < len(words) else utterance.frames
        start, end = words[first][1], words[last - 1][2]
        start = max(start - min((start - before) // 2, MARGIN_FRAMES), 0)
        pause = after - end
        end = min(end + min(pause // 2, MARGIN_FRAMES), utterance.frames)
        phrases.append(Phrase(index, first, last, start, end, pause))
    return phrases


class Material:
    """A corpus ready for windows: cut into phrases, every word encoded once."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary, phones: dict[str, int]) -> None:
        """Cut and encode."""
        self._corpus, self._vocabulary, self._phones = corpus, vocabulary, phones
        self.phrases = [phrases_of(i, u) for i, u in enumerate(corpus.utterances)]
        self.of_voice: dict[str, list[int]] = {}
        for index, utterance in enumerate(corpus.utterances):
            self.of_voice.setdefault(utterance.voice, []).append(index)
        written = {word for u in corpus.utterances for word, _, _ in u.words}
        self._tokens = {word: vocabulary.encode(word) for word in sorted(written)}

    def word_tokens(self, word: str) -> list[int]:
        """Return the tokens of a word of the corpus."""
        return self._tokens[word]

    def sound(self, index: int) -> NDArray[np.float32]:
        """Return the log power of an utterance."""
        return unpacked(self._corpus.log_power(index))

    def utterance(self, index: int) -> Utterance:
        """Return an utterance."""
        return self._corpus.utterances[index]

    def phone_labels(self, index: int) -> NDArray[np.int64]:
        """Return the phone of each frame of an utterance."""
        utterance = self.utterance(index)
        labels = np.full(utterance.frames, self._phones[SILENCE])
        for label, start in utterance.phones:
            labels[start:] = self._phones.get(label, self._phones[SILENCE])
        return labels

    @property
    def silence(self) -> int:
        """The label of frames without speech."""
        return self._phones[SILENCE]

    @property
    def vocabulary(self) -> Vocabulary:
        """The tokens."""
        return self._vocabulary
