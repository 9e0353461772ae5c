from collections import Counter
from importlib import import_module
from pathlib import Path

import practice.tui
from practice.tui.key_meanings import ANY, EXEMPT, MEANINGS
from practice.tui.keymap import list_commands

MEANING_OF = {key: meaning for meaning in MEANINGS for key in meaning.keys.split(",")}


def test_every_key_of_a_command_has_the_meaning_that_it_has_everywhere() -> None:
    for command in list_commands():
        for key in () if command.id in EXEMPT else command.keys:
            assert key in MEANING_OF, f"{command.id}: {key} has no meaning yet"
            meaning = MEANING_OF[key]
            is_meant = meaning.commands == ANY or command.id in meaning.commands
            assert is_meant, f"{command.id}: {key} means {meaning.words}"


def test_no_key_has_two_meanings() -> None:
    keys = Counter(key for meaning in MEANINGS for key in meaning.keys.split(","))
    assert [key for key, times in keys.items() if times > 1] == []
    assert len({meaning.words for meaning in MEANINGS}) == len(MEANINGS)


def test_the_meanings_name_commands_that_have_the_key() -> None:
    commands = {command.id: command for command in list_commands()}
    for meaning in MEANINGS:
        for name in meaning.commands:
            assert set(commands[name].keys) & set(meaning.keys.split(",")), name
    assert set(EXEMPT) <= set(commands)


def test_no_letter_moves_anything() -> None:
    moving = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
    for command in list_commands():
        if moving & set(command.keys) and command.id not in EXEMPT:
            assert not [key for key in command.keys if len(key) == 1], command


def test_every_command_of_the_app_is_in_the_list_of_keys() -> None:
    listed = {command.id for command in list_commands()}
    root = Path(practice.tui.__file__).parent
    for path in root.rglob("*.py"):
        if "Command(" in path.read_text("utf-8") and path.name != "commands.py":
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            tables = vars(import_module(f"practice.tui.{name}"))
            found = [one for one in tables.values() if type(one).__name__ == "Command"]
            assert {command.id for command in found} <= listed, name
