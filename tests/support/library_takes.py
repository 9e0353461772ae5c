"""Takes for the tests of the library, the history and the trends."""

import threading
from datetime import timedelta
from functools import cache
from io import BytesIO

import numpy as np
import pytest
import soundfile

from practice.base.words import Word
from practice.delivery.measures import FillerCounts, Measures, PauseCounts
from practice.delivery.quality import Judgement
from practice.delivery.transcript.coverage import Coverage
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    take_facts,
    to_builtins,
)
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot, RecordingFacts, Take
from practice.tui.services import Services
from tests.support.app_harness import PATIENCE_S
from tests.support.clock import NOW, FakeClock

CONFLICT = "Tell me about a conflict."
RATE_HZ = 16_000


@cache
def _eight_seconds_of_sound() -> bytes:
    """Syllables in a quiet room, and enough of them to be judged."""
    file = BytesIO()
    at_s = np.arange(8 * RATE_HZ) / RATE_HZ
    syllables = 0.2 * np.sin(2 * np.pi * 220 * at_s) * (at_s % 0.25 < 0.15)
    room = np.random.default_rng(0).normal(0, 1e-4, at_s.size)
    soundfile.write(file, syllables + room, RATE_HZ, format="FLAC")
    return file.getvalue()


class SlowReads:
    """Lets every read of a whole library wait until `finish`; they begin in their order."""

    def __init__(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = 0
        self._waiting: list[threading.Event] = []
        self._read = library.takes
        monkeypatch.setattr(library, "takes", self._read_slowly)

    def finish(self, number: int) -> None:
        """Let the read of that number, from 0, go on."""
        self._waiting[number].set()

    def _read_slowly(self, limit: int | None = None) -> list[Take]:
        if limit is None:
            may_end = threading.Event()
            self._waiting.append(may_end)
            self.begun += 1
            may_end.wait(PATIENCE_S)
        return self._read(limit=limit)


class TakeBuilder:
    """Puts takes on the library of `services`, days before now."""

    def __init__(self, services: Services, clock: FakeClock) -> None:
        self._clock = clock
        self.library = services.workspace.library

    def record(
        self,
        question: str = CONFLICT,
        *,
        question_id: str = "conflict",
        bank: str = "basics",
        days_ago: float = 0.0,
        session_id: str | None = None,
    ) -> Take:
        """A take with its sound and nothing else."""
        self._clock.set(NOW - timedelta(days=days_ago))
        take = self.library.begin_take(QuestionSnapshot(question_id, bank, question), session_id)
        self._clock.set(NOW)
        audio = self.library.recordings / f"{take.id}.flac"
        audio.write_bytes(_eight_seconds_of_sound())
        return self.library.save_recording(
            take.id,
            RecordingFacts(
                audio=audio,
                duration_s=60.0 + take.number,
                sample_rate_hz=RATE_HZ,
                peak_dbfs=-10.0,
                clipped_s=0.0,
                overflows=0,
                device="test",
            ),
        )

    def review(
        self, take: Take, said: str = "so we talked", wpm: float = 140.0, *, judged: bool = True,
        model: str | None = "base.en",
    ) -> Take:  # fmt: skip
        """Give a recorded take its words and numbers."""
        texts = said.split() if model else []
        words = tuple(Word(text, at / 2, at / 2 + 0.4, 0.9) for at, text in enumerate(texts))
        numbers = Measures(
            duration_s=take.duration_s or 0.0, speaking_s=50.0, words=len(words) or None,
            wpm=wpm if model else None, speaking_wpm=wpm + 20 if model else None,
            fillers=FillerCounts(certain=3, possible=0, sounds=3, phrases=0, per_min=3.5),
            pauses=PauseCounts(count=6, long=2, very_long=0, longest_s=1.4),
            repetitions=1, longest_run_s=20.0,
        )  # fmt: skip
        document = ReviewDocument(
            take=take_facts(take), source=SourceFacts(), words=words, findings=(), measures=numbers,
            transcription=TranscriptionFacts(
                status="ok" if model else "no_model", model=model, language="en", text=said
            ),
            coverage=Coverage(), judgement=Judgement(ok=judged),
        )  # fmt: skip
        kept = to_builtins(document)
        self.library.save_transcript(take.id, kept)
        return self.library.save_review(take.id, kept)

    def answer(self, question: str = CONFLICT, said: str = "so we talked", wpm: float = 140.0,
               *, days_ago: float = 0.0, question_id: str = "conflict", bank: str = "basics",
               session_id: str | None = None) -> Take:  # fmt: skip
        """A take with its review."""
        take = self.record(
            question, question_id=question_id, bank=bank, days_ago=days_ago, session_id=session_id
        )
        return self.review(take, said, wpm)
