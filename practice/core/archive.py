"""A folder of plain files that holds everything of a workspace, and what is in it.

Its manifest names every file with its size and SHA-256, and is written last: a folder without one
was not finished. Whoever reads such a folder trusts no name in it.
"""

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import cast

import msgspec

from practice.base.errors import StorageError, storage_error
from practice.base.files import private_folder
from practice.base.paths import PRIVATE_FILE, show_path
from practice.base.system.files import (
    open_file,
    open_to_read,
    remove_file,
    replace_file,
    sync_handle,
)
from practice.base.text import one_line
from practice.library.records import SCHEMA

FORMAT = "practice-export"
VERSION = 1
MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"
"""The folder within the export in which it grows."""
BLOCK_BYTES = 1 << 20
LARGEST_TEXT_BYTES = 64 << 20
"""Of a file that is read whole; a review of an hour has some 2 MB."""
_NEWER = "update practice, and import it then"


class FileFacts(msgspec.Struct, frozen=True):
    """What a file of the export must be."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What is in an export, and who made it."""

    format: str
    version: int
    schema: int
    """Of the library that it was made of."""
    made_at: str
    made_by: str
    files: dict[str, FileFacts]
    """By the path within the export, with slashes."""


class DamageError(StorageError):
    """A file of an export is not what its manifest says, or makes no sense."""


class ArchiveWriter:
    """Writes an export; it is there once `finish` was called, and nothing of it before.

    Args:
        folder: A new or an empty one; what an export that was cut off left in it goes.

    Raises:
        StorageError: There is something in it already, or the disk refused.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_new = not folder.exists()
        check_target(folder)
        private_folder(folder)
        self._growing = folder / UNFINISHED
        self.files: dict[str, FileFacts] = {}
        try:
            if self._growing.is_symlink():
                raise StorageError(f"{show_path(self._growing)} is a link", "name a new folder")
            remove_tree(self._growing)
            private_folder(self._growing)
        except OSError as error:
            raise storage_error("write to", show_path(folder), error) from error

    def write(self, name: str, data: bytes) -> None:
        """Add a file.

        Raises:
            StorageError: The disk refused.
        """
        self._keep(name, iter([data]))

    def write_json(self, name: str, content: object) -> None:
        """Add a file of JSON that people can read.

        Raises:
            StorageError: The disk refused.
        """
        try:
            data = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False).encode()
        except UnicodeEncodeError:
            # Half a character, as a recogniser may leave it, is kept as an escape.
            data = json.dumps(content, indent=2, allow_nan=False).encode()
        self.write(name, data + b"\n")

    def copy(self, name: str, source: Path) -> None:
        """Add a copy of a file, block by block.

        Raises:
            StorageError: It cannot be read, or the disk refused.
        """
        self._keep(name, read_blocks(source))

    def finish(self, made_at: str, made_by: str) -> Manifest:
        """Put everything in its place, the manifest last.

        Raises:
            StorageError: The disk refused.
        """
        manifest = Manifest(
            format=FORMAT, version=VERSION, schema=SCHEMA, made_at=made_at, made_by=made_by,
            files=dict(self.files),
        )  # fmt: skip
        self.write_json(MANIFEST, msgspec.to_builtins(manifest))
        try:
            for path in sorted(self._growing.iterdir(), key=lambda path: path.name == MANIFEST):
                replace_file(path, self.folder / path.name)
            self._growing.rmdir()
        except OSError as error:
            raise storage_error("write to", show_path(self.folder), error) from error
        return manifest

    def abandon(self) -> None:
        """Remove what was written, and the folder where it was made for this."""
        for name in [*{PurePosixPath(file).parts[0] for file in self.files}, UNFINISHED]:
            remove_tree(self.folder / name)
        if self._is_new and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _keep(self, name: str, blocks: Iterator[bytes]) -> None:
        path = self._growing / name
        private_folder(path.parent)
        self.files[name] = write_blocks(path, blocks)


class ArchiveReader:
    """Reads an export, of which everything may be wrong.

    Args:
        folder: The export.

    Raises:
        StorageError: It is none, was not finished, is of a newer practice, or leads elsewhere.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shown = show_path(folder)
        if not folder.is_dir():
            raise StorageError(f"there is no folder {shown}", "name the folder of an export")
        if not os.path.lexists(folder / MANIFEST):
            if (folder / UNFINISHED).exists():
                raise StorageError(f"the export {shown} was not finished", "make it again")
            raise StorageError(
                f"{shown} is not an export: it has no {MANIFEST}", "name another folder"
            )
        self._found = _list_files(folder)
        self.manifest = self._read_manifest()

    @property
    def names(self) -> list[str]:
        """The files that the manifest names, in order."""
        return sorted(self.manifest.files)

    def read(self, name: str) -> bytes:
        """A whole file, as the manifest has it.

        Raises:
            DamageError: It is missing, cut off, changed, or far too large.
        """
        facts = self.check_size(name)
        if facts.bytes > LARGEST_TEXT_BYTES:
            raise DamageError(f"{one_line(name)} is too large to be a text")
        data = b"".join(read_blocks(self.folder / name, facts.bytes))
        _check(name, facts, FileFacts(len(data), hashlib.sha256(data).hexdigest()))
        return data

    def read_json(self, name: str) -> object:
        """What a file of JSON holds.

        Raises:
            DamageError: As `read`, or it is no JSON.
        """
        try:
            return json.loads(self.read(name), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise DamageError(f"{one_line(name)} is not JSON: {one_line(str(error))}") from error

    def copy(self, name: str, target: Path) -> None:
        """Copy a file block by block.

        Raises:
            DamageError: It is not as the manifest has it; no copy is left.
            StorageError: The disk refused.
        """
        facts = self.check_size(name)
        try:
            copied = write_blocks(target, read_blocks(self.folder / name, facts.bytes))
            _check(name, facts, copied)
        except StorageError:
            target.unlink(missing_ok=True)
            raise

    def check_size(self, name: str) -> FileFacts:
        """What the manifest has of a file, where that is there with this size.

        Raises:
            DamageError: It is not.
        """
        facts = self.manifest.files.get(name)
        if facts is None:
            raise DamageError(f"{one_line(name)} is not in the export")
        size = self._found.get(name)
        if size is None:
            raise DamageError(f"{one_line(name)} is missing")
        if size != facts.bytes:
            raise DamageError(f"{one_line(name)} has {size:,} bytes instead of {facts.bytes:,}")
        return facts

    def _read_manifest(self) -> Manifest:
        where = show_path(self.folder / MANIFEST)
        if self._found.get(MANIFEST, 0) > LARGEST_TEXT_BYTES:
            raise StorageError(f"{where} is too large", "make the export again")
        data = b"".join(read_blocks(self.folder / MANIFEST, LARGEST_TEXT_BYTES))
        try:
            # The version first: what else a newer one holds is not known here.
            head = cast("Mapping[str, object]", json.loads(data))
            if not isinstance(head, dict) or head.get("format") != FORMAT:
                raise StorageError(f"{where} is not the manifest of an export", "name another one")
            version, schema = head.get("version"), head.get("schema")
            if not isinstance(version, int) or not isinstance(schema, int):
                raise StorageError(f"{where} does not say its version", "make the export again")
            if version > VERSION or schema > SCHEMA:
                raise StorageError(
                    f"the export {show_path(self.folder)} was made by a newer practice"
                    f" (version {version}, schema {schema}; this one reads {VERSION} and {SCHEMA})",
                    _NEWER,
                )
            manifest = msgspec.convert(head, Manifest)
        except (ValueError, RecursionError) as error:
            raise StorageError(
                f"{where} is damaged: {one_line(str(error))}", "use another copy of the export"
            ) from error
        for name in manifest.files:
            parts = name.split("/")
            if "\\" in name or "\0" in name or {"", ".", ".."} & set(parts):
                raise StorageError(
                    f"the export names a file outside its folder: {one_line(name)}",
                    "do not trust it",
                )
        return manifest


def check_target(folder: Path) -> None:
    """Refuse a folder into which no export can be written; nothing is made.

    Raises:
        StorageError: It is no folder, or there is something in it already.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise StorageError(f"{show_path(folder)} is a file", "name a new or an empty folder")
        if folder.is_dir() and any(path.name != UNFINISHED for path in folder.iterdir()):
            raise StorageError(
                f"the folder {show_path(folder)} is not empty", "name a new or an empty folder"
            )
    except OSError as error:
        raise storage_error("write to", show_path(folder), error) from error


def read_blocks(path: Path, most_bytes: int | None = None) -> Iterator[bytes]:
    """A regular file in blocks; a link is not followed.

    Args:
        path: The file.
        most_bytes: Read one byte more than this at most, which shows that there is more.

    Raises:
        StorageError: It cannot be read.
    """
    left = None if most_bytes is None else most_bytes + 1
    try:
        handle = open_to_read(path, follow_link=False)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise StorageError(f"{show_path(path)} is not a file", "remove it")
            while block := file.read(BLOCK_BYTES if left is None else min(BLOCK_BYTES, left)):
                left = None if left is None else left - len(block)
                yield block
    except OSError as error:
        raise storage_error("read", show_path(path), error) from error


def write_blocks(path: Path, blocks: Iterator[bytes]) -> FileFacts:
    """Write a new private file and wait until it is on the disk; returns what it is.

    Raises:
        StorageError: The disk refused, or `blocks` cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        handle = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                digest.update(block)
                size += len(block)
                file.write(block)
            file.flush()
            sync_handle(file.fileno())
    except OSError as error:
        raise storage_error("write", show_path(path), error) from error
    return FileFacts(size, digest.hexdigest())


def remove_tree(path: Path) -> None:
    """Remove a file or a folder with all in it; a link goes alone.

    Raises:
        OSError: The disk refused.
    """
    if path.is_dir() and not path.is_symlink():
        for content in path.iterdir():
            remove_tree(content)
        path.rmdir()
    else:
        remove_file(path)


def _check(name: str, wanted: FileFacts, found: FileFacts) -> None:
    if wanted != found:
        raise DamageError(f"{one_line(name)} was changed since the export was made")


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _list_files(folder: Path) -> dict[str, int]:
    """The size of every file by its path in the folder; a link in it is refused."""
    found: dict[str, int] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as entries:
                for entry in entries:
                    name = f"{below}{entry.name}"
                    if entry.is_symlink():
                        raise StorageError(
                            f"the export holds a link, which may lead anywhere: {one_line(name)}",
                            "remove it, and import again",
                        )
                    if entry.is_dir():
                        waiting.append(f"{name}/")
                    else:
                        found[name] = entry.stat().st_size
        except OSError as error:
            raise storage_error("read", show_path(folder / below), error) from error
    return found
