"""Who keeps a program from the microphone on each system, and where to allow it."""

import sys
from pathlib import Path
from typing import Final

ALLOW_ON_MACOS: Final = (
    "allow the terminal program under System Settings, Privacy & Security, Microphone, then open it"
    " again"
)
ALLOW_ON_WINDOWS: Final = (
    "let desktop apps use it under Settings, Privacy & security, Microphone, then try again"
)
_KERNEL = Path("/proc/sys/kernel/osrelease")


def way_to_allow() -> str:
    """How to let a program use the microphone; empty where the system asks nobody."""
    if sys.platform == "win32":
        return ALLOW_ON_WINDOWS
    if sys.platform == "darwin":
        return ALLOW_ON_MACOS
    return ""


def is_inside_windows(kernel: Path = _KERNEL) -> bool:
    """Whether this is Linux inside Windows (WSL), which has no microphone of its own.

    Args:
        kernel: The file in which Linux names its kernel.
    """
    try:
        return "microsoft" in kernel.read_text(encoding="utf-8").lower()
    except (OSError, UnicodeDecodeError):
        return False
