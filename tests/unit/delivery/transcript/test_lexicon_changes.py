from pathlib import Path

import pytest

from practice.base.errors import SettingsError
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.lexicon_changes import stop_looking_for


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "lexicon.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")


def labels(file: Path) -> set[str]:
    return {entry.label for entry in load_lexicon("en", file).entries.values()}


@pytest.mark.parametrize("label", ["um", "like", "you know", "kind of"])
def test_what_is_taken_out_is_not_looked_for_any_more(file: Path, label: str) -> None:
    before = labels(file)
    assert stop_looking_for(file, "en", label)
    assert labels(file) == before - {label}


def test_another_language_keeps_its_list(file: Path) -> None:
    german = load_lexicon("de")
    stop_looking_for(file, "en", "like")
    assert load_lexicon("de", file).entries == german.entries


def test_comments_and_order_survive(file: Path) -> None:
    text = '# mine\n[de]\nsounds = []  # none\n\n[en]\nphrases = { add = ["to be fair"] }\n'
    write(file, text)
    stop_looking_for(file, "en", "like")
    after = file.read_text(encoding="utf-8")
    assert after.startswith("# mine\n[de]\nsounds = []  # none\n\n[en]\n")
    assert {"to be fair"} <= labels(file)
    assert "like" not in labels(file)


def test_a_phrase_of_the_users_own_is_taken_out_of_what_they_added(file: Path) -> None:
    write(file, '[en]\nphrases = { add = ["To be fair"] }\n')
    stop_looking_for(file, "en", "to be fair")
    assert "to be fair" not in labels(file)


def test_a_list_instead_of_the_shipped_one_loses_the_entry(file: Path) -> None:
    write(file, '[en]\nsounds = ["um", "uh"]\n')
    stop_looking_for(file, "en", "um")
    assert file.read_text(encoding="utf-8") == '[en]\nsounds = ["uh"]\n'


def test_two_phrases_can_go_one_after_the_other(file: Path) -> None:
    before = labels(file)
    stop_looking_for(file, "en", "like")
    stop_looking_for(file, "en", "so")
    assert labels(file) == before - {"like", "so"}


def test_what_is_in_no_list_changes_nothing(file: Path) -> None:
    assert not stop_looking_for(file, "en", "um/uh")
    assert not file.exists()


def test_a_file_that_makes_no_sense_is_left_as_it_is(file: Path) -> None:
    write(file, "[en\n")
    with pytest.raises(SettingsError):
        stop_looking_for(file, "en", "um")
    assert file.read_text(encoding="utf-8") == "[en\n"
