"""Write, speak and store the training corpus: `python -m tools.demo_model.corpus FOLDER`.

Each shard is drawn from its own seed and written once, so an interrupted run goes on where it was.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from tools.demo_model.features import FRAME_S, MEL_BANDS, log_power, packed
from tools.demo_model.speech import SAMPLE_RATE_HZ, Manner, Speech, speak
from tools.demo_model.text import utterances

DEMO_VOICES = ("espeak:en-us", "espeak:en-gb", "flite:slt")
HELD_OUT_VOICES = ("espeak:en-us+m4", "espeak:en-us+f3")
VARIANTS = ("m1", "m2", "m3", "m5", "m6", "m7", "f1", "f2", "f4", "f5")
EDGE_S = 0.02


@dataclass(frozen=True, slots=True)
class Utterance:
    """Where an utterance lies in the corpus; times are frames from its own start."""

    voice: str
    first_frame: int
    frames: int
    words: tuple[tuple[str, int, int], ...]
    phones: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All utterances, and their log power as bytes in one array per shard."""

    utterances: list[Utterance]
    shard_of: list[int]
    shards: list[NDArray[np.uint8]]

    def log_power(self, index: int) -> NDArray[np.uint8]:
        """Return the packed features of one utterance, frames x bands."""
        utterance = self.utterances[index]
        first = utterance.first_frame
        return self.shards[self.shard_of[index]][first : first + utterance.frames]


def draw_manner(random: Random) -> Manner:
    """Choose a voice: the demo voices as they come for half of the time, else something near."""
    voice = random.choices(DEMO_VOICES, (37, 34, 29))[0]
    if random.random() < 0.45:
        return Manner(voice)
    rate, size = random.uniform(0.82, 1.15), 1.0
    if random.random() < 0.35:
        size = random.uniform(0.9, 1.12)
    if voice.startswith("flite"):
        return Manner(voice, rate=rate, size=size)
    if random.random() < 0.5:
        voice += "+" + random.choice(VARIANTS)
    return Manner(voice, rate=rate, pitch=random.uniform(0.7, 1.4), size=size)


def speak_corpus(seed: int, duration_s: float) -> Iterator[tuple[str, Speech]]:
    """Yield (voice, speech) until `duration_s` of speech has been made."""
    texts, random = utterances(seed), Random(seed + 1_000_000)
    made_s = 0.0
    while made_s < duration_s:
        manner = draw_manner(random)
        speech = speak(next(texts), manner)
        if speech.words:
            made_s += len(speech.samples) / SAMPLE_RATE_HZ
            yield manner.voice, speech


def _frame(time_s: float) -> int:
    return round((time_s + EDGE_S) / FRAME_S)


def write_shard(folder: Path, duration_s: float, seed: int) -> Path:
    """Write one shard: `mel.npy` and `utterances.json`; return its folder."""
    shard = folder / f"shard-{seed:03d}"
    if (shard / "utterances.json").is_file():
        return shard
    shard.mkdir(parents=True, exist_ok=True)
    blocks: list[NDArray[np.uint8]] = []
    entries: list[dict[str, object]] = []
    edge = np.zeros(round(EDGE_S * SAMPLE_RATE_HZ), np.float32)
    first_frame = 0
    for voice, speech in speak_corpus(seed, duration_s):
        logs = log_power(np.concatenate((edge, speech.samples, edge)))
        words = [[w.label, _frame(w.start_s), _frame(w.end_s)] for w in speech.words]
        phones = [[p.label, _frame(p.start_s)] for p in speech.phones]
        entries.append(
            {
                "voice": voice,
                "first_frame": first_frame,
                "frames": len(logs),
                "words": words,
                "phones": phones,
            }
        )
        blocks.append(packed(logs))
        first_frame += len(logs)
    np.save(shard / "mel.npy", np.concatenate(blocks))
    (shard / "utterances.json").write_text(json.dumps(entries), encoding="utf-8")
    return shard


def read_corpus(folder: Path) -> Corpus:
    """Open every shard of `folder`, the features left on disk until they are used."""
    corpus = Corpus([], [], [])
    for number, shard in enumerate(sorted(folder.glob("shard-*/utterances.json"))):
        features = np.load(shard.with_name("mel.npy"), mmap_mode="r")
        if features.shape[1] != MEL_BANDS:
            raise ValueError(f"{shard.parent} holds {features.shape[1]} bands, not {MEL_BANDS}")
        corpus.shards.append(features)
        for entry in json.loads(shard.read_text(encoding="utf-8")):
            words = tuple((str(w), int(start), int(end)) for w, start, end in entry.pop("words"))
            phones = tuple((str(p), int(start)) for p, start in entry.pop("phones"))
            corpus.utterances.append(Utterance(**entry, words=words, phones=phones))
            corpus.shard_of.append(number)
    return corpus


def main() -> int:
    """Write the missing shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hours", type=float, default=48.0)
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    duration_s = options.hours * 3600 / options.shards
    work = partial(write_shard, options.folder, duration_s)
    with ProcessPoolExecutor(options.processes) as pool:
        for shard in pool.map(work, range(options.shards)):
            print(f"{shard} written", file=sys.stderr, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
