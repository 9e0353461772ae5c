"""The words by which lists name their parts: `vocabulary.toml`, read when a list is first read."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of many languages, in lower case; the file says what each list is for."""

    question_labels: frozenset[str]
    answer_labels: frozenset[str]
    key_point_labels: frozenset[str]
    follow_up_labels: frozenset[str]
    tag_labels: frozenset[str]
    source_labels: frozenset[str]
    note_labels: frozenset[str]
    furniture_headings: frozenset[str]
    asking_words: frozenset[str]
    asking_parts: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words of every language that we know."""
    written = files("practice.questions.importers").joinpath("vocabulary.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(written)
    parts = tuple(lists.pop("asking_parts"))
    return Vocabulary(
        **{name: frozenset(words) for name, words in lists.items()}, asking_parts=parts
    )
