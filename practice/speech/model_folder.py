"""What a folder with a speech model holds."""

from pathlib import Path

from practice.base.errors import ModelError
from practice.base.text import one_line

REQUIRED = ("model.bin", "config.json", "tokenizer.json", "vocabulary.*")
"""What faster-whisper needs to load a model without a network."""
WANTED = (*REQUIRED, "preprocessor_config.json")
PARTIAL = ".part"
"""How the name of a folder ends that is not whole yet."""
MODEL_KIND = b"WhisperSpec"
"""Stands in the first bytes of every Whisper `model.bin` of CTranslate2."""


def is_model(folder: Path) -> bool:
    """Whether `folder` holds a whole speech model; one that is still being downloaded is none."""
    return folder.suffix != PARTIAL and is_complete(folder)


def is_complete(folder: Path) -> bool:
    """Whether `folder` holds every file that loading needs, and a model that is one of Whisper."""
    if not all(any(folder.glob(pattern)) for pattern in REQUIRED):
        return False
    try:
        with (folder / "model.bin").open("rb") as file:
            return MODEL_KIND in file.read(64)
    except OSError:
        return False


def incomplete_error(folder: Path) -> ModelError:
    """What to say of a folder that is no model."""
    if not folder.is_dir():
        return ModelError(
            f"there is no folder {one_line(str(folder))}",
            "give the folder of a model, or a name of `practice models list`",
        )
    return ModelError(
        f"{one_line(str(folder))} holds no complete speech model",
        f"a model folder holds {', '.join(REQUIRED)}, converted for CTranslate2",
    )
