"""Changes to the user's own file of fillers, with its comments and order kept."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from practice.base.files import write_atomic
from practice.delivery.transcript.lexicon import EntryKind, Lexicon, load_lexicon
from practice.delivery.transcript.tokens import normalise

_SECTION_OF: dict[EntryKind, str] = {
    "sound": "sounds",
    "phrase": "phrases",
    "habit": "habits",
    "hedge": "hedges",
}


def stop_looking_for(path: Path, language: str, label: str) -> bool:
    """Take a filler or hedge out of the user's list of a language; False when it is not in it.

    Args:
        path: The user's file; it is made when there is none.
        language: A code such as "en".
        label: The name it is counted under.

    Raises:
        SettingsError: The file as it is makes no sense; it is untouched.
        StorageError: The disk refused.
    """
    import tomlkit

    lexicon = load_lexicon(language, path)
    section = _section(lexicon, label)
    if section is None:
        return False
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    document = tomlkit.parse(text)
    if lexicon.language not in document:
        document[lexicon.language] = tomlkit.table()
    _remove(document[lexicon.language], section, label)
    write_atomic(path, tomlkit.dumps(document).encode())
    return True


def _section(lexicon: Lexicon, label: str) -> str | None:
    entries = lexicon.entries.values()
    kind = next((entry.kind for entry in entries if entry.label == label), None)
    return _SECTION_OF[kind] if kind else None


def _remove(table: MutableMapping[str, Any], section: str, label: str) -> None:
    import tomlkit

    if isinstance(table.get(section), list):
        _drop(table[section], label)
        return
    if section not in table:
        table[section] = tomlkit.inline_table()
    changes = table[section]
    if "add" in changes:
        _drop(changes["add"], label)
    if "remove" not in changes:
        changes["remove"] = tomlkit.array()
    changes["remove"].append(label)


def _drop(phrases: list[str], label: str) -> None:
    for phrase in [phrase for phrase in phrases if _folded(phrase) == _folded(label)]:
        phrases.remove(phrase)


def _folded(phrase: str) -> str:
    return " ".join(map(normalise, phrase.split()))
