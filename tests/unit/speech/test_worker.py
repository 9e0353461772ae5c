import os
import select
import shutil
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from practice.base.errors import ModelError, TranscriptionError, UnreadableAudioError
from practice.speech.child.main import ModelSlot
from practice.speech.transcription import HOP_S, Progress, Transcription, TranscriptionOptions
from practice.speech.worker import SpeechWorker

Recording = tuple[NDArray[np.int16], int]
WriteWav = Callable[[Path, NDArray[np.int16], int], None]
RATE = 16_000
NO_MODEL = TranscriptionOptions()


@pytest.fixture(scope="module")
def transcription(
    worker: SpeechWorker, answer_file: Path, demo: TranscriptionOptions
) -> Transcription:
    """The words of the answer."""
    return worker.transcribe(answer_file, demo)


def write_spool(path: Path, recording: Recording) -> Path:
    path.write_bytes(recording[0].astype("<i2").tobytes())
    return path


TIME_S = np.arange(20 * RATE) / RATE
NOISES: dict[str, Callable[[], NDArray[np.float64]]] = {
    "digital silence": lambda: np.zeros(60 * RATE),
    "room noise": lambda: np.random.default_rng(3).normal(0, 0.003, len(TIME_S)),
    "loud noise": lambda: np.random.default_rng(3).normal(0, 0.1, len(TIME_S)),
    "mains hum": lambda: 0.1 * np.sin(100 * np.pi * TIME_S) + 0.05 * np.sin(200 * np.pi * TIME_S),
    "clicks": lambda: np.where(np.arange(len(TIME_S)) % (RATE // 2) < 8, 0.8, 0.0),
}


def test_an_answer_is_heard_with_its_fillers(transcription: Transcription) -> None:
    said = [word.text.strip(",.").lower() for word in transcription.words]
    assert transcription.status == "ok"
    assert {"um", "uh", "team", "people", "learned"} <= set(said)
    assert 28 <= len(said) <= 42
    assert (transcription.model, transcription.language, transcription.reason) == (
        "demo",
        "en",
        None,
    )
    assert transcription.text.split() == [word.text for word in transcription.words]


def test_words_begin_where_speech_begins(transcription: Transcription) -> None:
    assert transcription.words[0].start_s == pytest.approx(0.4, abs=0.1)
    starts = [word.start_s for word in transcription.words]
    assert starts == sorted(starts)


def test_there_is_a_speech_probability_for_every_hop(
    transcription: Transcription, answer: Recording
) -> None:
    samples, rate = answer
    assert len(transcription.speech_probability) * HOP_S == pytest.approx(
        len(samples) / rate, abs=HOP_S
    )
    assert transcription.speech_probability[:10].max() < 0.25
    assert np.mean(transcription.speech_probability > 0.5) > 0.6


def test_progress_grows_and_reaches_the_end(
    worker: SpeechWorker, answer_file: Path, demo: TranscriptionOptions
) -> None:
    told: list[Progress] = []
    worker.transcribe(answer_file, demo, told.append)
    parts = [progress.part for progress in told]
    assert parts == sorted(parts)
    assert 0 < parts[0] < 0.5 < parts[-1] <= 1


def test_time_left_is_told_once_a_segment_was_recognised(
    answer_file: Path, demo: TranscriptionOptions, tmp_path: Path
) -> None:
    told: list[Progress] = []
    with SpeechWorker(tmp_path / "speech.log") as fresh:
        fresh.transcribe(answer_file, demo, told.append)
    assert told[0].left_s is None
    assert told[-1].left_s is not None
    assert told[-1].left_s < max(progress.left_s or 0.0 for progress in told)


def test_what_is_cancelled_ends_at_once_and_the_next_is_heard(
    answer_file: Path, demo: TranscriptionOptions, tmp_path: Path, transcription: Transcription
) -> None:
    with SpeechWorker(tmp_path / "speech.log") as fresh:
        with pytest.raises(TranscriptionError, match="cancelled"):
            fresh.transcribe(answer_file, demo, lambda _: fresh.cancel())
        assert fresh.transcribe(answer_file, demo).words == transcription.words


@pytest.mark.parametrize("noise", NOISES)
def test_where_nobody_speaks_there_are_no_words(
    worker: SpeechWorker,
    demo: TranscriptionOptions,
    tmp_path: Path,
    write_wav_file: WriteWav,
    noise: str,
) -> None:
    write_wav_file(tmp_path / "x.wav", (NOISES[noise]() * 32_000).astype(np.int16), RATE)
    heard = worker.transcribe(tmp_path / "x.wav", demo)
    assert (heard.status, heard.text) == ("no_speech", "")
    assert heard.reason


def test_without_a_model_speech_is_found_all_the_same(
    worker: SpeechWorker, answer_file: Path, transcription: Transcription
) -> None:
    heard = worker.transcribe(answer_file, NO_MODEL)
    assert (heard.status, heard.words, heard.model) == ("no_model", (), None)
    np.testing.assert_array_equal(heard.speech_probability, transcription.speech_probability)


def test_a_recording_that_is_followed_has_the_same_words(
    worker: SpeechWorker,
    answer: Recording,
    demo: TranscriptionOptions,
    tmp_path: Path,
    transcription: Transcription,
) -> None:
    samples, rate = answer
    path = tmp_path / "samples.s16"
    data = samples.astype("<i2").tobytes()
    with path.open("wb") as growing:
        live = worker.follow(path, rate, demo)
        for start in range(0, len(data), 99_999):
            growing.write(data[start : start + 99_999])
            growing.flush()
    heard = live.finish()
    assert heard.words == transcription.words
    np.testing.assert_array_equal(heard.speech_probability, transcription.speech_probability)


def test_what_was_recognised_before_is_not_recognised_again(
    worker: SpeechWorker,
    answer_file: Path,
    demo: TranscriptionOptions,
    tmp_path: Path,
    transcription: Transcription,
) -> None:
    cache = tmp_path / "answer.heard"
    first = worker.transcribe(answer_file, replace(demo, cache=cache))
    assert first.words == transcription.words
    cache.write_text(cache.read_text().replace(" learned", " forgot").replace("team", "TEAM"))
    again = worker.transcribe(answer_file, replace(demo, cache=cache))
    assert "TEAM" in again.text
    assert len(again.words) == len(transcription.words)


def test_a_spool_may_be_deleted_before_its_end_is_heard(
    worker: SpeechWorker,
    answer: Recording,
    answer_file: Path,
    demo: TranscriptionOptions,
    tmp_path: Path,
    transcription: Transcription,
) -> None:
    path = write_spool(tmp_path / "samples.s16", answer)
    live = worker.follow(path, answer[1], demo)
    path.unlink()
    assert live.finish(answer_file).words == transcription.words


def test_a_spool_that_is_not_there_is_an_error(worker: SpeechWorker, tmp_path: Path) -> None:
    live = worker.follow(tmp_path / "gone.s16", RATE, NO_MODEL)
    with pytest.raises(UnreadableAudioError, match="gone"):
        live.finish()


def test_another_recording_can_be_heard_while_one_is_followed(
    worker: SpeechWorker,
    answer: Recording,
    answer_file: Path,
    demo: TranscriptionOptions,
    tmp_path: Path,
    transcription: Transcription,
) -> None:
    path = write_spool(tmp_path / "samples.s16", answer)
    live = worker.follow(path, answer[1], demo)
    assert worker.transcribe(answer_file, NO_MODEL).status == "no_model"
    assert live.finish().words == transcription.words


def test_a_cancelled_following_leaves_the_worker_free(
    worker: SpeechWorker, answer: Recording, answer_file: Path, tmp_path: Path
) -> None:
    path = write_spool(tmp_path / "samples.s16", answer)
    worker.follow(path, answer[1], NO_MODEL).cancel()
    assert worker.transcribe(answer_file, NO_MODEL).status == "no_model"


def test_an_english_model_refuses_another_language(
    worker: SpeechWorker, answer_file: Path, demo: TranscriptionOptions
) -> None:
    with pytest.raises(ModelError, match=r"only English.*'de'"):
        worker.transcribe(answer_file, replace(demo, language="de"))


def test_a_broken_model_is_refused_and_a_good_one_works_after_it(
    worker: SpeechWorker,
    answer_file: Path,
    demo_model: Path,
    demo: TranscriptionOptions,
    tmp_path: Path,
) -> None:
    for file in demo_model.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[:20_000])
    with pytest.raises(ModelError, match="cannot be loaded"):
        worker.transcribe(answer_file, TranscriptionOptions(tmp_path))
    assert worker.transcribe(answer_file, demo).status == "ok"


def test_what_is_no_sound_is_refused(worker: SpeechWorker, tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_text("nothing")
    with pytest.raises(UnreadableAudioError, match=r"x\.wav"):
        worker.transcribe(tmp_path / "x.wav", NO_MODEL)


def test_closing_ends_whoever_waits(
    answer_file: Path, demo: TranscriptionOptions, tmp_path: Path
) -> None:
    worker = SpeechWorker(tmp_path / "speech.log")
    began = threading.Event()
    errors: list[BaseException] = []

    def wait() -> None:
        try:
            worker.transcribe(answer_file, demo, lambda part: began.set())
        except TranscriptionError as error:
            errors.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert began.wait(60)
    pid = worker.pid
    worker.close()
    waiting.join(60)
    assert [str(error) for error in errors] == ["the speech worker was closed"]
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_log_is_private(tmp_path: Path) -> None:
    with SpeechWorker(tmp_path / "logs" / "speech.log") as worker:
        worker.warm(None)
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "logs" / "speech.log").stat().st_mode & 0o777 == 0o600


@pytest.mark.posix
def test_a_process_with_nothing_to_do_leaves_and_comes_back_when_it_is_needed(
    answer_file: Path, tmp_path: Path
) -> None:
    with SpeechWorker(tmp_path / "speech.log", idle_s=0.2) as worker:
        worker.warm(None)
        assert worker.pid is not None
        if sys.platform != "linux":
            pytest.skip("only Linux tells when another process is gone")
        gone = os.pidfd_open(worker.pid)
        try:
            poll = select.poll()
            poll.register(gone, select.POLLIN)
            assert poll.poll(60_000)
        finally:
            os.close(gone)
        assert worker.transcribe(answer_file, NO_MODEL).status == "no_model"


def test_only_one_model_is_loaded_at_a_time(demo_model: Path, tmp_path: Path) -> None:
    other = shutil.copytree(demo_model, tmp_path / "other")
    slot = ModelSlot()
    first = weakref.ref(slot.load(demo_model))
    assert slot.load(demo_model) is first()
    slot.load(other)
    assert first() is None


def test_spools_for_two_models_are_heard_one_after_the_other(
    worker: SpeechWorker,
    answer: Recording,
    demo_model: Path,
    demo: TranscriptionOptions,
    tmp_path: Path,
    transcription: Transcription,
) -> None:
    other = shutil.copytree(demo_model, tmp_path / "other")
    path = write_spool(tmp_path / "samples.s16", answer)
    first = worker.follow(path, answer[1], demo)
    second = worker.follow(path, answer[1], TranscriptionOptions(other))
    assert second.finish().words == transcription.words
    assert first.finish().words == transcription.words


def test_nothing_is_started_before_it_is_needed(tmp_path: Path) -> None:
    with SpeechWorker(tmp_path / "speech.log") as worker:
        assert worker.pid is None
    assert not (tmp_path / "speech.log").exists()


def test_the_program_itself_loads_no_speech_library() -> None:
    heavy = {"faster_whisper", "ctranslate2", "onnxruntime", "av", "tokenizers", "huggingface_hub"}
    code = (
        "import sys, practice.speech.worker, practice.speech.models; print(*sys.modules, sep='\\n')"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert heavy.isdisjoint(loaded)
