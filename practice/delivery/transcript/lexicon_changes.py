"""Changes to the user's own file of fillers, with its comments and order kept."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from practice.base.files import write_atomic
from practice.base.text import keep_line_ends
from practice.delivery.transcript.lexicon import SECTIONS, load_lexicon
from practice.delivery.transcript.tokens import normalise


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
    import tomlkit  # lazy: only for a change

    lexicon = load_lexicon(language, path)
    kinds = {entry.kind for entry in lexicon.entries.values() if entry.label == label}
    section = next((name for name, kind in SECTIONS.items() if kind in kinds), None)
    if section is None:
        return False
    before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    document = tomlkit.parse(before)
    if lexicon.language not in document:
        document[lexicon.language] = tomlkit.table()
    _remove_from_section(document[lexicon.language], section, label)
    write_atomic(path, keep_line_ends(tomlkit.dumps(document), before).encode())
    return True


def _remove_from_section(table: MutableMapping[str, Any], section: str, label: str) -> None:
    import tomlkit  # lazy: only for a change

    # A list stands for the whole section, so there it is enough to leave the phrase out.
    if isinstance(table.get(section), list):
        _drop_phrase(table[section], label)
        return
    if section not in table:
        table[section] = tomlkit.inline_table()
    changes = table[section]
    if "add" in changes:
        _drop_phrase(changes["add"], label)
    if "remove" not in changes:
        changes["remove"] = tomlkit.array()
    changes["remove"].append(label)


def _drop_phrase(phrases: list[str], label: str) -> None:
    # Out of the list that is there: a new one would lose its comments.
    for phrase in [phrase for phrase in phrases if _fold(phrase) == _fold(label)]:
        phrases.remove(phrase)


def _fold(phrase: str) -> str:
    return " ".join(map(normalise, phrase.split()))
