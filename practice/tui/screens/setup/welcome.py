"""What is said once, before the first question: what this is, and whether the microphone hears."""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.types import CSSPathType

from practice.base.paths import show_path
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.setup import microphone
from practice.tui.screens.setup.microphone import MicrophoneScreen
from practice.tui.services import Services
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

ABOUT_SPEAKING = (
    "Do you stutter, or speak in a second language? You need not say. If you do, reviews leave out "
    "what would be unfair to mark. You can change it in the settings at any time."
)
SPEAKING = (
    Option("", "nothing to set"),
    Option("stutter", "I stutter"),
    Option("second_language", "I speak in a second language"),
    Option("stutter second_language", "both"),
)


@dataclass
class ModelLookedUp(Message):
    """It was looked up whether there is a speech model already."""

    is_persons: bool
    """There is one for people: the demo model knows no person."""


class WelcomeScreen(MicrophoneScreen):
    """The microphone check under a few sentences; after it a model is offered where none is here.

    Each of the two can be declined, and the first question is next.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = tuple(
        # There is no screen to go back to.
        replace(command, label="later") if command.action == "back" else command
        for command in microphone.COMMAND_TABLE
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH: ClassVar[CSSPathType | None] = ["microphone.tcss", "welcome.tcss"]
    HELP = (
        "The microphone and the speech model can be chosen now, or later in the settings; so can "
        "what is left out for people who stutter or speak in a second language."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._text = (
            "Answer interview questions aloud, and see on your own words where you paused, "
            "hurried or said um. Everything stays on this machine. Your recordings are plain "
            f"files, kept until you delete them, in\n{show_path(services.places.recordings)}"
        )

    def introduce(self) -> ComposeResult:
        """What this is, before the check."""
        yield PlainText("practice", classes="title")
        yield PlainText(self._text, "said")

    def ask_more(self) -> ComposeResult:
        """Whether the user stutters or speaks in a second language; both may stay as they are."""
        yield PlainText(ABOUT_SPEAKING, "about-speaking")
        yield OptionRow("for you", SPEAKING, "", "speaking")

    def action_use(self) -> None:
        """Keep the microphone, and go on to the model."""
        self.keep_choice(self._look_for_model)

    def action_back(self) -> None:
        """Go to the first question."""
        self._end()

    def _look_for_model(self) -> None:
        in_background(self, self._read_model, "looking for a model")

    def _read_model(self) -> ModelLookedUp:
        model = self.services.workspace.model()
        return ModelLookedUp(model.path is not None and not model.is_demo)

    @on(ModelLookedUp)
    def offer_model(self, message: ModelLookedUp) -> None:
        """Offer one where there is none, or go to the first question."""
        if message.is_persons:
            self._end()
        else:
            self.host.navigator.open_models(self._end, leave_when_chosen=True)

    def _end(self, _: None = None) -> None:
        """Write the settings down, so that nobody is asked twice; go on if that is refused."""
        chosen = self.query_one("#speaking", OptionRow).value.split()

        def keep() -> None:
            for key in chosen:
                self.services.change_setting(key, "yes")
            self.services.change_setting("model", self.services.settings.model)

        self.change(keep, lambda _: self.dismiss(), lambda _: self.dismiss())
