"""Answers spoken by the demo voice and heard by the demo model: everything in them is known.

Each answer is heard once and reviewed twice: as the model wrote it, and with the filler sounds
deleted from the transcript and their time given to the word beside them, as Whisper does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import soundfile as sf
from numpy.typing import NDArray

from benchmarks.findings.clips import overlap_s
from benchmarks.findings.intervals import Hits, cell, mean_interval
from benchmarks.findings.pauses import matched
from practice import demo
from practice.base.words import Span, Word
from practice.delivery.findings import Finding
from practice.delivery.review import Circumstances, Review, review
from practice.delivery.signal.features import SoundFeatures, extract_features
from practice.delivery.signal.pauses import PAUSE_S, find_phrasing
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import normalise
from practice.speech.transcription import Transcription, TranscriptionOptions
from practice.speech.worker import SpeechWorker
from tools.demo_model.recital import room_noise, sentences
from tools.demo_model.speech import SAMPLE_RATE_HZ, Manner, speak

ANSWERS = Path(__file__).with_name("spoken_answers.txt")
VOICE = "espeak:en-us"
RATES = (0.9, 1.0, 1.15)
"""How fast the voice speaks, in turns: 158, 175 and 201 words a minute by its own count."""
SILENCES_S = (0.2, 4.0)
"""Between sentences; drawn evenly in their logarithm, so as often short as long."""
LEAD_S = 0.5
GLUED_SHARE = 0.4
"""Of the filler sounds, those with no silence behind them: 40 % in telephone conversation."""
_MARKED = re.compile(r"\[([^]]+)\]")
_TOUCHING_S = 0.05


@dataclass(frozen=True)
class Answer:
    """An answer as it was spoken."""

    sound: SoundFeatures
    words: tuple[Word, ...]
    fillers: tuple[Word, ...]
    """Each in one piece."""

    @property
    def pauses(self) -> list[Span]:
        """The silences between words that count."""
        gaps = (Span(one.end_s, other.start_s) for one, other in pairwise(self.words))
        return [gap for gap in gaps if gap.duration_s >= PAUSE_S]

    @property
    def spoken(self) -> int:
        """Words without the fillers."""
        return len(self.words) - sum(len(filler.text.split()) for filler in self.fillers)

    @property
    def wpm(self) -> float:
        """Words a minute over all of it."""
        return self.spoken / self.sound.duration_s * 60

    @property
    def speaking_wpm(self) -> float:
        """Words a minute without its pauses."""
        whole_s = self.words[-1].end_s - self.words[0].start_s
        return self.spoken / (whole_s - sum(pause.duration_s for pause in self.pauses)) * 60


@dataclass
class Tally:
    """What was found in any number of answers."""

    sounds: Hits = field(default_factory=Hits)
    sounds_too: Hits = field(default_factory=Hits)
    """Counted with those that are possible only."""
    phrases: Hits = field(default_factory=Hits)
    phrases_too: Hits = field(default_factory=Hits)
    pauses: Hits = field(default_factory=Hits)
    edges_s: list[float] = field(default_factory=list)
    wpm: list[float] = field(default_factory=list)
    """Error of each answer, as a share of the truth; so the next one."""
    speaking_wpm: list[float] = field(default_factory=list)


def answers() -> list[str]:
    """The texts, fillers in brackets."""
    lines = ANSWERS.read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("#"))
    return [" ".join(part.split()) for part in kept.split("\n\n") if part.strip()]


def recite(text: str, rate: float, seed: int) -> tuple[NDArray[np.float32], list[Word]]:
    """Speak `text` sentence by sentence over the noise of a room; the samples and word times."""
    random = Random(seed)
    low, high = np.log(SILENCES_S)
    parts, words, at_s = [np.zeros(_samples(LEAD_S), np.float32)], list[Word](), LEAD_S
    for sentence in sentences(text):
        samples, spoken = _glued(*_spoken(sentence, rate), random)
        words += [replace(w, start_s=w.start_s + at_s, end_s=w.end_s + at_s) for w in spoken]
        silence_s = float(np.exp(random.uniform(low, high)))
        parts += [samples, np.zeros(_samples(silence_s), np.float32)]
        at_s += (len(parts[-1]) + len(parts[-2])) / SAMPLE_RATE_HZ
    whole = np.concatenate(parts)
    return whole + room_noise(len(whole) / SAMPLE_RATE_HZ, seed)[: len(whole)], words


def _spoken(sentence: str, rate: float) -> tuple[NDArray[np.float32], list[Word]]:
    speech = speak(sentence, Manner(VOICE, rate=rate))
    return speech.samples, [Word(w.label, w.start_s, w.end_s) for w in speech.words]


def _glued(
    samples: NDArray[np.float32], words: Sequence[Word], random: Random
) -> tuple[NDArray[np.float32], list[Word]]:
    """The sentence with the silence behind some filler sounds cut out."""
    kept, told, from_s, cut_s = list[NDArray[np.float32]](), list[Word](), 0.0, 0.0
    for word, after in zip(words, [*words[1:], None], strict=True):
        told.append(replace(word, start_s=word.start_s - cut_s, end_s=word.end_s - cut_s))
        if after and normalise(word.text) in _labels("sound") and random.random() < GLUED_SHARE:
            kept.append(samples[_samples(from_s) : _samples(word.end_s)])
            from_s = after.start_s
            cut_s += after.start_s - word.end_s
    return np.concatenate([*kept, samples[_samples(from_s) :]]), told


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)


def marked(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """The fillers of `text`, each with the time of its words."""
    found, at = list[Word](), 0
    for index, part in enumerate(_MARKED.split(text)):
        count = sum(bool(normalise(word)) for word in part.split())
        if index % 2:
            own = words[at : at + count]
            found.append(Word(normalise(part), own[0].start_s, own[-1].end_s))
        at += count
    return tuple(found)


def to_be_spoken(text: str) -> str:
    """`text` without its brackets; a comma after each filler makes it as long as people's are."""
    return _MARKED.sub(lambda found: f"{found[1]}{',' * (text[found.end()] == ' ')}", text)


@cache
def heard() -> tuple[tuple[Answer, Transcription], ...]:
    """Every answer with what the demo model heard in it."""
    with SpeechWorker(Path("/dev/null")) as worker, TemporaryDirectory() as folder:
        return tuple(_heard(worker, Path(folder) / "answer.wav", *spoken) for spoken in _recited())


def _recited() -> Iterator[tuple[str, NDArray[np.float32], list[Word]]]:
    for seed, text in enumerate(answers()):
        rate = RATES[seed % len(RATES)]
        yield text, *recite(to_be_spoken(text), rate, seed)


def _heard(
    worker: SpeechWorker, path: Path, text: str, samples: NDArray[np.float32], words: list[Word]
) -> tuple[Answer, Transcription]:
    sf.write(path, samples, SAMPLE_RATE_HZ, subtype="PCM_16")
    transcription = worker.transcribe(path, TranscriptionOptions(demo.MODEL_FOLDER, "demo"))
    sound = extract_features(samples, transcription.speech_probability)
    return Answer(sound, tuple(words), marked(text, words)), transcription


def without_sounds(words: Sequence[Word]) -> list[Word]:
    """`words` without the filler sounds, whose time goes to the word that touches them."""
    sounds = _labels("sound")
    kept: list[Word] = []
    free_from_s: float | None = None
    for word in words:
        if normalise(word.text) in sounds:
            free_from_s = word.start_s if free_from_s is None else free_from_s
            free_until_s = word.end_s
            continue
        if free_from_s is not None and word.start_s - free_until_s < _TOUCHING_S:
            word = replace(word, start_s=free_from_s)
        free_from_s = None
        kept.append(word)
    return kept


@cache
def _labels(kind: str) -> frozenset[str]:
    """The labels of sounds or of phrases, habit words among them."""
    kinds = {"sound"} if kind == "sound" else {"phrase", "habit"}
    entries = load_lexicon("en").entries.values()
    return frozenset(entry.label for entry in entries if entry.kind in kinds)


def fillers_found(answer: Answer, found: Review, kind: str, possible: bool) -> Hits:
    """The fillers of one kind against the findings of that kind."""
    labels = _labels(kind)
    findings = [
        finding
        for finding in found.findings
        if finding.kind == "filler"
        and (finding.label in labels or (kind == "sound" and finding.source == "signal"))
        and (possible or finding.certainty == "certain")
    ]
    wanted = [filler for filler in answer.fillers if filler.text in labels]
    hit = sum(any(_meet(filler, finding) for finding in findings) for filler in wanted)
    false = sum(not any(_meet(filler, finding) for filler in wanted) for finding in findings)
    return Hits(hit, len(wanted), false)


def _meet(filler: Word, finding: Finding) -> bool:
    spans = Span(filler.start_s, filler.end_s), Span(finding.start_s, finding.end_s)
    return overlap_s(*spans) > 0


def compare(tally: Tally, answer: Answer, found: Review, pauses: Sequence[Span]) -> None:
    """Add one answer to `tally`."""
    tally.sounds += fillers_found(answer, found, "sound", possible=False)
    tally.sounds_too += fillers_found(answer, found, "sound", possible=True)
    tally.phrases += fillers_found(answer, found, "phrase", possible=False)
    tally.phrases_too += fillers_found(answer, found, "phrase", possible=True)
    pairs = matched(answer.pauses, pauses)
    tally.pauses += Hits(len(pairs), len(answer.pauses), len(pauses) - len(pairs))
    tally.edges_s += [abs(a.start_s - b.start_s) for a, b in pairs]
    tally.edges_s += [abs(a.end_s - b.end_s) for a, b in pairs]
    measures = found.measures
    assert measures.wpm is not None
    assert measures.speaking_wpm is not None
    tally.wpm.append(measures.wpm / answer.wpm - 1)
    tally.speaking_wpm.append(measures.speaking_wpm / answer.speaking_wpm - 1)


def report(_: Path) -> None:
    """Print recall and precision, edges and errors for both transcripts."""
    whole, deleted = Tally(), Tally()
    for answer, hearing in heard():
        for tally, words in ((whole, hearing.words), (deleted, without_sounds(hearing.words))):
            found = review(words, Circumstances(answer.sound, load_lexicon("en")))
            compare(tally, answer, found, find_phrasing(answer.sound).pauses)
    seconds = sum(answer.sound.duration_s for answer, _ in heard())
    print(f"{len(heard())} answers of the demo voice through the demo model, {seconds:.0f} s")
    for title, tally in (("as it was heard", whole), ("filler sounds deleted", deleted)):
        print(f"  {title}")
        for name, hits in (
            ("sounds, certain", tally.sounds),
            ("sounds, or possible", tally.sounds_too),
            ("phrases, certain", tally.phrases),
            ("phrases, or possible", tally.phrases_too),
        ):
            print(f"    {name:22s} recall {cell(hits.recall)}   precision {cell(hits.precision)}")
        for name, errors in (("words a minute", tally.wpm), ("while speaking", tally.speaking_wpm)):
            print(f"    {name:22s} off by {cell(mean_interval(errors))}, as a share of the truth")
    recall, precision = cell(whole.pauses.recall), cell(whole.pauses.precision)
    print(f"  {'pauses':24s} recall {recall}   precision {precision}")
    middle_s, most_s = np.median(whole.edges_s), max(whole.edges_s)
    print(f"    edges off by {1000 * middle_s:.0f} ms (median), {1000 * most_s:.0f} ms at most")
