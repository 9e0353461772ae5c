"""Real speech models come from installed packages, whole and as published, or not at all."""

import hashlib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tools.real_models import (
    FOLDER_VARIABLE,
    LOCK,
    MODELS,
    MissingPackageError,
    ModelFile,
    PackageFile,
    RealModelError,
    assemble,
    find_real_model,
)

Install = Callable[[str, dict[str, bytes]], None]
HALVES = (b"WhisperSpec" + b"\x01" * 500_000, b"\x02" * 500_000)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a package with files of its own, whose code may never run."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def install(name: str, files: dict[str, bytes]) -> None:
        folder = site / name.replace("-", "_")
        folder.mkdir()
        (folder / "__init__.py").write_text("raise AssertionError('a package was imported')")
        for file, content in files.items():
            (folder / file).write_bytes(content)
        metadata = site / f"{folder.name}-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")

    return install


@pytest.fixture
def in_two_parts(install: Install) -> list[ModelFile]:
    """A model whose one file is carried by two packages."""
    install("carrier-part1", {"model.bin.part1": HALVES[0]})
    install("carrier-part2", {"model.bin.part2": HALVES[1]})
    parts = [
        PackageFile("carrier-part1", "carrier_part1/model.bin.part1"),
        PackageFile("carrier-part2", "carrier_part2/model.bin.part2"),
    ]
    return [ModelFile("model.bin", hashlib.sha256(b"".join(HALVES)).hexdigest(), parts)]


def test_a_file_is_put_together_from_packages_that_are_never_imported(
    in_two_parts: list[ModelFile], tmp_path: Path
) -> None:
    folder = assemble(in_two_parts, tmp_path / "cache" / "model")
    assert (folder / "model.bin").read_bytes() == b"".join(HALVES)
    assert not {"carrier_part1", "carrier_part2"} & set(sys.modules)


def test_a_wrong_hash_is_refused_and_leaves_nothing(install: Install, tmp_path: Path) -> None:
    install("carrier", {"model.bin": b"something else"})
    file = ModelFile("model.bin", "0" * 64, [PackageFile("carrier", "carrier/model.bin")])
    with pytest.raises(RealModelError, match=r"in carrier is not the file it should be.*reinstall"):
        assemble([file], tmp_path / "cache" / "model")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [LOCK]


def test_those_who_come_at_once_get_one_whole_folder(
    in_two_parts: list[ModelFile], tmp_path: Path
) -> None:
    target, start = tmp_path / "cache" / "model", Barrier(4)

    def arrive() -> bytes:
        start.wait()
        return (assemble(in_two_parts, target) / "model.bin").read_bytes()

    with ThreadPoolExecutor(4) as pool:
        found = [future.result() for future in [pool.submit(arrive) for _ in range(4)]]
    assert set(found) == {b"".join(HALVES)}
    assert {path.name for path in target.parent.iterdir()} == {LOCK, "model"}


def test_a_folder_that_is_whole_stays_and_a_damaged_one_is_made_anew(
    in_two_parts: list[ModelFile], tmp_path: Path
) -> None:
    file = assemble(in_two_parts, tmp_path / "cache" / "model") / "model.bin"
    made = file.stat().st_ino
    assemble(in_two_parts, file.parent)
    assert file.stat().st_ino == made
    file.write_bytes(HALVES[0])
    assemble(in_two_parts, file.parent)
    assert file.read_bytes() == b"".join(HALVES)


def test_a_missing_package_is_named_with_what_to_do(tmp_path: Path) -> None:
    file = ModelFile("model.bin", "0" * 64, [PackageFile("no-such-carrier", "model.bin")])
    with pytest.raises(MissingPackageError, match="no-such-carrier.*make dev.*" + FOLDER_VARIABLE):
        assemble([file], tmp_path / "cache" / "model")


def test_the_folder_that_the_environment_names_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    own = tmp_path / "tiny.en"
    own.mkdir()
    for file in MODELS["tiny.en"]:
        (own / file.name).write_bytes(b"...WhisperSpec, of one's own")
    assert find_real_model("tiny.en") == own
    with pytest.raises(RealModelError, match=f"base holds no whole.*unset {FOLDER_VARIABLE}"):
        find_real_model("base")
