"""Takes that are in the library without anybody having spoken: words, sound and review."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Word
from practice.core.reviewing import compute_review
from practice.core.workspace import Workspace
from practice.delivery.signal.features import HOP_S, extract_features
from practice.documents import transcript
from practice.documents.review import to_builtins
from practice.library.takes import QuestionSnapshot, RecordingFacts, Take
from practice.speech.transcription import Transcription

RATE_HZ = 16_000
WORD_S = 0.3
ANSWER = (
    "|0.5 So, um, when I worked at the bank, our team and the uh platform team |1.4 like, both"
    " owned the same service. |0.3 I I wanted to split it. |3.2 We talked to everyone who used it,"
    " and wrote down what each endpoint was for |0.8 before we changed it. I mean, it was kind of"
    " slow at first, |0.4 but um in the end you know we agreed on a trade-off and the feedback was"
    " good."
)
"""An answer with a mark of nearly every kind; `|1.4` is a silence of 1.4 s."""


def words_of(answer: str) -> list[Word]:
    """Words of 0.3 s with 0.03 s between them; `|1.4` is a silence of 1.4 s."""
    words: list[Word] = []
    at_s = 0.0
    for part in answer.split():
        if part.startswith("|"):
            at_s += float(part[1:])
        else:
            words.append(Word(part, round(at_s, 3), round(at_s + WORD_S, 3), 0.9))
            at_s += WORD_S + 0.03
    return words


def keep_take(
    workspace: Workspace,
    answer: str = ANSWER,
    asked: QuestionSnapshot | None = None,
    *,
    words: list[Word] | None = None,
    session_id: str | None = None,
    has_model: bool = True,
) -> Take:
    """Keep a reviewed take of `answer`, said by a voice of 140 Hz.

    Without words it is half a second of silence; without a model nothing was transcribed.
    """
    said = words_of(answer) if words is None else words
    samples, probability = _synthesize(said)
    take = workspace.library.begin_take(asked, session_id)
    path = workspace.library.recordings / f"{take.id}.flac"
    _write_flac(path, samples)
    workspace.library.save_recording(
        take.id,
        RecordingFacts(
            audio=path,
            duration_s=len(samples) / RATE_HZ,
            sample_rate_hz=RATE_HZ,
            peak_dbfs=-12.0,
            clipped_s=0.0,
            overflows=0,
            device="Test",
            interrupted=None,
        ),
    )
    kept = transcript.to_document(
        Transcription("ok", "base.en", "en", tuple(said), probability, 0.1, None)
        if has_model
        else Transcription("no_model", None, "en", (), probability, 0.1, "no model")
    )
    take = workspace.library.save_transcript(take.id, kept)
    hearing = transcript.from_document(kept)
    sound = extract_features(samples, hearing.speech_probability)
    reviewed = compute_review(workspace, take, path, hearing, sound, ())
    return workspace.library.save_review(take.id, to_builtins(reviewed))


def _synthesize(words: list[Word]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    duration_s = max((word.end_s for word in words), default=0.0) + 0.5
    times_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    voiced = np.zeros(len(times_s), dtype=bool)
    probability = np.full(-(-len(times_s) // round(HOP_S * RATE_HZ)), 0.02, dtype=np.float32)
    for word in words:
        voiced[round(word.start_s * RATE_HZ) : round((word.end_s + 0.04) * RATE_HZ)] = True
        probability[int(word.start_s / HOP_S) : int((word.end_s + 0.04) / HOP_S) + 1] = 0.97
    swing = 0.6 + 0.4 * np.sin(2 * np.pi * 1.3 * times_s)
    voice = sum(np.sin(2 * np.pi * 140 * k * times_s) / k for k in range(1, 5)) * 0.1 * swing
    room = np.random.default_rng(0).normal(0, 0.0004, len(times_s))
    return (voice * voiced + room).astype(np.float32), probability


def _write_flac(path: Path, samples: NDArray[np.float32]) -> None:
    import soundfile

    soundfile.write(path, samples, RATE_HZ, subtype="PCM_16")
