"""What a screen passes on to its session while it records, and what formats add: voice, slides."""

from collections.abc import Sequence

from practice.core.session import Mode, SessionRun
from practice.core.sitting import Sitting
from practice.questions.model import AskedQuestion
from practice.schedule.proposal import Candidate
from practice.tui.screens.verdicts import VerdictScreen
from practice.tui.services import Services


def make_session_run(
    services: Services, candidates: Sequence[Candidate], mode: Mode, sitting: Sitting | None
) -> SessionRun:
    """The session on the microphone and the voice that the app uses.

    Args:
        services: What the screen works with.
        candidates: The questions, in the order in which to serve them.
        mode: How the session is held.
        sitting: The format that it is held in.
    """
    return SessionRun(
        services.workspace,
        [AskedQuestion(candidate.bank, candidate.question) for candidate in candidates],
        mode,
        lambda: services.devices.microphone(services.settings.microphone),
        services.monotonic,
        sitting=sitting,
        aloud=services.devices.reader(),
    )


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
