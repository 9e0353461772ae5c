"""Choosing a microphone, seeing that it hears, and hearing how it sounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.types import CSSPathType

from practice.audio.devices import InputDevice
from practice.audio.sound_check import SAMPLE_S, OpenMicrophone, Sample
from practice.base.errors import AudioError
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.screens.form import FORM_TABLE, FormScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.level_meter import POLL_S, LevelMeter
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("microphone.use", "enter", "use it", "Use this microphone.", footer=True),
    Command("microphone.try-again", "enter", "look again", "Look for a microphone again.",
            footer=True),
    Command("microphone.try", "space", "try it", "Record five seconds and hear them; again stops.",
            footer=True),
    Command("microphone.look-again", "f5", "look again",
            "Look for microphones that were plugged in since.", footer=True),
    Command("microphone.back", "escape", "back", "Keep what was chosen before.", footer=True),
    *FORM_TABLE,
)  # fmt: skip
SILENT = "no sound arrives: it is muted, or this program may not use it"
LISTENING = "say something: the bars should move"
SAMPLE_LIMIT_S = 3 * SAMPLE_S
"""A device that delivers slowly or not at all does not hold the check up for longer."""
LOOKING = "looking for microphones…"
NONE_FOUND = "none found"
ABOUT = (
    "← and → choose another microphone. Space records five seconds and plays them back. "
    "Nothing is saved."
)


@dataclass
class DevicesListed(Message):
    """The microphones of this machine."""

    devices: list[InputDevice]


@dataclass
class MicrophoneOpened(Message):
    """A microphone is running."""

    microphone: OpenMicrophone


@dataclass
class SampleHeard(Message):
    """Five seconds were recorded and played."""

    verdict: str


class MicrophoneScreen(FormScreen[None]):
    """The microphone check: a live meter, the choice, and five seconds to listen to."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH: ClassVar[CSSPathType | None] = "microphone.tcss"
    AUTO_FOCUS = "#microphone"
    LEADS_ELSEWHERE = False
    HELP = ABOUT

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._player = services.devices.player()
        self._microphone: OpenMicrophone | None = None
        self._sample: Sample | None = None
        self._busy = False
        """Something that takes time is under way: listing, opening, recording or playing."""
        self._asked = ""
        """The name of the microphone that was opened last."""
        self._verdict = ""
        self._failed = False
        """There is no microphone, or it cannot be opened."""
        self._left = False

    def compose(self) -> ComposeResult:
        """The choice, the meter, what it means."""
        wanted = self.services.settings.microphone
        yield from self.introduce()
        with Vertical(classes="form"):
            yield OptionRow("microphone", [Option(wanted, wanted or "…")], wanted, "microphone")
            with Horizontal(id="hearing"):
                yield LevelMeter()
                yield PlainText("", "heard")
            yield from self.ask_more()
        yield PlainText(ABOUT, "about")
        yield Footer()

    def introduce(self) -> ComposeResult:
        """What stands above the check."""
        yield PlainText("Microphone", classes="title")

    def ask_more(self) -> ComposeResult:
        """What is asked below the check."""
        yield from ()

    @property
    def _choice(self) -> OptionRow:
        return self.query_one("#microphone", OptionRow)

    def on_mount(self) -> None:
        """List in the background, then poll."""
        self.set_interval(POLL_S, self.poll)
        self._look()

    def on_unmount(self) -> None:
        """Let go of microphone and loudspeaker."""
        self._left = True
        self._player.stop()
        if self._microphone is not None:
            in_background(self.app, self._microphone.stop, "closing the microphone")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a microphone that is open can be tried; Enter looks again where there is none."""
        if action in {"use", "try_again"}:
            return (action == "try_again") == self._failed
        if action == "look_again" and self._failed:
            return False
        if action == "try" and not self._is_played:
            return None if self._busy or self._microphone is None else True
        return True

    def poll(self) -> None:
        """Show how loud it is and what is going on."""
        heard = self._sample or self._microphone
        if heard is not None:
            self.query_one(LevelMeter).show(heard.level())
        if self._sample is not None:
            self._say(_progress(self._sample))
        elif self._microphone is not None and self._microphone.muted:
            self._say(SILENT)

    @on(DevicesListed)
    def offer_devices(self, message: DevicesListed) -> None:
        """Offer what there is, the system's own choice first; what was chosen stays chosen."""
        devices, row = message.devices, self._choice
        default = next((device.name for device in devices if device.is_default), "not named")
        # A part of a name, or a microphone that is not plugged in, stays what was chosen.
        kept = [row.value] if row.value else []
        names = dict.fromkeys([*(device.name for device in devices), *kept])
        own = f"the system's choice: {default}" if devices else NONE_FOUND
        row.offer([Option("", own), *(Option(name, name) for name in names)], row.value)
        self._busy = False
        self._open()

    @on(OptionRow.Changed, "#microphone")
    def open_another(self) -> None:
        """Listen to the microphone that was chosen; what the one before gave is of no use."""
        self._fall_silent()
        self._open()

    @on(MicrophoneOpened)
    def listen(self, message: MicrophoneOpened) -> None:
        """Meter it, or go on to another one that was chosen meanwhile."""
        self._busy, self._failed, self._microphone = False, False, message.microphone
        self._say(self._verdict or LISTENING)
        self._verdict = ""
        self._settle()

    @on(SampleHeard)
    def say_verdict(self, message: SampleHeard) -> None:
        """Say what was heard, and listen again."""
        is_of_chosen = self._asked == self._choice.value
        self._sample, self._busy = None, False
        self._verdict = message.verdict if is_of_chosen else ""
        self._open()

    @on(ErrorRaised)
    def say_trouble(self, message: ErrorRaised) -> None:
        """Say what is wrong where the meter is."""
        message.stop()
        self._sample, self._busy, self._failed = None, False, True
        self._say(f"{message.error.message}\n{message.error.hint}")
        self._settle()

    def action_try_again(self) -> None:
        """Look for a microphone again."""
        self._look()

    def action_look_again(self) -> None:
        """Look for microphones that were plugged in since."""
        self._look()

    def action_try(self) -> None:
        """Record five seconds and play them; while they are played, stop."""
        if self._is_played:
            self._fall_silent()
            return
        microphone = self._microphone
        assert microphone is not None, "check_action lets nobody try without one"
        self._busy, self._sample = True, Sample(microphone)
        self.refresh_bindings()
        in_background(self, lambda: self._record_and_play(microphone), "sample")

    def action_use(self) -> None:
        """Keep the choice and go on."""
        self.keep_choice(self.dismiss)

    def keep_choice(self, then: Callable[[], object]) -> None:
        """Keep the microphone that is chosen, and call `then` once it is kept."""
        name = self._choice.value
        self.change(lambda: self.services.change_setting("microphone", name), lambda _: then())

    def _fall_silent(self) -> None:
        in_background(self, self._player.stop, "falling silent")

    @property
    def _is_played(self) -> bool:
        return self._sample is not None and self._sample.done

    def _look(self) -> None:
        """Close the open microphone, for new ones are found only while none is, and list them."""
        if self._busy:
            return
        old, self._microphone = self._microphone, None
        self._busy = True
        self._say(LOOKING)
        self.refresh_bindings()
        in_background(self, lambda: self._list(old), "microphones")

    def _list(self, old: OpenMicrophone | None) -> DevicesListed:
        if old is not None:
            old.stop()
        try:
            return DevicesListed(self.services.devices.inputs())
        except AudioError:  # opening the microphone, which is next, says the same on the screen
            return DevicesListed([])

    def _open(self) -> None:
        """Close the open microphone and open the chosen one, unless something is under way."""
        if self._busy:
            return
        name, old = self._choice.value, self._microphone
        self._busy, self._asked, self._microphone = True, name, None
        in_background(self, lambda: self._reopen(name, old), "microphone")

    def _settle(self) -> None:
        """Open what was chosen while another one was being opened."""
        self.set_class(self._failed, "-failed")
        self.refresh_bindings()
        if self._asked != self._choice.value:
            self._open()

    def _reopen(self, name: str, old: OpenMicrophone | None) -> MicrophoneOpened | None:
        if old is not None:
            old.stop()
        microphone = OpenMicrophone(self.services.devices.microphone(name))
        microphone.open()
        if self._left:
            microphone.stop()
            return None
        return MicrophoneOpened(microphone)

    def _record_and_play(self, microphone: OpenMicrophone) -> SampleHeard | None:
        sample = self._sample
        assert sample is not None
        sample.start()
        sample.wait(SAMPLE_LIMIT_S)
        microphone.stop()
        if self._left:
            return None
        with sample.as_file(self.services.places.scratch) as path:
            self._player.play(path)
            self._player.wait()
        return SampleHeard(sample.verdict())

    def _say(self, text: str) -> None:
        self.query_one("#heard", PlainText).show(text)


def _progress(sample: Sample) -> str:
    if sample.done:
        return "this is how you sound"
    return f"recording: {sample.part * SAMPLE_S:.0f} of {SAMPLE_S:.0f} s"
