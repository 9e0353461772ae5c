"""Terms and key points found in sentences of ours, in the seven languages that have a stemmer.

Every other pair of rows is for setting limits, the rest only for reporting.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.findings.intervals import Hits, cell
from practice.base.words import Word
from practice.delivery.transcript import coverage, word_matching
from practice.delivery.transcript.coverage import find_key_point, find_term
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import normalise, tokens_of

ROWS = Path(__file__).with_name("said_or_not.tsv")
WORD_S = 0.3
SHARES = (0.5, 0.55, 0.6, 0.67, 0.75, 1.0)
SHORTEST = (4, 5, 6, 7, 99)
TWO_FROM = (8, 9, 11, 99)


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody wanted to say, and a sentence."""

    language: str
    kind: str
    """"term" or "key point"."""
    wanted: str
    sentence: str
    is_said: bool
    sets_limits: bool
    """It is looked at when a limit is set."""

    @property
    def words(self) -> list[Word]:
        """The sentence as a recogniser would write it."""
        parts = enumerate(self.sentence.split())
        return [Word(text, number * WORD_S, (number + 1) * WORD_S) for number, text in parts]

    def is_found(self) -> bool:
        """Whether the product finds it."""
        find = find_term if self.kind == "term" else find_key_point
        return find(self.wanted, tokens_of(self.words), load_lexicon(self.language)).said

    def is_written(self) -> bool:
        """The plain rule: every word of it stands in the sentence letter by letter."""
        said = {normalise(word.text) for word in self.words}
        return {normalise(part) for part in self.wanted.split()} <= said


def read_rows() -> list[Row]:
    """Every labelled row; they come in pairs of one that is said and one that is not."""
    lines = ROWS.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Row(language, kind, wanted, sentence, label == "yes", number // 2 % 2 == 0)
        for number, (language, kind, wanted, sentence, label) in enumerate(cells)
    ]


def count_hits(rows: Sequence[Row]) -> Hits:
    """What is found of what was said, and what is found besides."""
    found = [row for row in rows if row.is_found()]
    hit = sum(row.is_said for row in found)
    return Hits(hit, sum(row.is_said for row in rows), len(found) - hit)


@contextmanager
def limits(share: float, shortest: int, two_from: int) -> Iterator[None]:
    """Other limits for a while."""
    before = (coverage.ENOUGH, word_matching.SHORTEST_MISSPELLED, word_matching.TWO_LETTERS_FROM)
    try:
        _set_limits(share, shortest, two_from)
        yield
    finally:
        _set_limits(*before)


def _set_limits(share: float, shortest: int, two_from: int) -> None:
    coverage.ENOUGH = share
    word_matching.SHORTEST_MISSPELLED = shortest
    word_matching.TWO_LETTERS_FROM = two_from


def report(_: Path) -> None:
    """Print recall and precision by language, and what other limits would do."""
    rows = read_rows()
    print(f"terms and key points in {len(rows)} sentences of ours: recall, precision (Wilson)")
    for name, part in (
        ("limits were set on", [row for row in rows if row.sets_limits]),
        ("limits were not set on", [row for row in rows if not row.sets_limits]),
    ):
        print(f"  rows that {name}")
        for language in sorted({row.language for row in rows}):
            hits = count_hits([row for row in part if row.language == language])
            print(f"    {language:22s} {_describe(hits)}")
        print(f"    {'all':22s} {_describe(count_hits(part))}")
        written = [row for row in part if row.is_written()]
        hit = sum(row.is_said for row in written)
        plain = Hits(hit, sum(row.is_said for row in part), len(written) - hit)
        print(f"    {'letter by letter':22s} {_describe(plain)}")
    _report_limits([row for row in rows if row.sets_limits])


def _describe(hits: Hits) -> str:
    counts = f"{hits.hit:2.0f} of {hits.labelled:2.0f}, {hits.false:2.0f} false"
    return f"{counts} {cell(hits.recall)} {cell(hits.precision)}"


def _report_limits(rows: Sequence[Row]) -> None:
    print("  other limits, on the rows that limits were set on")
    in_use = (coverage.ENOUGH, word_matching.SHORTEST_MISSPELLED, word_matching.TWO_LETTERS_FROM)
    tried = [(share, *in_use[1:]) for share in SHARES]
    tried += [(in_use[0], shortest, two) for shortest in SHORTEST for two in TWO_FROM]
    for share, shortest, two_from in tried:
        with limits(share, shortest, two_from):
            hits = count_hits(rows)
        name = f"{share:.2f}, {shortest} and {two_from} letters"
        print(f"    {name:28s} {_describe(hits)}")
