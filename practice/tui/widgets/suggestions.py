"""A few lines below a box, one of which can be taken in place of what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from textual.content import Content

from practice.base.sentences import Sentence
from practice.base.text import clock_time, one_line
from practice.questions.model import AskedQuestion
from practice.tui.presentation.content import as_content
from practice.tui.widgets.plain_text import PlainText

ROWS = 4
"""Of suggestions; the others are scrolled to."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One question that can be taken."""

    text: str
    known: AskedQuestion | None = None
    """The known question that it is; None where it was only found somewhere."""
    at: str = ""
    """Where it was found: a time."""

    @classmethod
    def found(cls, question: Sentence) -> Self:
        """One that was found in a text or a recording."""
        at = clock_time(question.start_s) if question.start_s is not None else ""
        return cls(question.text, at=at)


class Suggestions(PlainText):
    """Shows them below what they are; none is chosen until somebody goes down to it.

    Args:
        name: The widget's id.
    """

    def __init__(self, name: str) -> None:
        super().__init__("", name)
        self._heading = ""
        self._offered: Sequence[Suggestion] = ()
        self._at: int | None = None

    @property
    def chosen(self) -> Suggestion | None:
        """The one that is chosen; None while what is typed is meant."""
        return None if self._at is None else self._offered[self._at]

    def offer(self, heading: str, suggestions: Sequence[Suggestion]) -> None:
        """Show others; what is chosen stays so only where they are the same."""
        if list(suggestions) != list(self._offered):
            self._at = None
        self._heading, self._offered = heading, suggestions
        self._draw()

    def go_up(self) -> bool:
        """Choose the one above; from the first one back to the box. False where none is chosen."""
        if self._at is None:
            return False
        self._at = self._at - 1 if self._at else None
        self._draw()
        return True

    def go_down(self) -> None:
        """Choose the one below."""
        if self._offered:
            before = -1 if self._at is None else self._at
            self._at = min(before + 1, len(self._offered) - 1)
            self._draw()

    def choose_none(self) -> None:
        """Mean what is typed again."""
        self._at = None
        self._draw()

    def _draw(self) -> None:
        first = max(0, min((self._at or 0) - ROWS // 2, len(self._offered) - ROWS))
        lines = [as_content(self._heading, "$muted")] if self._offered else []
        for number, each in enumerate(self._offered[first : first + ROWS], first):
            is_chosen = number == self._at
            at = f"{each.at:>5}  " if each.at else ""
            text = f"{'▸' if is_chosen else ' '} {at}{one_line(each.text)}"
            lines.append(as_content(text, "bold $accent" if is_chosen else ""))
        self.show(Content("\n").join(lines))
        self.display = bool(lines)
