import subprocess
import sys
import threading

import pytest

from practice.audio.portaudio import call_with_timeout, explain


def test_a_call_that_returns_gives_its_result() -> None:
    assert call_with_timeout(20.0, lambda: 7) == 7


def test_an_error_of_the_call_reaches_the_caller() -> None:
    def refuse() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        call_with_timeout(20.0, refuse)


def test_a_call_that_hangs_is_left_behind() -> None:
    release = threading.Event()
    with pytest.raises(TimeoutError):
        call_with_timeout(0.05, release.wait)
    release.set()


def test_an_error_that_only_portaudio_understands_is_put_into_words() -> None:
    host_error = Exception("Error opening InputStream", -9999, (-9979, 0, "<host API not found>"))
    assert explain(host_error) == "the sound system gives no reason; it may have been unplugged"
    assert explain(ValueError("it is not there any more")) == "it is not there any more"


LOOK_AND_LEAVE = """
import sys, threading
from practice.audio import devices, portaudio
begun, look = threading.Event(), portaudio.list_devices
def look_and_say(*arguments):
    begun.set()
    return look(*arguments)
portaudio.list_devices = look_and_say
threading.Thread(target=devices.list_inputs, daemon=True).start()
begun.wait()
"""


def test_a_program_that_ends_while_devices_are_looked_for_ends_well() -> None:
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", LOOK_AND_LEAVE], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_no_call_begins_when_the_program_ends() -> None:
    script = """
import atexit
from practice.audio import portaudio
def call():
    try:
        portaudio.call_with_timeout(0.05, lambda: print("called"))
    except TimeoutError:
        print("refused")
portaudio.call_with_timeout(20.0, lambda: print("before"))
atexit.unregister(portaudio._end)
atexit.register(call)
atexit.register(portaudio._end)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["before", "refused"]
