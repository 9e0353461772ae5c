"""The numbers of a review, what was said of the plan, the parts of the answer, the notes."""

from collections.abc import Iterator, Mapping

from textual.containers import VerticalScroll
from textual.content import Content

from practice.library.takes import StarPart, Take
from practice.reports import wording
from practice.reports.document import ReviewDocument
from practice.reports.parts import PARTS, USUAL, shares
from practice.tui.content import as_content, as_line
from practice.tui.widgets.plain_text import PlainText

_NAME = 20
_FEW = ("words a minute", "  while speaking", "fillers", "pauses", "longest run", "speaking time")


class Measures(VerticalScroll, can_focus=False):
    """A column in a wide terminal, a few lines in a narrow one."""

    def compose(self) -> Iterator[PlainText]:
        """One text."""
        yield PlainText("", "numbers")

    def show(
        self, document: ReviewDocument, take: Take, starts_s: Mapping[StarPart, float], wide: bool
    ) -> None:
        """Show what is known of a take now."""
        lines = _wide if wide else _narrow
        self.query_one(PlainText).show(Content("\n").join(lines(document, take, starts_s)))


def _wide(
    document: ReviewDocument, take: Take, starts_s: Mapping[StarPart, float]
) -> Iterator[Content]:
    if doubt := wording.judgement(document):
        yield as_content(doubt + "\n", "$text-warning")
    for row in wording.rows(document):
        yield Content.assemble(
            (row.name.ljust(_NAME), "$muted"), as_line(row.value, "bold" * (row.name[0] != " "))
        )
        if row.meaning:
            yield as_content(f"  {row.meaning}", "$muted")
    for heading, lines in wording.mentions(document):
        yield as_content(f"\n{heading}")
        yield from (as_content(f"  {line}", "$muted") for line in lines)
    split = parts_lines(starts_s, document.measures.duration_s or 0.0)
    if split:
        yield as_content("\nparts of the answer")
        yield from split
    if take.notes:
        yield as_content(f"\nnotes\n{take.notes}", "$muted")


def _narrow(
    document: ReviewDocument, take: Take, starts_s: Mapping[StarPart, float]
) -> Iterator[Content]:
    if doubt := wording.judgement(document):
        yield as_line(doubt, "$text-warning")
    few = [row for row in wording.rows(document) if row.name in _FEW]
    yield Content("   ").join(
        Content.assemble((f"{row.name.strip()} ", "$muted"), as_line(row.value)) for row in few
    )
    said = [heading for heading, _ in wording.mentions(document)]
    split = shares(starts_s, document.measures.duration_s or 0.0)
    if split:
        said.append("  ".join(f"{part[0].upper()} {share:.0%}" for part, share in split.items()))
    if said:
        yield as_line("   ".join(said), "$muted")


def parts_lines(starts_s: Mapping[StarPart, float], end_s: float) -> list[Content]:
    """The split of the answer beside the usual one; empty while nothing is marked."""
    split = shares(starts_s, end_s)
    if not split:
        return []
    yours = "".join(f"{part[0].upper()} {split.get(part, 0):4.0%}   " for part in PARTS)
    usual = "".join(f"  {USUAL[part]:3d}%   " for part in PARTS)
    return [as_content(f"  {yours}yours"), as_content(f"  {usual}usual", "$muted")]
