import wave
from pathlib import Path

import pytest

from practice.audio.level import FLOOR_DBFS
from practice.audio.sound_check import OpenMicrophone, Sample
from practice.base.errors import AudioError
from tests.support.fake_microphone import RATE_HZ, FakeMicrophone


class CountingSink:
    """A sink that counts."""

    def __init__(self) -> None:
        self.heard = 0
        self.end: str | None = "not yet"

    def deliver(self, block: bytes, overflowed: bool = False) -> None:
        self.heard += len(block) // 2

    def ended(self, reason: str | None) -> None:
        self.end = reason

    def wait_for_room(self, timeout_s: float) -> bool:
        return True


def open_microphone() -> tuple[FakeMicrophone, OpenMicrophone]:
    source = FakeMicrophone()
    microphone = OpenMicrophone(source)
    microphone.open()
    return source, microphone


def test_what_is_said_before_the_start_is_metered_and_dropped() -> None:
    source, microphone = open_microphone()
    source.say(1.0)
    assert microphone.level().peak_dbfs == pytest.approx(-14, abs=0.1)

    listener = CountingSink()
    microphone.start(listener)
    source.say(0.5)

    assert listener.heard == RATE_HZ // 2
    assert microphone.level().peak_dbfs == FLOOR_DBFS


def test_only_two_seconds_of_exact_zeros_are_a_muted_microphone() -> None:
    source, microphone = open_microphone()
    source.say(1.9, amplitude=0)
    assert not microphone.muted
    source.say(0.2, amplitude=0)
    assert microphone.muted
    source.say(0.1, amplitude=0.001)
    assert not microphone.muted


def test_the_end_of_the_device_reaches_whoever_records() -> None:
    source, microphone = open_microphone()
    listener = CountingSink()
    microphone.start(listener)

    source.break_down("it was unplugged")

    assert listener.end == "it was unplugged"


def test_a_device_that_has_ended_cannot_be_recorded() -> None:
    source, microphone = open_microphone()
    source.break_down("it was unplugged")

    assert microphone.failure == "it was unplugged"
    with pytest.raises(AudioError, match="it was unplugged"):
        microphone.start(CountingSink())


def test_a_file_waits_until_it_is_recorded() -> None:
    _, microphone = open_microphone()
    assert not microphone.wait_for_room(0)
    microphone.start(CountingSink())
    assert microphone.wait_for_room(0)


def record_sample(seconds: float, amplitude: float = 0.2) -> Sample:
    source, microphone = open_microphone()
    sample = Sample(microphone, 2.0)
    sample.start()
    source.say(seconds, amplitude)
    return sample


def test_a_sample_ends_by_itself_and_takes_no_more(tmp_path: Path) -> None:
    sample = record_sample(3.0)

    assert sample.done
    assert sample.part == 1
    with sample.as_file(tmp_path) as path, wave.open(str(path)) as file:
        assert file.getnframes() == 2 * RATE_HZ
        assert file.getframerate() == RATE_HZ


def test_the_file_of_a_sample_is_gone_afterwards(tmp_path: Path) -> None:
    with record_sample(2.0).as_file(tmp_path) as path:
        assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0
    assert not path.parent.exists()


def test_half_a_sample_is_not_done() -> None:
    sample = record_sample(1.0)
    assert sample.part == pytest.approx(0.5)
    assert not sample.done


@pytest.mark.parametrize(
    ("amplitude", "words"),
    [(0.0, "no sound arrived"), (0.001, "very quiet"), (0.2, "clear enough"), (1.5, "too loud")],
)
def test_the_verdict_says_what_to_do(amplitude: float, words: str) -> None:
    assert words in record_sample(2.0, amplitude).verdict()
