"""The speech models: which are here, which is used, and how another one comes here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from practice.base.text import format_size
from practice.speech.model_advice import advise_model, measure_speeds
from practice.speech.models import DEMO, ModelInfo
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.presentation import formatting
from practice.tui.presentation.content import as_content, as_line
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.plain_text import PlainText

REFRESH_S = 0.5
COMMAND_TABLE = (
    Command("models.use", "enter", "use it", "Use this model; get it first if it is not here.",
            footer=True),
    Command("models.measure", "m", "measure", "Find the largest model that keeps up here.",
            footer=True),
    Command("models.cancel", "x", "cancel", "Stop the download; what has arrived is kept.",
            footer=True),
    Command("models.remove", "delete", "remove", "Delete this model from the disk.", footer=True),
    Command("models.back", "escape", "not now", "Leave everything as it is.", footer=True),
)  # fmt: skip
MEASURING = "Measuring this machine; that takes some seconds."
KEEPS_UP = "{} is the largest model that keeps up with speech here."
NONE_KEEPS_UP = "No model keeps up with speech here; with tiny the words come soonest."
ABOUT = (
    "A model turns speech into words, on this machine. Larger ones hear more and take longer. "
    "Without one an answer is kept all the same: pauses and speaking time are measured, and the "
    "words can be added later."
)


@dataclass
class ModelsListed(Message):
    """The disk was looked at."""

    models: list[ModelInfo]


@dataclass
class Measured(Message):
    """This machine was measured."""

    proposed: str | None
    """The largest model that keeps up; None where none does."""


class ModelsScreen(PracticeScreen[None]):
    """A list of models with their sizes; Enter uses one.

    Args:
        services: What the screen works with.
        measuring: Look for the largest model that keeps up without being asked.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "models.tcss"
    AUTO_FOCUS = ""
    HELP = ABOUT

    def __init__(self, services: Services, measuring: bool = False) -> None:
        super().__init__(services)
        self._measures_first = measuring
        self._models: list[ModelInfo] = []
        self._fetching = False
        self._measuring = False

    def compose(self) -> ComposeResult:
        """What a model is, then the list."""
        yield PlainText("Speech model", classes="title")
        yield PlainText(ABOUT, "about")
        yield CursorList()
        yield PlainText("", "download")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Look at the disk, and at a download twice a second."""
        self.set_interval(REFRESH_S, self.poll)
        self._list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a download can be cancelled, only a model that was put here removed."""
        if action == "cancel":
            return self.host.download is not None
        chosen = self._highlighted
        if action == "remove":
            return chosen is not None and chosen.installed and chosen.name != DEMO
        return None if action == "use" and chosen is None else True

    @on(ModelsListed)
    def show_models(self, message: ModelsListed) -> None:
        """Show every model and put the cursor on the one in use."""
        options, first = self.query_one(CursorList), not self._models
        place = options.highlighted
        self._models = message.models
        options.clear_options()
        options.add_options(Option(self._line(model)) for model in message.models)
        names = [model.name for model in message.models]
        wanted = self.services.settings.model
        in_use = names.index(wanted) if wanted in names else 0
        options.highlighted = in_use if first else place
        options.focus()
        if first and self._measures_first:
            self.action_measure()

    @on(OptionList.OptionHighlighted)
    def offer_what_fits(self) -> None:
        """Let the footer follow the cursor."""
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def use_selected(self) -> None:
        """A click on a line is the command."""
        self.action_use()

    def poll(self) -> None:
        """Show how a download goes on; list again when one has ended."""
        download = self.host.download
        if download is None:
            if self._fetching:
                self._fetching = False
                self.query_one("#download", PlainText).show("")
                self._list()
            return
        self._fetching = True
        left = "" if download.left_s is None else f", {formatting.length(download.left_s)} left"
        self.query_one("#download", PlainText).show(f"{download.name}: {download.part:.0%}{left}")

    def action_use(self) -> None:
        """Use the model under the cursor, or ask whether to get it."""
        model = self._highlighted
        if model is None:
            return
        if model.installed:
            self._choose(model.name, self.dismiss)
            return
        question = (
            f"Get {model.name}, {format_size(model.size_bytes)}, from huggingface.co? "
            "It is the only time that practice uses the network."
        )
        self.host.navigator.ask(question, "get it", "not now", self._get_if)

    def action_measure(self) -> None:
        """Find the largest model that keeps up with speech on this machine."""
        if not self._measuring:
            self._measuring = True
            self.query_one("#download", PlainText).show(MEASURING)
            in_background(self, self._measured, "measuring this machine")

    def _measured(self) -> Measured:
        return Measured(advise_model(list(measure_speeds()), self.services.settings.language))

    @on(Measured)
    def show_proposal(self, message: Measured) -> None:
        """Say which model keeps up, and put the cursor on it."""
        self._measuring = False
        name = message.proposed
        said = NONE_KEEPS_UP if name is None else KEEPS_UP.format(name)
        self.query_one("#download", PlainText).show(said)
        names = [model.name for model in self._models]
        if name in names:
            self.query_one(CursorList).highlighted = names.index(name)

    @on(ErrorRaised)
    def stop_measuring(self) -> None:
        """Let it be tried again; the app says what was wrong."""
        if self._measuring:
            self._measuring = False
            self.query_one("#download", PlainText).show("")

    def action_cancel(self) -> None:
        """Stop the download."""
        if self.host.download is not None:
            self.host.download.cancel()

    def action_remove(self) -> None:
        """Delete the model under the cursor, when that is confirmed."""
        model = self._highlighted
        if model is not None:
            question = f"Remove {model.name}? That frees {format_size(model.size_bytes)}."
            self.host.navigator.ask(question, "remove", "keep", self._remove_if)

    def action_back(self) -> None:
        """Leave everything as it is; a download goes on."""
        self.dismiss()

    @property
    def _highlighted(self) -> ModelInfo | None:
        # Textual asks for the keys of a screen before the screen is composed.
        lines = self.query_one_optional(CursorList)
        place = None if lines is None else lines.highlighted
        return self._models[place] if place is not None and self._models else None

    def _choose(self, name: str, then: Callable[[], object]) -> None:
        self.change(lambda: self.services.change_setting("model", name), lambda _: then())

    def _get_if(self, sure: bool | None) -> None:
        model = self._highlighted
        if sure and model is not None:
            name = model.name
            self._choose(name, lambda: self._get(name))

    def _get(self, name: str) -> None:
        self.host.get_model(name)
        self._list()
        self.poll()
        self.refresh_bindings()

    def _remove_if(self, sure: bool | None) -> None:
        model = self._highlighted
        if sure and model is not None:
            name = model.name
            self.change(lambda: self.services.workspace.models.remove(name), lambda _: self._list())

    def _list(self) -> None:
        in_background(
            self, lambda: ModelsListed(self.services.workspace.models.list()), "listing models"
        )

    def _line(self, model: ModelInfo) -> Content:
        in_use = model.name == self.services.settings.model
        state = ("here" if model.installed else "") + (", in use" if in_use else "")
        return Content.assemble(
            as_content("● " if in_use else "  "),
            as_content(f"{model.name:<19}"),
            (f"{format_size(model.size_bytes):>8}  ", "$muted"),
            as_content(f"{state.removeprefix(', '):<14}"),
            as_line(model.note, "$muted"),
        )
