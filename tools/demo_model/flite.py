"""flite through its shared libraries; its segments carry the end of every phone."""

import ctypes

import numpy as np

from tools.demo_model.speech import SILENCE, Manner, Span, Speech, finished

# flite's phones in espeak-ng's notation, so that both teach the same sounds.
PHONES = {
    "aa": "A:",
    "ae": "a",
    "ah": "V",
    "ao": "O:",
    "aw": "aU",
    "ax": "@",
    "ay": "aI",
    "ch": "tS",
    "dh": "D",
    "eh": "E",
    "er": "3:",
    "ey": "eI",
    "hh": "h",
    "ih": "I",
    "iy": "i:",
    "jh": "dZ",
    "ng": "N",
    "ow": "oU",
    "oy": "OI",
    "pau": SILENCE,
    "sh": "S",
    "th": "T",
    "uh": "U",
    "uw": "u:",
    "y": "j",
    "zh": "Z",
}
WORD_START = b"R:Token.daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"
WORD_END = b"R:Token.daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"


class _Wave(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]


class _VoiceHead(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("features", ctypes.c_void_p)]


class Voice:
    """flite's library and the voices registered so far."""

    def __init__(self) -> None:
        """Load the library; OSError when flite is not installed."""
        self._library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        ctypes.CDLL("libflite_cmulex.so.1", mode=ctypes.RTLD_GLOBAL)
        ctypes.CDLL("libflite_usenglish.so.1", mode=ctypes.RTLD_GLOBAL)
        self._voices: dict[str, int] = {}
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("flite_init", ctypes.c_int, []),
            ("flite_synth_text", pointer, [text, pointer]),
            ("utt_wave", ctypes.POINTER(_Wave), [pointer]),
            ("utt_relation", pointer, [pointer, text]),
            ("relation_head", pointer, [pointer]),
            ("item_next", pointer, [pointer]),
            ("ffeature_string", text, [pointer, text]),
            ("ffeature_float", ctypes.c_float, [pointer, text]),
            ("feat_set_float", None, [pointer, text, ctypes.c_float]),
            ("delete_utterance", None, [pointer]),
        ):
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments
        self._library.flite_init()

    def _voice(self, name: str) -> int:
        if name not in self._voices:
            library = ctypes.CDLL(f"libflite_cmu_us_{name}.so.1", mode=ctypes.RTLD_GLOBAL)
            register = getattr(library, f"register_cmu_us_{name}")
            register.restype, register.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
            self._voices[name] = register(None)
        return self._voices[name]

    def speak(self, text: str, manner: Manner) -> Speech:
        """Speak `text`; `pitch` is not changed, a word that flite drops makes no Speech."""
        voice = self._voice(manner.voice)
        head = ctypes.cast(voice, ctypes.POINTER(_VoiceHead)).contents
        self._library.feat_set_float(head.features, b"duration_stretch", 1 / manner.rate)
        utterance = self._library.flite_synth_text(text.encode(), voice)
        try:
            wave = self._library.utt_wave(utterance).contents
            samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).copy()
            spans = self._items(utterance, b"Token", WORD_START, WORD_END)
            phones = self._items(utterance, b"Segment", b"p.end", b"end")
            rate_hz = wave.sample_rate
        finally:
            self._library.delete_utterance(utterance)
        written = text.split(" ")
        if len(spans) != len(written):
            return finished(samples, rate_hz, [], [], manner.size)
        words = [Span(w, s.start_s, s.end_s) for w, s in zip(written, spans, strict=True)]
        phones = [Span(PHONES.get(p.label, p.label), p.start_s, p.end_s) for p in phones]
        return finished(samples, rate_hz, words, phones, manner.size)

    def _items(self, utterance: int, relation: bytes, start: bytes, end: bytes) -> list[Span]:
        item = self._library.relation_head(self._library.utt_relation(utterance, relation))
        spans: list[Span] = []
        while item:
            name = self._library.ffeature_string(item, b"name").decode()
            start_s = self._library.ffeature_float(item, start)
            spans.append(Span(name, start_s, self._library.ffeature_float(item, end)))
            item = self._library.item_next(item)
        return spans
