"""Models that come without the hub: copies of a friend's, and the one in a package of pip."""

import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from practice.base.errors import ModelError
from practice.speech import packaged_models
from practice.speech.model_folder import is_model
from practice.speech.models import ModelStore
from practice.speech.packaged_models import PACKAGED, PackagedModel, find_packaged
from tests.unit.speech.test_models import ignore_progress

COMMIT = "a" * 40


@pytest.fixture
def store(tmp_path: Path, demo_model: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "no cache"))
    return ModelStore(tmp_path / "models", demo_model)


@pytest.fixture
def module_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package whose folder `model` is not there yet; it must not be imported."""
    module = tmp_path / "site" / "brings_a_model"
    module.mkdir(parents=True)
    (module / "__init__.py").write_text("raise AssertionError('imported')")
    monkeypatch.syspath_prepend(str(module.parent))
    return module


@pytest.mark.parametrize("ending", ["folder", "zip", "tar.gz"])
def test_a_copied_model_is_put_with_the_others_under_its_own_name(
    store: ModelStore, demo_model: Path, tmp_path: Path, ending: str
) -> None:
    usb = tmp_path / "usb"
    source = usb / "faster-whisper-mine"
    shutil.copytree(demo_model, source)
    (source / "README.md").write_text("nobody needs it")
    if ending == "zip":
        with zipfile.ZipFile(usb / "copy.zip", "w") as archive:
            for path in source.iterdir():
                archive.write(path, f"faster-whisper-mine/{path.name}")
    elif ending == "tar.gz":
        with tarfile.open(usb / "faster-whisper-mine.tar.gz", "w:gz") as packed:
            for path in source.iterdir():
                packed.add(path, path.name)
    if ending != "folder":
        shutil.rmtree(source)
        source = next(usb.iterdir())
    steps: list[tuple[int, int]] = []
    added = store.add(source, None, lambda done, total: steps.append((done, total)))
    assert (added.name, added.origin) == ("mine", "own")
    assert steps[-1][0] == steps[-1][1] == added.size_bytes
    assert store.find("mine") == tmp_path / "models" / "mine"
    assert not (tmp_path / "models" / "mine" / "README.md").exists()
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["mine"]


def test_the_cache_of_a_hub_is_read_through_its_links(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    repository = tmp_path / "cache" / "models--Systran--faster-whisper-mine"
    snapshot, blobs = repository / "snapshots" / COMMIT, repository / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    for number, path in enumerate(demo_model.iterdir()):
        shutil.copy(path, blobs / f"{number}")
        (snapshot / path.name).symlink_to(blobs / f"{number}")
    assert store.add(repository, None, ignore_progress).name == "mine"
    shutil.rmtree(repository)
    assert store.find("mine").is_dir()


def test_a_copy_that_was_cut_off_takes_no_known_name(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_model, tmp_path / "faster-whisper-base")
    with pytest.raises(ModelError, match="not the whole model base: it takes 6 MB, and base"):
        store.add(tmp_path / "faster-whisper-base", None, ignore_progress)
    assert store.add(tmp_path / "faster-whisper-base", "my-base", ignore_progress).installed


@pytest.mark.parametrize("name", ["demo", "large", "../outside", "half.part", "a/b"])
def test_no_copy_takes_a_name_that_means_something_else(
    store: ModelStore, demo_model: Path, name: str
) -> None:
    with pytest.raises(ModelError, match="cannot be the name of a model"):
        store.add(demo_model, name, ignore_progress)


def test_what_holds_no_model_or_two_is_refused(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    two = tmp_path / "two"
    for name in ("one", "other"):
        shutil.copytree(demo_model, two / name)
    (tmp_path / "note.txt").write_text("no archive")
    (tmp_path / "empty").mkdir()
    shutil.copytree(demo_model, tmp_path / "cut")
    (tmp_path / "cut" / "tokenizer.json").unlink()
    for source, said in {
        "two": "more than one speech model",
        "note.txt": "neither a folder nor a zip or tar archive",
        "empty": "no model.bin",
        "nowhere": "there is nothing at",
        "cut": "holds no complete speech model",
    }.items():
        with pytest.raises(ModelError, match=said):
            store.add(tmp_path / source, None, ignore_progress)
    assert {info.name for info in store.list() if info.installed} == {"demo"}


def test_a_damaged_archive_is_said_and_leaves_no_model(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        for path in demo_model.iterdir():
            archive.write(path, path.name)
    data = bytearray((tmp_path / "mine.zip").read_bytes())
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "mine.zip").write_bytes(data)
    with pytest.raises(ModelError, match="is damaged"):
        store.add(tmp_path / "mine.zip", None, ignore_progress)
    assert {info.name for info in store.list() if info.installed} == {"demo"}


def test_a_model_that_is_here_is_not_replaced(store: ModelStore, demo_model: Path) -> None:
    store.add(demo_model, "mine", ignore_progress)
    with pytest.raises(ModelError, match="there is a model mine already"):
        store.add(demo_model, "mine", ignore_progress)


def test_a_package_brings_a_model_that_is_checked_and_never_imported(
    store: ModelStore, demo_model: Path, module_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {path.name: packaged_models._hash_once(path, 0) for path in demo_model.iterdir()}
    packaged = PackagedModel("tiny-en", "brings-a-model", "brings_a_model", "model", 1, files)
    monkeypatch.setitem(PACKAGED, "tiny.en", packaged)
    assert find_packaged("tiny.en") is None
    shutil.copytree(demo_model, module_folder / "model")
    listed = {info.name: info for info in store.list()}["tiny.en"]
    assert (listed.installed, listed.origin) == (True, "package")
    assert store.find("tiny.en") == module_folder / "model"
    assert "brings_a_model" not in sys.modules
    with pytest.raises(ModelError, match="came with a package of pip") as raised:
        store.remove("tiny.en")
    assert "pip uninstall brings-a-model" in raised.value.hint
    changed = module_folder / "model" / "config.json"
    changed.write_bytes(changed.read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"config\.json in the package brings-a-model is not"):
        store.find("tiny.en")


def test_where_a_model_is_missing_the_ways_without_the_hub_are_named(
    store: ModelStore, demo_model: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError) as raised:
        store.find("tiny.en")
    assert "pip install 'interview-practice[tiny-en]'" in raised.value.hint
    shutil.copytree(demo_model, tmp_path / "models" / "tiny")
    with pytest.raises(ModelError) as raised:
        store.find("base")
    assert "practice settings model tiny" in raised.value.hint


def test_the_package_that_the_extra_names_holds_the_model_it_should(
    store: ModelStore, tiny_en: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tiny_en.is_dir()  # else it is skipped, but never in CI
    finders = [each for each in sys.meta_path if "Hidden" not in getattr(each, "__name__", "")]
    monkeypatch.setattr(sys, "meta_path", finders)
    folder = store.find("tiny.en")
    assert "site-packages" in folder.parts
    assert is_model(folder)
    assert PACKAGED["tiny.en"].module not in sys.modules
