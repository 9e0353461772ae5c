"""The vocabulary: a byte-level BPE, and the special tokens and timestamps of Whisper."""

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from tools.demo_model.lexicon import load_lexicon
from tools.demo_model.text import FILLERS, utterances

TEXT_TOKENS = 3200
SAMPLED_TEXTS = 60_000
WORD_BONUS = 40
SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
TIMESTAMPS = 1501
TIMESTAMP_S = 0.02
# faster-whisper suppresses the first token of " -", " '" and " ♩". Without these merges that token
# would be the bare space, which the vocabulary needs.
PROTECTING_MERGES = (("Ġ", "-"), ("Ġ", "'"), ("Ġ", "â"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Ids: text first, then the special tokens, then the timestamps."""

    tokenizer: Tokenizer
    text_tokens: int

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a `tokenizer.json` that `write_tokenizer` made."""
        tokenizer = Tokenizer.from_file(str(path))
        first_special = tokenizer.token_to_id(SPECIAL[0])
        if first_special is None:
            raise ValueError(f"{path} has no {SPECIAL[0]}")
        return cls(tokenizer, first_special)

    def special(self, name: str) -> int:
        """Return the id of a special token, named without its marks."""
        return self.text_tokens + SPECIAL.index(f"<|{name}|>")

    def timestamp(self, time_s: float) -> int:
        """Return the id of the timestamp nearest to `time_s`, on Whisper's grid of 20 ms."""
        step = min(max(round(time_s / TIMESTAMP_S), 0), TIMESTAMPS - 1)
        return self.text_tokens + len(SPECIAL) + step

    def encode(self, word: str) -> list[int]:
        """Return the tokens of one word with the space before it."""
        ids: list[int] = self.tokenizer.encode(f" {word}").ids
        return ids

    def __len__(self) -> int:
        """Count every token, timestamps included."""
        return self.text_tokens + len(SPECIAL) + TIMESTAMPS

    def names(self) -> list[str]:
        """Every token in the order of the ids, as CTranslate2 wants them."""
        text = [str(self.tokenizer.id_to_token(index)) for index in range(self.text_tokens)]
        times = [f"<|{step * TIMESTAMP_S:.2f}|>" for step in range(TIMESTAMPS)]
        return [*text, *SPECIAL, *times]


def _sampled_texts(count: int) -> list[str]:
    """Draw texts, and give every word of the lexicon a share so that none falls to letters."""
    texts = [f" {text}" for text in islice(utterances(seed=77), count)]
    texts += [f" {word}" for word in load_lexicon().words for _ in range(WORD_BONUS)]
    return texts + [f" {filler}" for filler in FILLERS for _ in range(1000)]


def train_tokenizer(text_tokens: int = TEXT_TOKENS, texts: int = SAMPLED_TEXTS) -> Tokenizer:
    """Learn the merges from texts of the grammar and the lexicon."""
    learner = _byte_level(models.BPE())
    trainer = trainers.BpeTrainer(
        vocab_size=text_tokens - len(PROTECTING_MERGES),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    learner.train_from_iterator(_sampled_texts(texts), trainer)
    model = json.loads(learner.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].__getitem__)
    tokens += [left + right for left, right in PROTECTING_MERGES if left + right not in tokens]
    merges = [*PROTECTING_MERGES, *(tuple(pair) for pair in model["merges"])]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    merges = list(dict.fromkeys(merges))
    tokenizer = _byte_level(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


def _byte_level(model: models.BPE) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def load_vocabulary(path: Path) -> Vocabulary:
    """Read the vocabulary at `path`, or learn it and write it there."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        train_tokenizer().save(str(path))
    return Vocabulary.read(path)
