"""Everything that can be chosen, one line each; a change holds from the next answer on."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from practice.base.languages import language_name
from practice.base.paths import show_path
from practice.delivery.transcript.lexicon import lexicon_languages
from practice.documents.review import parse_calibration
from practice.library.retention import deletes_more, describe_expiry, find_expired
from practice.reports.calibration import describe_catch
from practice.speech.models import short_name
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import formatting
from practice.tui.screens.form import FORM_TABLE, FormLines, FormScreen
from practice.tui.themes import THEMES
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.link_row import LinkRow
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

TARGETS_S = (30, 60, 90, 120, 150, 180, 240, 300)
PREPS_S = (0, 10, 20, 30, 45, 60, 90, 120)
READ_ALOUD = (
    ("formats", "questions of phone and panel"),
    ("always", "every question"),
    ("never", "nothing"),
)
KEEP_DAYS = (0, 7, 30, 90, 180, 365)

GUESSES = (
    Option("yes", "asked for between an answer and its review"),
    Option("no", "not asked for"),
)
STUTTER = (
    Option("no", "no, or not said"),
    Option("yes", "yes: no repeats, broken words, pauses or pace are shown"),
)
SECOND_LANGUAGE = (
    Option("no", "no, or not said"),
    Option("yes", "yes: only your own ranges; pauses are explained"),
)
KEYS = "↑ and ↓ choose a line, ← and → change it, Enter opens the lines with …"
DELETE_SOUND = "When is the sound of a take deleted?\nIts words and its review stay."
COMMAND_TABLE: tuple[Command, ...] = (BACK, *FORM_TABLE)


@dataclass
class ExpiryCounted(Message):
    """The takes were counted whose sound is older than a number of days."""

    days: int
    expired: int


@dataclass
class StateRead(Message):
    """Model and library were looked at."""

    model: str
    """The name of the model and whether it is here, in words."""
    caught: str
    """What the last check of the set-up found, in words."""


class SettingsScreen(FormScreen[None]):
    """Lines to change with the arrow keys, and five that open a screen or box of their own."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#microphone"
    HELP = KEYS

    def compose(self) -> ComposeResult:
        """The lines, then what is changed by hand and where."""
        settings = self.services.settings
        yield PlainText("Settings", classes="title")
        yield PlainText(KEYS, "keys")
        with FormLines(classes="form"):
            yield LinkRow("microphone", "microphone")
            yield LinkRow("speech model", "model")
            yield LinkRow("ten-line test", "caught")
            yield OptionRow(
                "language", _languages(settings.language), settings.language, "language"
            )
            yield _numbers("target", "target_s", TARGETS_S, settings.target_s)
            yield _numbers("time to think", "prep_s", PREPS_S, settings.prep_s)
            yield LinkRow("delete sound", "keep_audio_days")
            yield OptionRow("colours", _themes(settings.theme), settings.theme, "theme")
            aloud = [Option(*pair) for pair in READ_ALOUD]
            yield OptionRow("read aloud", aloud, settings.read_aloud, "read_aloud")
            yield OptionRow("guesses", GUESSES, _yes_or_no(settings.guesses), "guesses")
            yield OptionRow("I stutter", STUTTER, _yes_or_no(settings.stutter), "stutter")
            yield OptionRow(
                "2nd language",
                SECOND_LANGUAGE,
                _yes_or_no(settings.second_language),
                "second_language",
            )
            yield LinkRow("all you keep", "everything")
        yield PlainText(self._by_hand(), "by-hand")
        yield Footer()

    def on_screen_resume(self) -> None:
        """Show what the three screens may have changed."""
        microphone = self.services.settings.microphone
        self.query_one("#microphone", LinkRow).show(microphone or "the system's choice")
        self.query_one("#everything", LinkRow).show("export to a folder, or import from one")
        self._show_retention()
        self._look_around()

    @on(LinkRow.Opened, "#microphone")
    def check_microphone(self) -> None:
        """Open the microphone check."""
        self.host.navigator.open_microphone()

    @on(LinkRow.Opened, "#model")
    def choose_model(self) -> None:
        """Open the list of models."""
        self.host.navigator.open_models()

    @on(LinkRow.Opened, "#caught")
    def check_what_is_caught(self) -> None:
        """Open the script to read aloud."""
        self.host.navigator.open_calibration()

    @on(LinkRow.Opened, "#everything")
    def export_or_import(self) -> None:
        """Open the way out and in for everything."""
        self.host.navigator.open_everything()

    @on(LinkRow.Opened, "#keep_audio_days")
    def choose_retention(self) -> None:
        """Ask how long sound is kept; what deletes more than before is asked about again."""
        values = sorted({*KEEP_DAYS, self.services.settings.keep_audio_days})
        options = [(str(days), _retention(days)) for days in values]
        self.host.navigator.pick(DELETE_SOUND, options, self._count_expired)

    def _count_expired(self, chosen: str | None) -> None:
        """Keep a number of days, once it is agreed to where more sound goes than before."""
        days, before = int(chosen or 0), self.services.settings.keep_audio_days
        if chosen is None or days == before:
            return
        if not deletes_more(days, before):
            self._keep_retention(days)
            return

        def count() -> ExpiryCounted:
            takes = self.services.workspace.library.takes()
            return ExpiryCounted(days, len(find_expired(takes, days, self.services.now())))

        in_background(self, count, "counting old takes")

    @on(ExpiryCounted)
    def ask_about_expired(self, message: ExpiryCounted) -> None:
        """Ask before a number of days is kept that deletes sound."""
        self.host.navigator.ask(
            describe_expiry(message.expired, message.days),
            f"delete sound {_retention(message.days)}",
            "leave it as it is",
            lambda is_sure: self._keep_retention(message.days) if is_sure else None,
            is_final=True,
        )

    def _keep_retention(self, days: int) -> None:
        self.change(
            lambda: self.services.change_setting("keep_audio_days", str(days)),
            lambda _: self._show_retention(),
        )

    def _show_retention(self) -> None:
        days = self.services.settings.keep_audio_days
        self.query_one("#keep_audio_days", LinkRow).show(_retention(days))

    @on(OptionRow.Changed)
    def keep(self, message: OptionRow.Changed) -> None:
        """Keep a choice; where the disk refuses, the line goes back."""
        choice, value = message.choice, message.value
        key = choice.id
        assert key is not None

        def show(_: None) -> None:
            self.host.apply_settings()
            self._look_around()

        self.change(
            lambda: self.services.change_setting(key, value),
            show,
            lambda _: choice.choose(_as_chosen(getattr(self.services.settings, key))),
        )

    def _look_around(self) -> None:
        in_background(self, self._read_state, "looking at model and library")

    def _read_state(self) -> StateRead:
        name = short_name(self.services.settings.model)
        return StateRead(f"{name}{self._model_state()}", self._caught())

    @on(StateRead)
    def show_state(self, message: StateRead) -> None:
        """Show whether the model is here, and what was caught last."""
        self.query_one("#model", LinkRow).show(message.model)
        self.query_one("#caught", LinkRow).show(message.caught)

    def _model_state(self) -> str:
        settings, chosen = self.services.settings, self.services.workspace.model()
        if settings.model.endswith(".en") and settings.language != "en":
            return ", which knows English only"
        return ", on this machine" if chosen.path is not None else ": not downloaded"

    def _caught(self) -> str:
        kept = self.services.workspace.library.calibrations.newest()
        if kept is None:
            return "not done yet"
        result = parse_calibration(kept)
        return f"{describe_catch(result)}, with {result.device} and {result.model}"

    def _by_hand(self) -> str:
        places = self.services.places
        own = "there" if places.lexicon.exists() else "none yet"
        return (
            f"settings and keys   {show_path(places.settings_file)}\n"
            f"your filler words   {show_path(places.lexicon)}  ({own})\n"
            f"recordings          {show_path(places.recordings)}"
        )


def _languages(present: str) -> list[Option]:
    with_list = lexicon_languages()
    return [
        Option(
            code, f"{language_name(code) if code in with_list else 'no filler list yet'} ({code})"
        )
        for code in dict.fromkeys([*with_list, present])
    ]


def _yes_or_no(is_on: bool) -> str:
    return "yes" if is_on else "no"


def _as_chosen(value: object) -> str:
    return _yes_or_no(value) if isinstance(value, bool) else str(value)


def _themes(present: str) -> list[Option]:
    own = {theme.name: "dark" if theme.dark else "light" for theme in THEMES}
    return [Option(name, own.get(name, name)) for name in dict.fromkeys([*own, present])]


def _numbers(label: str, key: str, offered: tuple[int, ...], present: int) -> OptionRow:
    """A choice among numbers; one that was written by hand keeps its place among them."""
    values = sorted({*offered, present})
    return OptionRow(label, [Option(str(n), _number(key, n)) for n in values], str(present), key)


def _retention(days: int) -> str:
    return f"after {days} days (starred: never)" if days else "never"


def _number(key: str, value: int) -> str:
    if key == "prep_s" and not value:
        return "none"
    return formatting.length(value) + ("" if key == "prep_s" else ", where the question names none")
