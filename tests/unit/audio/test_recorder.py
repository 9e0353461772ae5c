import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from practice.audio import recorder as recorder_module
from practice.audio.file_source import FileSource
from practice.audio.recorder import Phase, Recorder
from practice.audio.source import Sink, Source
from practice.audio.spool import find_orphans, recover_orphan
from practice.base.errors import AudioError, StorageError

RATE_HZ = 16_000
LIMIT_S = 20.0


def make_tone(seconds: float, amplitude: float = 0.5) -> NDArray[np.int16]:
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.rint(32767 * amplitude * np.sin(2 * np.pi * 440 * times)).astype(np.int16)


class ManualSource:
    """A microphone that delivers when a test says so."""

    name = "a hand"
    sample_rate_hz = RATE_HZ

    def __init__(self, refusal: AudioError | None = None) -> None:
        self._refusal = refusal
        self.sink: Sink | None = None
        self.stopped = threading.Event()

    def start(self, sink: Sink) -> None:
        if self._refusal is not None:
            raise self._refusal
        self.sink = sink

    def stop(self) -> None:
        self.stopped.set()

    def give(self, samples: NDArray[np.int16], *, overflowed: bool = False) -> None:
        assert self.sink is not None
        self.sink.deliver(samples.tobytes(), overflowed)

    def end(self, reason: str | None) -> None:
        assert self.sink is not None
        self.sink.ended(reason)


class SlowSource(ManualSource):
    """A device that takes its time to close."""

    def __init__(self) -> None:
        super().__init__()
        self.may_close = threading.Event()

    def stop(self) -> None:
        super().stop()
        self.may_close.wait(LIMIT_S)


def make_recorder(source: Source, folder: Path) -> Recorder:
    return Recorder(source, folder / "recordings", "t1", "q1", "2026-01-01T00:00:00.000Z")


def start_recorder(source: Source, folder: Path) -> Recorder:
    recorder = make_recorder(source, folder)
    recorder.start()
    return recorder


def list_recordings(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "recordings").iterdir())


def test_a_file_comes_out_sample_for_sample_as_it_went_in(tmp_path: Path) -> None:
    spoken = make_tone(3.3)
    soundfile.write(tmp_path / "answer.wav", spoken, RATE_HZ)
    recorder = start_recorder(FileSource(tmp_path / "answer.wav"), tmp_path)
    assert recorder.wait(LIMIT_S)
    recording = recorder.stop()
    heard, rate = soundfile.read(recording.path, dtype="int16")
    assert rate == RATE_HZ
    assert np.array_equal(heard, spoken)
    assert recording.interrupted is None
    assert recorder.phase is Phase.STOPPED
    assert list_recordings(tmp_path) == ["t1.flac"]


def test_a_stereo_file_is_mixed_and_floats_beyond_full_scale_are_cut(tmp_path: Path) -> None:
    left, right = np.full(100, 1.5, np.float32), np.full(100, 1.1, np.float32)
    stereo = np.stack([left, right], axis=1)
    soundfile.write(tmp_path / "loud.wav", stereo, RATE_HZ, subtype="FLOAT")
    recorder = start_recorder(FileSource(tmp_path / "loud.wav"), tmp_path)
    assert recorder.wait(LIMIT_S)
    recording = recorder.stop()
    heard, _ = soundfile.read(recording.path, dtype="int16")
    assert set(heard) == {32767}
    assert recording.clipped_s == recording.duration_s == 100 / RATE_HZ


def test_a_file_can_be_stopped_half_way(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", make_tone(120), RATE_HZ)
    recorder = start_recorder(FileSource(tmp_path / "long.wav"), tmp_path)
    assert recorder.wait_for_sound(LIMIT_S)
    recording = recorder.stop()
    assert 0 < recording.duration_s <= 120
    assert recording.interrupted is None


def test_a_file_that_is_no_sound_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(AudioError, match=r"notes\.txt"):
        start_recorder(FileSource(tmp_path / "notes.txt"), tmp_path)
    assert not (tmp_path / "recordings").exists()


def test_recording_is_only_said_once_samples_have_arrived(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    assert str(recorder.phase) == "opening"
    assert not recorder.wait_for_sound(0.0)
    source.give(make_tone(0.1))
    assert recorder.wait_for_sound(LIMIT_S)
    assert recorder.phase is Phase.RECORDING
    recorder.stop()


def test_what_arrived_is_in_the_spool_when_sound_is_announced(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.1))
    assert recorder.wait_for_sound(LIMIT_S)
    assert recorder.spool_samples.read_bytes() == make_tone(0.1).tobytes()
    recorder.stop()


def test_samples_during_a_pause_are_dropped_and_the_place_is_noted(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    assert recorder.wait_for_sound(LIMIT_S)
    recorder.pause()
    assert recorder.phase is Phase.PAUSED
    source.give(make_tone(9.0))
    recorder.resume()
    source.give(make_tone(0.25))
    source.end(None)
    assert recorder.wait(LIMIT_S)
    assert recorder.elapsed_s == 0.75
    events = recorder.spool_samples.with_name("events.jsonl").read_text().splitlines()
    assert events == ['{"event": "pause", "frame": 8000}', '{"event": "resume", "frame": 8000}']
    assert recorder.stop().duration_s == 0.75


def test_pause_before_the_first_sample_does_nothing(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    recorder.pause()
    source.give(make_tone(0.1))
    assert recorder.wait_for_sound(LIMIT_S)
    assert recorder.phase is Phase.RECORDING
    recorder.stop()


def test_overflows_are_counted_and_kept(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.1))
    source.give(make_tone(0.1), overflowed=True)
    source.end(None)
    assert recorder.wait(LIMIT_S)
    assert recorder.overflows == 1
    assert recorder.stop().overflows == 1


def test_a_source_that_goes_away_fails_the_recorder_and_keeps_the_audio(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    source.end("the server went away")
    assert recorder.wait(LIMIT_S)
    assert recorder.phase is Phase.FAILED
    assert isinstance(recorder.failure, AudioError)
    recording = recorder.stop()
    assert recording.interrupted == "the server went away"
    assert recording.duration_s == 0.5


def test_a_source_that_falls_silent_without_an_error_is_noticed_and_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "STALL_LIMIT_S", 0.5)
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    assert recorder.wait(LIMIT_S)
    assert source.stopped.is_set()
    assert recorder.stop().interrupted == "no more samples arrive from a hand"


def test_a_source_that_never_delivers_is_an_error_and_leaves_no_spool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "FIRST_SOUND_LIMIT_S", 0.5)
    recorder = start_recorder(ManualSource(), tmp_path)
    assert not recorder.wait_for_sound(LIMIT_S)
    with pytest.raises(AudioError, match="no samples arrived from a hand"):
        recorder.stop()
    assert list_recordings(tmp_path) == []


def test_a_source_that_cannot_be_opened_leaves_no_spool(tmp_path: Path) -> None:
    recorder = make_recorder(ManualSource(AudioError("busy")), tmp_path)
    with pytest.raises(AudioError, match="busy"):
        recorder.start()
    assert list_recordings(tmp_path) == []


def test_zeros_alone_are_noticed_while_recording_and_kept_with_the_recording(
    tmp_path: Path,
) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    assert not recorder.silent
    source.give(make_tone(0.5, amplitude=0.0))
    assert recorder.wait_for_sound(LIMIT_S)
    assert recorder.silent
    assert recorder.stop().all_zero


def test_one_sample_that_differs_from_zero_is_not_silence(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(np.array([0, 0, 1, 0], np.int16))
    assert recorder.wait_for_sound(LIMIT_S)
    assert not recorder.silent
    assert not recorder.stop().all_zero


def test_a_microphone_that_falls_silent_half_way_is_noticed_until_it_is_back(
    tmp_path: Path,
) -> None:
    """A sound server delivers zeros in place of a microphone that was unplugged."""
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)

    def hear(samples: NDArray[np.int16]) -> bool:
        before_s = recorder.elapsed_s
        source.give(samples)
        while recorder.elapsed_s < before_s + len(samples) / RATE_HZ:
            recorder.wait(0.01)
        return recorder.silent

    second = np.zeros(RATE_HZ, np.int16)
    assert not hear(make_tone(2))
    assert [hear(second) for _ in range(6)] == [False, False, False, False, True, True]
    assert not hear(make_tone(0.1))
    recorder.stop()


def test_the_level_is_that_of_what_was_recorded(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(1.0, amplitude=0.5))
    source.end(None)
    assert recorder.wait(LIMIT_S)
    level = recorder.level()
    recorder.stop()
    assert level.peak_dbfs == pytest.approx(-6.02, abs=0.05)
    assert level.rms_dbfs == pytest.approx(-9.03, abs=0.05)
    assert not level.clipped


def test_stopping_twice_gives_the_same_recording(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.1))
    assert recorder.stop() == recorder.stop()


def test_everything_delivered_before_stop_is_in_the_recording(tmp_path: Path) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    for _ in range(200):
        source.give(make_tone(0.01))
    assert recorder.stop().duration_s == pytest.approx(2.0)


def test_a_recording_that_cannot_be_encoded_stays_as_an_orphan_for_the_next_start(
    tmp_path: Path,
) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    (tmp_path / "recordings" / "t1.flac").mkdir()
    with pytest.raises(StorageError, match="the recording is safe in"):
        recorder.stop()
    (orphan,) = find_orphans(tmp_path / "recordings")
    assert orphan.duration_s == 0.5


@pytest.fixture(name="encoders")
def find_encoders() -> Callable[[], list[threading.Thread]]:
    """The encoders that this test has running; those that another test left are not counted."""
    before = set(threading.enumerate())
    return lambda: [
        thread
        for thread in threading.enumerate()
        if thread.name == "encoder" and thread not in before
    ]


def test_an_abandoned_recording_is_an_orphan_at_once_and_its_encoder_has_ended(
    tmp_path: Path, encoders: Callable[[], list[threading.Thread]]
) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    assert recorder.wait_for_sound(LIMIT_S)
    assert len(encoders()) == 1
    recorder.abandon()
    assert recorder.wait(LIMIT_S)
    assert encoders() == []
    (orphan,) = find_orphans(tmp_path / "recordings")
    assert orphan.duration_s == 0.5
    assert orphan.was_left
    names = sorted(path.name for path in orphan.path.iterdir())
    assert names == ["events.jsonl", "header.json", "samples.s16"]


def test_what_was_delivered_before_a_recording_was_abandoned_is_in_its_spool(
    tmp_path: Path,
) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    for _ in range(200):
        source.give(make_tone(0.01))
    recorder.abandon()
    assert recorder.wait(LIMIT_S)
    assert recover_orphan(*find_orphans(tmp_path / "recordings")).duration_s == 2.0


def test_a_quit_does_not_wait_for_a_device_that_is_slow_to_close(
    tmp_path: Path, encoders: Callable[[], list[threading.Thread]]
) -> None:
    source = SlowSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    assert recorder.wait_for_sound(LIMIT_S)
    recorder.abandon()
    assert not recorder.wait(0)
    assert source.stopped.wait(LIMIT_S)
    assert len(find_orphans(tmp_path / "recordings")) == 1
    assert encoders() == []
    source.may_close.set()
    assert recorder.wait(LIMIT_S)


def test_a_recording_that_had_failed_is_let_go_when_it_is_abandoned(
    tmp_path: Path, encoders: Callable[[], list[threading.Thread]]
) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    source.end("the server went away")
    assert recorder.wait(LIMIT_S)
    assert find_orphans(tmp_path / "recordings") == []
    recorder.abandon()
    assert len(find_orphans(tmp_path / "recordings")) == 1
    assert encoders() == []


def test_a_recording_that_cannot_be_made_leaves_no_encoder(
    tmp_path: Path, encoders: Callable[[], list[threading.Thread]]
) -> None:
    source = ManualSource()
    recorder = start_recorder(source, tmp_path)
    source.give(make_tone(0.5))
    assert recorder.wait_for_sound(LIMIT_S)
    recorder.spool_samples.unlink()
    with pytest.raises(StorageError, match="No such file"):
        recorder.stop()
    assert encoders() == []


def test_a_folder_that_cannot_be_made_is_said_before_the_source_is_opened(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("in the way")
    source = ManualSource()
    with pytest.raises(StorageError):
        make_recorder(source, tmp_path).start()
    assert source.sink is None
