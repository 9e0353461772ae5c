"""The recorder against a real sound system: PortAudio, ALSA and a PulseAudio of the test's own."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from practice.audio.codec import decode
from tests.support.script_process import RecordingProcess
from tests.support.virtual_microphone import SAMPLE_RATE_HZ, VirtualMicrophone


def make_tones(*frequencies_hz: float) -> NDArray[np.int16]:
    """Half a second of each, one after the other."""
    times: NDArray[np.float64] = np.arange(SAMPLE_RATE_HZ // 2) / SAMPLE_RATE_HZ
    parts = [np.sin(2 * np.pi * frequency * times) for frequency in frequencies_hz]
    wave: NDArray[np.int16] = np.rint(12_000 * np.concatenate(parts)).astype(np.int16)
    return wave


def correlate(heard: NDArray[np.float32], spoken: NDArray[np.float32]) -> float:
    """The highest normalised correlation of `spoken` with any place in `heard`."""
    size = 1 << (len(heard) + len(spoken)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(spoken, size))
    correlation = np.fft.irfft(product, size)[: len(heard) - len(spoken) + 1]
    place = int(np.argmax(correlation))
    window = heard[place : place + len(spoken)]
    return float(correlation[place] / (np.linalg.norm(window) * np.linalg.norm(spoken)))


@pytest.mark.sound_server
def test_speech_comes_back_as_it_was_spoken(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    words = "I led the migration of our billing system, and I learnt to ask for help earlier."
    speech = tmp_path / "speech.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(speech), words], check=True)
    with RecordingProcess(virtual_microphone.environment, tmp_path / "recordings") as recording:
        recording.await_event("sound")
        virtual_microphone.speak(speech)
        facts = recording.stop()
    assert correlate(decode(Path(facts["path"])), decode(speech)) > 0.97
    assert facts["interrupted"] is None
    assert not facts["all_zero"]


@pytest.mark.sound_server
def test_the_recording_is_as_long_as_the_time_it_ran(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    soundfile.write(tmp_path / "tones.wav", make_tones(400, 700, 1000, 1300), SAMPLE_RATE_HZ)
    with RecordingProcess(virtual_microphone.environment, tmp_path / "recordings") as recording:
        begin = recording.await_event("sound")
        virtual_microphone.speak(tmp_path / "tones.wav")
        facts = recording.stop()
        end = recording.exit_code()
    ran_s = facts["monotonic_s"] - begin["monotonic_s"]
    assert end == 0
    assert facts["sample_rate_hz"] == SAMPLE_RATE_HZ
    assert facts["duration_s"] == pytest.approx(ran_s, abs=0.3)
    assert facts["duration_s"] > 2.0


@pytest.mark.sound_server
def test_what_is_said_during_a_pause_is_not_kept(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    for name, frequency_hz in (("kept", 500), ("secret", 2000)):
        soundfile.write(tmp_path / f"{name}.wav", make_tones(frequency_hz), SAMPLE_RATE_HZ)
    with RecordingProcess(virtual_microphone.environment, tmp_path / "recordings") as recording:
        recording.await_event("sound")
        virtual_microphone.speak(tmp_path / "kept.wav")
        recording.tell("pause")
        recording.await_event("paused")
        virtual_microphone.speak(tmp_path / "secret.wav")
        facts = recording.stop()
    samples = decode(Path(facts["path"]))
    spectrum = np.abs(np.fft.rfft(samples))
    frequencies = np.fft.rfftfreq(len(samples), 1 / 16_000)
    assert spectrum[np.abs(frequencies - 500) < 20].max() > 100
    assert spectrum[np.abs(frequencies - 2000) < 20].max() < 1


@pytest.mark.sound_server
def test_a_microphone_that_delivers_only_zeros_is_noticed_while_it_does(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    with RecordingProcess(virtual_microphone.environment, tmp_path / "recordings") as recording:
        assert recording.await_event("sound")["silent"]
        facts = recording.stop()
    assert facts["all_zero"]
    assert facts["interrupted"] is None


@pytest.mark.skipif(sys.platform != "linux", reason="hides the devices by ALSA's own settings")
def test_a_machine_without_a_microphone_is_told_so(tmp_path: Path) -> None:
    nothing = tmp_path / "asound.conf"
    nothing.write_text("pcm.nothing { type file }\n")
    environment = os.environ | {"ALSA_CONFIG_PATH": str(nothing)}
    with RecordingProcess(environment, tmp_path / "recordings") as recording:
        error = recording.await_event("error")
        assert recording.exit_code() == 3
    assert error["kind"] == "AudioError"
    assert error["message"] == "there is no microphone on this machine"
    assert not (tmp_path / "recordings").exists()
