"""What stands above the words: what is worth hearing, and what of the plan was not said."""

from functools import partial

from rich.cells import cell_len
from textual.screen import Screen

from practice.reports import wording
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.transcript_view import TranscriptView

LONGEST_MISSING = 34
"""Characters of a missing key point where there is no room for it; the numbers have all of it."""
WHOLE = "-whole"
"""Style class of the plan while it may take as many lines as it needs."""


def show_above_words(screen: Screen[None], transcript: TranscriptView) -> None:
    """Show both, short; then, once it is known how much room the words need, whole."""
    assert transcript.text is not None
    document = transcript.text.document
    short = "\n".join(wording.describe_coverage(document, LONGEST_MISSING))
    for name, text in {"#first": document.highlights.line, "#plan": short}.items():
        widget = screen.query_one(name, PlainText)
        widget.show(text)
        widget.display = bool(text)
    screen.query_one("#plan").remove_class(WHOLE)
    screen.call_after_refresh(partial(_show_whole, screen, transcript))


def _show_whole(screen: Screen[None], transcript: TranscriptView) -> None:
    """Name what is missing whole, a line each, where the words leave room for it."""
    plan = screen.query_one("#plan", PlainText)
    if transcript.text is None or not plan.display:
        return
    width = max(plan.content_size.width, 1)
    whole = wording.list_coverage(transcript.text.document, width)
    rows = sum(-(-cell_len(line) // width) for line in whole)
    # What both have together stays the same, whichever text is shown.
    room = plan.content_size.height + transcript.size.height
    if rows + len(transcript.page.rows) <= room:
        plan.add_class(WHOLE)
        plan.show("\n".join(whole))
