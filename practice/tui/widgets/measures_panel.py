"""The numbers of a review, what was said of the plan, the parts of the answer, the notes."""

from collections.abc import Iterator, Mapping, Sequence

from textual.containers import VerticalScroll
from textual.content import Content

from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart, Take
from practice.reports import wording
from practice.reports.parts import PARTS, USUAL, part_shares
from practice.tui.presentation.content import as_content, as_line
from practice.tui.widgets.plain_text import PlainText

_TELLING = {"wpm", "fillers.certain", "pauses.count"}
"""Those whose meaning holds further numbers; what the others mean is one key away."""
_DETAILS = {
    *("fillers.places.first_ten_s", "fillers.places.clusters", "fillers.habits", "hedges"),
    *("restarts", "pet_phrases", "facts"),
}
"""Those that stand last in a column: what a low window cuts off is one key away too."""
_NAME = 20
_BETWEEN = "   "
_FEW = {
    *("wpm", "speaking_wpm", "fillers.certain", "calibration", "pauses.count"),
    *("longest_run_s", "speaking_s"),
}


class MeasuresPanel(VerticalScroll, can_focus=False):
    """A column in a wide terminal, a few lines in a narrow one."""

    def compose(self) -> Iterator[PlainText]:
        """One text."""
        yield PlainText("", "numbers")

    def show(
        self,
        document: ReviewDocument,
        take: Take,
        starts_s: Mapping[StarPart, float],
        columns: int | None,
    ) -> None:
        """Show what is known of a take now.

        Args:
            document: Its review.
            take: With its notes.
            starts_s: Where the parts of the answer begin.
            columns: For a few lines so wide; None for all of it in a column.
        """
        if columns is None:
            lines = _all(document, take, starts_s)
        else:
            lines = _few(document, starts_s, columns)
        self.query_one(PlainText).show(Content("\n").join(lines))


def _all(
    document: ReviewDocument, take: Take, starts_s: Mapping[StarPart, float]
) -> Iterator[Content]:
    if doubt := wording.describe_judgement(document):
        yield as_content(doubt + "\n", "$text-warning")
    if offer := wording.offer_language(document, in_app=True):
        yield as_content(offer + "\n")
    rows = wording.measure_rows(document)
    for row in rows:
        if row.key not in _DETAILS:
            yield _row(row)
        if row.key in _TELLING and row.meaning:
            yield as_content(f"  {row.meaning}", "$muted")
    split = parts_lines(starts_s, document.measures.duration_s or 0.0)
    if split:
        yield as_content("\nparts of the answer")
        yield from split
    for heading, lines in wording.coverage_lists(document):
        yield as_content(f"\n{heading}")
        yield from (as_content(f"  {line}", "$muted") for line in lines)
    if take.notes:
        yield as_content(f"\nnotes\n{take.notes}", "$muted")
    if details := [row for row in rows if row.key in _DETAILS]:
        yield as_content("\nin detail")
        yield from map(_row, details)


def _row(row: wording.MeasureRow) -> Content:
    return Content.assemble(
        (row.indented_name.ljust(_NAME), "$muted"),
        as_line(row.value, "" if row.level else "bold"),
    )


def _few(
    document: ReviewDocument, starts_s: Mapping[StarPart, float], columns: int
) -> Iterator[Content]:
    if doubt := wording.describe_judgement(document):
        yield as_line(doubt, "$text-warning")
    if offer := wording.offer_language(document, in_app=True):
        yield as_line(offer)
    few = [
        Content.assemble((f"{row.name} ", "$muted"), as_line(row.value))
        for row in wording.measure_rows(document)
        if row.key in _FEW
    ]
    few += [as_line(heading, "$muted") for heading, _ in wording.coverage_lists(document)]
    split = part_shares(starts_s, document.measures.duration_s or 0.0)
    if split:
        shown = " ".join(f"{part[0].upper()} {share:.0%}" for part, share in split.items())
        few.append(as_line(shown))
    yield from _filled(few, columns)


def _filled(items: Sequence[Content], columns: int) -> Iterator[Content]:
    """`items` in lines, none broken in two."""
    line = Content()
    for item in items:
        longer = Content(_BETWEEN).join([line, item]) if line else item
        if line and longer.cell_length > columns:
            yield line
            longer = item
        line = longer
    yield line


def parts_lines(starts_s: Mapping[StarPart, float], end_s: float) -> list[Content]:
    """The split of the answer beside the usual one; empty while nothing is marked."""
    split = part_shares(starts_s, end_s)
    if not split:
        return []
    yours = "".join(f"{part[0].upper()} {split.get(part, 0):4.0%}  " for part in PARTS)
    usual = "".join(f"  {USUAL[part]:3d}%  " for part in PARTS)
    return [as_content(f"  {yours}yours"), as_content(f"  {usual}usual", "$muted")]
