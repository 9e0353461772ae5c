from pathlib import Path

import pytest

from practice.base.errors import SettingsError
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.lexicon_changes import stop_looking_for


@pytest.fixture
def lexicon_file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "lexicon.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")


def list_labels(file: Path) -> set[str]:
    return {entry.label for entry in load_lexicon("en", file).entries.values()}


@pytest.mark.parametrize("label", ["um", "like", "you know", "kind of"])
def test_what_is_taken_out_is_not_looked_for_any_more(lexicon_file: Path, label: str) -> None:
    before = list_labels(lexicon_file)
    assert stop_looking_for(lexicon_file, "en", label)
    assert list_labels(lexicon_file) == before - {label}


def test_another_language_keeps_its_list(lexicon_file: Path) -> None:
    german = load_lexicon("de")
    stop_looking_for(lexicon_file, "en", "like")
    assert load_lexicon("de", lexicon_file).entries == german.entries


def test_comments_and_order_survive(lexicon_file: Path) -> None:
    text = '# mine\n[de]\nsounds = []  # none\n\n[en]\nphrases = { add = ["to be fair"] }\n'
    write(lexicon_file, text)
    stop_looking_for(lexicon_file, "en", "like")
    after = lexicon_file.read_text(encoding="utf-8")
    assert after.startswith("# mine\n[de]\nsounds = []  # none\n\n[en]\n")
    assert {"to be fair"} <= list_labels(lexicon_file)
    assert "like" not in list_labels(lexicon_file)


def test_line_ends_and_mark_of_an_editor_of_windows_do_no_harm(lexicon_file: Path) -> None:
    lexicon_file.parent.mkdir()
    lexicon_file.write_bytes(b'\xef\xbb\xbf# mine\r\n[en.phrases]\r\nadd = ["so to say"]\r\n')
    assert stop_looking_for(lexicon_file, "en", "so to say")
    lines = lexicon_file.read_bytes().split(b"\n")
    assert lines[0] == b"# mine\r"
    assert all(line.endswith(b"\r") for line in lines[:-1])


def test_a_phrase_of_the_users_own_is_taken_out_of_what_they_added(lexicon_file: Path) -> None:
    write(lexicon_file, '[en]\nphrases = { add = ["To be fair"] }\n')
    stop_looking_for(lexicon_file, "en", "to be fair")
    assert "to be fair" not in list_labels(lexicon_file)


def test_a_list_instead_of_the_shipped_one_loses_the_entry(lexicon_file: Path) -> None:
    write(lexicon_file, '[en]\nsounds = ["um", "uh"]\n')
    stop_looking_for(lexicon_file, "en", "um")
    assert lexicon_file.read_text(encoding="utf-8") == '[en]\nsounds = ["uh"]\n'


def test_two_phrases_can_go_one_after_the_other(lexicon_file: Path) -> None:
    before = list_labels(lexicon_file)
    stop_looking_for(lexicon_file, "en", "like")
    stop_looking_for(lexicon_file, "en", "so")
    assert list_labels(lexicon_file) == before - {"like", "so"}


def test_what_is_in_no_list_changes_nothing(lexicon_file: Path) -> None:
    assert not stop_looking_for(lexicon_file, "en", "um/uh")
    assert not lexicon_file.exists()


def test_a_file_that_makes_no_sense_is_left_as_it_is(lexicon_file: Path) -> None:
    write(lexicon_file, "[en\n")
    with pytest.raises(SettingsError):
        stop_looking_for(lexicon_file, "en", "um")
    assert lexicon_file.read_text(encoding="utf-8") == "[en\n"
