"""Makes this process as much like Windows as `practice` can tell, where there is no Windows.

`imitate_windows`, called before anything of `practice` is imported, changes the process for good;
`python -m pytest -p tests.support.windows_likeness_plugin` calls it. For `practice` alone
`sys.platform` is win32; modules and names that only POSIX has are gone; folders cannot be opened,
what was opened to read cannot be synced, and what is open cannot be removed or renamed, unless it
was opened through Windows' own function. `practice.base.system.windows` runs as it is, on
stand-ins for the few functions that it calls. Libraries go on as they are: nothing here says how
they behave on Windows.
"""

import ctypes
import errno
import fcntl
import importlib
import importlib.abc
import importlib.machinery
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tests.support.posix_names import BLOCKED_MODULES, POSIX_NAMES

assert sys.platform != "win32"  # this needs what Windows has not

LIBRARIES = (
    *("asyncio", "av", "click", "faster_whisper", "jinja2", "numpy", "platformdirs", "soundfile"),
    *("sounddevice", "textual.app", "textual.drivers.linux_driver", "tomlkit", "tzlocal"),
)
"""Loaded first, for they look at the system themselves."""
_SHARED_FOLDER = Path(tempfile.gettempdir())
_SHARED: set[int] = set()
"""The descriptors of files that may be removed while they are open."""


def imitate_windows() -> None:
    """Change this process for good."""
    for library in LIBRARIES:
        importlib.import_module(library)
    sys.meta_path.insert(0, _PracticeFinder())
    _add_windows_modules()
    _refuse_what_windows_refuses()
    for module, names in POSIX_NAMES.items():
        for name in names:
            if hasattr(sys.modules[module], name):
                delattr(sys.modules[module], name)
    for module in BLOCKED_MODULES:
        sys.modules[module] = None  # type: ignore[assignment]  # so its import fails


class _PracticeFinder(importlib.abc.MetaPathFinder):
    """Loads `practice` in such a way that it finds itself on Windows."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] != "practice":
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _WindowsLoader(fullname, spec.origin)
        return spec


class _WindowsLoader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        # From the source each time: what is compiled here must not be kept.
        path = self.get_filename(fullname)
        source = self.get_data(path).replace(b"sys.platform", b"'win32'")
        code = self.source_to_code(source, path)
        assert isinstance(code, CodeType)
        return code


class _Kernel32:
    """The functions of Windows that are called, done with those of POSIX."""

    def __init__(self, name: str, *, use_last_error: bool) -> None:
        assert name == "kernel32"
        assert use_last_error
        open_, flock = os.open, fcntl.flock

        def create_file(
            path: str, access: int, share: int, _: None, creation: int, attributes: int, __: None
        ) -> int:
            assert share == 0b111, "others may read, write and remove"
            assert attributes == 0x80
            if Path(path).is_dir():
                raise PermissionError(errno.EACCES, "Access is denied", path)
            flags = {0x80000000: os.O_RDONLY, 0x40000000: os.O_WRONLY, 0xC0000000: os.O_RDWR}
            # CREATE_NEW, CREATE_ALWAYS, OPEN_EXISTING, OPEN_ALWAYS, TRUNCATE_EXISTING.
            new = os.O_CREAT
            how = {1: new | os.O_EXCL, 2: new | os.O_TRUNC, 3: 0, 4: new, 5: os.O_TRUNC}[creation]
            # What Windows would refuse raises here, where the real one sets the last error.
            return open_(path, flags[access] | how, 0o600)

        def lock_file(file: int, how: int, _: int, low: int, high: int, place: object) -> bool:
            assert (low, high) == (1, 0), "one byte is locked"
            assert place is not None
            try:
                flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if how & 1 else 0))
            except BlockingIOError:
                return False
            return True

        self.CreateFileW: Any = create_file
        self.LockFileEx: Any = lock_file
        self.CloseHandle: Any = lambda handle: os.close(handle)
        self.GetCurrentProcess: Any = lambda: -1
        self.SetPriorityClass: Any = lambda process, priority: True
        self.SetConsoleCtrlHandler: Any = lambda handler, add: True


def _add_windows_modules() -> None:
    """What the room for systems asks of Python on Windows."""
    c_library: Any = ModuleType("msvcrt")

    def open_osfhandle(handle: int, flags: int) -> int:
        assert flags & getattr(os, "O_BINARY"), "line feeds would become two characters"
        if flags & os.O_APPEND:
            set_flags(handle, fcntl.F_SETFL, os.O_APPEND)
        _SHARED.add(handle)
        return handle

    set_flags = fcntl.fcntl
    c_library.open_osfhandle = open_osfhandle
    c_library.get_osfhandle = lambda handle: handle
    sys.modules["msvcrt"] = c_library
    added: dict[ModuleType, dict[str, object]] = {
        os: {"O_BINARY": 1 << 20, "O_NOINHERIT": 1 << 21},
        signal: {"SIGBREAK": signal.SIGUSR1},
        subprocess: {"CREATE_NEW_PROCESS_GROUP": 0x200, "CREATE_NO_WINDOW": 0x8000000},
        ctypes: {
            "WinDLL": _Kernel32,
            "WINFUNCTYPE": ctypes.CFUNCTYPE,
            "get_last_error": lambda: 33,
            "FormatError": str,
        },
    }
    for module, names in added.items():
        for name, value in names.items():
            setattr(module, name, value)


def _refuse_what_windows_refuses() -> None:
    open_, fsync, close = os.open, os.fsync, os.close
    read_flags = fcntl.fcntl

    def open_no_folder(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if not isinstance(path, int) and Path(os.fsdecode(path)).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return open_(path, flags, *rest, **named)

    def sync_what_is_written(handle: int) -> None:
        if read_flags(handle, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        fsync(handle)

    def close_and_forget(handle: int) -> None:
        _SHARED.discard(handle)
        close(handle)

    def refuse_open(call: Callable[..., None], of: int) -> Callable[..., None]:
        def checked(*paths: Any, **named: Any) -> None:
            for path in paths[:of]:
                _refuse_while_open(Path(os.fsdecode(path)))
            call(*paths, **named)

        return checked

    setattr(os, "open", open_no_folder)
    setattr(os, "fsync", sync_what_is_written)
    setattr(os, "close", close_and_forget)
    for name, of in (("unlink", 1), ("remove", 1), ("rmdir", 1), ("rename", 2), ("replace", 2)):
        setattr(os, name, refuse_open(getattr(os, name), of))
    # It opens folders, and Python does without it on Windows.
    setattr(shutil, "_use_fd_functions", False)


def _refuse_while_open(path: Path) -> None:
    """Raise what Windows raises where this process has the file, or one in the folder, open."""
    if path.parent == _SHARED_FOLDER:
        return  # files without a name, which pytest and Python make
    wanted = str(path.parent.resolve() / path.name)
    for link in Path("/proc/self/fd").iterdir():
        try:
            opened = str(link.readlink())
        except OSError:
            continue
        if opened.endswith(" (deleted)"):
            continue  # since Windows 10 the name is gone at once, as here
        is_shared = int(link.name) in _SHARED and not path.is_dir()
        if not is_shared and (opened == wanted or opened.startswith(f"{wanted}/")):
            raise PermissionError(errno.EACCES, "It is being used by another process", str(path))
