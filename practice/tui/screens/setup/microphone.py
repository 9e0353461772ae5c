"""Choosing a microphone, seeing that it hears, and hearing how it sounds."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Footer

from practice.audio.devices import InputDevice
from practice.audio.sound_check import SAMPLE_S, OpenMicrophone, Sample
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.screens.form import FORM_TABLE, FormScreen
from practice.tui.services import Services
from practice.tui.widgets.level_meter import POLL_S, LevelMeter
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("microphone.use", "enter", "use it", "Keep this microphone.", footer=True),
    Command("microphone.try", "space", "try it", "Record five seconds and hear them.", footer=True),
    Command("microphone.back", "escape", "not now", "Keep what was chosen before.", footer=True),
    *FORM_TABLE,
)
SILENT = "no sound arrives: it is muted, or this program may not use it"
LISTENING = "say something: the bars should move"
SAMPLE_LIMIT_S = 3 * SAMPLE_S
"""A device that delivers slowly or not at all does not hold the check up for longer."""
FORGOTTEN = "The five seconds are kept in memory and forgotten afterwards."


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

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "microphone.tcss"
    AUTO_FOCUS = "#microphone"
    HELP = f"Left and right choose a microphone. {FORGOTTEN}"

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
        self._left = False

    def compose(self) -> ComposeResult:
        """The choice, the meter, what it means."""
        wanted = self.services.settings.microphone
        yield PlainText("Microphone", classes="title")
        with Vertical(classes="form"):
            yield OptionRow("use", [Option(wanted, wanted or "looking…")], wanted, "microphone")
            with Horizontal(id="hearing"):
                yield LevelMeter()
                yield PlainText("", "heard")
        yield PlainText(FORGOTTEN, "about")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """List in the background, then poll."""
        self.set_interval(POLL_S, self.poll)
        self._busy = True
        in_background(self, lambda: DevicesListed(self.services.devices.inputs()), "microphones")

    def on_unmount(self) -> None:
        """Let go of microphone and loudspeaker."""
        self._left = True
        self._player.stop()
        if self._microphone is not None:
            in_background(self.app, self._microphone.stop, "closing the microphone")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a microphone that is open can be tried."""
        return None if action == "try" and (self._busy or self._microphone is None) else True

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
        """Offer what there is, the system's own choice first."""
        default = next((device.name for device in message.devices if device.is_default), "none")
        names = dict.fromkeys(device.name for device in message.devices)
        options = [Option("", f"the system's choice: {default}"), *(Option(n, n) for n in names)]
        self.query_one(OptionRow).offer(options, self.services.settings.microphone)
        self._busy = False
        self._open()

    @on(OptionRow.Changed)
    def open_another(self) -> None:
        """Listen to the microphone that was chosen."""
        self._open()

    @on(MicrophoneOpened)
    def listen(self, message: MicrophoneOpened) -> None:
        """Meter it, or go on to another one that was chosen meanwhile."""
        self._busy, self._microphone = False, message.microphone
        self._say(self._verdict or LISTENING)
        self._verdict = ""
        self._settle()

    @on(SampleHeard)
    def say_verdict(self, message: SampleHeard) -> None:
        """Say what was heard, and listen again."""
        self._sample, self._busy, self._verdict = None, False, message.verdict
        self._open()

    @on(ErrorRaised)
    def say_trouble(self, message: ErrorRaised) -> None:
        """Say what is wrong where the meter is."""
        message.stop()
        self._sample, self._busy = None, False
        self._say(f"{message.error.message}\n{message.error.hint}")
        self._settle()

    def action_try(self) -> None:
        """Record five seconds and play them."""
        microphone = self._microphone
        assert microphone is not None, "check_action lets nobody try without one"
        self._busy, self._sample = True, Sample(microphone)
        self.refresh_bindings()
        in_background(self, lambda: self._record_and_play(microphone), "sample")

    def action_use(self) -> None:
        """Keep the choice and go on."""
        name = self.query_one(OptionRow).value
        self.change(
            lambda: self.services.change_setting("microphone", name), lambda _: self.dismiss()
        )

    def _open(self) -> None:
        """Close the open microphone and open the chosen one, unless something is under way."""
        if self._busy:
            return
        name, old = self.query_one(OptionRow).value, self._microphone
        self._busy, self._asked, self._microphone = True, name, None
        in_background(self, lambda: self._reopen(name, old), "microphone")

    def _settle(self) -> None:
        """Open what was chosen while another one was being opened."""
        self.refresh_bindings()
        if self._asked != self.query_one(OptionRow).value:
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
