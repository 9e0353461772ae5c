"""A speech model that somebody copied: a folder, a folder of the hub's cache, or an archive."""

import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from practice.base.errors import ModelError, storage_error
from practice.base.text import one_line
from practice.speech.download import CHUNK_BYTES, require_space
from practice.speech.model_folder import WANTED

MOST_FILES = 10_000
"""A model has five files; who names a folder with more than this named the wrong one."""
_COMMIT = re.compile(r"[0-9a-f]{40}")
_PREFIXES = ("models--", "Systran--", "faster-whisper-", "faster-")
"""What stands before the name of a model in the folders of the hub and of faster-whisper."""
_ARCHIVE_ENDINGS = (".zip", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tar")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file of a folder or an archive."""

    path: PurePosixPath
    size_bytes: int
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class ModelCopy:
    """The one model in a folder or an archive."""

    name: str
    """What the folder it lies in calls it."""
    size_bytes: int
    _pieces: Sequence[_Piece]

    def write(self, target: Path, progress: Callable[[int, int], None]) -> None:
        """Put its files into the folder `target`.

        Args:
            target: A folder of ours; what is in it under these names is replaced.
            progress: Called with the bytes done and in all.

        Raises:
            StorageError: The disk is full, or a file cannot be read.
            ModelError: The archive is damaged.
        """
        require_space(target, self.size_bytes)
        done = 0
        for piece in self._pieces:
            path = target / piece.path.name
            with _copy_errors(target), piece.open() as source, path.open("wb") as out:
                while chunk := source.read(CHUNK_BYTES):
                    out.write(chunk)
                    done += len(chunk)
                    progress(done, self.size_bytes)


@contextmanager
def open_copy(source: Path) -> Iterator[ModelCopy]:
    """Look for the one model in `source`, a folder or an archive (zip or tar).

    Raises:
        ModelError: There is none in it, or more than one, or it is damaged.
        StorageError: It cannot be read.
    """
    with _copy_errors(source):
        if source.is_dir():
            yield _choose_model(source, list(_list_folder(source)))
        elif zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                yield _choose_model(source, list(_list_zip(archive)))
        elif source.is_file() and tarfile.is_tarfile(source):
            with tarfile.open(source) as archive:
                yield _choose_model(source, list(_list_tar(archive)))
        elif source.exists():
            raise ModelError(
                f"{one_line(str(source))} is neither a folder nor a zip or tar archive",
                "name the folder that holds model.bin, or an archive of it",
            )
        else:
            raise ModelError(f"there is nothing at {one_line(str(source))}", "check the path")


def _list_folder(folder: Path) -> Iterator[_Piece]:
    for number, path in enumerate(folder.rglob("*")):
        if number == MOST_FILES:
            raise ModelError(
                f"{one_line(str(folder))} holds more than {MOST_FILES:,} files",
                "name the folder that holds model.bin",
            )
        # In the hub's cache each file is a link to the one that holds its bytes.
        if path.is_file():
            inside = PurePosixPath(path.relative_to(folder).as_posix())
            yield _Piece(inside, path.stat().st_size, partial(_open_file, path))


def _open_file(path: Path) -> IO[bytes]:
    return path.open("rb")


def _list_zip(archive: zipfile.ZipFile) -> Iterator[_Piece]:
    for entry in archive.infolist()[:MOST_FILES]:
        if not entry.is_dir():
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            yield _Piece(path, entry.file_size, partial(archive.open, entry))


def _list_tar(archive: tarfile.TarFile) -> Iterator[_Piece]:
    def open_member(member: tarfile.TarInfo) -> IO[bytes]:
        file = archive.extractfile(member)
        assert file is not None  # it is a regular file
        return file

    for member in archive.getmembers()[:MOST_FILES]:
        if member.isfile():
            path = PurePosixPath(member.name)
            yield _Piece(path, member.size, partial(open_member, member))


def _choose_model(source: Path, pieces: Sequence[_Piece]) -> ModelCopy:
    """The model among what lies in `source`."""
    folders = {piece.path.parent for piece in pieces if piece.path.name == "model.bin"}
    if not folders:
        raise ModelError(
            f"there is no speech model in {one_line(str(source))}: no model.bin",
            "a model has model.bin, config.json, tokenizer.json and a vocabulary, converted for"
            " CTranslate2",
        )
    if len(folders) > 1:
        named = ", ".join(sorted(one_line(str(folder)) for folder in folders)[:5])
        raise ModelError(
            f"there is more than one speech model in {one_line(str(source))}: {named}",
            "name the folder of one of them",
        )
    folder = folders.pop()
    wanted = [
        piece
        for piece in pieces
        if piece.path.parent == folder
        and any(fnmatch(piece.path.name, pattern) for pattern in WANTED)
    ]
    return ModelCopy(
        _guess_name(source, folder), sum(piece.size_bytes for piece in wanted), tuple(wanted)
    )


def _guess_name(source: Path, folder: PurePosixPath) -> str:
    """`base` of `models--Systran--faster-whisper-base/snapshots/…` or `faster-whisper-base.zip`."""
    outer = source.resolve().name
    for ending in _ARCHIVE_ENDINGS:
        if source.is_file() and outer.lower().endswith(ending):
            outer = outer[: -len(ending)]
            break
    above = [part for part in source.resolve().parent.parts if part.startswith("models--")]
    for part in reversed([*above[-1:], outer, *folder.parts]):
        if part == "snapshots" or _COMMIT.fullmatch(part):
            continue
        return _strip_prefixes(part)
    return outer


def _strip_prefixes(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name


@contextmanager
def _copy_errors(path: Path) -> Iterator[None]:
    """Turn what goes wrong while a copy is read or written into an error that says so."""
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, NotImplementedError) as error:
        raise ModelError(
            f"the archive {one_line(str(path))} is damaged: {one_line(str(error))}",
            "have it copied again",
        ) from error
    except RuntimeError as error:  # a zip with a password
        raise ModelError(
            f"{one_line(str(path))} cannot be unpacked: {one_line(str(error))}",
            "unpack it yourself and name the folder",
        ) from error
    except OSError as error:
        raise storage_error("copy", path, error) from error
