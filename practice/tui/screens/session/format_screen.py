"""What formats add to a session on screen: a voice that reads aloud, and slides."""

from practice.core.session import SessionRun
from practice.tui.screens.verdicts import VerdictScreen
from practice.tui.services import Services


class FormatScreen(VerdictScreen[None]):
    """Has questions read aloud and takes note of slides.

    Args:
        services: What the screen works with.
    """

    session_run: SessionRun
    """The session that it shows."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._said_no_voice = False

    def say_no_voice(self) -> None:
        """Say once why nothing is read aloud; the questions are on the screen all the same."""
        if (why := self.session_run.no_voice) and not self._said_no_voice:
            self._said_no_voice = True
            self.notify(why, title="read aloud", timeout=8)

    def action_next_slide(self) -> None:
        """Show that the next slide is on."""
        self.session_run.next_slide()
