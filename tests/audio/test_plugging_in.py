"""A microphone that comes and goes while the program runs: PortAudio, ALSA, a real sound server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.virtual_microphone import VirtualMicrophone

SCRIPT = Path(__file__).with_name("devices_script.py")


class ListingProcess:
    """A process that lists microphones when it is asked to."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(SCRIPT)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, line: str) -> object:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        with self._process:
            self._process.kill()


@pytest.fixture
def listing(virtual_microphone: VirtualMicrophone) -> Iterator[ListingProcess]:
    """A process that began on a machine without a sound server."""
    virtual_microphone.kill()
    process = ListingProcess(virtual_microphone.environment)
    yield process
    process.close()


@pytest.mark.sound_server
def test_a_sound_server_that_starts_later_is_found_and_heard(
    virtual_microphone: VirtualMicrophone, listing: ListingProcess
) -> None:
    assert listing.ask("list") == []
    virtual_microphone.start()
    assert listing.ask("list")
    assert listing.ask("open") is True


@pytest.mark.sound_server
def test_looking_again_does_not_disturb_an_open_microphone(
    virtual_microphone: VirtualMicrophone, listing: ListingProcess
) -> None:
    virtual_microphone.start()
    before = listing.ask("list")
    assert listing.ask("open") is True
    assert listing.ask("list") == before
    assert listing.ask("close") is True
    virtual_microphone.kill()
    assert listing.ask("list") == []
