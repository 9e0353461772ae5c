import threading

import pytest

from practice.audio.portaudio import call_with_timeout


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
