"""The question of a session: who asks it, what is said before it, and its notes where wanted."""

from textual.app import ComposeResult
from textual.containers import Vertical

from practice.base.text import one_line
from practice.core.session import SessionRun
from practice.tui.widgets.plain_text import PlainText


class QuestionHead(Vertical):
    """Stands at the top of a session."""

    DEFAULT_CSS = """
    QuestionHead {
        height: auto;
    }
    """

    def compose(self) -> ComposeResult:
        """The place in the session, an opening, the question, its notes."""
        yield PlainText("", "place")
        yield PlainText("", "opening")
        yield PlainText("", "question", classes="asked")
        yield PlainText("", "asked-notes")

    def show(self, session_run: SessionRun, *, counted: bool) -> None:
        """Show what `session_run` asks now.

        Args:
            session_run: The session.
            counted: Whether the questions are a set, so that their number means something.
        """
        asked, sitting = session_run.asked, session_run.sitting
        place = f"{session_run.index + 1} of {len(session_run.questions)}" if counted else ""
        held = one_line(sitting.rules.title) if sitting else ""
        asker = f"{one_line(asked.asker)} asks" if asked.asker else ""
        notes = ""
        if session_run.rules.notes_on_screen:
            points = [f"· {one_line(point)}" for point in asked.question.key_points]
            notes = "\n".join(filter(None, (*points, asked.question.notes.strip())))
        self._say("#place", " · ".join(filter(None, (place, held, asker))))
        self._say("#opening", one_line(asked.opening))
        self._say("#question", asked.question.text)
        self._say("#asked-notes", notes)

    def _say(self, name: str, text: str) -> None:
        widget = self.query_one(name, PlainText)
        widget.show(text)
        # The line of the place is kept free, so that the question stands where it stood.
        widget.display = bool(text) or name == "#place"
