"""The check of a set-up: a script to read aloud, and how many of its fillers were caught."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from practice.audio.recorder import Phase
from practice.audio.sound_check import OpenMicrophone
from practice.base.text import elapsed_time, one_line
from practice.core.calibration import LIMIT_S, CalibrationResult, CalibrationRun, script_to_read
from practice.delivery.calibration.script import Sentence
from practice.delivery.calibration.script_alignment import Outcome
from practice.reports import calibration as wording
from practice.reports.marking import mark_script_part
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.presentation.content import as_content, as_line
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.level_meter import POLL_S, LevelMeter
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.recording_panel import MUTED

COMMAND_TABLE = (
    Command("calibration.begin", "enter", "begin", "Before you read: begin.", footer=True),
    Command("calibration.retry", "enter", "try again", "After a failure: try again.", footer=True),
    Command("calibration.done", "enter", "done", "While you read: that was the last line.",
            footer=True),
    Command("calibration.close", "enter", "go on", "With a result: go on.", footer=True),
    Command("calibration.again", "r", "read again", "Read the script again.", footer=True),
    Command("calibration.back", "escape", "leave", "Leave; a reading under way is forgotten.",
            footer=True),
)  # fmt: skip
ABOUT = (
    "Speech models leave many fillers out. Read these lines aloud as you speak in an interview, "
    "with the fillers that are marked, and see how many this microphone and model catch. The sound "
    "is forgotten afterwards. You can also do this later, from the settings."
)
READY = "Enter to start; take your time"
SHAPES = {Outcome.CAUGHT: "✓", Outcome.POSSIBLE: "?", Outcome.MISSED: "✗", Outcome.UNREAD: "–"}
LEGEND = "✓ caught   ? found as possible only   ✗ not found   – not read"


class Step(StrEnum):
    """How far the check has come."""

    OPENING = "opening"
    READY = "ready"
    READING = "reading"
    HEARING = "hearing"
    TOLD = "told"
    STUCK = "stuck"
    """It cannot go on; Enter tries again."""


_AVAILABLE = {
    "begin": {Step.READY},
    "retry": {Step.STUCK},
    "done": {Step.READING},
    "close": {Step.TOLD},
    "again": {Step.READING, Step.TOLD},
}


@dataclass
class Opened(Message):
    """The script is there and the microphone runs."""

    reading: CalibrationRun
    microphone: OpenMicrophone


@dataclass
class Begun(Message):
    """The reading is being recorded."""


@dataclass
class Heard(Message):
    """The reading was compared with the script."""

    checked: CalibrationResult


class CalibrationScreen(PracticeScreen[None]):
    """Shows the script, records it being read, and says what was caught.

    Args:
        services: What the screen works with.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "calibration.tcss"
    AUTO_FOCUS = ""
    LEADS_ELSEWHERE = False
    HELP = "What is checked is the microphone and the speech model, not you. " + ABOUT

    step: reactive[Step] = reactive(Step.OPENING, bindings=True)
    """Where the check stands."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._reading: CalibrationRun | None = None
        self._microphone: OpenMicrophone | None = None
        self._left = False

    def compose(self) -> ComposeResult:
        """What it is about or what came of it, the script, the state."""
        yield PlainText("Test with ten lines", classes="title")
        yield PlainText(ABOUT, "about")
        yield PlainText("", "script")
        with Horizontal(id="state"):
            yield PlainText("", "state-words")
            yield LevelMeter()
        yield Footer()

    def on_mount(self) -> None:
        """Open the microphone while the script is read through."""
        self.set_interval(POLL_S, self.poll)
        self._open()

    def on_unmount(self) -> None:
        """Let go of microphone and sound."""
        self._left = True
        self._forget()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done follows from where the check stands."""
        return action not in _AVAILABLE or self.step in _AVAILABLE[action]

    def watch_step(self, old: Step, new: Step) -> None:
        """Let the style follow."""
        self.remove_class(f"-{old}").add_class(f"-{new}")

    def poll(self) -> None:
        """Show how loud it is and what goes on; end a reading that has ended."""
        reading, microphone = self._reading, self._microphone
        if reading is None or microphone is None:
            return
        if self.step is Step.READY:
            self.query_one(LevelMeter).show(microphone.level())
            self._say(MUTED if microphone.muted else READY)
        elif self.step is Step.READING:
            self.query_one(LevelMeter).show(reading.recorder.level())
            self._say(_recording(reading))
            if reading.recorder.wait(0) or reading.recorder.elapsed_s >= LIMIT_S:
                self.action_done()

    @on(Opened)
    def show_script(self, message: Opened) -> None:
        """Show what is to be read."""
        self._reading, self._microphone = message.reading, message.microphone
        self.query_one("#about", PlainText).show(ABOUT)
        self._show_lines(message.reading.script.sentences)
        self.step = Step.READY

    @on(Begun)
    def follow(self) -> None:
        """Show that it is recorded."""
        self.step = Step.READING

    @on(Heard)
    def tell(self, message: Heard) -> None:
        """Show what was caught, in the script and in words."""
        assert self._reading is not None
        fates: dict[int, str] = {}
        for place in message.checked.fillers:
            fates[place.sentence] = fates.get(place.sentence, "") + SHAPES[place.outcome]
        self._show_lines(self._reading.script.sentences, fates)
        self.query_one("#about", PlainText).show("\n".join(_told(message.checked)))
        self._say(LEGEND)
        self.step = Step.TOLD

    @on(ErrorRaised)
    def say_trouble(self, message: ErrorRaised) -> None:
        """Say what is wrong where the eye is."""
        message.stop()
        self._forget()
        self._say(f"{message.error.message}\n{message.error.hint}")
        self.step = Step.STUCK

    def action_begin(self) -> None:
        """Begin to record."""
        self.step = Step.OPENING
        in_background(self, self._begin, "beginning the reading")

    def action_retry(self) -> None:
        """Try again to open what is missing."""
        self._open()

    def action_done(self) -> None:
        """Hear what was read."""
        self.step = Step.HEARING
        self._say("listening to it again…")
        in_background(self, self._finish, "hearing the reading")

    def action_again(self) -> None:
        """Forget what was read and read the script again."""
        self._open()

    def action_close(self) -> None:
        """Go on."""
        self.dismiss()

    def _open(self) -> None:
        self.step = Step.OPENING
        self._say("the microphone is opening…")
        old, self._reading = self._reading, None
        in_background(self, lambda: self._reopen(old), "opening the check")

    def _reopen(self, old: CalibrationRun | None) -> Opened | None:
        if old is not None:
            old.close()
        workspace, settings = self.services.workspace, self.services.settings
        script_to_read(workspace)
        microphone = OpenMicrophone(self.services.devices.microphone(settings.microphone))
        microphone.open()
        workspace.worker.warm(workspace.model().path)
        reading = CalibrationRun(workspace, microphone)
        if self._left:
            reading.close()
            return None
        return Opened(reading, microphone)

    def _begin(self) -> Begun | None:
        reading = self._reading
        if reading is None:
            return None
        reading.start()
        return Begun()

    def _finish(self) -> Heard | None:
        reading = self._reading
        return None if reading is None else Heard(reading.finish())

    def _forget(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            in_background(self.app, reading.close, "forgetting the reading")

    def _show_lines(
        self, sentences: tuple[Sentence, ...], fates: dict[int, str] | None = None
    ) -> None:
        lines = [
            _line(sentence, (fates or {}).get(number, ""))
            for number, sentence in enumerate(sentences, 1)
        ]
        self.query_one("#script", PlainText).show(Content("\n").join(lines))

    def _say(self, text: str) -> None:
        self.query_one("#state-words", PlainText).show(text)


def _line(sentence: Sentence, fate: str) -> Content:
    """A line of the script, its fillers bold as well as marked; what became of them before it."""
    parts = [
        as_line(mark_script_part(part), "" if isinstance(part, str) else "bold")
        for part in sentence.parts
    ]
    return Content.assemble(as_content(f"{fate:<3}", "bold"), Content(" ").join(parts))


def _recording(reading: CalibrationRun) -> str:
    recorder = reading.recorder
    if recorder.phase is Phase.OPENING:
        return "wait: the microphone is opening"
    if recorder.silent:
        return MUTED
    return f"● recording  {elapsed_time(recorder.elapsed_s)}"


def _told(checked: CalibrationResult) -> Iterator[str]:
    result = checked.calibration
    if result is None:
        yield f"I cannot tell: {'; '.join(map(one_line, checked.reasons))}. Nothing was kept."
        return
    yield wording.describe_result(result)
    sounds, phrases = map(wording.describe_catch, (result.sounds, result.phrases))
    yield f"Sounds {sounds}; phrases {phrases}."
    yield wording.describe_uncertainty(result)
