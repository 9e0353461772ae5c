"""The player against a real sound system."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.script_process import RecordingProcess, ScriptProcess
from tests.support.virtual_microphone import SAMPLE_RATE_HZ, VirtualMicrophone

TONES_HZ = (500, 1000, 2000)
AMPLITUDE = 12_000


@pytest.fixture
def three_tones(tmp_path: Path) -> Path:
    """A second of each of `TONES_HZ`."""
    times = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    wave = np.concatenate([np.sin(2 * np.pi * tone * times) for tone in TONES_HZ])
    path = tmp_path / "tones.flac"
    soundfile.write(path, np.rint(AMPLITUDE * wave).astype(np.int16), SAMPLE_RATE_HZ)
    return path


def run_player(
    microphone: VirtualMicrophone, path: Path, start_s: float, stop_s: float
) -> ScriptProcess:
    return ScriptProcess(
        "play_script.py",
        [path, start_s, stop_s],
        microphone.environment,
        path.with_suffix(".native"),
    )


def seconds_of(path: str, tone_hz: float) -> float:
    """How many seconds of a tone, as `three_tones` plays it, are in a recording."""
    samples, rate = soundfile.read(path, dtype="int16")
    power = np.abs(np.fft.rfft(samples)) ** 2 * 2 / len(samples)
    near = np.abs(np.fft.rfftfreq(len(samples), 1 / rate) - tone_hz) < 20
    return float(power[near].sum() / (AMPLITUDE**2 / 2 * rate))


@pytest.mark.sound_server
def test_the_chosen_stretch_is_heard_and_nothing_else(
    virtual_microphone: VirtualMicrophone, tmp_path: Path, three_tones: Path
) -> None:
    with RecordingProcess(virtual_microphone.environment, tmp_path / "recordings") as recording:
        recording.await_event("sound")
        with run_player(virtual_microphone, three_tones, 1.0, 2.0) as playing:
            playing.tell("wait")
            ended = playing.await_event("ended")
        facts = recording.stop()
    assert ended == {"event": "ended", "ended": True, "position_s": 2.0, "failure": None}
    before, chosen, after = (seconds_of(facts["path"], tone) for tone in TONES_HZ)
    # A busy machine may make the loudspeaker stutter; it never plays what was not asked for.
    assert 0.6 < chosen < 1.1
    assert max(before, after) < 0.05


@pytest.mark.sound_server
def test_a_stop_ends_it_where_it_is(
    virtual_microphone: VirtualMicrophone, three_tones: Path
) -> None:
    with run_player(virtual_microphone, three_tones, 0.5, 3.0) as playing:
        playing.tell("stop")
        ended = playing.await_event("ended")
    assert ended["ended"]
    assert 0.6 <= ended["position_s"] < 2.9
    assert ended["failure"] is None


@pytest.mark.sound_server
def test_a_stretch_beyond_the_end_plays_nothing(
    virtual_microphone: VirtualMicrophone, three_tones: Path
) -> None:
    with run_player(virtual_microphone, three_tones, 7.0, 9.0) as playing:
        playing.tell("wait")
        assert playing.await_event("ended")["position_s"] == 3.0


@pytest.mark.sound_server
def test_a_sound_server_that_dies_ends_the_playback_with_its_reason(
    virtual_microphone: VirtualMicrophone, three_tones: Path
) -> None:
    with run_player(virtual_microphone, three_tones, 0.0, 3.0) as playing:
        playing.await_event("playing")
        virtual_microphone.kill()
        playing.tell("wait")
        ended = playing.await_event("ended")
        assert playing.exit_code() == 0
    assert "went away" in ended["failure"]


@pytest.mark.sound_server
def test_a_file_that_cannot_be_read_is_said(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    with run_player(virtual_microphone, tmp_path / "absent.flac", 0.0, 1.0) as playing:
        assert playing.await_event("error")["kind"] == "UnreadableAudioError"
