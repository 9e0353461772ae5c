"""A review of 30 minutes and 5,000 words: `python -m benchmarks.review_screen`.

The app runs in a terminal of its own (a pseudo-terminal of 120 x 36) and draws what a real one
would get. Measured is how long each turn of its event loop holds the loop: a frame cannot be
drawn faster. Printed are the longest and the 99th percentile while pages are turned, while the
cursor goes from word to word, while playback is followed at fifty times its speed (so that nearly
every look at the player finds another word, and another row), and while the terminal is resized;
then how long opening and one correction take. Target: no frame over 50 ms.

The player is one that keeps time and makes no sound.
"""

import asyncio
import contextlib
import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import numpy as np
import soundfile
from textual import events
from textual.geometry import Size

from practice.audio.devices import InputDevice
from practice.audio.source import Source
from practice.base.errors import AudioError
from practice.base.paths import Places
from practice.base.settings import Settings, change_setting
from practice.base.system.reading_aloud import AloudReader
from practice.base.words import Word
from practice.core.preparation import ReadsAloud
from practice.core.reviewing import compute_review
from practice.core.workspace import Workspace
from practice.delivery.signal.features import HOP_S, extract_features
from practice.documents import transcript
from practice.documents.review import to_builtins
from practice.library.takes import RecordingFacts
from practice.speech.transcription import Transcription
from practice.tui.app import PracticeApp
from practice.tui.services import Playback, Services
from practice.tui.widgets.timeline import Timeline
from practice.tui.widgets.transcript_view import TranscriptView

MINUTES, WORDS = 30, 5000
RATE_HZ = 16_000
COLUMNS, ROWS = 120, 36
TARGET_MS = 50.0
FAST = 50.0
SENTENCES = (
    "so um when I worked at the bank our team and the uh platform team like both owned the same "
    "service I I wanted to split it we talked to everyone who used it and wrote down what each "
    "endpoint was for you know before we changed it maybe it was kind of slow at first but"
)


FRAMES = ("turning pages", "moving the cursor", "following playback")
"""What has to stay under the target."""


class Report(msgspec.Struct):
    """What was measured inside the terminal."""

    rows: dict[str, tuple[float, float]]
    times: dict[str, float]


class TimekeepingPlayer:
    """Plays nothing, for as long as it would take."""

    def __init__(self) -> None:
        self._began = 0.0
        self._start_s = 0.0
        self.playing = False

    @property
    def position_s(self) -> float:
        """Where the sound would be, `FAST` times as far."""
        return self._start_s + (time.monotonic() - self._began) * FAST

    def play(
        self, path: Path, start_s: float = 0.0, stop_s: float | None = None, speed: float = 1.0
    ) -> None:
        """Begin to keep time."""
        self._began, self._start_s, self.playing = time.monotonic(), start_s, True

    def stop(self) -> None:
        """Stop keeping time."""
        self.playing = False

    def wait(self, timeout_s: float | None = None) -> bool:
        """It never ends by itself."""
        return not self.playing


class NoMicrophone:
    """Devices that only play."""

    def inputs(self) -> list[InputDevice]:
        """None."""
        return []

    def microphone(self, name: str) -> Source:
        """There is none."""
        raise AudioError("no microphone")

    def player(self) -> Playback:
        """One that keeps time."""
        return TimekeepingPlayer()

    def reader(self) -> ReadsAloud:
        """The system's own, which nothing here asks to read."""
        return AloudReader()


def places(root: Path) -> Places:
    """Everything under one folder."""
    return Places(root / "config", root / "data", root / "state", root / "models")


def words() -> list[Word]:
    """5,000 words over 30 minutes: runs of 60, each followed by a pause of 1.2 s."""
    run_s = MINUTES * 60 / WORDS * 60
    step_s = (run_s - 1.2) / 60
    vocabulary = SENTENCES.split()
    made = []
    for index in range(WORDS):
        start_s = index // 60 * run_s + index % 60 * step_s
        text = vocabulary[index % len(vocabulary)] + ("." if index % 14 == 13 else "")
        made.append(Word(text, start_s, start_s + step_s - 0.02, 0.9))
    return made


def keep_take(home: Path) -> str:
    """Keep the take with its review; returns its id."""
    said = words()
    samples = np.random.default_rng(0).normal(0, 0.002, MINUTES * 60 * RATE_HZ).astype(np.float32)
    hops = round(MINUTES * 60 / HOP_S)
    probability = np.full(hops, 0.02, dtype=np.float32)
    for word in said:
        first, last = round(word.start_s * RATE_HZ), round(word.end_s * RATE_HZ)
        tone = np.arange(last - first) / RATE_HZ * 2 * np.pi * 140
        samples[first:last] += (0.2 * np.sin(tone)).astype(np.float32)
        probability[int(word.start_s / HOP_S) : int(word.end_s / HOP_S) + 2] = 0.97
    change_setting(places(home).settings_file, "model", "demo")
    with Workspace(places(home), Settings(model="demo")) as workspace:
        take = workspace.library.begin_take(None)
        audio = workspace.library.recordings / f"{take.id}.flac"
        soundfile.write(audio, samples, RATE_HZ, subtype="PCM_16")
        workspace.library.save_recording(
            take.id,
            RecordingFacts(
                audio=audio,
                duration_s=MINUTES * 60.0,
                sample_rate_hz=RATE_HZ,
                peak_dbfs=-12.0,
                clipped_s=0.0,
                overflows=0,
                device="benchmark",
            ),
        )
        heard = Transcription("ok", "base.en", "en", tuple(said), probability, 1.0, None)
        kept = transcript.to_document(heard)
        workspace.library.save_transcript(take.id, kept)
        heard = transcript.from_document(kept)
        reviewed = compute_review(
            workspace, take, audio, heard, extract_features(samples, heard.speech_probability), ()
        )
        workspace.library.save_review(take.id, to_builtins(reviewed))
        return take.id


class JobQueue:
    """How long each turn of the event loop holds it, in ms."""

    def __init__(self) -> None:
        self.held_ms: list[float] = []
        original = asyncio.Handle._run
        held_ms = self.held_ms

        def timed(handle: asyncio.Handle) -> None:
            began = time.thread_time()
            original(handle)
            held_ms.append((time.thread_time() - began) * 1000)

        setattr(asyncio.Handle, "_run", timed)  # noqa: B010 - it is not ours to type

    async def during(self, work: Callable[[], Awaitable[None]]) -> tuple[float, float]:
        """The longest turn and the 99th percentile of those that do anything, during `work`."""
        self.held_ms.clear()
        await work()
        busy = [ms for ms in self.held_ms if ms > 0.5] or [0.0]
        return max(busy), float(np.percentile(busy, 99))


class Drive:
    """Presses keys in the app and waits for what they bring."""

    def __init__(self, app: PracticeApp, take_id: str) -> None:
        self.app = app
        self.take_id = take_id

    async def until(self, condition: Callable[[], bool]) -> float:
        """Seconds until `condition` holds."""
        began = time.perf_counter()
        while not condition():  # noqa: ASYNC110 - what is waited for is on screen
            await asyncio.sleep(0.005)
        return time.perf_counter() - began

    async def press(self, *keys: str) -> None:
        """Press keys as fast as a held key repeats: 30 a second."""
        for key in keys:
            self.app.post_message(events.Key(key, None))
            await asyncio.sleep(1 / 30)

    @property
    def transcript(self) -> TranscriptView:
        """The one on screen."""
        return self.app.screen.query_one(TranscriptView)

    async def open(self) -> None:
        """Open the review and wait for its words and its waveform."""
        self.app.call_later(self.app.navigator.open_review, self.take_id)
        await self.until(lambda: bool(self.app.screen.query(TranscriptView)))
        await self.until(lambda: self.transcript.text is not None)

    async def pages(self) -> None:
        """To the end and back, a page at a time."""
        await self.press(*["pagedown"] * 60, *["pageup"] * 60)

    async def steps(self) -> None:
        """From word to word, from mark to mark, from row to row."""
        await self.press(*["w"] * 60, *["tab"] * 60, *["down"] * 60)

    async def playback(self) -> None:
        """Follow the sound for 15 s."""
        await self.press("home", "space")
        await asyncio.sleep(15)
        await self.press("space")

    async def correction(self) -> None:
        """Confirm a possible filler and wait for words and numbers."""
        before = self.transcript.text
        await self.press("home", "m")
        await self.until(lambda: self.transcript.text is not before)
        await asyncio.sleep(0.3)

    async def resizes(self) -> None:
        """Break the text anew at five widths."""
        for width in (80, 100, 140, 60, COLUMNS):
            self.app.post_message(events.Resize(Size(width, ROWS), Size(width, ROWS)))
            await asyncio.sleep(0.4)


async def measure(home: Path, take_id: str) -> Report:
    """Run the app, drive it and return what was measured."""
    services = Services(places(home), Settings(model="demo"), None, NoMicrophone())
    app = PracticeApp(services)
    turns = JobQueue()
    drive = Drive(app, take_id)
    rows: dict[str, tuple[float, float]] = {}
    times: dict[str, float] = {}

    async def script(_pilot: object) -> None:
        await asyncio.sleep(2)
        began = time.perf_counter()
        rows["opening"] = await turns.during(drive.open)
        times["words on screen"] = time.perf_counter() - began
        await drive.until(lambda: app.screen.query_one(Timeline).levels is not None)
        times["waveform on screen"] = time.perf_counter() - began
        await asyncio.sleep(0.5)
        for name, work in (
            ("turning pages", drive.pages),
            ("moving the cursor", drive.steps),
            ("following playback", drive.playback),
            ("resizing", drive.resizes),
        ):
            rows[name] = await turns.during(work)
        began = time.perf_counter()
        rows["a correction"] = await turns.during(drive.correction)
        times["a correction"] = time.perf_counter() - began
        app.exit()

    await app.run_async(auto_pilot=script)
    services.close()
    return Report(rows, times)


def inside(home: Path, take_id: str) -> Report:
    """Measure in a pseudo-terminal and return what was written."""
    report = home / "report.json"
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        arguments = ["-m", "benchmarks.review_screen", str(home), take_id, str(report)]
        os.execv(sys.executable, [sys.executable, *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    shown = b""
    while not os.waitpid(child, os.WNOHANG)[0]:
        if select.select([terminal], [], [], 0.2)[0]:
            with contextlib.suppress(OSError):  # it has left
                shown = os.read(terminal, 1 << 16)
    if not report.exists():
        raise SystemExit(shown.decode(errors="replace"))
    return msgspec.json.decode(report.read_bytes(), type=Report)


def main() -> int:
    """Print the table; 1 when a frame took too long."""
    if len(sys.argv) > 1:
        home, take_id, target = sys.argv[1:]
        report = asyncio.run(measure(Path(home), take_id))
        Path(target).write_bytes(msgspec.json.encode(report))
        return 0
    with tempfile.TemporaryDirectory(prefix="practice-") as folder:
        report = inside(Path(folder), keep_take(Path(folder)))
    print(f"{MINUTES} minutes, {WORDS} words, {COLUMNS} x {ROWS}; ms that a turn of the loop took")
    print(f"{'':22}{'longest':>9}{'99th':>9}")
    for name, (longest, high) in report.rows.items():
        print(f"{name:22}{longest:9.1f}{high:9.1f}")
    for name, seconds in report.times.items():
        print(f"{name + ' after':26}{seconds:5.2f} s")
    slow = [name for name in FRAMES if report.rows[name][0] > TARGET_MS]
    print(f"over {TARGET_MS:.0f} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
