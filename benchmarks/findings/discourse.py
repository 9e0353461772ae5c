"""Ambiguous words called fillers against annotators who called them discourse markers.

Reads `ami_discourse_dev.tsv`: columns meeting, phrase, is_discourse_marker, index_in_context,
words_in_phrase and a last one of word|start_s|end_s.
"""

import csv
from collections import Counter, defaultdict
from pathlib import Path

from practice.delivery.fillers import occurrences
from practice.delivery.lexicon import load_lexicon
from practice.delivery.tokens import tokens_of
from practice.words import Word

TABLE = "ami_discourse_dev.tsv"
DESIGNED_ON = {"ES2002", "ES2006", "IS1001", "IS1009", "TS3006"}
"""The meeting series that the rules were looked at on; figures are of the others."""


def report(data: Path) -> None:
    """Print precision and recall per phrase, for each half of the meetings."""
    path = data / TABLE
    if not path.exists():
        print(f"discourse markers: no {TABLE} here")
        return
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
