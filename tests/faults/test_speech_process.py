"""The speech process dies, hangs, or loses the program that started it."""

import os
import select
import shutil
import signal
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import practice.demo
from practice.base.errors import ModelError, TranscriptionError
from practice.speech.transcription import TranscriptionOptions
from practice.speech.worker import SpeechWorker

DEMO_MODEL = Path(practice.demo.__file__).parent / "model"
DEMO = TranscriptionOptions(DEMO_MODEL, "demo")
NO_MODEL = TranscriptionOptions()
PATIENCE_S = 12.0
GIVE_UP_MS = 30_000
LONG_PATIENCE_S = 120.0


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Ten seconds of noise: enough for several signs of life."""
    path = tmp_path / "noise.wav"
    noise = np.random.default_rng(1).normal(0, 300, 160_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(noise.tobytes())
    return path


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[SpeechWorker]:
    with SpeechWorker(tmp_path / "speech.log", patience_s=PATIENCE_S) as speech:
        yield speech


def strike(worker: SpeechWorker, signal_number: int, times: int) -> Callable[[object], None]:
    """Something to call on progress: it strikes as many children, one sign of life each."""
    struck: list[int] = []

    def strike_once(_: object) -> None:
        pid = worker.pid
        if pid is not None and pid not in struck and len(struck) < times:
            struck.append(pid)
            os.kill(pid, signal_number)

    return strike_once


def wait_for_end(pidfd: int) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(GIVE_UP_MS))


@pytest.mark.fault("speech process killed or hung")
@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_child_that_is_lost_once_is_replaced(
    worker: SpeechWorker, recording: Path, signal_number: int
) -> None:
    whole = worker.transcribe(recording, NO_MODEL)
    first = worker.pid
    found = worker.transcribe(recording, NO_MODEL, strike(worker, signal_number, 1))
    assert worker.pid not in {None, first}
    np.testing.assert_array_equal(found.speech_probability, whole.speech_probability)


@pytest.mark.fault("speech process killed or hung")
def test_a_child_that_is_lost_twice_is_an_error_and_the_next_recording_is_heard(
    worker: SpeechWorker, recording: Path
) -> None:
    with pytest.raises(TranscriptionError, match=r"ended unexpectedly.*speech.log") as raised:
        worker.transcribe(recording, NO_MODEL, strike(worker, signal.SIGKILL, 2))
    assert "takes retry" in raised.value.hint
    assert worker.transcribe(recording, NO_MODEL).status == "no_speech"


@pytest.mark.fault("speech process killed while it follows")
@pytest.mark.parametrize("restarted", [True, False])
@pytest.mark.parametrize("with_recording", [True, False])
def test_a_child_that_dies_while_following_loses_nothing(
    worker: SpeechWorker, recording: Path, tmp_path: Path, with_recording: bool, restarted: bool
) -> None:
    with wave.open(str(recording)) as file:
        samples = file.readframes(file.getnframes())
    (tmp_path / "samples.s16").write_bytes(samples)
    live = worker.follow(tmp_path / "samples.s16", 16_000, DEMO)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    if restarted:
        worker.transcribe(recording, NO_MODEL)
    found = live.finish(recording if with_recording else None)
    assert len(found.speech_probability) == -(-len(samples) // 2 // 512)


def test_what_is_cancelled_after_the_end_of_its_child_is_no_error(
    worker: SpeechWorker, tmp_path: Path
) -> None:
    (tmp_path / "samples.s16").touch()
    live = worker.follow(tmp_path / "samples.s16", 16_000, NO_MODEL)
    worker.close()
    live.cancel()
    with pytest.raises(TranscriptionError, match="closed"):
        live.finish()


@pytest.mark.fault("speech process whose program is killed")
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux can wait for a grandchild")
def test_a_child_does_not_outlive_the_program(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from practice.speech.worker import SpeechWorker\n"
        "worker = SpeechWorker(Path(sys.argv[1])); worker.warm(Path(sys.argv[2]))\n"
        "print(worker.pid, flush=True); sys.stdin.read()"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "speech.log"), str(DEMO_MODEL)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout
    assert program.stdin
    child = os.pidfd_open(int(program.stdout.readline()))
    program.kill()
    program.wait()
    program.stdout.close()
    program.stdin.close()
    try:
        assert wait_for_end(child)
    finally:
        os.close(child)


@pytest.mark.fault("speech process and Ctrl-C")
def test_ctrl_c_reaches_only_the_program(tmp_path: Path, recording: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from practice.speech.transcription import TranscriptionOptions\n"
        "from practice.speech.worker import SpeechWorker\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "with SpeechWorker(Path(sys.argv[1])) as worker:\n"
        "    worker.warm(None); before = worker.pid; os.killpg(0, signal.SIGINT)\n"
        "    worker.transcribe(Path(sys.argv[2]), TranscriptionOptions())\n"
        "    print(worker.pid == before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "speech.log"), str(recording)],
        capture_output=True,
        text=True,
        start_new_session=True,
        check=True,
    )
    assert done.stdout == "True\n"


def test_what_the_child_could_not_survive_is_in_the_log(tmp_path: Path, recording: Path) -> None:
    log = tmp_path / "speech.log"
    with SpeechWorker(log, LONG_PATIENCE_S) as worker:
        kill = strike(worker, signal.SIGABRT, 2)
        with pytest.raises(TranscriptionError):
            worker.transcribe(recording, NO_MODEL, kill)
    assert "Fatal Python error: Aborted" in log.read_text()


@pytest.mark.fault("speech process without memory")
def test_a_child_without_memory_is_an_error_and_the_next_one_hears(
    tmp_path: Path, recording: Path
) -> None:
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from practice.base.errors import PracticeError\n"
        "from practice.speech.transcription import TranscriptionOptions\n"
        "from practice.speech.worker import SpeechWorker\n"
        "whole = resource.getrlimit(resource.RLIMIT_AS)\n"
        "with SpeechWorker(Path(sys.argv[1])) as worker:\n"
        "    resource.setrlimit(resource.RLIMIT_AS, (400_000_000, whole[1]))\n"
        "    try: worker.transcribe(Path(sys.argv[2]), TranscriptionOptions())\n"
        "    except PracticeError as error: print(error.code)\n"
        "    resource.setrlimit(resource.RLIMIT_AS, whole)\n"
        "    print(worker.transcribe(Path(sys.argv[2]), TranscriptionOptions()).status)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "speech.log"), str(recording)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["transcription", "no_speech"]


def reply_pipe(pid: int) -> Path:
    """The pipe on which the child answers: the one pipe it has besides its standard input."""
    fds = Path(f"/proc/{pid}/fd")
    asked = (fds / "0").readlink()
    (pipe,) = {
        fd.readlink(): fd
        for fd in fds.iterdir()
        if str(fd.readlink()).startswith("pipe:") and fd.readlink() != asked
    }.values()
    return pipe


@pytest.mark.fault("speech process that sends garbage")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux shows a child's pipes")
@pytest.mark.parametrize("garbage", [b"\xff" * 64, b"\x04\0\0\0junk", b"%s\n" % (b"x" * 30_000)])
def test_a_child_that_sends_garbage_is_replaced(
    worker: SpeechWorker, recording: Path, garbage: bytes
) -> None:
    spoilt: list[int] = []

    def spoil(_: object) -> None:
        if worker.pid is not None and not spoilt:
            spoilt.append(worker.pid)
            with reply_pipe(worker.pid).open("wb", buffering=0) as pipe:
                pipe.write(garbage)

    found = worker.transcribe(recording, NO_MODEL, spoil)
    assert worker.pid not in {None, *spoilt}
    assert len(found.speech_probability) == -(-160_000 // 512)


def truncate(model: Path) -> None:
    os.truncate(model / "model.bin", 100_000)


def empty(model: Path) -> None:
    for file in model.iterdir():
        file.unlink()


def swap(model: Path) -> None:
    shutil.copyfile(model / "config.json", model / "model.bin")


def lose_words(model: Path) -> None:
    (model / "tokenizer.json").write_text("{}")


@pytest.mark.fault("model folder truncated, empty or swapped")
@pytest.mark.parametrize("damage", [truncate, empty, swap, lose_words])
def test_a_damaged_model_is_said_and_the_next_one_is_used(
    worker: SpeechWorker, recording: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO_MODEL, model)
    damage(model)
    with pytest.raises(ModelError, match=r"model"):
        worker.transcribe(recording, TranscriptionOptions(model, "mine"))
    assert worker.transcribe(recording, DEMO).model == "demo"
