"""What is said once, before the first question: where things are kept, and two checks."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Footer

from practice.delivery.calibration.script import load_script
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("welcome.go-on", "enter", "check both", "Check the microphone, then choose a model.",
            footer=True),
    Command("welcome.skip", "escape", "not now", "Go to the first question.", footer=True),
)  # fmt: skip


@dataclass
class ReadingOffered(Message):
    """It was looked up whether a script can be read to a model."""

    possible: bool
    """There is a script, and a model for people: the demo model knows no person."""


class WelcomeScreen(PracticeScreen[None]):
    """A few sentences and the way to two checks, each of which can be declined."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "welcome.tcss"
    AUTO_FOCUS = ""
    LEADS_ELSEWHERE = False
    HELP = "The microphone and the speech model can be chosen now, or later in the settings."

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._text = (
            "Answer interview questions aloud, and see on your own words where you paused, "
            "hurried or said um. Nothing is counted while you speak.\n\n"
            "Everything stays on this machine. Your recordings are plain files, kept until you "
            f"delete them, in\n{services.places.recordings}\n\n"
            "Two checks are next: the microphone, and the speech model that writes down what you "
            "say. With a model you can then read ten lines aloud and see how many fillers it "
            "catches. All of it can wait; it is in the settings."
        )

    def compose(self) -> ComposeResult:
        """The sentences."""
        yield PlainText("practice", classes="title")
        yield PlainText(self._text, "said")
        yield Footer(show_command_palette=False)

    def action_go_on(self) -> None:
        """Check the microphone."""
        self.host.navigator.open_microphone(self._choose_model)

    def action_skip(self) -> None:
        """Go to the first question."""
        self._end()

    def _choose_model(self, _: None = None) -> None:
        self.host.navigator.open_models(self._offer_reading)

    def _offer_reading(self, _: None = None) -> None:
        in_background(self, self._look_for_reading, "looking for a model and a script")

    def _look_for_reading(self) -> ReadingOffered:
        workspace = self.services.workspace
        model = workspace.model()
        is_persons = model.path is not None and not model.is_demo
        return ReadingOffered(is_persons and load_script(workspace.language) is not None)

    @on(ReadingOffered)
    def open_reading(self, message: ReadingOffered) -> None:
        """Offer to read a script where it can be heard, or go to the first question."""
        if message.possible:
            self.host.navigator.open_calibration(self._end)
        else:
            self._end()

    def _end(self, _: None = None) -> None:
        """Write the settings down, so that nobody is asked twice; go on if that is refused."""
        self.change(
            lambda: self.services.change_setting("model", self.services.settings.model),
            lambda _: self.dismiss(),
            lambda _: self.dismiss(),
        )
