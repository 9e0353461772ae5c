"""Prompt, beam, pieces and carried words: what each does to fillers, words and time.

The table behind the constants of `practice.speech.child`: one thing is changed at a time, over all
labelled clips, none of them alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.findings.intervals import Hits, cell, f1_interval
from benchmarks.findings.real_speech import LANGUAGE, MODELS, Heard, RealClip, hear, read_clips
from practice.delivery.transcript.lexicon import load_lexicon
from practice.speech.child.segments import CutRule
from practice.speech.child.transcriber import CARRIED_WORDS
from practice.speech.child.whisper import Recogniser
from practice.speech.model_shapes import BEAM_SIZE
from tools.real_models import find_real_model

SHORT_PROMPT = "Um, uh, er, hmm."
PIECE_S = 12.0


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hear a take."""

    name: str
    prompt: str | None
    beam_size: int = BEAM_SIZE
    rule: Callable[[float], CutRule] = CutRule
    """Of the length that the model hears at once, in seconds."""
    carried_words: int = CARRIED_WORDS


def list_ways(prompt: str | None) -> tuple[Way, ...]:
    """The product's own way, asking with `prompt`, and ways that differ from it in one thing."""
    own = Way("as the product hears", prompt)
    return (
        own,
        replace(own, name="no prompt", prompt=None),
        replace(own, name="fillers alone as prompt", prompt=SHORT_PROMPT),
        replace(own, name="beam 1", beam_size=1),
        replace(own, name="beam 2", beam_size=2),
        replace(own, name=f"pieces of {PIECE_S:.0f} s at most", rule=_cut_short),
        replace(own, name="window filled", rule=CutRule.for_files),
        replace(own, name="window filled, no prompt", prompt=None, rule=CutRule.for_files),
        replace(own, name="window filled, none carried", rule=CutRule.for_files, carried_words=0),
        replace(own, name="no words carried", carried_words=0),
        replace(own, name="last 8 words carried", carried_words=8),
        replace(own, name="last 60 words carried", carried_words=60),
    )


def _cut_short(window_s: float) -> CutRule:
    return CutRule(window_s, longest=PIECE_S / window_s, overlap=0.05)


def report(data: Path) -> None:
    """Print recall, precision and F1 of certain fillers, words wrong and time of each way."""
    clips = [clip for clip in read_clips(data) if clip.is_scored or clip.text is not None]
    prompt = load_lexicon(LANGUAGE).verbatim_prompt
    for model in MODELS:
        print(f"{model}, {len(clips)} clips, {sum(clip.minutes for clip in clips):.1f} minutes")
        print(
            f"  {'':28s} {'recall':>17s} {'precision':>17s} {'F1':>17s} possible too"
            "  words wrong  processor"
        )
        own_s = 0.0
        for way in list_ways(prompt):
            heard = _hear_all(clips, model, way)
            own_s = own_s or heard.processor_s
            speakers = [sum(each, Hits()) for each in heard.certain.values()]
            total = sum(speakers, Hits())
            both = sum((sum(each, Hits()) for each in heard.possible.values()), Hits())
            print(
                f"  {way.name:28s} {cell(total.recall)} {cell(total.precision)}"
                f" {cell(f1_interval(speakers))} {both.hit / max(both.labelled, 1):12.2f}"
                f" {heard.wrong_words / max(heard.words, 1):12.1%}"
                f" {heard.processor_s / own_s:10.2f}",
                flush=True,
            )


def _hear_all(clips: Sequence[RealClip], model: str, way: Way) -> Heard:
    recogniser = Recogniser(find_real_model(model), way.beam_size)
    lexicon = load_lexicon(LANGUAGE)
    heard = Heard()
    for clip in clips:
        hear(
            clip,
            recogniser,
            lexicon,
            way.prompt,
            heard,
            rule=way.rule(recogniser.window_s),
            carried_words=way.carried_words,
        )
    return heard
