"""What the user has chosen: a TOML file, read completely and written with its comments kept."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from practice.base.errors import SettingsError
from practice.base.files import write_atomic
from practice.base.text import did_you_mean, keep_line_ends, one_line

Seconds = Annotated[int, msgspec.Meta(ge=0, le=3600)]
Days = Annotated[int, msgspec.Meta(ge=0, le=36500)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting, with the value it has until the user changes it."""

    model: str = "base"
    """Speech model: a faster-whisper size, a folder, or `demo`."""
    language: Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")] = "en"
    """Language that is spoken, as an ISO 639 code."""
    microphone: str = ""
    """Name of the input device, or a part of it; empty for the system's default."""
    target_s: Seconds = 120
    """Answer length to aim at where the question names none."""
    prep_s: Seconds = 30
    """Time to think where the question names none."""
    minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] = 10
    """How long to practise on a day: what is due is chosen to fit."""
    read_aloud: Literal["formats", "always", "never"] = "formats"
    """Whether questions are read aloud: in formats that say so, always, or never."""
    keep_audio_days: Days = 0
    """Days after which a take's sound is deleted and its words stay; 0 keeps it for ever."""
    masked_names: str = ""
    """Names, with commas between them, that are masked in a report to share."""
    stutter: bool = False
    """The user stutters: repetitions, broken words, long sounds, pauses and pace are not shown."""
    second_language: bool = False
    """The user speaks in a second language: numbers stand beside the user's own ones alone."""
    guesses: bool = True
    """Whether three guesses are asked for between an answer and its review."""
    theme: str = "practice-dark"
    """Colours of the terminal app: `practice-dark`, `practice-light`, or a theme of Textual."""
    keys: dict[str, str] = {}
    """Keys of the terminal app that the user has changed: command id to keys."""


_HELP = {
    "model": "faster-whisper size, path of a model folder, or demo",
    "language": "language you speak: en, de, fr, es, it, pt, nl, ja, zh",
    "microphone": "input device, by name or a part of it; empty: the system's default",
    "target_s": "answer length to aim at, seconds",
    "prep_s": "time to think, seconds",
    "minutes": "how long to practise on a day; what is due fits into it",
    "read_aloud": "read questions aloud: formats (phone, panel), always or never",
    "keep_audio_days": "delete the sound of takes after so many days; 0: never",
    "masked_names": "names to mask in reports to share, with commas between them",
    "stutter": "yes: repetitions, broken words, long sounds, pauses and pace are left out",
    "second_language": "yes: only ranges of your own; pauses inside clauses are explained",
    "guesses": "yes: ask for three guesses between an answer and its review",
    "theme": "colours of the terminal app: practice-dark or practice-light",
    "keys": "keys of the terminal app that you changed, a table [keys]",
}


def describe_setting(key: str) -> str:
    """One line that says what the setting `key` means."""
    return _HELP[key]


def load_settings(path: Path) -> Settings:
    """The settings in `path`; the defaults where there is no such file.

    Raises:
        SettingsError: The file is not TOML, or a key or value is wrong; every problem is named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            error.strerror or one_line(str(error))
            if isinstance(error, OSError)
            else f"byte {error.start} is not UTF-8"
        )
        raise SettingsError(
            f"cannot read {path}: {reason}", "fix its permissions or its encoding (UTF-8)"
        ) from error
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(
            f"{path}: {error}", "correct that line; strings stand in quotes"
        ) from error
    problems = [problem for key, value in table.items() for problem in _find_problems(key, value)]
    if problems:
        raise SettingsError(f"{path}: " + "; ".join(problems), "correct the file, or move it away")
    return msgspec.convert(table, Settings)


def change_setting(path: Path, key: str, value: str) -> Settings:
    """Set `key` to `value`, written as on a command line, and keep the rest of the file as it is.

    Raises:
        SettingsError: There is no such key, or the value does not fit it; the file is untouched.
        StorageError: The disk refused.
    """
    import tomlkit  # lazy: only for a change

    load_settings(path)  # a file that has problems already is left alone
    fields = {field.name: field for field in msgspec.structs.fields(Settings)}
    if key not in fields:
        raise SettingsError(_say_unknown(key), "`practice settings` lists every key")
    converted = _from_command_line(key, value)
    before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    document = tomlkit.parse(before)
    document[key] = converted
    write_atomic(path, keep_line_ends(tomlkit.dumps(document), before).encode())
    return load_settings(path)


_YES, _NO = frozenset(("yes", "true", "on")), frozenset(("no", "false", "off"))


def _from_command_line(key: str, value: str) -> str | int | bool:
    """What is set when `value` was typed: its type is that of the default."""
    converted: str | int | bool = value
    default = getattr(Settings(), key)
    if isinstance(default, dict):
        raise SettingsError(f"{key} is a table", f"write it into the file: {describe_setting(key)}")
    if isinstance(default, bool):
        if value.lower() not in _YES | _NO:
            raise SettingsError(f"{key}: {one_line(value)!r} is neither yes nor no", _HELP[key])
        converted = value.lower() in _YES
    elif isinstance(default, int):
        try:
            converted = int(value)
        except ValueError:
            raise SettingsError(
                f"{key}: {one_line(value)!r} is not a whole number", describe_setting(key)
            ) from None
    problems = list(_find_problems(key, converted))
    if problems:
        raise SettingsError(problems[0], describe_setting(key))
    return converted


def _find_problems(key: str, value: object) -> list[str]:
    types = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    if key not in types:
        return [_say_unknown(key)]
    try:
        msgspec.convert(value, types[key])
    except msgspec.ValidationError as error:
        return [f"{key}: {_in_toml_words(str(error))}"]
    return []


def _say_unknown(key: str) -> str:
    meant = did_you_mean(key, Settings.__struct_fields__)
    return f"unknown key {one_line(key)!r}" + (f"; {meant}" if meant else "")


def _in_toml_words(message: str) -> str:
    """What msgspec says of a value, in the words of somebody who writes a settings file."""
    for theirs, ours in (
        ("`str`", "text in quotes"),
        ("`int`", "a whole number"),
        ("`bool`", "true or false"),
        ("Invalid enum value", "unknown value"),
    ):
        message = message.replace(theirs, ours)
    return message[:1].lower() + message[1:]
