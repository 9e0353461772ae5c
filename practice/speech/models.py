"""Speech models: which there are, where they lie, how they come here."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from practice.base.errors import ModelError, storage_error
from practice.base.files import private_folder
from practice.base.system.files import replace_file
from practice.base.system.locks import hold_lock
from practice.base.text import did_you_mean, format_size, one_line
from practice.speech.download import fetch, list_files, require_space
from practice.speech.download import size_of as size_of_file
from practice.speech.model_copies import ModelCopy, open_copy
from practice.speech.model_folder import (
    PARTIAL,
    WANTED,
    incomplete_error,
    is_complete,
    is_model,
)
from practice.speech.model_shapes import size_of
from practice.speech.packaged_models import PACKAGED, check_packaged, find_packaged

DEMO = "demo"
DEMO_NOTE = "understands the voice of practice demo and nobody else"
ALIASES = {"large": "large-v3", "turbo": "large-v3-turbo"}
SIZE_TOLERANCE = 0.02
"""A copy of a known model whose size differs by more was cut off on its way, or is another one."""
Origin = Literal["demo", "own", "package", "hub cache", "folder"]
"""Where a model that is here comes from: this program, our folder of models (downloaded or put
there), a package of pip, the cache of other programs, or a folder of the user's."""


@dataclass(frozen=True, slots=True)
class _KnownModel:
    """A model that faster-whisper knows by name; `size_bytes` is rounded to three digits."""

    name: str
    repository: str
    size_bytes: int
    note: str


_MB = 1_000_000
_ENGLISH = "English only"
_MANY = "about 100 languages"
KNOWN = {
    known.name: known
    for known in (
        _KnownModel("tiny.en", "Systran/faster-whisper-tiny.en", 78 * _MB, f"{_ENGLISH}; fastest"),
        _KnownModel("tiny", "Systran/faster-whisper-tiny", 78 * _MB, f"{_MANY}; fastest"),
        _KnownModel("base.en", "Systran/faster-whisper-base.en", 148 * _MB, _ENGLISH),
        _KnownModel("base", "Systran/faster-whisper-base", 148 * _MB, _MANY),
        _KnownModel("small.en", "Systran/faster-whisper-small.en", 486 * _MB, _ENGLISH),
        _KnownModel("small", "Systran/faster-whisper-small", 486 * _MB, _MANY),
        _KnownModel(
            "distil-small.en", "Systran/faster-distil-whisper-small.en", 336 * _MB, _ENGLISH
        ),
        _KnownModel("medium.en", "Systran/faster-whisper-medium.en", 1_530 * _MB, _ENGLISH),
        _KnownModel("medium", "Systran/faster-whisper-medium", 1_530 * _MB, _MANY),
        _KnownModel(
            "distil-medium.en", "Systran/faster-distil-whisper-medium.en", 792 * _MB, _ENGLISH
        ),
        _KnownModel("large-v1", "Systran/faster-whisper-large-v1", 3_090 * _MB, f"{_MANY}; slow"),
        _KnownModel("large-v2", "Systran/faster-whisper-large-v2", 3_090 * _MB, f"{_MANY}; slow"),
        _KnownModel("large-v3", "Systran/faster-whisper-large-v3", 3_090 * _MB, f"{_MANY}; slow"),
        _KnownModel(
            "distil-large-v2", "Systran/faster-distil-whisper-large-v2", 1_520 * _MB, _ENGLISH
        ),
        _KnownModel(
            "distil-large-v3", "Systran/faster-distil-whisper-large-v3", 1_520 * _MB, _ENGLISH
        ),
        _KnownModel(
            "distil-large-v3.5", "distil-whisper/distil-large-v3.5-ct2", 1_520 * _MB, _ENGLISH
        ),
        _KnownModel(
            "large-v3-turbo", "mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1_620 * _MB, _MANY
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A speech model, on this machine or not."""

    name: str
    size_bytes: int
    """What it takes on disk; for a model that is not here, what its download takes, rounded."""
    installed: bool
    path: Path | None
    note: str
    origin: Origin | None = None
    """None for one that is not here."""


class ModelStore:
    """The speech models of this machine.

    Args:
        folder: Where downloaded models lie, one plain folder each.
        demo: The folder of the model that comes with the program.
    """

    def __init__(self, folder: Path, demo: Path) -> None:
        self._folder = folder
        self._demo = demo

    def list(self) -> list[ModelInfo]:
        """The demo model, those known by name, and others found in the folder."""
        models = [_describe(DEMO, self._demo, DEMO_NOTE, "demo")]
        for known in KNOWN.values():
            found = self._find_known(known)
            if found is None:
                models.append(ModelInfo(known.name, known.size_bytes, False, None, known.note))
            else:
                models.append(_describe(known.name, found[0], known.note, found[1]))
        others = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        models += [
            _describe(path.name, path, "put here by hand", "own")
            for path in others
            if path.name not in KNOWN and is_model(path)
        ]
        return models

    def describe(self, name_or_path: str) -> ModelInfo:
        """What there is to say of a model that is on this machine, as `find` knows it.

        Raises:
            ModelError: There is no such model here.
        """
        folder = self.find(name_or_path)
        note = "a folder of yours" if _is_path(name_or_path) else ""
        listed = {model.name: model for model in self.list()}
        return listed.get(name_or_path) or _describe(name_or_path, folder, note, "folder")

    def check_name(self, name_or_path: str) -> str:
        """What to keep in the settings for a model, which need not be here yet.

        Returns:
            The name as it is; of a folder the whole path, so that it holds wherever one stands.

        Raises:
            ModelError: No model has that name, or the folder holds none.
        """
        if _is_path(name_or_path):
            return str(self.find(name_or_path).absolute())
        if name_or_path != DEMO and not is_model(self._folder / name_or_path):
            _known_model(ALIASES.get(name_or_path, name_or_path))
        return name_or_path

    def find_real(self, preferred: str) -> ModelInfo | None:
        """A model for people that is here and whose size is known: `preferred`, or the smallest."""
        here = [m for m in self.list() if m.installed and m.name != DEMO and size_of(m.name)]
        by_size = sorted(here, key=lambda model: (model.name != preferred, model.size_bytes))
        return by_size[0] if by_size else None

    def find(self, name_or_path: str) -> Path:
        """The folder of a model that is on this machine; looks at the disk only.

        Args:
            name_or_path: `demo`, the name of a model, or the path of a model folder.

        Raises:
            ModelError: There is no such model here, or what a package brought is damaged.
        """
        name = ALIASES.get(name_or_path, name_or_path)
        if name == DEMO or _is_path(name):
            folder = self._demo if name == DEMO else _expand(name)
            if not is_model(folder):
                raise incomplete_error(folder)
            return folder
        if is_model(self._folder / name):  # one put there by hand has a name that nobody knows
            return self._folder / name
        known = _known_model(name)
        if found := self._find_known(known):
            folder, origin = found
            if origin == "package":
                check_packaged(known.name, folder)
            return folder
        hint = (
            f"get it once with: practice models get {known.name} ({format_size(known.size_bytes)})"
        )
        if packaged := PACKAGED.get(known.name):
            hint += f"; without the hub: {packaged.command}"
        elif other := self.find_real(known.name):
            hint += f"; or use {other.name}, which is here: practice settings model {other.name}"
        raise ModelError(f"the speech model {known.name} is not on this machine", hint)

    def get(self, name: str, progress: Callable[[int, int], None]) -> Path:
        """The folder of model `name`, downloaded now unless it is here.

        An interrupted download goes on where it stopped. The model appears under its name only
        when it is complete and checked.

        Args:
            name: The name of a known model.
            progress: Called with the bytes done and in all.

        Raises:
            ModelError: The name is unknown, the hub cannot be reached, another program is
                downloading the same model, or what arrived is damaged.
            StorageError: The disk is full or cannot be written.
        """
        if name == DEMO:
            return self.find(DEMO)
        known = _known_model(ALIASES.get(name, name))
        target = self._folder / known.name
        if is_model(target):
            return target
        private_folder(self._folder)
        partial = private_folder(self._partial(known.name))
        with hold_lock(partial) as is_ours:
            if not is_ours:
                raise ModelError(
                    f"another program is downloading into {partial}", "wait until it is done"
                )
            # Another program may have finished it between the look above and the lock.
            if not is_model(target):
                _download(known.repository, partial, progress)
                _install(partial, target)
        return target

    def add(
        self, source: Path, name: str | None, progress: Callable[[int, int], None]
    ) -> ModelInfo:
        """Copy a model that lies in a folder or an archive to the others.

        Args:
            source: The folder, or a zip or tar archive.
            name: What to call it; None for the name of its folder.
            progress: Called with the bytes done and in all.

        Raises:
            ModelError: It holds no whole model, a part of one is missing, or there is one of that
                name.
            StorageError: The disk is full or cannot be read or written.
        """
        with open_copy(source) as copy:
            name = name or copy.name
            if name == DEMO or name in ALIASES or _is_path(name) or name.endswith(PARTIAL):
                raise ModelError(
                    f"{one_line(name)!r} cannot be the name of a model", "give another with --name"
                )
            _check_size(name, copy)
            target = self._folder / name
            if is_model(target):
                raise ModelError(
                    f"there is a model {one_line(name)} already",
                    f"remove it first (practice models remove {one_line(name)}), or give another"
                    " name with --name",
                )
            private_folder(self._folder)
            partial = private_folder(self._partial(name))
            with hold_lock(partial) as is_ours:
                if not is_ours:
                    raise ModelError(
                        f"another program is putting a model into {partial}",
                        "wait until it is done",
                    )
                copy.write(partial, progress)
                _install(partial, target)
        note = KNOWN[name].note if name in KNOWN else "put here by hand"
        return _describe(name, target, note, "own")

    def remove(self, name: str) -> int:
        """Delete model `name`, complete or half downloaded; the bytes that this freed.

        Raises:
            ModelError: It is not there, or is not one that `get` put there.
            StorageError: It cannot be deleted.
        """
        name = ALIASES.get(name, name)
        if name == DEMO:
            raise ModelError("the demo model is a part of the program and cannot be removed")
        if _is_path(name):
            raise ModelError(f"{one_line(name)} is not the name of a model", "delete it yourself")
        folders = [self._folder / name, self._partial(name)]
        found = [folder for folder in folders if folder.is_dir()]
        if not found and find_packaged(name):
            raise ModelError(
                f"{name} came with a package of pip", f"pip uninstall {PACKAGED[name].package}"
            )
        if not found:
            raise ModelError(f"the speech model {one_line(name)} is not in {self._folder}")
        freed = sum(_size_bytes(folder) for folder in found)
        try:
            for folder in found:
                # First the file without which it is no model, so that half of one is never taken
                # for a whole one.
                (folder / "model.bin").unlink(missing_ok=True)
                shutil.rmtree(folder)
        except OSError as error:
            raise storage_error("delete", folder, error) from error
        return freed

    def _partial(self, name: str) -> Path:
        return self._folder / f"{name}{PARTIAL}"

    def _find_known(self, known: _KnownModel) -> tuple[Path, Origin] | None:
        """Where a known model is on this machine: downloaded, in a package, in the hub's cache."""
        places: tuple[tuple[Path | None, Origin], ...] = (
            (self._folder / known.name, "own"),
            (find_packaged(known.name), "package"),
            (_find_in_hub_cache(known), "hub cache"),
        )
        for folder, origin in places:
            if folder and is_model(folder):
                return folder, origin
        return None


def _describe(name: str, folder: Path, note: str, origin: Origin) -> ModelInfo:
    return ModelInfo(name, _size_bytes(folder), True, folder, note, origin)


def _check_size(name: str, copy: ModelCopy) -> None:
    """Refuse a copy of a known model that is not as large as that model."""
    known = KNOWN.get(name)
    if known and abs(copy.size_bytes / known.size_bytes - 1) > SIZE_TOLERANCE:
        raise ModelError(
            f"this is not the whole model {name}: it takes {format_size(copy.size_bytes)}, and"
            f" {name} takes {format_size(known.size_bytes)}",
            "have it copied again; another conversion of it needs a name of its own: --name",
        )


def _known_model(name: str) -> _KnownModel:
    """The model of that name.

    Raises:
        ModelError: There is none; near names are in the message.
    """
    if name in KNOWN:
        return KNOWN[name]
    meant = did_you_mean(name, [DEMO, *KNOWN, *ALIASES])
    raise ModelError(
        f"there is no speech model {one_line(name)!r}; "
        + (meant or "there are tiny, base, small, medium, large and turbo"),
        "see them with: practice models list",
    )


def short_name(name_or_path: str) -> str:
    """A model as it is called on screen: of a folder only its own name."""
    return one_line(Path(name_or_path).name) if _is_path(name_or_path) else name_or_path


def _expand(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:  # `~nobody`
        return Path(path)


def _is_path(name: str) -> bool:
    return not name or "/" in name or os.sep in name or name.startswith((".", "~"))


def _find_in_hub_cache(known: _KnownModel) -> Path | None:
    """Where the Hugging Face cache of this machine has the model, whole or not; None if nowhere."""
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface"))
    cache = Path(os.environ.get("HF_HUB_CACHE", home / "hub")).expanduser()
    repository = cache / f"models--{known.repository.replace('/', '--')}"
    try:
        commit = (repository / "refs" / "main").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return repository / "snapshots" / commit


def _download(repository: str, folder: Path, progress: Callable[[int, int], None]) -> None:
    files = [
        file
        for file in list_files(repository)
        if any(fnmatch(file.name, pattern) for pattern in WANTED)
    ]
    total = sum(file.size_bytes for file in files)
    done = sum(min(file.size_bytes, size_of_file(folder / file.name)) for file in files)
    require_space(folder, total - done)
    progress(done, total)

    def advance(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    for file in files:
        fetch(file, folder / file.name, advance)


def _install(partial: Path, target: Path) -> None:
    """Give a complete download its name; what was there, no whole model, goes."""
    if not is_complete(partial):
        raise incomplete_error(partial)
    try:
        if target.exists():
            shutil.rmtree(target)
        replace_file(partial, target)
    except OSError as error:
        hint = "free the path and run the same command again"
        raise storage_error("give the download its name", target, error, hint) from error


def _size_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
