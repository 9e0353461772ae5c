"""A session that is open, with a voice to answer it."""

from textual.message import Message
from textual.pilot import Pilot

from practice.core.session import SessionPhase
from practice.questions.model import Question
from practice.tui.screens.session.session import SessionScreen
from tests.support.app_harness import AppHarness, FakeDevices

CONFLICT = Question(
    id="conflict",
    text="Tell me about a conflict.",
    target_s=60,
    prep_s=20,
    follow_ups=("And now?",),
)
FAILURE = Question(id="failure", text="Tell me about a failure.", target_s=60, prep_s=20)


class SessionHarness(AppHarness):
    """The app with a session open, and a microphone that hears what a test says."""

    def __init__(self, pilot: Pilot[None], seen: list[Message], devices: FakeDevices) -> None:
        super().__init__(pilot, seen)
        self.devices = devices

    @property
    def session(self) -> SessionScreen:
        screen = self.app.screen
        assert isinstance(screen, SessionScreen)
        return screen

    def phase(self) -> SessionPhase:
        """Where the session stands now."""
        return self.session.session_run.phase

    async def begin(self, seconds: float = 0.1) -> None:
        """Cut the time to think short and speak until it is recorded."""
        await self.wait_until(lambda: self.session.session_run.listens)
        await self.press("enter")
        await self.speak_up(seconds)

    async def speak_up(self, seconds: float = 0.1) -> None:
        """Speak once the answer has begun."""
        await self.wait_until(
            lambda: self.phase() is SessionPhase.OPENING and not self.session._busy
        )
        self.devices.microphone_in_use.say(seconds)
        await self.wait_until(lambda: self.phase() is SessionPhase.RECORDING)

    async def say(self, seconds: float) -> None:
        """Speak until it is recorded."""
        before = self.session.session_run.elapsed_s
        self.devices.microphone_in_use.say(seconds)
        await self.wait_until(lambda: self.session.session_run.elapsed_s >= before + seconds - 0.01)

    async def answer(self, seconds: float = 6.0) -> None:
        """A whole answer, kept."""
        await self.begin()
        await self.say(seconds)
        await self.press("enter")
        await self.shows("Saved")
