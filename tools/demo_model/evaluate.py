"""Measure model folders as `practice` uses them: `python -m tools.demo_model.evaluate MODEL...`.

Every recording goes through `practice.speech`: cut at pauses, heard piece by piece. The texts are
answers written by hand and unseen draws of the training grammar; the voices are those of the demo
and espeak-ng variants that no training heard.
"""

import argparse
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from faster_whisper import WhisperModel

from practice.base.words import Word
from practice.speech.transcription import TranscriptionOptions
from practice.speech.worker import SpeechWorker
from tools.demo_model.corpus import DEMO_VOICES, HELD_OUT_VOICES
from tools.demo_model.recital import (
    Recital,
    drawn_answers,
    recite,
    room_noise,
    without_fillers,
    written_answers,
)
from tools.demo_model.scoring import Score, is_filler, score
from tools.demo_model.speech import SAMPLE_RATE_HZ

LONG_ANSWER_S = 180.0
THREADS = 2


@dataclass(slots=True)
class Ear:
    """One model, heard through the speech worker."""

    worker: SpeechWorker
    model: Path
    folder: Path
    heard_s: float = 0.0
    spent_s: float = 0.0

    def hear(self, recital: Recital) -> list[Word]:
        """Return the words found in a recital."""
        path = self.folder / "recital.wav"
        recital.write(path)
        started = time.monotonic()
        transcription = self.worker.transcribe(path, TranscriptionOptions(self.model))
        self.spent_s += time.monotonic() - started
        self.heard_s += recital.duration_s
        return list(transcription.words)


@dataclass(slots=True)
class Report:
    """What is measured of one model."""

    model: Path
    written: dict[str, Score] = field(default_factory=dict)
    drawn: dict[str, Score] = field(default_factory=dict)
    invented_fillers: int = 0
    filler_free_words: int = 0
    words_in_silence: int = 0
    words_in_noise: int = 0
    long_error_rate: float = 0.0
    pieces_error_rate: float = 0.0
    practice_real_time_factor: float = 0.0
    plain_real_time_factor: float = 0.0

    @property
    def size_mb(self) -> float:
        """Bytes of the model folder, in millions."""
        return sum(file.stat().st_size for file in self.model.iterdir()) / 1e6


def scores(ear: Ear, texts: Iterable[str], voice: str) -> list[Score]:
    """Speak each text and score what is heard."""
    recitals = [recite(text, voice, seed) for seed, text in enumerate(texts)]
    return [score(recital.words, ear.hear(recital)) for recital in recitals]


def total(parts: Iterable[Score]) -> Score:
    """Add scores up."""
    result = Score()
    for part in parts:
        result.add(part)
    return result


def long_answer(texts: list[str], voice: str) -> tuple[Recital, int]:
    """Join answers until they last three minutes; also return how many there are."""
    joined, words, count, at_s = [np.zeros(0, np.float32)], list[Word](), 0, 0.0
    while at_s < LONG_ANSWER_S and count < len(texts):
        recital = recite(texts[count], voice, count)
        words += [Word(w.text, w.start_s + at_s, w.end_s + at_s) for w in recital.words]
        joined.append(recital.samples)
        at_s += recital.duration_s
        count += 1
    return Recital(np.concatenate(joined), words), count


def plain_real_time_factor(model: Path, texts: list[str]) -> float:
    """Time an unmodified `WhisperModel` on whole recordings, with two threads."""
    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=THREADS)
    recitals = [recite(text, DEMO_VOICES[0], seed) for seed, text in enumerate(texts)]
    started = time.monotonic()
    for recital in recitals:
        segments, _ = whisper.transcribe(
            recital.samples,
            beam_size=5,
            temperature=0,
            condition_on_previous_text=False,
            word_timestamps=True,
        )
        list(segments)
    return (time.monotonic() - started) / sum(recital.duration_s for recital in recitals)


def measure(ear: Ear, voices: Iterable[str], count: int) -> Report:
    """Measure everything the table asks for."""
    report = Report(ear.model)
    texts, drawn = written_answers()[:count], drawn_answers(count)
    for voice in voices:
        each = scores(ear, texts, voice)
        report.written[voice] = total(each)
        report.drawn[voice] = total(scores(ear, drawn, voice))
        if voice == DEMO_VOICES[0]:
            recital, pieces = long_answer(texts, voice)
            report.pieces_error_rate = total(each[:pieces]).error_rate
            report.long_error_rate = score(recital.words, ear.hear(recital)).error_rate
    report.practice_real_time_factor = ear.spent_s / ear.heard_s
    for index, text in enumerate(texts):
        voice = DEMO_VOICES[index % len(DEMO_VOICES)]
        heard = ear.hear(recite(without_fillers(text), voice, index))
        report.invented_fillers += sum(map(is_filler, heard))
        report.filler_free_words += len(without_fillers(text).split())
    silence = Recital(np.zeros(60 * SAMPLE_RATE_HZ, np.float32), [])
    report.words_in_silence = len(ear.hear(silence))
    report.words_in_noise = len(ear.hear(Recital(room_noise(60, seed=4), [])))
    report.plain_real_time_factor = plain_real_time_factor(ear.model, texts[:3])
    return report


def _row(name: str, result: Score) -> str:
    cells = [
        f"{100 * result.error_rate:.1f} %",
        _number(result.filler_recall, ".3f"),
        _number(result.filler_precision, ".3f"),
        _number(result.start_error_ms(50), ".0f"),
        _number(result.start_error_ms(95), ".0f"),
        str(result.words),
        str(result.fillers_said),
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def _number(value: float | None, style: str) -> str:
    return "-" if value is None else format(value, style)


def _rows(kind: str, results: dict[str, Score]) -> list[str]:
    groups = {
        "voices trained on": [s for voice, s in results.items() if voice in DEMO_VOICES],
        "voices held out": [s for voice, s in results.items() if voice in HELD_OUT_VOICES],
    }
    rows = [_row(f"{kind}, {name}", total(parts)) for name, parts in groups.items() if parts]
    return rows + [_row(f"{kind}, {voice}", result) for voice, result in results.items()]


def _aimed_at(results: dict[str, Score], voices: Iterable[str]) -> tuple[str, str, str]:
    """Word errors, filler recall and precision, word starts: over some voices, as the aims go."""
    result = total(results[voice] for voice in voices if voice in results)
    recall, precision = result.filler_recall, result.filler_precision
    median, high = result.start_error_ms(50), result.start_error_ms(95)
    return (
        f"{100 * result.error_rate:.1f} %" if result.words else "-",
        f"{_number(recall, '.3f')} / {_number(precision, '.3f')}",
        f"{_number(median, '.0f')} / {_number(high, '.0f')} ms",
    )


def summary(report: Report) -> list[str]:
    """Set what was measured on written answers beside what the model is meant to reach."""
    errors, fillers, starts = _aimed_at(report.written, DEMO_VOICES)
    held_errors, held_fillers, held_starts = _aimed_at(report.written, HELD_OUT_VOICES)
    long, pieces = 100 * report.long_error_rate, 100 * report.pieces_error_rate
    return [
        "| written answers | voices trained on | aim | voices held out | aim |",
        "|---|---|---|---|---|",
        f"| word errors | {errors} | 5 % | {held_errors} | 15 % |",
        f"| filler recall / precision | {fillers} | 0.97 / 0.97 | {held_fillers} | 0.90 / 0.90 |",
        f"| word start error, median / 95 % | {starts} | 60 / 150 ms "
        f"| {held_starts} | 80 / 250 ms |",
        f"| real-time factor, {THREADS} threads | {report.plain_real_time_factor:.3f} | 0.05 | | |",
        f"| words in 60 s of silence / room noise | {report.words_in_silence} / "
        f"{report.words_in_noise} | 0 / 0 | | |",
        f"| a 3-minute answer / its pieces | {long:.1f} / {pieces:.1f} % | within 1 point | | |",
    ]


def table(report: Report) -> str:
    """Write a report as Markdown."""
    lines = [
        f"Model `{report.model.name}`, {report.size_mb:.2f} MB",
        "",
        *summary(report),
        "",
        "| answers | word errors | filler recall | filler precision "
        "| word start, median ms | 95th percentile ms | words | fillers |",
        "|---|---|---|---|---|---|---|---|",
        *_rows("written", report.written),
        *_rows("drawn", report.drawn),
        "",
        f"- the written answers without their fillers: {report.invented_fillers} fillers heard "
        f"in {report.filler_free_words} words",
        f"- real-time factor: {report.plain_real_time_factor:.3f} (faster-whisper, whole "
        f"recordings), {report.practice_real_time_factor:.3f} (practice, its own threads)",
    ]
    return "\n".join(lines)


def main() -> int:
    """Print a table for each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--voices", nargs="+", default=[*DEMO_VOICES, *HELD_OUT_VOICES])
    parser.add_argument("--answers", type=int, default=12, help="of each kind and voice")
    parser.add_argument("--output", type=Path, help="write the tables there too")
    options = parser.parse_args()
    tables: list[str] = []
    with TemporaryDirectory() as folder:
        for model in options.models:
            with SpeechWorker(Path(folder) / "speech.log") as worker:
                ear = Ear(worker, model.resolve(), Path(folder))
                tables.append(table(measure(ear, options.voices, options.answers)))
            print(tables[-1], end="\n\n", flush=True)
    if options.output:
        options.output.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
