"""The way to PortAudio: loaded late, called with a time limit."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from practice.base.errors import AudioError
from practice.base.text import one_line

_Result = TypeVar("_Result")


def load() -> Any:  # noqa: ANN401 - sounddevice is untyped
    """The `sounddevice` module; its import starts PortAudio, which looks for devices once.

    Raises:
        AudioError: The PortAudio library is not on this machine.
    """
    try:
        import sounddevice  # lazy: it starts PortAudio
    except OSError as error:
        raise AudioError(
            f"the PortAudio library cannot be loaded: {one_line(str(error))}",
            "install it (on Debian and Ubuntu: apt install libportaudio2), then try again",
        ) from error
    return sounddevice


def call_with_timeout(limit_s: float, action: Callable[[], _Result]) -> _Result:
    """The result of `action`, called on a thread that is left behind when it takes too long.

    A call into a sound system whose server hangs may never return; the recording must not
    wait for it.

    Raises:
        TimeoutError: It has not returned after `limit_s`.
    """
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(action())
        except BaseException as error:  # noqa: BLE001 - raised again by the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, name="portaudio call", daemon=True)
    thread.start()
    thread.join(limit_s)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError(f"no answer within {limit_s:g} s")
    return results[0]
