"""What goes wrong under a recording, done for real: the audio is kept and the reason is said."""

import random
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from practice.audio.spool import find_orphans, recover_orphan
from tests.support.script_process import RecordingProcess
from tests.support.virtual_microphone import SAMPLE_RATE_HZ, VirtualMicrophone, wait_until

KILLS = 10
SEED = 20261123


def read_spooled_s(recordings: Path) -> float:
    """How much sound the spool in `recordings` holds by now."""
    return sum(path.stat().st_size for path in recordings.glob("*.spool/samples.s16")) / (
        2 * SAMPLE_RATE_HZ
    )


def wait_for_samples(recordings: Path, seconds: float) -> None:
    wait_until(lambda: read_spooled_s(recordings) >= seconds)


def play_hum(microphone: VirtualMicrophone, folder: Path) -> None:
    """Let the microphone hear a hum for two minutes, or until its server goes."""
    hum = np.rint(8000 * np.sin(np.arange(SAMPLE_RATE_HZ * 120) * 0.03)).astype(np.int16)
    soundfile.write(folder / "hum.wav", hum, SAMPLE_RATE_HZ)
    microphone.play(folder / "hum.wav")


@pytest.mark.fault("kill -9: recording from a sound server")
@pytest.mark.sound_server
def test_ten_kills_at_random_moments_lose_at_most_the_last_second_each(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    moments = random.Random(SEED)
    play_hum(virtual_microphone, tmp_path)
    losses_s = []
    for number in range(KILLS):
        recordings = tmp_path / f"recordings-{number}"
        with RecordingProcess(virtual_microphone.environment, recordings) as recording:
            first_sample_s = recording.await_event("sound")["monotonic_s"]
            wait_for_samples(recordings, moments.uniform(0.05, 2.5))
            recording.kill()
            killed_s = time.monotonic()
        (orphan,) = find_orphans(recordings)
        kept = recover_orphan(orphan)
        losses_s.append(killed_s - first_sample_s - kept.duration_s)
        assert orphan.header is not None
        assert not kept.all_zero
    assert max(losses_s) <= 1.0, losses_s


@pytest.mark.fault("sound server killed")
@pytest.mark.sound_server
def test_a_sound_server_that_dies_is_said_and_the_audio_kept(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    recordings = tmp_path / "recordings"
    with RecordingProcess(virtual_microphone.environment, recordings) as recording:
        recording.await_event("sound")
        wait_for_samples(recordings, 1.0)
        virtual_microphone.kill()
        ended = recording.await_event("ended")
        facts = recording.stop()
        assert recording.exit_code() == 0
    assert ended["phase"] == "failed"
    assert "went away" in facts["interrupted"]
    assert facts["duration_s"] >= 1.0
    assert soundfile.info(facts["path"]).frames == round(facts["duration_s"] * SAMPLE_RATE_HZ)


@pytest.mark.fault("microphone that falls silent")
@pytest.mark.sound_server
def test_a_source_that_is_suspended_is_noticed_and_the_audio_kept(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    recordings = tmp_path / "recordings"
    with RecordingProcess(virtual_microphone.environment, recordings) as recording:
        recording.await_event("sound")
        wait_for_samples(recordings, 1.0)
        virtual_microphone.suspend()
        assert recording.await_event("ended")["phase"] == "failed"
        facts = recording.stop()
        assert recording.exit_code() == 0
    assert "no more samples arrive" in facts["interrupted"]
    assert facts["duration_s"] >= 1.0


@pytest.mark.fault("sound server that hangs")
@pytest.mark.sound_server
def test_a_sound_server_that_hangs_does_not_hang_the_recorder(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    recordings = tmp_path / "recordings"
    with RecordingProcess(virtual_microphone.environment, recordings) as recording:
        recording.await_event("sound")
        wait_for_samples(recordings, 1.0)
        virtual_microphone.freeze()
        facts = recording.stop()
        assert recording.exit_code() == 0
    assert facts["duration_s"] >= 1.0


@pytest.mark.fault("disk full while recording")
@pytest.mark.sound_server
def test_a_disk_that_fills_up_ends_the_recording_and_keeps_what_fitted(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    recordings = tmp_path / "recordings"
    one_second = 2 * SAMPLE_RATE_HZ
    with RecordingProcess(
        virtual_microphone.environment, recordings, largest_file=one_second
    ) as recording:
        ended = recording.await_event("ended")
        facts = recording.stop()
    assert ended["phase"] == "failed"
    assert facts["interrupted"].startswith("cannot record to ")
    assert facts["duration_s"] == 1.0
