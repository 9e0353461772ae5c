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


@pytest.mark.sound_server
def test_the_app_finds_a_microphone_that_came_after_it_was_started(
    virtual_microphone: VirtualMicrophone,
) -> None:
    virtual_microphone.kill()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.audio.app_script"],
        env=virtual_microphone.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as app:

        def tell(line: str) -> None:
            assert app.stdin is not None
            assert app.stdout is not None
            app.stdin.write(f"{line}\n")
            app.stdin.flush()
            assert app.stdout.readline().strip() == line

        tell("shows new to you")
        tell("shows no microphone")
        tell("press enter")
        tell("shows there is no microphone on this machine")
        virtual_microphone.start()
        tell("press enter")
        tell("shows time to think")
        tell("press enter")
        # It is open: nobody speaks to it, so what arrives is digital silence.
        tell("shows no sound arrives")
        app.kill()
