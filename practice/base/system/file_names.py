"""Names that can be given to a file on every system, made of what somebody typed."""

import re
import sys
import unicodedata

_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""Windows takes such a name for a device, in any folder and with any ending."""
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What Windows, or another system, does not have in a name."""


def is_device_name(name: str) -> bool:
    """Whether Windows would open a device instead of a file of that name."""
    stem = name.partition(".")[0].rstrip(" ")
    return _DEVICES.fullmatch(stem) is not None


def safe_stem(stem: str) -> str:
    """`stem` as every system takes it, before an ending such as `.txt`; it may become empty.

    What Windows refuses becomes a hyphen, dots and spaces at the end, which it drops, go, and the
    name of a device gets a hyphen behind it.
    """
    safe = _REFUSED.sub("-", stem).rstrip(". ")
    return f"{safe}-" if is_device_name(safe) else safe


def local_stem(stem: str) -> str:
    """`stem` as this system takes it: only Windows wants another one; it may become empty."""
    return safe_stem(stem) if sys.platform == "win32" else stem


def fold_name(name: str) -> str:
    """The same for two names that Windows or macOS take for one: letters have no case there."""
    return unicodedata.normalize("NFC", name).casefold()
