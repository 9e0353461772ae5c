"""Whether the known question is offered that somebody was asked, who remembers it in other words.

The rows are made up by us. Every other pair is for choosing the limit, the rest for reporting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.findings.intervals import Hits, cell
from practice.questions.bank_file.reading import read_bank
from practice.questions.catalogue import shipped_banks
from practice.questions.matching import NEAR, QuestionMatcher
from practice.questions.model import AskedQuestion, Question

ROWS = Path(__file__).with_name("asked_or_not.tsv")
OWN = "own"
"""The bank of the known questions that no shipped bank has."""
LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody remembers, and a known question."""

    language: str
    remembered: str
    known: tuple[str, str]
    """Bank and id."""
    is_same: bool
    sets_limit: bool
    """It is looked at when the limit is chosen."""


def read_rows() -> tuple[list[Row], list[AskedQuestion]]:
    """Every row, and all questions among which they are looked for."""
    questions = [
        AskedQuestion(path.stem, question)
        for path in sorted(shipped_banks().glob("*.yaml"))
        for question in read_bank(path).questions
    ]
    shipped = {(each.bank, each.question.id) for each in questions}
    own: dict[str, str] = {}
    rows = []
    lines = ROWS.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    for number, (language, remembered, named, label) in enumerate(cells):
        bank, _, question_id = named.partition("/")
        key = (bank, question_id)
        if key not in shipped:
            key = (OWN, own.setdefault(named, f"own-{len(own)}"))
        rows.append(Row(language, remembered, key, label == "yes", number // 2 % 2 == 0))
    questions += [AskedQuestion(OWN, Question(id=name, text=text)) for text, name in own.items()]
    return rows, questions


def count_hits(rows: Sequence[Row], matcher: QuestionMatcher, near: float) -> Hits:
    """Known questions among the three that are offered: those that were asked, and others."""
    offered = [
        row
        for row in rows
        if row.known
        in {
            (match.asked.bank, match.asked.question.id)
            for match in matcher.find(row.remembered, near=near)
        }
    ]
    hit = sum(row.is_same for row in offered)
    return Hits(hit, sum(row.is_same for row in rows), len(offered) - hit)


def choose_limit(rows: Sequence[Row], matcher: QuestionMatcher) -> float:
    """The limit with the highest F1; of several the lowest: a miss costs more than an offer."""
    return max(LIMITS, key=lambda near: (count_hits(rows, matcher, near).f1, -near))


def report(_: Path) -> None:
    """Print recall and precision, for the limit in use and for others."""
    rows, questions = read_rows()
    matcher = QuestionMatcher(questions)
    print(f"{len(rows)} made-up memories among {len(questions)} known questions: recall, precision")
    setting = [row for row in rows if row.sets_limit]
    for name, part in (
        ("limit was chosen on", setting),
        ("limit was not chosen on", [row for row in rows if not row.sets_limit]),
    ):
        print(f"  rows that the {name}, limit {NEAR}")
        for language, chosen in (
            ("English", [row for row in part if row.language == "en"]),
            ("others", [row for row in part if row.language != "en"]),
            ("all", part),
        ):
            print(f"    {language:10s} {_describe(count_hits(chosen, matcher, NEAR))}")
    print("  other limits, on the rows that the limit was chosen on")
    best = choose_limit(setting, matcher)
    for near in LIMITS:
        mark = "  <- highest F1" if near == best else ""
        hits = count_hits(setting, matcher, near)
        print(f"    {near:<10.2f} {_describe(hits)}  F1 {hits.f1:.2f}{mark}")
    resting = [row for row in rows if not row.sets_limit]
    print(f"  limit {best} on the other rows: {_describe(count_hits(resting, matcher, best))}")


def _describe(hits: Hits) -> str:
    counts = f"{hits.hit:2.0f} of {hits.labelled:2.0f}, {hits.false:2.0f} others"
    return f"{counts} {cell(hits.recall)} {cell(hits.precision)}"
