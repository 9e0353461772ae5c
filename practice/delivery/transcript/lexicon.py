"""Which sounds, phrases and hedges are looked for, by language, and the user's changes to them."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Literal, Self, cast

from practice.base.errors import SettingsError
from practice.base.text import did_you_mean, one_line
from practice.delivery.transcript.tokens import (
    UNNAMED_SOUND,
    Break,
    Token,
    is_unnamed_sound,
    label_of,
    normalise,
    split_words,
)

EntryKind = Literal["sound", "phrase", "habit", "hedge"]

SECTIONS: Mapping[str, EntryKind] = {
    "sounds": "sound",
    "phrases": "phrase",
    "habits": "habit",
    "hedges": "hedge",
}
"""The tables of a lexicon file and of the user's own, by name."""
_KINDS_CHANGED: Mapping[EntryKind, frozenset[EntryKind]] = {
    "phrase": frozenset({"phrase", "habit"})
}
"""Where a section of the user's file changes more than its own kind. Habits once were phrases, and
a file that takes one out as a phrase goes on working."""
_CHANGES = ("add", "remove")
MOST_LETTERS_OF_TERMS = 200
"""Of the terms that a recogniser is told of: with the fillers behind them they are to leave half of
its 448 tokens for what is said. Four terms of a question were measured."""
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
"""Three and more of a letter: "ummmm"."""


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One sound or phrase that is looked for.

    A sound is a hesitation (um). A phrase hardly means anything else (you know, so to speak). A
    habit is a word that is ordinary speech more often than not (like, so, actually): it is listed
    as possible, never as certain. A hedge takes back what is said (kind of, I guess) and is not
    counted among fillers.
    """

    label: str
    """The name it is counted under, in lower case."""
    kind: EntryKind
    rule: str = "always"
    """The name of the rule in `contexts.RULES` that decides from the breaks around it."""


UNNAMED = LexiconEntry("um/uh", "sound", "possibly")
"""A hesitation that a recogniser marked without a word: possible, for nobody wrote what it is."""


@dataclass(frozen=True)
class Lexicon:
    """What is looked for in one language."""

    language: str
    entries: Mapping[tuple[str, ...], LexiconEntry]
    """By the words it consists of, each normalised."""
    ordinary: frozenset[tuple[str, ...]] = frozenset()
    """Phrases in which the words of an entry are ordinary speech: "as well", "would like"."""
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
    prompt: str = ""
    """A few words with the sounds of the language in them (`verbatim_prompt`); empty where nothing
    is known to help."""
    own_sounds: tuple[str, ...] = ()
    """The sounds that the user's file adds, in its order."""
    longest: int = field(init=False)
    """The number of words of the longest entry."""

    def __post_init__(self) -> None:
        # The class is frozen, and this is worked out from its other fields.
        object.__setattr__(self, "longest", max(map(len, self.entries), default=0))

    @property
    def verbatim_prompt(self) -> str | None:
        """What makes a recogniser write the sounds that it would leave out; the user's own first.

        Whisper goes on in the manner of the text before its window. None where the user counts no
        sounds, or no text is known for the language.
        """
        own = ", ".join(self.own_sounds)
        text = f"{own[:1].upper()}{own[1:]}, {self.prompt}" if own and self.prompt else self.prompt
        return text if text and self.counts_sounds else None

    @property
    def counts_sounds(self) -> bool:
        """Whether any hesitation sound is looked for."""
        return any(entry.kind == "sound" for entry in self.entries.values())

    def prompt_with(self, terms: Sequence[str]) -> str | None:
        """`verbatim_prompt` with the words before it that the speaker hopes to say.

        A recogniser spells a rare word right that it has just read, and writes none that was not
        said (docs/findings.md). The sounds stay last: Whisper goes on in the manner it read last.
        """
        named = ""
        for term in terms:
            longer = f"{named}, {one_line(term)}" if named else one_line(term)
            if len(longer) > MOST_LETTERS_OF_TERMS:
                break
            named = longer
        prompt = self.verbatim_prompt
        return f"{named}. {prompt}" if named and prompt else prompt

    def is_sound(self, text: str) -> bool:
        """Whether a written word is a hesitation sound, whatever stands beside it."""
        if is_unnamed_sound(text):
            return self.counts_sounds
        entry = self.entries.get(tuple(split_words(text)))
        return entry is not None and entry.kind == "sound" and entry.rule == "always"

    def match(self, tokens: Sequence[Token], index: int) -> tuple[LexiconEntry, int] | None:
        """The longest entry that starts at `index`, and how many tokens it takes."""
        if tokens[index].text == UNNAMED_SOUND:
            return (UNNAMED, 1) if self.counts_sounds else None
        for length in range(min(self.longest, len(tokens) - index), 0, -1):
            if entry := self.entries.get(tuple(t.text for t in tokens[index : index + length])):
                return entry, length
        # "ummmm" is the sound "umm". A word such as "soooo" stays what it is: it is no sound.
        shortened = _DRAWN_OUT.sub(r"\1\1", tokens[index].text)
        entry = self.entries.get((shortened,))
        return (entry, 1) if entry and entry.kind == "sound" else None

    def match_ordinary(self, tokens: Sequence[Token], index: int) -> int:
        """How many tokens from `index` on are ordinary speech whatever entry is in them; or 0.

        A comma or a pause inside tells that it is none: "I would, like, go".
        """
        if not self.ordinary:
            return 0
        texts = [tokens[index].text]
        longest = 0
        for token in tokens[index + 1 : index + max(map(len, self.ordinary))]:
            if token.before is not Break.NONE:
                break
            texts.append(token.text)
            if tuple(texts) in self.ordinary:
                longest = len(texts)
        return longest


def lexicon_languages() -> list[str]:
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
    shipped = _load_shipped(code)
    if additions is None or not additions.exists():
        return shipped
    return _apply_changes(shipped, _ChangesFile.read(additions))


def load_readable_lexicon(language: str, additions: Path) -> Lexicon:
    """As `load_lexicon`; the shipped one where the user's file is wrong.

    For what is asked of a recogniser: the review says what is wrong; nothing is lost until then.
    """
    try:
        return load_lexicon(language, additions)
    except SettingsError:
        return load_lexicon(language)


def _load_shipped(code: str) -> Lexicon:
    if code not in lexicon_languages():
        return Lexicon(code, {})
    file = resources.files("practice.delivery.transcript") / "lexicons" / f"{code}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    entries: dict[tuple[str, ...], LexiconEntry] = {}
    for label, spellings in document["sounds"].items():
        entry = LexiconEntry(label, "sound", document.get("sound_rules", {}).get(label, "always"))
        entries |= {_key_of(spelling): entry for spelling in (label, *spellings)}
    for section in ("phrases", "habits", "hedges"):
        for label, rule in document[section].items():
            entries[_key_of(label)] = LexiconEntry(label, SECTIONS[section], rule)
    grammar = {
        name: frozenset(map(normalise, words)) for name, words in document["grammar"].items()
    }
    ordinary = frozenset(
        _key_of(phrase) for phrases in document.get("ordinary", {}).values() for phrase in phrases
    )
    nothing: frozenset[str] = frozenset()
    return Lexicon(
        code,
        entries,
        ordinary,
        doubles=grammar.get("doubles", nothing),
        openers=grammar.get("openers", nothing),
        function_words=grammar.get("function_words", nothing),
        singular=grammar.get("singular", nothing),
        plural=grammar.get("plural", nothing),
        numbers=grammar.get("numbers", nothing),
        irregular=document.get("irregular", {}),
        prompt=document.get("prompt", ""),
    )


def _key_of(phrase: str) -> tuple[str, ...]:
    """What `phrase` is found under in `Lexicon.entries`."""
    return tuple(split_words(phrase))


@dataclass(frozen=True)
class _ChangesFile:
    """The user's file, with what is needed to say where in it something is wrong."""

    path: Path
    lines: Sequence[str]
    tables: Mapping[str, object]
    """By language; of any content until it is checked."""

    @classmethod
    def read(cls, path: Path) -> Self:
        try:
            text = path.read_text(encoding="utf-8-sig")
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

    def error_at(self, key: str, message: str, hint: str) -> SettingsError:
        """An error that names the first line on which `key` stands."""
        # tomllib tells no lines, so the key is looked for, with or without quotes.
        spot = re.compile(rf"(?<![\w-])[\"']?{re.escape(key)}(?![\w-])")
        line = next((n for n, text in enumerate(self.lines, 1) if spot.search(text)), None)
        where = f"{one_line(str(self.path))}:{line}" if line else one_line(str(self.path))
        return SettingsError(f"{where}: {one_line(message)}", hint)

    def check_keys(self, found: Iterable[str], allowed: Sequence[str], place: str) -> None:
        """Refuse a key that is not allowed, with the one that was probably meant."""
        for key in found:
            if key not in allowed:
                hint = did_you_mean(key, allowed) or f"use one of: {', '.join(allowed)}"
                raise self.error_at(key, f"{place} has no {key!r}", hint)

    def read_keys(self, key: str, value: object) -> set[tuple[str, ...]]:
        """`value` as what its phrases are found under; refused where it is no list of phrases."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error_at(
                key, f"{key} must be a list of words in quotes", f'write {key} = ["um", "uh"]'
            )
        keys = {_key_of(text) for text in value}
        if () in keys:
            raise self.error_at(key, f"{key} has an entry without any letters", "remove it")
        return keys


def _apply_changes(shipped: Lexicon, changes: _ChangesFile) -> Lexicon:
    # Every language is checked, not only the one that is spoken: a mistake is found at once.
    for language, table in changes.tables.items():
        if not isinstance(table, dict):
            raise changes.error_at(
                language, f"{language!r} stands outside any language", "put it under [en]"
            )
        changes.check_keys(table, tuple(SECTIONS), f"[{language}]")
    table = cast("dict[str, object]", changes.tables.get(shipped.language, {}))
    entries = dict(shipped.entries)
    # In the order of the sections, so that it does not matter in which order the user wrote them.
    for section in filter(table.__contains__, SECTIONS):
        _change_section(entries, section, table[section], changes)
    own = tuple(
        dict.fromkeys(
            entry.label
            for key, entry in entries.items()
            if entry.kind == "sound" and key not in shipped.entries
        )
    )
    return replace(shipped, entries=entries, own_sounds=own)


def _change_section(
    entries: dict[tuple[str, ...], LexiconEntry],
    section: str,
    value: object,
    changes: _ChangesFile,
) -> None:
    kind = SECTIONS[section]
    kinds = _KINDS_CHANGED.get(kind, frozenset({kind}))
    before = {key: entry for key, entry in entries.items() if entry.kind in kinds}
    # What is named by its label goes with all its spellings ("um" and "umm"), a spelling alone.
    if isinstance(value, dict):
        changes.check_keys(value, _CHANGES, section)
        added = changes.read_keys("add", value.get("add", []))
        removed = changes.read_keys("remove", value.get("remove", []))
        gone = {k for k, e in before.items() if {k, _key_of(e.label)} & removed}
        # What is added goes too, and comes back without the rule that it had: the user is sure.
        gone |= added
    else:
        # A list takes the place of the shipped one. What is in both keeps its label and its rule;
        # what was of another kind gets this one.
        added = changes.read_keys(section, value)
        gone = {k for k, e in before.items() if not {k, _key_of(e.label)} & added}
        gone |= added - before.keys()
    for key in gone:
        entries.pop(key, None)
    for key in added:
        entries.setdefault(key, LexiconEntry(label_of(key), kind))
