"""The part of the review that takes the user's own words: rating, star, notes, parts."""

from practice.library.library import Library
from practice.library.takes import StarPart, Take
from practice.tui.screens.review.correcting import NotesDialog
from practice.tui.screens.review.review_corrections import CorrectingScreen
from practice.tui.services import Services

SAME_PLACE_S = 1.0
"""A part marked again so near to where it begins is taken back."""


class OwnWordsScreen(CorrectingScreen):
    """A screen on which a take can be rated, starred, noted and divided.

    Args:
        services: What the screen works with.
        take_id: The take.
    """

    def __init__(self, services: Services, take_id: str) -> None:
        super().__init__(services)
        self._take_id = take_id
        self._take: Take | None = None
        self._parts: dict[StarPart, float] = {}

    def show_take(self, take: Take) -> None:
        """Show what is known of the take; the screen says how."""
        raise NotImplementedError

    def show_parts(self, parts: dict[StarPart, float]) -> None:
        """Show where the parts of the answer begin; the screen says how."""
        raise NotImplementedError

    def action_notes(self) -> None:
        """Write notes; they are kept when the box closes."""
        assert self._take is not None
        self._write_notes(self._take.notes)

    def action_star(self) -> None:
        """Mark as one of the best, or no longer."""
        library, take_id = self._library, self._take_id

        def star() -> Take:
            return library.annotations.star(take_id, starred=not library.take(take_id).starred)

        self.change(star, self.show_take)

    def action_rate_1(self) -> None:
        """Rate it 1 of 4."""
        self._rate(1)

    def action_rate_2(self) -> None:
        """Rate it 2 of 4."""
        self._rate(2)

    def action_rate_3(self) -> None:
        """Rate it 3 of 4."""
        self._rate(3)

    def action_rate_4(self) -> None:
        """Rate it 4 of 4."""
        self._rate(4)

    def action_situation(self) -> None:
        """Let the situation begin here."""
        self._mark_part("situation")

    def action_task(self) -> None:
        """Let the task begin here."""
        self._mark_part("task")

    def action_action(self) -> None:
        """Let the action begin here."""
        self._mark_part("action")

    def action_result(self) -> None:
        """Let the result begin here."""
        self._mark_part("result")

    @property
    def _library(self) -> Library:
        return self.services.workspace.library

    def _write_notes(self, notes: str) -> None:
        """Open the box; where the notes cannot be kept, it opens again with what was typed."""
        library, take_id = self._library, self._take_id

        def keep(written: str | None) -> None:
            if written is not None:
                self.change(
                    lambda: library.annotations.note(take_id, written),
                    self.show_take,
                    lambda _: self._write_notes(written),
                )

        self.app.push_screen(NotesDialog(notes), keep)

    def _rate(self, rating: int) -> None:
        library, take_id = self._library, self._take_id

        def rate() -> Take:
            again = library.take(take_id).rating == rating
            return library.annotations.rate(take_id, None if again else rating)

        self.change(rate, self.show_take)

    def _mark_part(self, part: StarPart) -> None:
        library, take_id, at_s = self._library, self._take_id, self._bar.playhead_s

        def mark() -> dict[StarPart, float]:
            parts = library.annotations.parts(take_id)
            before_s = parts.pop(part, None)
            if before_s is None or abs(before_s - at_s) > SAME_PLACE_S:
                parts[part] = at_s
            library.annotations.mark_parts(take_id, parts)
            return parts

        self.change(mark, self.show_parts)
