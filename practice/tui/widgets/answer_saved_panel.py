"""What was kept of an answer, and the ways to go on."""

from textual.app import ComposeResult
from textual.containers import Vertical

from practice.base.text import clock_time, one_line
from practice.core.session import SessionRun
from practice.library.takes import Take
from practice.reports.layout import wrap_text
from practice.tui.presentation import formatting
from practice.tui.widgets.plain_text import PlainText

BEHIND = "Its words take about {} more; you can go on meanwhile."
WORTH_SAYING_S = 3.0
REST = "Rest it; it comes back tomorrow."
_NAME = 14
"""Columns of `f  follow-up` and a gap."""
_WIDEST = 96
"""Columns of the question above at most."""


class AnswerSavedPanel(Vertical):
    """Shown once an answer is in the library."""

    def compose(self) -> ComposeResult:
        """What was kept, advice where there is some, what comes next."""
        yield PlainText("", "kept-words")
        yield PlainText("", "behind")
        yield PlainText("", "advice")
        yield PlainText("", "open")
        yield PlainText("", "coming")

    def show(self, session_run: SessionRun, take: Take, *, should_rest: bool) -> None:
        """Show `take`, the answer kept last in `session_run`, and advise to rest the question."""
        self._say("#kept-words", _describe_kept(take, session_run))
        self._say("#advice", REST if should_rest else "")
        self._say("#coming", _describe_next(session_run, self._width))

    def show_fragment(self, take: Take) -> None:
        """Ask whether `take`, a very short answer, is to be kept."""
        seconds = round(take.duration_s or 0.0)
        lasted = "1 second" if seconds == 1 else f"{seconds} seconds"
        self._say("#kept-words", f"Only {lasted}. Press k to keep it.")
        self._say("#behind", "If you go on without k, it is deleted.")
        self._say("#advice", "")
        self._say("#coming", "")

    def show_words(self, take: Take, line: str, part: float | None, left_s: float | None) -> None:
        """Show what came of the words of `take`, or how far behind they are.

        Args:
            take: The answer kept last.
            line: What its review says first; empty while there is none.
            part: How much of it is heard, 0 to 1; None when it does not wait.
            left_s: How long it will still take; None while that is not known.
        """
        if part is not None and left_s is not None and left_s >= WORTH_SAYING_S:
            self._say("#behind", BEHIND.format(formatting.length(left_s)))
        else:
            self._say("#behind", line or formatting.outcome(take, part))

    def show_deleted(self, session_run: SessionRun) -> None:
        """Show that the answer is gone, and how to go on."""
        self._say("#kept-words", "Deleted for good.")
        self._say("#behind", "")
        self._say("#advice", "")
        self._say("#coming", _describe_next(session_run, self._width))

    @property
    def _width(self) -> int:
        """Columns for text: while the panel is hidden it has no width of its own."""
        room = self.app.size.width - self.styles.padding.width
        return max(min(room, _WIDEST), _NAME * 2)

    def _say(self, name: str, text: str) -> None:
        widget = self.query_one(name, PlainText)
        widget.show(text)
        widget.display = bool(text)


def _describe_kept(take: Take, session_run: SessionRun) -> str:
    lasted = clock_time(take.duration_s or 0.0)
    target = f" (target {clock_time(session_run.target_s)})" if session_run.rules.target else ""
    words = f"Saved: take {take.number}, {lasted}{target}"
    if take.interrupted:
        words += f"\nIt ended early: {take.interrupted}."
    return words


def _describe_next(session_run: SessionRun, width: int) -> str:
    """What may come next, each with its name before it and hanging beside it."""
    follow_up = session_run.follow_up if session_run.last is not None else None
    following = session_run.next_question
    coming = {"f  follow-up": follow_up, "n  next": following.question if following else None}
    lines = [
        line
        for name, question in coming.items()
        if question is not None
        for line in wrap_text(one_line(question.text), width, name.ljust(_NAME), " " * _NAME)
    ]
    return "\n".join(lines)
