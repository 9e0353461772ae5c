"""What Windows alone offers, by its own functions; imported on Windows only."""

import ctypes
import msvcrt
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from ctypes import wintypes

assert sys.platform == "win32"  # a type checker of another system passes over what follows

_GENERIC_READ, _GENERIC_WRITE = 0x80000000, 0x40000000
_SHARE_READ_WRITE_DELETE = 0x1 | 0x2 | 0x4
_CREATE_NEW, _CREATE_ALWAYS, _OPEN_EXISTING, _OPEN_ALWAYS, _TRUNCATE_EXISTING = 1, 2, 3, 4, 5
_ATTRIBUTE_NORMAL = 0x80
_LOCK_AT_ONCE, _LOCK_EXCLUSIVE = 0x1, 0x2
_LOCK_VIOLATION = 33
_LOCKED_BYTE = 0x7FFFFFFF_FFFFFFFE
"""Far behind the end of any file: Windows keeps others from reading what is locked."""
_BELOW_NORMAL = 0x4000
_CLOSING = {2: "close", 5: "log off", 6: "shut down"}
"""The events of a console after which Windows ends the program, whatever it answers."""
_CLOSING_S = 4.5
"""As long as a closing console can be held up; after 5 s Windows ends the program."""


class _Overlapped(ctypes.Structure):
    """Windows' OVERLAPPED: where in a file something is done."""

    _fields_ = (
        ("internal", ctypes.c_void_p),
        ("internal_high", ctypes.c_void_p),
        ("offset", wintypes.DWORD),
        ("offset_high", wintypes.DWORD),
        ("event", wintypes.HANDLE),
    )


_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.CreateFileW.argtypes = (
    wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID, wintypes.DWORD,
    wintypes.DWORD, wintypes.HANDLE,
)  # fmt: skip
_kernel32.CreateFileW.restype = wintypes.HANDLE
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.LockFileEx.argtypes = (
    wintypes.HANDLE, wintypes.DWORD, wintypes.DWORD, wintypes.DWORD, wintypes.DWORD,
    ctypes.POINTER(_Overlapped),
)  # fmt: skip
_kernel32.GetCurrentProcess.restype = wintypes.HANDLE
_kernel32.SetPriorityClass.argtypes = (wintypes.HANDLE, wintypes.DWORD)
_INVALID_HANDLE = wintypes.HANDLE(-1).value
_ConsoleHandler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)


def open_shared(path: str, flags: int) -> int:
    """A descriptor as `os.open` gives one, of a file that can be removed and renamed meanwhile.

    The C library, and with it `open` and `os.open`, would keep everybody from both for as long as
    the file is open. Bytes are written as they are: no line feed becomes two characters.

    Raises:
        OSError: Windows refused.
    """
    access = {
        os.O_RDONLY: _GENERIC_READ,
        os.O_WRONLY: _GENERIC_WRITE,
        os.O_RDWR: _GENERIC_READ | _GENERIC_WRITE,
    }[flags & (os.O_WRONLY | os.O_RDWR)]
    if flags & os.O_CREAT and flags & os.O_EXCL:
        creation = _CREATE_NEW
    elif flags & os.O_CREAT:
        creation = _CREATE_ALWAYS if flags & os.O_TRUNC else _OPEN_ALWAYS
    else:
        creation = _TRUNCATE_EXISTING if flags & os.O_TRUNC else _OPEN_EXISTING
    handle = _kernel32.CreateFileW(
        path, access, _SHARE_READ_WRITE_DELETE, None, creation, _ATTRIBUTE_NORMAL, None
    )
    if handle is None or handle == _INVALID_HANDLE:
        raise _windows_error(path)
    kept = os.O_BINARY | os.O_NOINHERIT | flags & (os.O_WRONLY | os.O_RDWR | os.O_APPEND)
    try:
        return msvcrt.open_osfhandle(handle, kept)
    except OSError:
        _kernel32.CloseHandle(handle)
        raise


def lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file until its handle is closed; False where somebody else has the lock.

    Raises:
        OSError: Files on that disk cannot be locked.
    """
    place = _Overlapped()
    place.offset, place.offset_high = _LOCKED_BYTE & 0xFFFFFFFF, _LOCKED_BYTE >> 32
    how = _LOCK_EXCLUSIVE | (0 if wait else _LOCK_AT_ONCE)
    file = msvcrt.get_osfhandle(handle)
    if _kernel32.LockFileEx(file, how, 0, 1, 0, ctypes.byref(place)):
        return True
    if ctypes.get_last_error() == _LOCK_VIOLATION:
        return False
    raise _windows_error(None)


def lower_priority() -> None:
    """Let other programs go first."""
    # Where Windows refuses, the program runs as any other does.
    _kernel32.SetPriorityClass(_kernel32.GetCurrentProcess(), _BELOW_NORMAL)


def hold_up_closing(leave: Callable[[], None]) -> None:
    """Call `leave` when the console is closed or the user logs off, and give it time.

    Windows ends the program as soon as all handlers have returned, or after five seconds.
    """

    def handle(event: int) -> bool:
        if event not in _CLOSING:
            return False
        leave()
        time.sleep(_CLOSING_S)
        return True

    handler = _ConsoleHandler(handle)
    _handlers.append(handler)  # Windows keeps no reference to it
    _kernel32.SetConsoleCtrlHandler(handler, True)


_handlers: list[object] = []


class InputThread:
    """Reads standard input on a thread: Windows cannot wait for it with a time limit.

    There is one for the whole program, for what a second one read would be missing in the first.
    """

    def __init__(self) -> None:
        self._read: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="standard input", daemon=True).start()

    def take(self, timeout_s: float) -> bytes | None:
        """What was typed since; empty at the end, None when nothing came in `timeout_s`."""
        try:
            data = self._read.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if not data:
            self._read.put(data)  # the end stays the end, whoever asks next
        return data

    def _run(self) -> None:
        # The raw stream: a thread that is still inside a buffered one when the program ends
        # holds its lock, and Python refuses to end then. Of a console it gives UTF-8.
        raw = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
        while True:
            try:
                data = raw.read(4096)
            except (OSError, ValueError):
                data = b""
            self._read.put(data or b"")
            if not data:
                return


def _windows_error(path: str | None) -> OSError:
    """What Windows said last, as the kind of OSError that fits."""
    number = ctypes.get_last_error()
    return OSError(0, ctypes.FormatError(number).strip(), path, number)
