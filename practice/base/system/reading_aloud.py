"""Reading a text aloud with what the system has for it.

A text reaches a program as plain text alone: through its input, or as one argument behind `--`,
never in a line of a shell, and without what the program would take for an order.
"""

import math
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from practice.base.system.processes import OWN_CONSOLE
from practice.base.text import one_line

DRAIN_S = 0.5
"""For so long after a program has ended, what it handed to the sound system may still be heard."""
NO_VOICE = "nothing here can read {} aloud: install {}"
INSTALL = {
    "win32": "a voice in the settings of Windows, under time and language",
    "darwin": "a voice in the system settings, under accessibility",
}
INSTALL_ELSEWHERE = "espeak-ng or speech-dispatcher"

_COMMAND_LIMIT_S = 5.0
_ESPEAK_VARIANTS = ("", "+f2", "+m3", "+f4", "+m7")
_SPEECHD_KINDS = ("male1", "female1", "male2", "female2", "male3", "female3")
_SAY_VOICE = re.compile(r"^(?P<name>.+?)\s+(?P<language>[a-z]{2,3})[_-]\S+\s+#", re.MULTILINE)
_WINDOWS_SCRIPT = """\
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$opened = [Console]::OpenStandardInput()
$lines = New-Object System.IO.StreamReader($opened, [System.Text.Encoding]::UTF8)
$wanted = $lines.ReadLine().Split(' ')
$text = $lines.ReadToEnd()
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$known = @($voice.GetInstalledVoices() | Where-Object {
    $_.Enabled -and $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq $wanted[0] })
if ($known.Count) { $voice.SelectVoice($known[[int]$wanted[1] % $known.Count].VoiceInfo.Name) }
$voice.Speak($text)
"""
"""Always the same: language, voice and text come through its input."""


@dataclass(frozen=True, slots=True)
class _Program:
    """A program that speaks until it ends."""

    name: str
    find_command: Callable[[str, int], Sequence[str]]
    """The command for a language and the number of whoever speaks."""
    takes_argument: bool = False
    """The text is its last argument; else it reads its input."""
    head: Callable[[str, int], str] = lambda language, speaker: ""
    """What stands before the text in its input."""
    cancel: tuple[str, ...] = ()
    """Ends what a server of its own still says."""


class AloudReader:
    """Reads one text at a time aloud; everything but `wait_until_silent` returns at once.

    Args:
        monotonic: Seconds that only grow.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._ended_at = -DRAIN_S
        self._obstacle = ""

    @property
    def obstacle(self) -> str:
        """Why nothing could be read aloud the last time, in words; empty while it works."""
        return self._obstacle

    @property
    def is_silent(self) -> bool:
        """Its program has ended, and nothing of it can be heard any more."""
        is_reading = self._thread is not None and self._thread.is_alive()
        return not is_reading and self._monotonic() - self._ended_at >= DRAIN_S

    def read(self, text: str, language: str, speaker: int = 0) -> None:
        """Begin to read `text`; what was being read stops.

        Args:
            text: Anything; it is made speakable.
            language: Its language, such as en or pt-BR.
            speaker: Whose voice, from 0; where there are several, each number has another one.
        """
        self.stop()
        self._join()
        self._stopped, self._ended_at = threading.Event(), math.inf
        said = make_speakable(text)
        self._thread = threading.Thread(
            target=self._read, args=(said, language, speaker, self._stopped), daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Cut it off."""
        self._stopped.set()
        with self._lock:
            if self._process is not None:
                self._process.terminate()

    def wait_until_silent(self) -> None:
        """Return once nothing of it can be heard."""
        self._join()
        while not self.is_silent:
            left_s = self._ended_at + DRAIN_S - self._monotonic()
            threading.Event().wait(max(left_s, 0.01))

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _read(self, text: str, language: str, speaker: int, stopped: threading.Event) -> None:
        """Let one program after the other try, until one has read it."""
        self._obstacle = ""
        try:
            for program in find_programs():
                if stopped.is_set() or self._run(program, text, language, speaker, stopped):
                    return
            what = INSTALL.get(sys.platform, INSTALL_ELSEWHERE)
            self._obstacle = NO_VOICE.format(f"text in the language {language}", what)
        finally:
            self._ended_at = self._monotonic()

    def _run(
        self, program: _Program, text: str, language: str, speaker: int, stopped: threading.Event
    ) -> bool:
        """Whether the program has read it, or was stopped."""
        command = list(program.find_command(language, speaker))
        given = b"" if program.takes_argument else (program.head(language, speaker) + text).encode()
        if program.takes_argument:
            command += ["--", text]
        with self._lock:
            if stopped.is_set():
                return True
            try:
                self._process = process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    creationflags=OWN_CONSOLE,
                    start_new_session=True,
                )
            except OSError:
                return False  # the next one may do
        with suppress(OSError):
            process.communicate(given)
        code = process.wait()
        with self._lock:
            self._process = None
        if stopped.is_set() and program.cancel:
            _run_quietly(program.cancel)
        return code == 0 or stopped.is_set()


def _run_quietly(command: Sequence[str]) -> bytes:
    """What a short command writes; nothing where it fails."""
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_COMMAND_LIMIT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout


def make_speakable(text: str) -> str:
    """`text` on one line, with nothing in it that a speaking program takes for an order.

    `say` and `espeak-ng` read orders and phonemes in double brackets.
    """
    line = one_line(text).replace("\N{REPLACEMENT CHARACTER}", " ")
    return " ".join(re.sub(r"\[(?=\[)", "[ ", line).split())


def find_programs() -> list[_Program]:
    """What can read aloud here, the best first."""
    if sys.platform == "win32":
        programs = [_Program("powershell", _powershell_command, head=_powershell_head)]
    elif sys.platform == "darwin":
        programs = [_Program("say", _say_command)]
    else:
        programs = [
            _Program(
                "spd-say", _speechd_command, takes_argument=True, cancel=("spd-say", "--cancel")
            ),
            _Program("espeak-ng", _espeak_command),
        ]
    return [program for program in programs if shutil.which(program.name)]


def _main_part(language: str) -> str:
    """`pt` of `pt-BR`."""
    return re.split("[-_]", language.lower())[0]


def _powershell_command(language: str, speaker: int) -> Sequence[str]:
    return ("powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS_SCRIPT)


def _powershell_head(language: str, speaker: int) -> str:
    return f"{_main_part(language)} {speaker}\n"


def _say_command(language: str, speaker: int) -> Sequence[str]:
    listed = _run_quietly(("say", "-v", "?")).decode("utf-8", "replace")
    voices = [
        found["name"]
        for found in _SAY_VOICE.finditer(listed)
        if found["language"] == _main_part(language)
    ]
    voice = ("-v", voices[speaker % len(voices)]) if voices else ()
    return ("say", *voice, "-f", "-")


def _speechd_command(language: str, speaker: int) -> Sequence[str]:
    kind = _SPEECHD_KINDS[speaker % len(_SPEECHD_KINDS)]
    return ("spd-say", "--wait", "--language", _main_part(language), "--voice-type", kind)


def _espeak_command(language: str, speaker: int) -> Sequence[str]:
    variant = _ESPEAK_VARIANTS[speaker % len(_ESPEAK_VARIANTS)]
    # Its input is read as a whole and as UTF-8; without -m nothing in it is markup.
    return ("espeak-ng", "-b", "1", "-v", f"{language.lower()}{variant}", "--stdin")
