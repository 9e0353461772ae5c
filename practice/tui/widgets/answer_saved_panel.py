"""What was kept of an answer, and the ways to go on."""

from textual.app import ComposeResult
from textual.containers import Vertical

from practice.base.text import clock_time
from practice.core.session import SessionRun
from practice.library.takes import Take
from practice.tui.presentation import formatting
from practice.tui.widgets.plain_text import PlainText

BEHIND = "Its words take about {} more; you can go on meanwhile."
WORTH_SAYING_S = 3.0
REST = "Rest it; it comes back tomorrow."


class AnswerSavedPanel(Vertical):
    """Shown once an answer is in the library."""

    def compose(self) -> ComposeResult:
        """What was kept, advice where there is some, what comes next."""
        yield PlainText("", "kept-words")
        yield PlainText("", "behind")
        yield PlainText("", "advice")
        yield PlainText("", "coming")

    def show(self, sitting: SessionRun, take: Take, *, should_rest: bool) -> None:
        """Show `take`, the answer kept last in `sitting`, and advise to rest the question."""
        self._say("#kept-words", _kept(take, sitting.target_s))
        self._say("#advice", REST if should_rest else "")
        self._say("#coming", _coming(sitting))

    def show_words(self, take: Take, part: float | None, left_s: float | None) -> None:
        """Show what came of the words of `take`, or how far behind they are.

        Args:
            take: The answer kept last.
            part: How much of it is heard, 0 to 1; None when it does not wait.
            left_s: How long it will still take; None while that is not known.
        """
        if part is not None and left_s is not None and left_s >= WORTH_SAYING_S:
            self._say("#behind", BEHIND.format(formatting.length(left_s)))
        else:
            self._say("#behind", formatting.outcome(take, part))

    def show_deleted(self, sitting: SessionRun) -> None:
        """Show that the answer is gone, and how to go on."""
        self._say("#kept-words", "Deleted for good.")
        self._say("#behind", "")
        self._say("#advice", "")
        self._say("#coming", _coming(sitting))

    def _say(self, name: str, text: str) -> None:
        widget = self.query_one(name, PlainText)
        widget.show(text)
        widget.display = bool(text)


def _kept(take: Take, target_s: int) -> str:
    lasted = clock_time(take.duration_s or 0.0)
    words = f"Kept: take {take.number}, {lasted} of {clock_time(target_s)}."
    if take.interrupted:
        words += f"\nIt ended early: {take.interrupted}."
    return words


def _coming(sitting: SessionRun) -> str:
    lines = []
    if sitting.follow_up is not None:
        lines.append(f"follow-up  {sitting.follow_up.text}")
    following = sitting.next_question
    lines.append(f"next       {following.question.text if following else 'the end of the session'}")
    return "\n".join(lines)
