import contextlib
import errno
import hashlib
import json
import os
import shutil
import socket
import ssl
import threading
import urllib.error
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from practice.base.errors import ModelError, StorageError
from practice.base.system.locks import hold_lock
from practice.speech.models import KNOWN, ModelStore, short_name

REPOSITORY = KNOWN["tiny.en"].repository
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub:
    """A model hub on this machine with one repository; what it does wrong can be chosen."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.requests: list[tuple[str, str | None]] = []
        self.cut_off_after: int | None = None
        """The next answers with `model.bin` break off after so many bytes of it."""
        self.cuts_left = 0
        self.ranges = True
        self.listing: bytes | None = None
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub.answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.requests.append((request.path, wanted))
        if request.path == f"/api/models/{REPOSITORY}/revision/main?blobs=true":
            self._send(request, 200, self.listing or self._listing(), None)
            return
        name = request.path.removeprefix(f"/{REPOSITORY}/resolve/{COMMIT}/")
        if name not in self.files:
            self._send(request, 404, b"", None)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges else 0
        cut = None
        if name == "model.bin" and self.cuts_left:
            self.cuts_left -= 1
            cut = self.cut_off_after
        self._send(request, 206 if start else 200, self.files[name][start:], cut)

    def _listing(self) -> bytes:
        siblings: list[dict[str, Any]] = []
        for name, data in self.files.items():
            sha1 = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
            entry = {"rfilename": name, "size": len(data), "blobId": sha1}
            if name == "model.bin":
                entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            siblings.append(entry)
        return json.dumps({"id": REPOSITORY, "sha": COMMIT, "siblings": siblings}).encode()

    @staticmethod
    def _send(request: BaseHTTPRequestHandler, status: int, body: bytes, cut: int | None) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        with contextlib.suppress(ConnectionError):
            request.wfile.write(body if cut is None else body[:cut])
        request.close_connection = True


@pytest.fixture
def hub(demo_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub that has the demo model under the name of a known one, and files nobody wants."""
    files = {path.name: path.read_bytes() for path in demo_model.iterdir()}
    server = Hub({**files, "README.md": b"read me", ".gitattributes": b"x"})
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    yield server
    server.close()


@pytest.fixture
def store(tmp_path: Path, demo_model: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "no cache"))
    return ModelStore(tmp_path / "models", demo_model)


def ignore_progress(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def list_installed(store: ModelStore) -> set[str]:
    return {info.name for info in store.list() if info.installed}


def test_a_model_is_downloaded_complete_and_listed(
    hub: Hub, store: ModelStore, demo_model: Path
) -> None:
    steps: list[tuple[int, int]] = []
    path = store.get("tiny.en", lambda done, total: steps.append((done, total)))
    assert {file.name: file.read_bytes() for file in path.iterdir()} == {
        file.name: file.read_bytes() for file in demo_model.iterdir() if file.suffix != ".md"
    }
    total = sum(file.stat().st_size for file in path.iterdir())
    assert steps[0] == (0, total)
    assert steps[-1] == (total, total)
    assert store.find("tiny.en") == path
    assert list_installed(store) == {"demo", "tiny.en"}


def test_a_model_that_is_here_needs_no_hub(hub: Hub, store: ModelStore) -> None:
    store.get("tiny.en", ignore_progress)
    hub.requests.clear()
    store.get("tiny.en", ignore_progress)
    store.find("tiny.en")
    store.list()
    assert hub.requests == []


def test_a_connection_that_breaks_off_once_is_taken_up_again(hub: Hub, store: ModelStore) -> None:
    hub.cut_off_after, hub.cuts_left = 2_000_000, 1
    store.get("tiny.en", ignore_progress)
    ranges = [wanted for path, wanted in hub.requests if path.endswith("/model.bin")]
    assert ranges == [None, "bytes=2000000-"]


def test_an_interrupted_download_is_never_listed_and_goes_on_later(
    hub: Hub, store: ModelStore, tmp_path: Path
) -> None:
    half = len(hub.files["model.bin"]) // 2

    def interrupt(done: int, total: int) -> None:
        if done > half:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.get("tiny.en", interrupt)
    assert list_installed(store) == {"demo"}
    with pytest.raises(ModelError, match="not on this machine"):
        store.find("tiny.en")
    kept = (tmp_path / "models" / "tiny.en.part" / "model.bin").stat().st_size
    hub.requests.clear()
    assert store.get("tiny.en", ignore_progress) == tmp_path / "models" / "tiny.en"
    ranges = [wanted for path, wanted in hub.requests if path.endswith("/model.bin")]
    assert ranges == [f"bytes={kept}-"]
    assert not (tmp_path / "models" / "tiny.en.part").exists()


def test_a_hub_that_keeps_breaking_off_is_given_up(hub: Hub, store: ModelStore) -> None:
    hub.cut_off_after, hub.cuts_left = 0, 1000
    with pytest.raises(ModelError, match="was refused or broke off") as raised:
        store.get("tiny.en", ignore_progress)
    assert "goes on where it stopped" in raised.value.hint
    assert len(hub.requests) < 15


def test_a_hub_without_ranges_is_downloaded_from_the_start(hub: Hub, store: ModelStore) -> None:
    hub.cut_off_after, hub.cuts_left, hub.ranges = 2_000_000, 1, False
    steps: list[tuple[int, int]] = []
    store.get("tiny.en", lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_damaged_file_is_refused_and_fetched_anew(hub: Hub, store: ModelStore, name: str) -> None:
    good = hub.files[name]
    hub.listing = hub._listing()
    hub.files[name] = good[:-1] + bytes([good[-1] ^ 1])
    with pytest.raises(ModelError, match=f"{name} arrived damaged"):
        store.get("tiny.en", ignore_progress)
    assert list_installed(store) == {"demo"}
    hub.files[name] = good
    store.get("tiny.en", ignore_progress)
    assert "tiny.en" in list_installed(store)


def test_a_repository_without_a_model_is_refused(hub: Hub, store: ModelStore) -> None:
    hub.files.pop("tokenizer.json")
    with pytest.raises(ModelError, match="no complete speech model"):
        store.get("tiny.en", ignore_progress)
    assert list_installed(store) == {"demo"}


@pytest.mark.parametrize("listing", [b"<html>sign in</html>", b'{"sha": 1}', b"[]"])
def test_what_is_no_hub_is_refused(hub: Hub, store: ModelStore, listing: bytes) -> None:
    hub.listing = listing
    with pytest.raises(ModelError, match="is not a model hub"):
        store.get("tiny.en", ignore_progress)


def test_no_network_is_a_model_error_that_says_what_to_do(hub: Hub, store: ModelStore) -> None:
    hub.close()
    with pytest.raises(ModelError, match="was refused or broke off") as raised:
        store.get("tiny.en", ignore_progress)
    assert "connection" in raised.value.hint


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (socket.gaierror(-2, "Name or service not known"), "this computer seems to be offline"),
        (TimeoutError("timed out"), "hub.example does not answer"),
        (ssl.SSLError(1, "CERTIFICATE_VERIFY_FAILED"), "is not safe"),
        (OSError(101, "Network is unreachable"), "cannot be reached: Network is unreachable"),
    ],
)
def test_what_kept_a_download_is_said_without_jargon(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch, reason: OSError, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise urllib.error.URLError(reason)

    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example")
    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(ModelError) as raised:
        store.get("tiny.en", ignore_progress)
    assert said in raised.value.message
    assert "urlopen" not in raised.value.message
    assert "command" not in raised.value.hint


def test_a_name_for_the_settings_is_checked(store: ModelStore, demo_model: Path) -> None:
    assert store.check_name("small") == "small"
    assert store.check_name(str(demo_model)) == str(demo_model)
    for wrong, said in {
        "huge": r"no speech model 'huge'; there are tiny, base, small",
        "smal": "did you mean 'small'",
        "/nonexist": "there is no folder /nonexist",
        str(demo_model.parent): "holds no complete speech model",
    }.items():
        with pytest.raises(ModelError, match=said):
            store.check_name(wrong)


def test_a_relative_folder_is_kept_with_its_whole_path(
    store: ModelStore, demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo_model.parent)
    assert store.check_name(f"./{demo_model.name}") == str(demo_model)


def test_a_folder_in_use_is_described_and_called_by_its_own_name(
    store: ModelStore, demo_model: Path
) -> None:
    described = store.describe(str(demo_model))
    assert (described.installed, described.path) == (True, demo_model)
    assert short_name(str(demo_model)) == demo_model.name
    assert short_name("base.en") == "base.en"


def test_the_model_to_measure_with_is_a_real_one_and_the_smallest(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    assert store.find_real("demo") is None
    for name in ("small", "base", "mine"):
        shutil.copytree(demo_model, tmp_path / "models" / name)
    (tmp_path / "models" / "small" / "more").write_bytes(bytes(1000))
    found = store.find_real("demo")
    assert found is not None
    assert found.name == "base"
    preferred = store.find_real("small")
    assert preferred is not None
    assert preferred.name == "small"


def test_a_disk_without_room_is_refused_beforehand(
    hub: Hub, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StorageError, match=r"1 MB free and the download needs \d"):
        store.get("tiny.en", ignore_progress)


def test_a_disk_that_fills_up_is_a_storage_error(
    hub: Hub, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"cannot download model\.bin: No space left") as raised:
        store.get("tiny.en", ignore_progress)
    assert "free some space" in raised.value.hint


def test_a_model_is_not_downloaded_twice_at_once(
    hub: Hub, store: ModelStore, tmp_path: Path
) -> None:
    partial = tmp_path / "models" / "tiny.en.part"
    partial.mkdir(parents=True)
    with hold_lock(partial), pytest.raises(ModelError, match="another program is downloading"):
        store.get("tiny.en", ignore_progress)
    store.get("tiny.en", ignore_progress)


@pytest.mark.parametrize(
    "use", [ModelStore.find, lambda store, name: store.get(name, ignore_progress)]
)
def test_an_unknown_name_is_refused_with_near_ones(
    store: ModelStore, use: Callable[[ModelStore, str], Path]
) -> None:
    with pytest.raises(ModelError, match=r"did you mean 'base\.en'"):
        use(store, "bas.en")


def test_a_missing_model_is_named_with_its_size(store: ModelStore) -> None:
    with pytest.raises(ModelError) as raised:
        store.find("base.en")
    assert "practice models get base.en (148 MB)" in raised.value.hint


def test_a_model_folder_is_found_by_its_path(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    assert store.find(str(demo_model)) == demo_model
    with pytest.raises(ModelError, match="no complete speech model"):
        store.find(str(tmp_path))


def test_a_model_put_there_by_hand_is_listed_and_found(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_model, tmp_path / "models" / "mine")
    assert "mine" in list_installed(store)
    assert store.find("mine") == tmp_path / "models" / "mine"


def test_a_model_in_the_hub_cache_is_used(
    store: ModelStore, demo_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    repository = cache / f"models--{REPOSITORY.replace('/', '--')}"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(COMMIT)
    shutil.copytree(demo_model, repository / "snapshots" / COMMIT)
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))
    assert store.find("tiny.en") == repository / "snapshots" / COMMIT
    assert "tiny.en" in list_installed(store)


@pytest.mark.parametrize("as_path", [False, True])
def test_a_download_under_way_is_no_model(
    store: ModelStore, demo_model: Path, tmp_path: Path, as_path: bool
) -> None:
    partial = shutil.copytree(demo_model, tmp_path / "models" / "tiny.en.part")
    assert list_installed(store) == {"demo"}
    with pytest.raises(ModelError):
        store.find(str(partial) if as_path else partial.name)


def test_a_removed_model_is_gone_and_its_size_told(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_model, tmp_path / "models" / "base.en")
    size = sum(file.stat().st_size for file in demo_model.iterdir())
    assert store.remove("base.en") == size
    assert list_installed(store) == {"demo"}


def test_what_is_no_model_makes_room_for_one(hub: Hub, store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "models" / "tiny.en").mkdir(parents=True)
    (tmp_path / "models" / "tiny.en" / "model.bin").write_bytes(b"half")
    store.get("tiny.en", ignore_progress)
    assert "tiny.en" in list_installed(store)


@pytest.mark.parametrize("name", ["demo", "base.en", "../models", "/etc", ".", ""])
def test_nothing_else_is_ever_removed(store: ModelStore, tmp_path: Path, name: str) -> None:
    (tmp_path / "models").mkdir()
    with pytest.raises(ModelError):
        store.remove(name)
    assert (tmp_path / "models").is_dir()
