"""Which sounds, phrases and hedges are looked for, by language, and the user's changes to them."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Literal, cast

from practice.base.errors import SettingsError
from practice.base.text import did_you_mean, one_line
from practice.delivery.transcript.tokens import Token, label_of, normalise, split

EntryKind = Literal["sound", "phrase", "habit", "hedge"]

_SECTIONS: dict[str, EntryKind] = {
    "sounds": "sound",
    "phrases": "phrase",
    "habits": "habit",
    "hedges": "hedge",
}
_GOVERNED: Mapping[EntryKind, frozenset[EntryKind]] = {"phrase": frozenset({"phrase", "habit"})}
"""Kinds that a section of the user's file changes beside its own: habits once were phrases."""
_CHANGES = ("add", "remove")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sound or phrase that is looked for.

    A sound is a hesitation (um). A phrase hardly means anything else (you know, so to speak). A
    habit is a word that is ordinary speech more often than not (like, so, actually). A hedge takes
    back what is said (kind of, I guess) and is not counted among fillers.
    """

    label: str
    """The name it is counted under, in lower case."""
    kind: EntryKind
    rule: str = "always"
    """The name of the rule in `contexts.RULES` that decides from the neighbouring words."""


@dataclass(frozen=True)
class Lexicon:
    """What is looked for in one language."""

    language: str
    entries: Mapping[tuple[str, ...], Entry]
    """By the words it consists of, each normalised."""
    doubles: frozenset[str] = frozenset()
    """Words properly said twice in a row."""
    openers: frozenset[str] = frozenset()
    """Words a new start begins with."""
    function_words: frozenset[str] = frozenset()
    """The commonest words of the language."""
    singular: frozenset[str] = frozenset()
    """The forms of I, as far as an apostrophe; empty where the verb alone says it."""
    plural: frozenset[str] = frozenset()
    """The forms of we."""
    numbers: frozenset[str] = frozenset()
    """Number words."""
    irregular: Mapping[str, str] = field(default_factory=dict)
    """Forms that no ending tells, to the word that they are forms of."""
    longest: int = field(init=False)
    """The number of words of the longest entry."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "longest", max(map(len, self.entries), default=0))

    def match(self, tokens: Sequence[Token], index: int) -> tuple[Entry, int] | None:
        """The longest entry that starts at `index`, and how many tokens it takes."""
        for length in range(min(self.longest, len(tokens) - index), 0, -1):
            if entry := self.entries.get(tuple(t.text for t in tokens[index : index + length])):
                return entry, length
        shortened = _DRAWN_OUT.sub(r"\1\1", tokens[index].text)
        entry = self.entries.get((shortened,))
        return (entry, 1) if entry and entry.kind == "sound" else None


def languages() -> list[str]:
    """The codes of the languages that a lexicon is shipped for, sorted."""
    folder = resources.files("practice.delivery.transcript") / "lexicons"
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir())


def load_lexicon(language: str, additions: Path | None = None) -> Lexicon:
    """The shipped lexicon of `language`, changed by the user's own file where there is one.

    A language that none is shipped for starts empty, so that nothing of another language is
    counted. The user's file has one table per language; in it `sounds`, `phrases`, `habits` and
    `hedges` may each be a list (this list instead of the shipped one; an empty list switches it
    off) or a table with `add` and `remove` lists. `phrases` reaches habits too:

        [en]
        sounds = ["um", "uh"]
        phrases = { add = ["to be fair"], remove = ["so"] }

    Args:
        language: A code such as "en"; a region after it ("en-GB") is ignored.
        additions: The user's file; one that does not exist changes nothing.

    Raises:
        SettingsError: The user's file cannot be read or says something that makes no sense.
    """
    code = re.split(r"[-_.]", language.casefold())[0]
    shipped = _shipped(code)
    if additions is None or not additions.exists():
        return shipped
    return _changed(shipped, _Changes.read(additions), code)


def _shipped(code: str) -> Lexicon:
    if code not in languages():
        return Lexicon(code, {})
    file = resources.files("practice.delivery.transcript") / "lexicons" / f"{code}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    entries: dict[tuple[str, ...], Entry] = {}
    for label, spellings in document["sounds"].items():
        entry = Entry(label, "sound", document.get("sound_rules", {}).get(label, "always"))
        entries |= {_key(spelling): entry for spelling in (label, *spellings)}
    for section in ("phrases", "habits", "hedges"):
        for label, rule in document[section].items():
            entries[_key(label)] = Entry(label, _SECTIONS[section], rule)
    grammar = {
        name: frozenset(map(normalise, words)) for name, words in document["grammar"].items()
    }
    return Lexicon(code, entries, **grammar, irregular=document.get("irregular", {}))


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(split(phrase))


@dataclass(frozen=True)
class _Changes:
    """The user's file, with what is needed to point into it."""

    path: Path
    lines: Sequence[str]
    tables: Mapping[str, object]

    @classmethod
    def read(cls, path: Path) -> "_Changes":
        try:
            text = path.read_text(encoding="utf-8")
            return cls(path, text.splitlines(), tomllib.loads(text))
        except OSError as error:
            raise SettingsError(
                f"{one_line(str(path))}: cannot be read: {error.strerror}", "check its permissions"
            ) from error
        except UnicodeDecodeError as error:
            raise SettingsError(
                f"{one_line(str(path))}: is not UTF-8 text", "save it as UTF-8"
            ) from error
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            place = re.search(r"line (\d+)", str(error))
            where = f":{place[1]}" if place else ""
            raise SettingsError(
                f"{one_line(str(path))}{where}: is not TOML: {one_line(str(error))}",
                "correct that line",
            ) from error

    def refuse(self, key: str, message: str, hint: str) -> SettingsError:
        """An error that names the first line on which `key` stands."""
        spot = re.compile(rf"(?<![\w-])[\"']?{re.escape(key)}(?![\w-])")
        line = next((n for n, text in enumerate(self.lines, 1) if spot.search(text)), None)
        where = f"{one_line(str(self.path))}:{line}" if line else one_line(str(self.path))
        return SettingsError(f"{where}: {one_line(message)}", hint)

    def check_keys(self, found: Iterable[str], allowed: Sequence[str], place: str) -> None:
        """Refuse a key that is not allowed, with the one that was probably meant."""
        for key in found:
            if key not in allowed:
                hint = did_you_mean(key, allowed) or f"use one of: {', '.join(allowed)}"
                raise self.refuse(key, f"{place} has no {key!r}", hint)

    def phrases(self, key: str, value: object) -> list[str]:
        """`value` as a list of phrases."""
        texts = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
        if not isinstance(value, list) or len(texts) != len(value):
            raise self.refuse(
                key, f"{key} must be a list of words in quotes", f'write {key} = ["um", "uh"]'
            )
        if any(not _key(text) for text in texts):
            raise self.refuse(key, f"{key} has an entry without any letters", "remove it")
        return texts


def _changed(shipped: Lexicon, changes: _Changes, code: str) -> Lexicon:
    for language, table in changes.tables.items():
        if not isinstance(table, dict):
            raise changes.refuse(
                language, f"{language!r} stands outside any language", "put it under [en]"
            )
        changes.check_keys(table, tuple(_SECTIONS), f"[{language}]")
    table = cast("dict[str, object]", changes.tables.get(code, {}))
    entries = dict(shipped.entries)
    for section, value in sorted(table.items(), key=lambda item: list(_SECTIONS).index(item[0])):
        _change(entries, _SECTIONS[section], section, value, changes)
    return replace(shipped, entries=entries)


def _change(
    entries: dict[tuple[str, ...], Entry],
    kind: EntryKind,
    section: str,
    value: object,
    changes: _Changes,
) -> None:
    governed = _GOVERNED.get(kind, frozenset({kind}))
    before = {key: entry for key, entry in entries.items() if entry.kind in governed}
    if isinstance(value, dict):
        changes.check_keys(value, _CHANGES, section)
        added = {_key(text) for text in changes.phrases("add", value.get("add", []))}
        removed = {_key(text) for text in changes.phrases("remove", value.get("remove", []))}
        gone = added | {k for k, e in before.items() if {k, _key(e.label)} & removed}
    else:
        added = {_key(text) for text in changes.phrases(section, value)}
        gone = {k for k, e in before.items() if not {k, _key(e.label)} & added}
        gone |= {k for k in added if k not in before}
    for key in gone:
        entries.pop(key, None)
    for key in added:
        entries.setdefault(key, Entry(label_of(key), kind))
