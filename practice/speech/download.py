"""Files from a Hugging Face hub: resumed where they broke off, and checked.

The hub's own client starts a file again from its first byte once a run was interrupted, which
for 1.5 GB over a weak line means never; hence these few requests.
"""

import errno
import hashlib
import http.client
import os
import shutil
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from practice import __version__
from practice.base.errors import ModelError, StorageError, storage_error
from practice.base.system.files import sync_handle
from practice.base.text import format_size, one_line

HUB: Final = "https://huggingface.co"
TIMEOUT_S = 30.0
CHUNK_BYTES = 262_144
FRUITLESS_TRIES = 3
"""So many connections in a row may break off without a byte."""
RESUME_HINT = "check the connection and try again: it goes on where it stopped"
BLOCKED_HINT = (
    f"{RESUME_HINT}. Behind a proxy, set HTTPS_PROXY to its address first. Where the hub is"
    " blocked: pip install 'interview-practice[tiny-en]', or practice models add PATH, a copy from"
    " elsewhere"
)
CERTIFICATE_HINT = (
    "set the clock; where a proxy has a certificate of its own, set SSL_CERT_FILE to it. Or without"
    " the hub: pip install 'interview-practice[tiny-en]', or practice models add PATH"
)


class _Lfs(msgspec.Struct):
    sha256: str


class _Sibling(msgspec.Struct):
    rfilename: str
    size: int
    blob_id: str = msgspec.field(name="blobId")
    lfs: _Lfs | None = None


class _Repository(msgspec.Struct):
    sha: str
    siblings: list[_Sibling]


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a repository."""

    name: str
    size_bytes: int
    url: str
    sha256: str | None
    """Given for large files."""
    git_blob: str
    """The SHA-1 that git gives a small file."""

    def matches(self, path: Path) -> bool:
        """Whether `path` holds exactly this file."""
        with path.open("rb") as file:
            if self.sha256 is not None:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
            # git hashes a header before the content.
            digest = hashlib.sha1(b"blob %d\0" % self.size_bytes, usedforsecurity=False)
            digest.update(file.read())
            return digest.hexdigest() == self.git_blob


def list_files(repository: str) -> list[RemoteFile]:
    """The files at the top of `repository` ("owner/name") as it is now.

    Raises:
        ModelError: The hub cannot be reached or does not answer as a hub does.
    """
    hub = os.environ.get("HF_ENDPOINT", HUB).rstrip("/")
    listing = f"{hub}/api/models/{repository}/revision/main?blobs=true"
    with _download_errors(repository), _open(listing) as answer:
        listed = msgspec.json.decode(answer.read(), type=_Repository)
    return [
        RemoteFile(
            name=file.rfilename,
            size_bytes=file.size,
            url=f"{hub}/{repository}/resolve/{listed.sha}/{urllib.parse.quote(file.rfilename)}",
            sha256=file.lfs.sha256 if file.lfs else None,
            git_blob=file.blob_id,
        )
        for file in listed.siblings
        if "/" not in file.rfilename
    ]


def fetch(file: RemoteFile, target: Path, advance: Callable[[int], None]) -> None:
    """Bring `target` to the content of `file`, keeping the bytes that are there already.

    Args:
        file: What to fetch.
        target: Where to; what an earlier call left there is gone on with.
        advance: Called with the number of bytes that came to `target`; less than 0 when what was
            there had to be thrown away.

    Raises:
        ModelError: The connection broke off, or what came is not the file; the latter is removed.
        StorageError: The disk is full.
    """
    fruitless = 0
    # A connection that breaks off is taken up again behind the last byte, as often as it brings
    # any: over a weak line 1.5 GB may need dozens.
    with _download_errors(file.name):
        while (before := size_of(target)) < file.size_bytes:
            with suppress(http.client.HTTPException, ConnectionError, TimeoutError):
                _fetch_rest(file, target, before, advance)
            fruitless = 0 if size_of(target) > before else fruitless + 1
            if fruitless == FRUITLESS_TRIES:
                raise ConnectionError("the connection broke off")
        if file.matches(target):
            return
    target.unlink()
    raise ModelError(
        f"{one_line(file.name)} arrived damaged and was thrown away",
        "try again; if it happens again, something on the way changes the file",
    )


def require_space(folder: Path, size_bytes: int) -> None:
    """Make sure that `size_bytes` more fit into `folder`.

    Raises:
        StorageError: It does not.
    """
    free_bytes = shutil.disk_usage(folder).free
    if size_bytes > free_bytes:
        free, needed = format_size(free_bytes), format_size(size_bytes)
        raise StorageError(
            f"{folder} has {free} free and the download needs {needed}",
            "free some space, choose a smaller model, or set PRACTICE_HOME to another disk",
        )


def size_of(path: Path) -> int:
    """How many bytes are in the file; 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


def _open(url: str, start: int = 0) -> http.client.HTTPResponse:
    headers = {"User-Agent": f"practice/{__version__}", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=TIMEOUT_S)
    assert isinstance(answer, http.client.HTTPResponse)
    return answer


def _fetch_rest(file: RemoteFile, target: Path, start: int, advance: Callable[[int], None]) -> None:
    with _open(file.url, start) as answer:
        is_rest = answer.status == http.HTTPStatus.PARTIAL_CONTENT
        if start and not is_rest:  # a hub without ranges sends everything again
            advance(-start)
        with target.open("ab" if is_rest else "wb") as out:
            while chunk := answer.read(CHUNK_BYTES):
                out.write(chunk)
                advance(len(chunk))
            out.flush()
            sync_handle(out.fileno())


@contextmanager
def _download_errors(what: str) -> Iterator[None]:
    """Turn what goes wrong on the way into an error that says what to do."""
    what = one_line(what)
    try:
        yield
    except urllib.error.HTTPError as error:
        raise ModelError(
            f"{_host()} refused {what} (HTTP {error.code})", "try again later, or another model"
        ) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise ModelError(
            f"what answered for {what} is not a model hub: {one_line(str(error))}", BLOCKED_HINT
        ) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise storage_error("download", what, error) from error
        raise ModelError(_say_what_broke(error), _say_what_helps(error)) from error


def _host() -> str:
    """The hub as a person knows it: huggingface.co."""
    return one_line(urllib.parse.urlsplit(os.environ.get("HF_ENDPOINT", HUB)).netloc) or "the hub"


def _reason_of(error: Exception) -> object:
    return error.reason if isinstance(error, urllib.error.URLError) else error


def _say_what_helps(error: Exception) -> str:
    return CERTIFICATE_HINT if isinstance(_reason_of(error), ssl.SSLError) else BLOCKED_HINT


def _say_what_broke(error: Exception) -> str:
    """What kept the download from going on, in the words of somebody who wants a model."""
    reason = _reason_of(error)
    if isinstance(reason, socket.gaierror):
        return f"{_host()} cannot be found: this computer seems to be offline"
    if isinstance(reason, TimeoutError):
        return f"{_host()} does not answer"
    if isinstance(reason, ssl.SSLError):
        return f"the connection to {_host()} is not safe: is the clock of this computer right?"
    if isinstance(reason, ConnectionError):
        return f"the connection to {_host()} was refused or broke off"
    said = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    return f"{_host()} cannot be reached: {one_line(said)}"
