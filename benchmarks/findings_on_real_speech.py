"""How well pauses and fillers are found on labelled recordings of real people.

    python benchmarks/findings_on_real_speech.py [--clips FOLDER] [--discourse TSV]

The clips default to those of the tests. TSV is a table of ambiguous words with their contexts and
whether annotators called them discourse markers (columns meeting, phrase, is_discourse_marker,
index_in_context, words_in_phrase and a last one of word|start_s|end_s).
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile as sf
from faster_whisper.vad import get_vad_model

from practice.delivery.filled_pauses import lone_syllables, unexplained_voice
from practice.delivery.fillers import occurrences
from practice.delivery.findings import Finding
from practice.delivery.lexicon import load_lexicon
from practice.delivery.pauses import PAUSE_S, Span, phrasing
from practice.delivery.sound import Sound
from practice.delivery.tokens import tokens_of
from practice.words import Word

CLIPS = Path(__file__).parent.parent / "tests" / "data" / "speech"
DESIGNED_ON = {"ES2002", "ES2006", "IS1001", "IS1009", "TS3006"}
"""The meeting series that the rules were looked at on; figures are of the others."""


@dataclass(frozen=True)
class Clip:
    """A recording with its labels."""

    name: str
    sound: Sound
    words: tuple[Word, ...]
    fillers: tuple[Span, ...]
    silences: tuple[Span, ...]

    @property
    def words_without_fillers(self) -> tuple[Word, ...]:
        """What a recogniser that writes no fillers would give, with perfect times."""
        starts = {filler.start_s for filler in self.fillers}
        return tuple(word for word in self.words if word.start_s not in starts)


def clips(folder: Path) -> Iterator[Clip]:
    """The labelled recordings in `folder`."""
    for path in sorted(folder.glob("*.flac")):
        labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        samples, rate = sf.read(path, dtype="float32")
        whole_hops = np.pad(samples, (0, -len(samples) % 512))
        probability = np.asarray(get_vad_model()(whole_hops), dtype=np.float32).ravel()
        yield Clip(
            path.stem,
            Sound(samples, probability, rate),
            tuple(Word(item["w"], item["s"], item["e"]) for item in labels["words"]),
            tuple(Span(item["s"], item["e"]) for item in labels["fillers"]),
            tuple(Span(item["s"], item["e"]) for item in labels.get("silences", [])),
        )


def overlapping(span: Span, others: Sequence[Span]) -> Span | None:
    """The one of `others` that shares most time with `span`, if any does."""

    def shared_s(other: Span) -> float:
        return min(span.end_s, other.end_s) - max(span.start_s, other.start_s)

    best = max(others, key=shared_s, default=None)
    return best if best and shared_s(best) > 0 else None


def pauses_table(found: Sequence[Clip]) -> None:
    """Labelled silences inside the talk against the pauses found."""
    print("pauses of at least 0.25 s")
    for clip in found:
        if not clip.silences:
            continue
        last_s = max(word.end_s for word in clip.words)
        labelled = [s for s in clip.silences if s.start_s > 0 and s.end_s <= last_s]
        wanted = [s for s in labelled if s.duration_s >= PAUSE_S]
        pauses = phrasing(clip.sound).pauses
        pairs = [(s, hit) for s in wanted if (hit := overlapping(s, pauses))]
        errors_s = [
            abs(a - b)
            for s, hit in pairs
            for a, b in ((s.start_s, hit.start_s), (s.end_s, hit.end_s))
        ]
        extra = [pause for pause in pauses if not overlapping(pause, labelled)]
        print(
            f"  {clip.name}: {len(pairs)} of {len(wanted)} found, {len(extra)} others, edges off by"
            f" {1000 * np.mean(errors_s):.0f} ms on average, {1000 * max(errors_s):.0f} ms at most"
        )


def filled_pauses_table(found: Sequence[Clip]) -> None:
    """Filled pauses found in the signal, with the fillers taken out of the words."""
    print("\nfilled pauses found in the signal (labelled, found, false)")
    rng = np.random.default_rng(0)
    for label, shift_s, spread_s in (
        ("exact word times", 0.0, 0.0),
        ("words 0.1 s early", -0.1, 0.0),
        ("words 0.1 s late", 0.1, 0.0),
        ("words 0.2 s late", 0.2, 0.0),
        ("word edges spread by 0.05 s", 0.0, 0.05),
        ("word edges spread by 0.10 s", 0.0, 0.10),
    ):
        totals = Counter[str]()
        for clip in found:
            moved = [
                Word(
                    word.text,
                    word.start_s + shift_s + rng.normal(0, spread_s),
                    word.end_s + shift_s + rng.normal(0, spread_s),
                )
                for word in clip.words_without_fillers
            ]
            totals += compared(clip, unexplained_voice(moved, clip.sound))
        print(f"  {label:28s} {totals['labelled']:3d} {totals['hit']:3d} {totals['false']:3d}")
    totals = Counter[str]()
    for clip in found:
        totals += compared(clip, lone_syllables(clip.sound))
    print(
        f"  {'no words at all':28s} {totals['labelled']:3d} {totals['hit']:3d} {totals['false']:3d}"
    )


def compared(clip: Clip, findings: Sequence[Finding]) -> Counter[str]:
    """How many labelled fillers are hit, and how many findings hit none."""
    spans = [Span(f.start_s, f.end_s) for f in findings]
    hit = sum(overlapping(filler, spans) is not None for filler in clip.fillers)
    false = sum(overlapping(span, clip.fillers) is None for span in spans)
    return Counter(labelled=len(clip.fillers), hit=hit, false=false)


def discourse_table(path: Path) -> None:
    """Ambiguous words called fillers against annotators who called them discourse markers."""
    lexicon = load_lexicon("en")
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            half = "designed on" if row["meeting"][:6] in DESIGNED_ON else "held out"
            index = int(row["index_in_context"])
            tokens = tokens_of(context_words(row))
            certainty = next(
                (o.certainty for o in occurrences(tokens, lexicon) if o.first <= index < o.end),
                "none",
            )
            counts[half, row["phrase"]][certainty, row["is_discourse_marker"]] += 1
    for half in ("designed on", "held out"):
        print(f"\ndiscourse markers, {half}: of all, certain (P, R), certain or possible (P, R)")
        for (where, phrase), cells in sorted(counts.items()):
            if where == half:
                print(f"  {phrase:10s} {row_of(cells)}")


def context_words(row: dict[str, str]) -> list[Word]:
    """The context as words, with a full stop before each capital letter that starts a segment."""
    parts = [item.rsplit("|", 2) for item in list(row.values())[-1].split()]
    texts = [part[0] for part in parts]
    ends = [
        text[:1].isupper() and text.split("'")[0] != "I" and "_" not in text for text in texts[1:]
    ]
    return [
        Word(text + "." * stop, float(start), float(end))
        for (text, start, end), stop in zip(parts, [*ends, False], strict=True)
    ]


def row_of(cells: Counter[tuple[str, str]]) -> str:
    """The share of markers, then precision and recall of certain and of certain or possible."""
    markers = sum(count for (_, marker), count in cells.items() if marker == "1")
    parts = [f"{markers:4d} of {cells.total():4d}"]
    for tiers in (("certain",), ("certain", "possible")):
        hits = sum(cells[tier, "1"] for tier in tiers)
        flagged = hits + sum(cells[tier, "0"] for tier in tiers)
        precision = f"{hits / flagged:.2f}" if flagged else "  - "
        recall = f"{hits / markers:.2f}" if markers else "  - "
        parts.append(f"{flagged:4d} flagged P {precision} R {recall}")
    return "   ".join(parts)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Findings on labelled recordings.")
    parser.add_argument("--clips", type=Path, default=CLIPS)
    parser.add_argument("--discourse", type=Path)
    arguments = parser.parse_args()
    found = list(clips(arguments.clips))
    pauses_table(found)
    filled_pauses_table(found)
    if arguments.discourse:
        discourse_table(arguments.discourse)


if __name__ == "__main__":
    main()
