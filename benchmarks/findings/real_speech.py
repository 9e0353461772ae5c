"""Fillers, words and processor time of real speech models on real speech, primed and not.

"Primed" is how the product asks: with the verbatim prompt of the lexicon. A clip is cut as a take
is that is followed while it is recorded.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import soundfile as sf
from numpy.typing import NDArray

from benchmarks.findings.clips import has_timed_words, overlap_s, read_labels
from benchmarks.findings.intervals import Hits, cell, f1_interval
from practice.base.words import Span, Word
from practice.delivery.findings import Finding
from practice.delivery.review import Circumstances, review
from practice.delivery.signal.features import SoundFeatures, extract_features
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon
from practice.delivery.transcript.tokens import split_words
from practice.speech.child.recognition import Recognition
from practice.speech.child.segment_cache import SegmentCache
from practice.speech.child.segments import CutRule, Segmenter
from practice.speech.child.transcriber import CARRIED_WORDS, StreamingTranscriber
from practice.speech.child.whisper import Recogniser, join_prompt
from practice.speech.transcription import SAMPLE_RATE_HZ
from tools.real_models import find_real_model

MODELS = ("tiny.en", "base")
LANGUAGE = "en"
TOLERANCE_S = 0.25
"""A finding so near a labelled filler is that filler: labels of two hands differ by 0.05 s, and a
listener who looks there hears it."""
ONE_SPEAKER = {"mfa_*": "mfa", "umm": "umdone", "well-umm": "umdone"}
"""Clips of the same person by their names; every other clip counts as a speaker of its own."""


@dataclass(frozen=True)
class RealClip:
    """A recording of real people and what is known of it."""

    name: str
    group: str
    """The folder it lies in."""
    speaker: str
    samples: NDArray[np.float32]
    """Mono, 16 kHz."""
    fillers: tuple[Span, ...] | None
    """None where nobody placed them."""
    in_doubt: tuple[Span, ...]
    """What may be taken for a filler or not, neither of which is wrong."""
    text: str | None
    """What was said, where that is known."""
    is_scored: bool
    """Its fillers are placed, and it has some or is talk that was labelled word by word. Of the
    rest only findings where there is no filler are counted."""

    @property
    def minutes(self) -> float:
        """How long it is."""
        return len(self.samples) / SAMPLE_RATE_HZ / 60


@dataclass
class Heard:
    """What one model made of some clips, primed or not."""

    certain: dict[str, list[Hits]] = field(default_factory=dict)
    """By speaker."""
    possible: dict[str, list[Hits]] = field(default_factory=dict)
    """Likewise, of the certain and the possible ones together."""
    edges_s: list[tuple[float, float]] = field(default_factory=list)
    """How far start and end of each filler that was found for certain are off."""
    wrong_words: int = 0
    words: int = 0
    """In the texts; no fillers, here and above."""
    false_certain: dict[str, int] = field(default_factory=dict)
    """On clips without fillers, by group."""
    processor_s: float = 0.0
    """Of recognition alone."""


def read_clips(folder: Path) -> tuple[RealClip, ...]:
    """The recordings in `folder` and the folders in it, by path.

    Those whose fillers are known but not where they lie are left out.
    """
    found = []
    for path in sorted(folder.rglob("*.flac")):
        labels = read_labels(path)
        fillers = labels.get("fillers") or ()
        if all(filler["s"] is not None for filler in fillers):
            samples, rate_hz = sf.read(path, dtype="float32")
            assert rate_hz == SAMPLE_RATE_HZ
            found.append(to_clip(path, labels, samples))
    return tuple(found)


def to_clip(path: Path, labels: dict[str, Any], samples: NDArray[np.float32]) -> RealClip:
    """A recording with its labels."""
    fillers = _to_spans(labels, "fillers") if labels.get("fillers") is not None else None
    text = labels.get("text")
    if text is None and has_timed_words(labels):
        text = " ".join(word["w"] for word in sorted(labels["words"], key=lambda word: word["s"]))
    names = [name for pattern, name in ONE_SPEAKER.items() if fnmatch(path.stem, pattern)]
    return RealClip(
        path.stem,
        path.parent.name,
        names[0] if names else path.stem,
        samples,
        fillers,
        (*_to_spans(labels, "doubtful_fillers"), *_to_spans(labels, "other_hesitations")),
        text,
        fillers is not None and bool(fillers or has_timed_words(labels)),
    )


def _to_spans(labels: dict[str, Any], key: str) -> tuple[Span, ...]:
    return tuple(Span(each["s"], each["e"]) for each in labels.get(key) or ())


def match_fillers(
    fillers: Sequence[Span], in_doubt: Sequence[Span], found: Sequence[Span]
) -> tuple[list[tuple[Span, Span]], int]:
    """Each filler with the finding that is nearest of those within reach, none of them twice.

    Returns:
        The pairs, and how many findings are neither a filler nor in doubt.
    """
    left = list(found)
    pairs = []
    for filler in fillers:
        near = [span for span in left if overlap_s(span, filler) >= -TOLERANCE_S]
        if near:
            best = min(near, key=lambda span: abs(span.middle_s - filler.middle_s))
            left.remove(best)
            pairs.append((filler, best))
    false = sum(all(overlap_s(span, doubt) < -TOLERANCE_S for doubt in in_doubt) for span in left)
    return pairs, false


def count_wrong_words(said: Sequence[str], heard: Sequence[str]) -> int:
    """The fewest words to insert, delete or replace until what was heard is what was said."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row = row, [number]
        for index, other in enumerate(heard, 1):
            row.append(
                min(before[index] + 1, row[-1] + 1, before[index - 1] + (word != other)),
            )
    return row[-1]


def report(data: Path) -> None:
    """Print how well each model finds fillers and words, and what priming costs."""
    clips = read_clips(data)
    lexicon = load_lexicon(LANGUAGE)
    for model in MODELS:
        recogniser = Recogniser(find_real_model(model))
        primed, plain = Heard(), Heard()
        for clip in clips:
            # One after the other on each clip: whatever slows the machine slows both.
            hear(clip, recogniser, lexicon, lexicon.verbatim_prompt, primed)
            hear(clip, recogniser, lexicon, None, plain)
        minutes = sum(clip.minutes for clip in clips)
        print(f"{model}, {len(clips)} clips of real speech, {minutes:.1f} minutes")
        _print_fillers(primed, plain)
        _print_words_and_time(primed, plain)
        _print_false_alarms(clips, primed, plain)


def hear(
    clip: RealClip,
    recogniser: Recogniser,
    lexicon: Lexicon,
    prompt: str | None,
    heard: Heard,
    *,
    rule: CutRule | None = None,
    carried_words: int = CARRIED_WORDS,
) -> None:
    """Have a clip transcribed and reviewed, and add what came of it to `heard`.

    Args:
        clip: What is heard.
        recogniser: Hears it.
        lexicon: Which words are fillers.
        prompt: What the recogniser is asked with.
        heard: Where the counts go.
        rule: How it is cut; None as a take is that is followed while it is recorded.
        carried_words: So many words that were said before stand behind the prompt.
    """
    words, sound, processor_s = transcribe(
        clip, recogniser, prompt, rule=rule, carried_words=carried_words
    )
    heard.processor_s += processor_s
    found = review(words, Circumstances(sound, lexicon))
    sounds = [each for each in found.findings if each.filler_kind == "sound"]
    certain = [each for each in sounds if each.certainty == "certain"]
    if clip.is_scored:
        heard.edges_s += _score(clip, certain, heard.certain)
        _score(clip, sounds, heard.possible)
    else:
        in_doubt = sum(
            any(overlap_s(each.span, doubt) >= -TOLERANCE_S for doubt in clip.in_doubt)
            for each in certain
        )
        before = heard.false_certain.get(clip.group, 0)
        heard.false_certain[clip.group] = before + len(certain) - in_doubt
    if clip.text is not None:
        said = _words_alone(clip.text.split(), lexicon)
        heard.words += len(said)
        texts = [word.text for word in words]
        heard.wrong_words += count_wrong_words(said, _words_alone(texts, lexicon))


def transcribe(
    clip: RealClip,
    recogniser: Recogniser,
    prompt: str | None,
    *,
    rule: CutRule | None = None,
    carried_words: int = CARRIED_WORDS,
) -> tuple[Sequence[Word], SoundFeatures, float]:
    """The words of a clip, its sound, and the processor time of recognition; as `hear`."""
    processor_s = 0.0

    def recognise(samples: NDArray[np.float32], detect_language: bool, said: str) -> Recognition:
        nonlocal processor_s
        began = time.process_time()
        asked = join_prompt(prompt, said)
        made = recogniser.recognise(samples, LANGUAGE, asked, detect_language=detect_language)
        processor_s += time.process_time() - began
        return made

    segmenter = Segmenter(rule or CutRule(recogniser.window_s))
    transcriber = StreamingTranscriber(recognise, SegmentCache(), segmenter, carried_words)
    transcriber.feed(clip.samples)
    transcriber.finish()
    sound = extract_features(clip.samples, transcriber.speech_probability)
    return transcriber.words, sound, processor_s


def _score(
    clip: RealClip, found: Sequence[Finding], by_speaker: dict[str, list[Hits]]
) -> Iterator[tuple[float, float]]:
    """Add what was found to the speaker's; the error of start and end for each hit."""
    pairs, false = match_fillers(clip.fillers or (), clip.in_doubt, [each.span for each in found])
    hits = Hits(len(pairs), len(clip.fillers or ()), false)
    by_speaker.setdefault(clip.speaker, []).append(hits)
    return ((abs(a.start_s - b.start_s), abs(a.end_s - b.end_s)) for a, b in pairs)


def _words_alone(written: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Words in the form in which they are compared, without fillers."""
    return [part for text in written if not lexicon.is_sound(text) for part in split_words(text)]


def _print_fillers(primed: Heard, plain: Heard) -> None:
    print("  fillers: recall, precision (Wilson), F1 (bootstrap over speakers)")
    for name, heard in (("primed", primed), ("not primed", plain)):
        for kind, by_speaker in (("certain", heard.certain), ("or possible", heard.possible)):
            speakers = [sum(each, Hits()) for each in by_speaker.values()]
            total = sum(speakers, Hits())
            f1 = cell(f1_interval(speakers)) if speakers else cell(None)
            print(f"    {name:10s} {kind:11s} {cell(total.recall)} {cell(total.precision)} {f1}")
    print("  by speaker, primed and certain (F1 where there are fillers)")
    for speaker, each in primed.certain.items():
        total = sum(each, Hits())
        f1 = f"{total.f1:5.2f}" if total.labelled else "    -"
        print(
            f"    {speaker:20s} {total.hit:3.0f} of {total.labelled:3.0f},"
            f" {total.false:2.0f} false {f1}"
        )
    if primed.edges_s:
        middle, most = np.quantile(1000 * np.array(primed.edges_s), [0.5, 0.9], axis=0)
        print(
            f"  edges of those found, primed: start off by {middle[0]:.0f} ms (median),"
            f" {most[0]:.0f} ms (90 %); end {middle[1]:.0f} and {most[1]:.0f} ms"
        )


def _print_words_and_time(primed: Heard, plain: Heard) -> None:
    if primed.words:
        print(
            f"  words wrong, without fillers, of {primed.words}:"
            f" {primed.wrong_words / primed.words:.1%} primed,"
            f" {plain.wrong_words / plain.words:.1%} not primed"
        )
    if plain.processor_s:
        print(
            f"  processor time: {primed.processor_s:.1f} s primed, {plain.processor_s:.1f} s not"
            f" primed ({primed.processor_s / plain.processor_s:.2f} times)"
        )


def _print_false_alarms(clips: Sequence[RealClip], primed: Heard, plain: Heard) -> None:
    without = sorted((clip for clip in clips if not clip.is_scored), key=lambda clip: clip.group)
    if without:
        print("  certain fillers where there are none (a minute), primed and not primed")
    for group, each in groupby(without, key=lambda clip: clip.group):
        minutes = sum(clip.minutes for clip in each)
        counts = [heard.false_certain[group] for heard in (primed, plain)]
        shown = "   ".join(f"{count:3d} ({count / minutes:.2f})" for count in counts)
        print(f"    {group:20s} {minutes:5.1f} minutes   {shown}")
