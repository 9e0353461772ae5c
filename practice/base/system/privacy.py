"""Who else may read a folder, as far as its system says."""

import sys
from collections.abc import Sequence
from pathlib import Path

_PRIVATE = 0o700


def is_private(folder: Path) -> bool:
    """Whether nobody else can read what is in `folder`, administrators left aside."""
    if sys.platform == "win32":
        # There, a folder has the rights of the one around it; those of a user's own are private.
        return folder.resolve().is_relative_to(Path.home().resolve())
    return folder.stat().st_mode & 0o777 == _PRIVATE


def privacy_remedy(folders: Sequence[Path]) -> str:
    """What to do so that nobody else can read `folders`."""
    if sys.platform == "win32":
        return "set PRACTICE_HOME to a folder within your own, such as %USERPROFILE%\\practice"
    return "chmod 700 " + " ".join(map(str, folders))
