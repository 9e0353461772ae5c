"""What a screen passes on to its session while it records, and what formats add: voice, slides."""

from practice.core.session import SessionRun
from practice.tui.screens.verdicts import VerdictScreen
from practice.tui.services import Services


class FormatScreen(VerdictScreen[None]):
    """Pauses, takes note of slides, and says where nothing can be read aloud.

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

    def action_pause(self) -> None:
        """Pause the recording."""
        self.session_run.pause()

    def action_go_on(self) -> None:
        """Go on with the recording."""
        self.session_run.resume()

    def action_next_slide(self) -> None:
        """Show that the next slide is on."""
        self.session_run.next_slide()
