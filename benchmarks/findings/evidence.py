"""Whether anything about a written um tells if it was said: fits with each speaker left out.

The product calls every written um with a voice of its own certain. Here a logistic rule may weigh
the word's probability and length and the voice's length, steadiness, voicing and level against
each other. It pays if it foretells the ums of a speaker whom it has not seen better than their
share among everybody else's does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.findings.clips import overlap_s
from benchmarks.findings.intervals import mean_interval
from benchmarks.findings.real_speech import (
    LANGUAGE,
    MODELS,
    TOLERANCE_S,
    match_fillers,
    read_clips,
    transcribe,
)
from practice.base.words import Word
from practice.delivery.review import Circumstances, align
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.level import FRAME_HOP_S
from practice.delivery.transcript.lexicon import load_lexicon
from practice.speech.child.whisper import Recogniser
from tools.real_models import find_real_model

EVIDENCE = ("word's probability", "voice's length", "change of spectrum", "voicing", "level")
RULES: tuple[tuple[int, ...], ...] = ((), (0,), (1,), (2,), (3,), (4,), (0, 1), (0, 1, 2, 3, 4))
"""Which of `EVIDENCE` each rule weighs; the first one only knows how many were right elsewhere."""
_RIDGE = 1.0
"""Holds the weights of so few examples down; of the features in units of their spread."""
_STEPS = 50


@dataclass(frozen=True, slots=True)
class WrittenUm:
    """An um that a recogniser wrote, and what is known of it."""

    model: str
    speaker: str
    was_said: bool
    evidence: tuple[float, ...]
    """As `EVIDENCE`."""


def report(data: Path) -> None:
    """Print how well each rule foretells the ums of the speaker who was left out."""
    for model in MODELS:
        ums = collect_ums(data, model)
        said = np.array([um.was_said for um in ums], dtype=np.float64)
        speakers = [um.speaker for um in ums]
        print(
            f"{model}: {len(ums)} written ums with a voice, {said.sum():.0f} of them said,"
            f" {len(set(speakers))} speakers"
        )
        print(f"  {'weighed':60s} log loss   better than none by (95 %)  wrongly called")
        table = np.array([um.evidence for um in ums])
        plain: NDArray[np.float64] | None = None
        for rule in RULES:
            chance = foretell(table[:, list(rule)], said, speakers)
            loss = -(said * np.log(chance) + (1 - said) * np.log(1 - chance))
            plain = loss if plain is None else plain
            gain = mean_interval([float(each) for each in plain - loss])
            wrong = int(((chance > 0.5) != (said > 0.5)).sum())
            name = ", ".join(EVIDENCE[column] for column in rule) or "nothing"
            print(f"  {name:60s} {loss.mean():8.3f}   {gain!s:>25s}  {wrong:14d}")


def collect_ums(data: Path, model: str) -> list[WrittenUm]:
    """Every um that `model` writes, asked as the product asks, in the clips with placed fillers."""
    lexicon = load_lexicon(LANGUAGE)
    recogniser = Recogniser(find_real_model(model))
    found = []
    for clip in read_clips(data):
        if not clip.is_scored or clip.fillers is None:
            continue
        words, sound, _ = transcribe(clip, recogniser, lexicon.verbatim_prompt)
        aligned = align(words, Circumstances(sound, lexicon))
        ums = [
            word
            for word in aligned.words
            if lexicon.is_sound(word.text) and word.span not in aligned.unheard
        ]
        pairs, _ = match_fillers(clip.fillers, clip.in_doubt, [um.span for um in ums])
        hits = {span for _, span in pairs}
        for um in ums:
            is_open = any(overlap_s(um.span, doubt) >= -TOLERANCE_S for doubt in clip.in_doubt)
            if um.span in hits or not is_open:
                evidence = weigh(um, sound)
                found.append(WrittenUm(model, clip.speaker, um.span in hits, evidence))
    return found


def weigh(um: Word, sound: SoundFeatures) -> tuple[float, ...]:
    """The evidence for one written um, as `EVIDENCE`."""
    first = round(um.start_s / FRAME_HOP_S)
    frames = slice(first, max(round(um.end_s / FRAME_HOP_S), first + 1))
    return (
        float(np.log((um.probability or 0.0) + 0.01)),
        min(um.span.duration_s, 0.6),
        float(np.median(sound.spectral_change_db[frames])),
        float(np.quantile(sound.voicing[frames], 0.6)),
        (float(sound.level_db[frames].max()) - sound.loud_db) / 10,
    )


def foretell(
    table: NDArray[np.float64], said: NDArray[np.float64], speakers: Sequence[str]
) -> NDArray[np.float64]:
    """The chance that each um was said, by a rule fitted on all other speakers.

    Args:
        table: Shape (ums, features).
        said: Shape (ums,); 1 or 0.
        speakers: Of each um.

    Returns:
        Shape (ums,); never quite 0 or 1, so that a log loss is finite.
    """
    chance = np.zeros(len(said))
    names = np.array(speakers)
    for speaker in sorted(set(speakers)):
        out = names == speaker
        middle, spread = table[~out].mean(axis=0), table[~out].std(axis=0) + 1e-9
        scaled = np.c_[np.ones(len(table)), (table - middle) / spread]
        chance[out] = _logistic(scaled[out] @ _fit(scaled[~out], said[~out]))
    return np.clip(chance, 1e-3, 1 - 1e-3)


def _fit(table: NDArray[np.float64], said: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights of a logistic rule, by Newton's method; the first column is the constant."""
    # The constant is hardly held down: the share of said ums is no weight.
    ridge = np.diag([1e-3, *[_RIDGE] * (table.shape[1] - 1)])
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chance = _logistic(table @ weights)
        slope = table.T @ (chance - said) + ridge @ weights
        bend = (table.T * (chance * (1 - chance))) @ table + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def _logistic(score: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-score)))
