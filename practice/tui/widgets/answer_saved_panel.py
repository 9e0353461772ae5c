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

    def show(self, session_run: SessionRun, take: Take, *, should_rest: bool) -> None:
        """Show `take`, the answer kept last in `session_run`, and advise to rest the question."""
        self._say("#kept-words", _describe_kept(take, session_run.target_s))
        self._say("#advice", REST if should_rest else "")
        self._say("#coming", _describe_next(session_run))

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

    def show_deleted(self, session_run: SessionRun) -> None:
        """Show that the answer is gone, and how to go on."""
        self._say("#kept-words", "Deleted for good.")
        self._say("#behind", "")
        self._say("#advice", "")
        self._say("#coming", _describe_next(session_run))

    def _say(self, name: str, text: str) -> None:
        widget = self.query_one(name, PlainText)
        widget.show(text)
        widget.display = bool(text)


def _describe_kept(take: Take, target_s: int) -> str:
    lasted = clock_time(take.duration_s or 0.0)
    words = f"Kept: take {take.number}, {lasted} of {clock_time(target_s)}."
    if take.interrupted:
        words += f"\nIt ended early: {take.interrupted}."
    return words


def _describe_next(session_run: SessionRun) -> str:
    lines = []
    if session_run.follow_up is not None:
        lines.append(f"follow-up  {session_run.follow_up.text}")
    following = session_run.next_question
    lines.append(f"next       {following.question.text if following else 'the end of the session'}")
    return "\n".join(lines)
