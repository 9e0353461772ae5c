"""The way to PortAudio: loaded late, called with a time limit, told to look for devices again.

PortAudio looks for devices once, when it is initialised; what is plugged in later it never sees. So
it is ended and begun again, which is allowed only while no stream is open: it would close them
under the threads that use them. Hence every stream is opened and closed here, and counted.

Every call is made on a thread of its own, with a time limit. When the program ends, what is still
under way is waited for: a thread that looks for devices while the interpreter is taken down under
it brings the whole process down.
"""

import atexit
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from practice.base.errors import AudioError
from practice.base.text import one_line

_Result = TypeVar("_Result")

LIST_LIMIT_S = 10.0
"""To look for devices takes a fraction of a second; a sound server that hangs never answers."""

_END_LIMIT_S = 3.0
"""As long as the end of the program waits for calls that have not come back."""

_REASONS = {
    -9999: "the sound system gives no reason; it may have been unplugged",
    -9997: "it does not take this sample rate",
    -9996: "it is not there any more",
    -9985: "it is not free, or not there any more",
}
"""What error codes of portaudio.h mean to whoever holds the microphone; PortAudio's words for the
first are "Unanticipated host error"."""

_PERHAPS_FORBIDDEN = {-9999, -9996, -9985}
"""What Windows and macOS make of a microphone that this program may not use, among other things."""

_looking = threading.Lock()
"""Held while devices are looked for and listed, and while the number of streams changes."""
_streams = 0
"""Streams that are open, or being opened or closed; one that hangs in either counts for ever."""
_beginning = threading.Lock()
"""Held while a call begins, and when the program ends and none may begin any more."""
_calls: set[threading.Thread] = set()
"""The calls that have not come back."""
_sounddevice: Any = None
"""The module, once it is loaded; PortAudio is ended through it."""


def load() -> Any:  # noqa: ANN401 - sounddevice is untyped
    """The `sounddevice` module; its import starts PortAudio, which looks for devices once.

    Raises:
        AudioError: The PortAudio library is not on this machine, or the sound server hangs.
    """
    if _sounddevice is not None:
        return _sounddevice
    try:
        return call_with_timeout(LIST_LIMIT_S, _import)
    except TimeoutError as error:
        raise AudioError(
            "the sound server does not answer",
            "check that the sound server is running, then try again",
        ) from error
    except OSError as error:
        raise AudioError(
            f"the PortAudio library cannot be loaded: {one_line(str(error))}",
            "install it (on Debian and Ubuntu: apt install libportaudio2), then try again",
        ) from error


def _import() -> Any:  # noqa: ANN401 - sounddevice is untyped
    global _sounddevice
    with _looking:
        import sounddevice  # lazy: it starts PortAudio

        # It would end PortAudio under the calls that are still under way; `_end` waits for them.
        atexit.unregister(sounddevice._exit_handler)
        _sounddevice = sounddevice
        return sounddevice


def explain(error: Exception) -> str:
    """Why PortAudio refused, in words; its own, where we know no better ones."""
    reasons = [_REASONS[code] for code in error.args if code in _REASONS]
    return reasons[0] if reasons else one_line(str(error))


def may_be_forbidden(error: Exception) -> bool:
    """Whether the system may have refused because the user has not allowed the microphone."""
    return any(code in _PERHAPS_FORBIDDEN for code in error.args)


def list_devices(sounddevice: Any, read: Callable[[], _Result]) -> _Result:  # noqa: ANN401
    """What `read` makes of the devices that are there now.

    While a stream is open it gets those that were there when PortAudio looked last.

    Raises:
        TimeoutError: The sound system does not answer.
    """

    def look_and_read() -> _Result:
        with _looking:
            if not _streams:
                # sounddevice has no public way to do this; these are as old as the module. It may
                # stand uninitialised here, where the last attempt failed in the middle.
                while sounddevice._initialized:
                    sounddevice._terminate()
                sounddevice._initialize()
            return read()

    return call_with_timeout(LIST_LIMIT_S, look_and_read)


def open_stream(limit_s: float, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - it is untyped
    """The stream that `make` opens, or None where it closed it again; `close_stream` ends it.

    Raises:
        TimeoutError: It has not opened after `limit_s`; `make` may still come back.
    """

    def open_and_count() -> Any:  # noqa: ANN401
        # Counted before it is opened, so that nobody ends PortAudio in the middle of that.
        _count_stream(1)
        stream = None
        try:
            stream = make()
        finally:
            if stream is None:
                _count_stream(-1)
        return stream

    return call_with_timeout(limit_s, open_and_count)


def close_stream(limit_s: float, stream: Any) -> None:  # noqa: ANN401 - sounddevice is untyped
    """Close a stream of `open_stream`.

    Raises:
        TimeoutError: It has not closed after `limit_s`.
    """

    def close() -> None:
        stream.close()
        _count_stream(-1)

    call_with_timeout(limit_s, close)


def _count_stream(by: int) -> None:
    global _streams
    with _looking:
        _streams += by


def call_with_timeout(limit_s: float, action: Callable[[], _Result]) -> _Result:
    """The result of `action`, called on a thread that is left behind when it takes too long.

    A call into a sound system whose server hangs may never return; the recording must not
    wait for it.

    Raises:
        TimeoutError: It has not returned after `limit_s`, or the program ends.
    """
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(action())
        except BaseException as error:  # noqa: BLE001 - raised again by the caller's thread
            errors.append(error)
        finally:
            _calls.discard(thread)

    thread = threading.Thread(target=run, name="portaudio call", daemon=True)
    if not _beginning.acquire(timeout=limit_s):
        raise TimeoutError("the program ends")
    try:
        _calls.add(thread)
        thread.start()
    finally:
        _beginning.release()
    thread.join(limit_s)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError(f"no answer within {limit_s:g} s")
    return results[0]


def _end() -> None:
    """End PortAudio with the program, once every call has come back; one that hangs is left."""
    _beginning.acquire()  # for good
    until = time.monotonic() + _END_LIMIT_S
    for thread in list(_calls):
        thread.join(max(0.0, until - time.monotonic()))
    if _sounddevice is not None and not _calls:
        _sounddevice._exit_handler()


atexit.register(_end)
