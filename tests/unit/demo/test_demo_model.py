import numpy as np
import pytest
from faster_whisper import WhisperModel

from practice.base.words import Word
from practice.demo import MODEL_FOLDER, SAMPLE_ANSWER
from practice.speech.transcription import TranscriptionOptions
from practice.speech.worker import SpeechWorker
from tools.demo_model.recital import recite, without_fillers
from tools.demo_model.scoring import is_filler, score
from tools.demo_sample import ANSWER


@pytest.fixture(scope="module")
def whisper() -> WhisperModel:
    return WhisperModel(str(MODEL_FOLDER), device="cpu", compute_type="int8", cpu_threads=1)


@pytest.fixture(scope="module")
def recognised_words(tmp_path_factory: pytest.TempPathFactory) -> tuple[Word, ...]:
    log = tmp_path_factory.mktemp("speech") / "speech.log"
    with SpeechWorker(log) as worker:
        return worker.transcribe(SAMPLE_ANSWER, TranscriptionOptions(MODEL_FOLDER)).words


def script_words() -> list[Word]:
    words = " ".join(phrase.text for phrase in ANSWER).split()
    return [Word(word, float(place), place + 0.5) for place, word in enumerate(words)]


def find_fillers(whisper: WhisperModel, text: str) -> list[str]:
    try:
        recital = recite(text, "espeak:en-us", seed=1)
    except OSError as error:
        pytest.skip(f"espeak-ng is not installed: {error}")
    segments, _ = whisper.transcribe(
        recital.samples, condition_on_previous_text=False, word_timestamps=True
    )
    words = [word for segment in segments for word in segment.words or ()]
    return [w.word for w in words if is_filler(Word(w.word, w.start, w.end))]


def transcribe(whisper: WhisperModel, samples: np.ndarray) -> str:
    segments, _ = whisper.transcribe(samples, condition_on_previous_text=False)
    return " ".join(segment.text for segment in segments)


def test_the_model_folder_is_small_enough_for_the_package() -> None:
    assert sum(file.stat().st_size for file in MODEL_FOLDER.iterdir()) <= 8_000_000


def test_the_model_says_what_it_was_trained_on_and_what_it_cannot_do() -> None:
    card = (MODEL_FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "espeak-ng" in card
    assert "flite" in card
    assert "human speech" in card


def test_it_understands_the_sample_answer(recognised_words: tuple[Word, ...]) -> None:
    assert score(script_words(), recognised_words).error_rate < 0.15


def test_it_hears_the_fillers_of_the_sample_answer(recognised_words: tuple[Word, ...]) -> None:
    result = score(script_words(), recognised_words)
    assert result.fillers_found == result.fillers_said == result.fillers_heard


@pytest.mark.parametrize(
    "text",
    [
        "um, we made a plan, and, uh, the team was happy.",
        "I asked, er, the manager. hmm, she said no.",
    ],
)
def test_fillers_are_heard_and_not_guessed(whisper: WhisperModel, text: str) -> None:
    assert len(find_fillers(whisper, text)) == 2
    assert find_fillers(whisper, without_fillers(text)) == []


def test_the_words_of_the_sample_answer_come_in_order(recognised_words: tuple[Word, ...]) -> None:
    starts = [word.start_s for word in recognised_words]
    assert starts == sorted(starts)


def test_silence_has_no_words(whisper: WhisperModel) -> None:
    assert transcribe(whisper, np.zeros(5 * 16_000, np.float32)) == ""


def test_noise_has_no_words(whisper: WhisperModel) -> None:
    noise = np.random.default_rng(1).normal(0, 0.003, 5 * 16_000).astype(np.float32)
    assert transcribe(whisper, noise) == ""
