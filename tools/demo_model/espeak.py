"""espeak-ng through its shared library, which tells when each word and phone begins."""

import ctypes
import re
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import numpy as np

from tools.demo_model.speech import SILENCE, Manner, Span, Speech, finished

RATE_WPM = 175
PITCH = 50
# Values of espeak-ng/speak_lib.h.
SYNCHRONOUS_RETRIEVAL = 2
PHONEME_EVENTS = 1
UTF8 = 1
EVENT_WORD = 1
EVENT_PHONEME = 7
PARAMETER_RATE = 1
PARAMETER_PITCH = 3


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(slots=True)
class _Heard:
    """What the library has handed over during one call."""

    sound: list[bytes] = field(default_factory=list)
    words: list[tuple[int, float]] = field(default_factory=list)
    phones: list[tuple[str, float]] = field(default_factory=list)


class Voice:
    """The library, one in a process: it keeps its state in globals."""

    def __init__(self) -> None:
        """Load and start the library; OSError when espeak-ng is not installed."""
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._rate_hz = int(
            self._library.espeak_Initialize(SYNCHRONOUS_RETRIEVAL, 0, None, PHONEME_EVENTS)
        )
        if self._rate_hz <= 0:
            raise OSError("espeak-ng could not be started: are its voices installed?")
        self._heard = _Heard()
        self._callback = _Callback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(
        self,
        sound: "ctypes._Pointer[ctypes.c_short]",
        count: int,
        events: "ctypes._Pointer[_Event]",
    ) -> int:
        if count > 0:
            self._heard.sound.append(ctypes.string_at(sound, count * 2))
        index = 0
        while events[index].type:
            event = events[index]
            at_s = event.sample / self._rate_hz
            if event.type == EVENT_WORD:
                self._heard.words.append((event.text_position - 1, at_s))
            elif event.type == EVENT_PHONEME:
                name = bytes(event.id.string).partition(b"\0")[0].decode("utf-8", "replace")
                self._heard.phones.append((SILENCE if name.startswith("_") else name, at_s))
            index += 1
        return 0

    def speak(self, text: str, manner: Manner) -> Speech:
        """Speak `text`; words without an event of their own share the span of the one before."""
        library = self._library
        # The library knows British English by its file's name only.
        name = re.sub(r"^en-gb\b", "en", manner.voice)
        if library.espeak_SetVoiceByName(name.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {manner.voice!r}")
        library.espeak_SetParameter(PARAMETER_RATE, round(RATE_WPM * manner.rate), 0)
        library.espeak_SetParameter(PARAMETER_PITCH, round(PITCH * manner.pitch), 0)
        self._heard = _Heard()
        encoded = with_capitals(text).encode()
        library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, UTF8, None, None)
        samples = np.frombuffer(b"".join(self._heard.sound), dtype=np.int16)
        end_s = len(samples) / self._rate_hz
        phones = _phones(self._heard.phones, end_s)
        words = _words(text, self._heard.words, phones, end_s)
        return finished(samples, self._rate_hz, words, phones, manner.size)


def with_capitals(text: str) -> str:
    """Begin each sentence with a capital: without one espeak-ng makes no pause before it."""
    return re.sub(r"(^|[.?] )([a-z])", lambda match: match[1] + match[2].upper(), text)


def _phones(events: list[tuple[str, float]], end_s: float) -> list[Span]:
    following = [*events[1:], ("", end_s)]
    return [
        Span(name, at_s, max(at_s, next_s))
        for (name, at_s), (_, next_s) in zip(events, following, strict=True)
    ]


def _words(
    text: str, events: list[tuple[int, float]], phones: list[Span], end_s: float
) -> list[Span]:
    """Give each word of `text` its span: up to the next event, or the pause before it."""
    words = text.split(" ")
    begins = [0, *accumulate(len(word) + 1 for word in words[:-1])]
    start_of = dict(reversed(events))
    marked = [index for index, begin in enumerate(begins) if begin in start_of]
    pauses = [phone.start_s for phone in phones if phone.label == SILENCE]
    spans: list[Span] = []
    for index, following in pairwise([*marked, len(words)]):
        start_s = start_of[begins[index]]
        stop_s = start_of[begins[following]] if following < len(words) else end_s
        stop_s = min([pause for pause in pauses if start_s < pause < stop_s], default=stop_s)
        spans += _shared(words[index:following], start_s, stop_s)
    return spans if marked[:1] == [0] else []


def _shared(words: list[str], start_s: float, stop_s: float) -> list[Span]:
    """Divide a span between words by their length in letters."""
    total = sum(map(len, words))
    spans: list[Span] = []
    for word in words:
        end_s = start_s + (stop_s - start_s) * len(word) / total
        spans.append(Span(word, start_s, end_s))
        start_s, total = end_s, total - len(word)
    return spans
