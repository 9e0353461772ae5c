"""The app: wiring between services and screens, and nothing else."""

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message
from textual.signal import Signal

from practice.base.errors import PracticeError
from practice.tui.base_app import CalmApp
from practice.tui.jobs.background import in_background
from practice.tui.jobs.changes import ChangeEnded, ChangeQueue
from practice.tui.jobs.downloading import Download
from practice.tui.jobs.review_queue import ReviewQueue
from practice.tui.messages import (
    Crashed,
    DownloadEnded,
    ErrorRaised,
    ReadyToLeave,
    ReviewFailed,
    ReviewFinished,
    ReviewNews,
    ReviewProgressed,
    StartupFinished,
)
from practice.tui.navigation import Navigation
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services

if TYPE_CHECKING:
    from practice.core.session_plan import SessionPlan


class PracticeApp(CalmApp):
    """The terminal app.

    Args:
        services: What the screens work with.
        plan: A session to begin with.
    """

    # Textual loads the style of every screen that is pushed, but not that of the first one.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/session/today.tcss"]

    def __init__(self, services: Services, plan: "SessionPlan | None" = None) -> None:
        super().__init__()
        self._plan = plan
        self.services = services
        self.reviews = ReviewQueue(lambda: services.workspace, self.post_message)
        self.changes = ChangeQueue(self.post_message)
        self.review_news: Signal[ReviewNews] = Signal(self, "review news")
        """What becomes of takes that wait for their review; screens subscribe."""
        self._is_exiting = False
        """Somebody wants to leave, and changes that were asked for before are not made yet."""
        self.download: Download | None = None
        """The speech model that is on its way."""
        self.download_failure: DownloadEnded | None = None
        """How the last download ended, where it failed and none was begun since."""
        self._model_before = ""
        """The setting when the download began."""
        self.navigator = Navigation(self, services)
        self.apply_settings()

    def apply_settings(self) -> None:
        """Take over the colours and keys that the settings name."""
        settings = self.services.settings
        self.use_theme_and_keys(settings.theme, settings.keys)

    def on_mount(self) -> None:
        """Finish, after the first frame, what a crash or a quit had left; greet a newcomer."""
        self.call_after_refresh(in_background, self, self._tidy_up, "tidying up")
        if self.services.is_first_run:
            # lazy: the first frame comes without
            from practice.tui.screens.setup.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(self.services))

    def _tidy_up(self) -> StartupFinished:
        from practice.core.recovery import tidy_up  # lazy: it brings NumPy
        from practice.library.retention import describe_expired  # lazy: likewise

        found = tidy_up(self.services.workspace, self._say_trouble)
        days = self.services.settings.keep_audio_days
        return StartupFinished(
            [recording.duration_s for recording in found.recovered if not recording.was_left],
            [recording.duration_s for recording in found.recovered if recording.was_left],
            [take.id for take in found.waiting],
            describe_expired(len(found.expired), days) if found.expired else "",
        )

    def _say_trouble(self, error: PracticeError) -> None:
        self.post_message(ErrorRaised(error))

    @on(StartupFinished)
    def review_what_waits(self, message: StartupFinished) -> None:
        """Queue what waits for its review; say what was recovered."""
        for take_id in message.waiting:
            self.reviews.add(take_id)
        for lengths_s, what, title in (
            (message.recovered_s, "a recording that was interrupted is kept", "recovered"),
            (message.left_s, "the recording that you left is a take now", "kept"),
        ):
            if lengths_s:
                seconds = ", ".join(f"{length_s:.0f} s" for length_s in lengths_s)
                self.notify(f"{what}: {seconds}", title=title)
        if message.expired:
            self.notify(f"{message.expired} Settings can keep it.", title="sound", timeout=12)

    def get_default_screen(self) -> PracticeScreen[None]:
        """Today."""
        return TodayScreen(self.services, self._plan)

    def get_model(self, name: str) -> None:
        """Download a speech model and use it once it is here; one at a time."""
        if self.download is None:
            self.download_failure, self._model_before = None, self.services.settings.model
            self.download = Download(self.services.workspace, name, self.post_message)

    @on(DownloadEnded)
    def say_how_it_ended(self, message: DownloadEnded) -> None:
        """Use a model that is here now; say why it is not."""
        self.download = None
        screen = self.screen
        is_shown = isinstance(screen, PracticeScreen) and screen.SHOWS_DOWNLOADS
        if message.error is not None:
            self.download_failure = message
            if not is_shown:
                self.show_error(message.error)
        elif message.cancelled:
            self.notify("the download was cancelled", title=f"speech model {message.name}")
        else:
            self.changes.add(
                lambda: self._use_model(message.name), self._say_model_is_here, self.show_error
            )

    def _use_model(self, name: str) -> str:
        """Keep the model as the one to use, unless another one was chosen meanwhile."""
        if self.services.settings.model != self._model_before:
            return f"{name} is here now; the settings choose it"
        self.services.change_setting("model", name)
        return f"{name} is here now, and in use"

    def _say_model_is_here(self, said: str) -> None:
        self.notify(said, title="speech model")
        if isinstance(self.screen, TodayScreen):  # it says which model is ready
            self.screen.on_screen_resume()

    async def action_quit(self) -> None:
        """Leave at once, or ask first when that would interrupt something; asked twice, leave."""
        busy = next((screen for screen in self._practice_screens if screen.leaving_costs), None)
        asked_already = isinstance(self.screen, AskDialog)
        if busy is None or asked_already:
            self._exit_behind_changes()
        else:
            self.navigator.ask(
                busy.leaving_costs,
                "leave",
                "stay",
                lambda sure: self._leave(busy) if sure else None,
            )

    def _leave(self, busy: PracticeScreen[object]) -> None:
        def finish() -> Message:
            busy.finish_for_leaving()
            return ReadyToLeave()

        in_background(self, finish, "leaving")

    @property
    def _practice_screens(self) -> list[PracticeScreen[object]]:
        return [screen for screen in self.screen_stack if isinstance(screen, PracticeScreen)]

    def on_ready_to_leave(self) -> None:
        """Leave, now that nothing is interrupted."""
        self._exit_behind_changes()

    def _exit_behind_changes(self) -> None:
        """Leave once every change that was asked for is made; asked again meanwhile, at once.

        A change that is refused keeps the app open: what was typed is given back then.
        """
        if self._is_exiting:
            self.exit()
            return
        self._is_exiting = True
        self.changes.add(
            lambda: None, lambda _: self.exit() if self._is_exiting else None, self.show_error
        )

    def on_error_raised(self, message: ErrorRaised) -> None:
        """Say what no screen has taken care of."""
        self.show_error(message.error)

    def show_error(self, error: PracticeError) -> None:
        """Say what is wrong and what to do about it; that must be read, so nobody leaves."""
        self._is_exiting = False
        self.notify(error.hint, title=error.message, severity="error", timeout=12)

    def on_crashed(self, message: Crashed) -> None:
        """End with the traceback of a defect that showed on another thread."""
        raise message.error

    @on(ReviewProgressed)
    @on(ReviewFinished)
    @on(ReviewFailed)
    def publish_news(self, message: ReviewNews) -> None:
        """Tell the screens that subscribed."""
        self.review_news.publish(message)

    @on(ChangeEnded)
    def show_change(self, message: ChangeEnded) -> None:
        """Show what became of a change to what is stored."""
        message.show()

    def on_unmount(self) -> None:
        """Take up no other review."""
        self.reviews.close()
