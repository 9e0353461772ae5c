"""A short text to read aloud, with fillers planned in it: the check of a microphone and a model."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import normalise

PlannedKind = Literal["sound", "phrase"]

_FOLDER = "scripts"
_BRACKETED = re.compile(r"\[([^]]+)\]")
"""A planned filler, as the files of the scripts write it."""


@dataclass(frozen=True, slots=True)
class PlannedFiller:
    """A filler that is to be read."""

    text: str
    """As it is written."""
    kind: PlannedKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a script: ordinary text and planned fillers, in the order they are read."""

    parts: tuple[str | PlannedFiller, ...]

    @property
    def planned(self) -> tuple[PlannedFiller, ...]:
        """Its fillers."""
        return tuple(part for part in self.parts if isinstance(part, PlannedFiller))


@dataclass(frozen=True, slots=True)
class Script:
    """What is read aloud in one language."""

    language: str
    sentences: tuple[Sentence, ...]

    @property
    def planned(self) -> tuple[PlannedFiller, ...]:
        """Every filler in it."""
        return tuple(planned for sentence in self.sentences for planned in sentence.planned)


def script_languages() -> list[str]:
    """The codes of the languages that there is a script for, sorted."""
    folder = resources.files("practice.delivery.calibration") / _FOLDER
    return sorted(file.name.removesuffix(".txt") for file in folder.iterdir())


def load_script(language: str) -> Script | None:
    """The script in `language`; None where there is none.

    Args:
        language: A code such as "en"; a region after it ("en-GB") is ignored.
    """
    code = re.split(r"[-_.]", language.casefold())[0]
    if code not in script_languages():
        return None
    file = resources.files("practice.delivery.calibration") / _FOLDER / f"{code}.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    kinds = {" ".join(key): entry.kind for key, entry in load_lexicon(code).entries.items()}
    read = [line for line in lines if line and not line.startswith("#")]
    return Script(code, tuple(Sentence(tuple(_split_line(line, kinds))) for line in read))


def _split_line(line: str, kinds: Mapping[str, str]) -> Iterator[str | PlannedFiller]:
    # `re.split` with a group gives what lies between the brackets at every odd index.
    for index, text in enumerate(_BRACKETED.split(line)):
        if index % 2:
            yield PlannedFiller(
                text, "sound" if kinds.get(normalise(text)) == "sound" else "phrase"
            )
        elif text.strip():
            yield text.strip()
