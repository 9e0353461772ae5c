from collections.abc import Callable
from pathlib import Path

import pytest

from practice.base.errors import SettingsError
from practice.base.words import Word
from practice.delivery.transcript.contexts import RULES
from practice.delivery.transcript.fillers import find_occurrences
from practice.delivery.transcript.lexicon import (
    MOST_LETTERS_OF_TERMS,
    lexicon_languages,
    load_lexicon,
)
from practice.delivery.transcript.tokens import split_words, tokens_of

Say = Callable[[str], list[Word]]


def find_labels(words: list[Word], path: Path) -> list[str]:
    return [o.entry.label for o in find_occurrences(tokens_of(words), load_lexicon("en", path))]


@pytest.fixture
def write_own_list(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "fillers.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("language", lexicon_languages())
def test_every_shipped_lexicon_names_rules_that_exist(language: str) -> None:
    assert {entry.rule for entry in load_lexicon(language).entries.values()} <= set(RULES)


def test_a_region_is_ignored() -> None:
    assert load_lexicon("en-GB").entries == load_lexicon("en").entries


def test_a_missing_file_changes_nothing(tmp_path: Path) -> None:
    assert load_lexicon("en", tmp_path / "none.toml") == load_lexicon("en")


def test_the_user_adds_a_phrase(make_words: Say, write_own_list: Callable[[str], Path]) -> None:
    path = write_own_list('[en]\nphrases = { add = ["To be fair"] }\n')
    assert find_labels(make_words("to be fair, um, it was"), path) == ["to be fair", "um"]


def test_the_user_removes_a_sound_with_its_spellings(
    make_words: Say, write_own_list: Callable[[str], Path]
) -> None:
    path = write_own_list('[en]\nsounds = { remove = ["hmm"] }\n')
    assert find_labels(make_words("hm um hmm"), path) == ["um"]


def test_a_habit_word_of_the_user_is_possible_and_a_phrase_certain(
    make_words: Say, write_own_list: Callable[[str], Path]
) -> None:
    said = tokens_of(make_words("frankly speaking it was mostly like rain"))
    path = write_own_list(
        '[en]\nhabits = { add = ["mostly"] }\nphrases = { add = ["frankly speaking", "like"] }\n'
    )
    found = find_occurrences(said, load_lexicon("en", path))
    assert [(o.entry.label, o.certainty) for o in found] == [
        ("frankly speaking", "certain"),
        ("mostly", "possible"),
        ("like", "certain"),
    ]


def test_an_empty_list_switches_a_section_off(
    make_words: Say, write_own_list: Callable[[str], Path]
) -> None:
    assert find_labels(make_words("um I mean it"), write_own_list("[en]\nsounds = []\n")) == [
        "i mean"
    ]


def test_a_list_of_spellings_stands_instead_of_the_shipped_one(
    make_words: Say, write_own_list: Callable[[str], Path]
) -> None:
    path = write_own_list('[en]\nsounds = ["uhm", "ehrm"]\n')
    assert find_labels(make_words("um uhm uh ehrm"), path) == ["um", "ehrm"]


def test_another_language_of_the_file_changes_nothing(
    make_words: Say, write_own_list: Callable[[str], Path]
) -> None:
    assert find_labels(make_words("um"), write_own_list("[de]\nsounds = []\n")) == ["um"]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("[en]\nsound = []\n", ":2:", "did you mean 'sounds'?"),
        ("[en]\nphrases = { ad = ['x'] }\n", ":2:", "did you mean 'add'?"),
        ("[en]\nsounds = 'um'\n", ":2:", "list"),
        ("[en]\n\nsounds = [1]\n", ":3:", "list"),
        ("[en]\nsounds = ['!']\n", ":2:", "remove"),
        ("sounds = []\n", ":1:", "[en]"),
        ("[en\n", ":1:", "correct"),
    ],
)
def test_an_error_says_where_and_what_to_do(
    write_own_list: Callable[[str], Path], text: str, place: str, hint: str
) -> None:
    path = write_own_list(text)
    with pytest.raises(SettingsError) as caught:
        load_lexicon("en", path)
    assert f"{path}{place}" in caught.value.message
    assert hint in f"{caught.value.message} {caught.value.hint}"


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fillers.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="UTF-8"):
        load_lexicon("en", path)


@pytest.mark.parametrize("language", lexicon_languages())
def test_each_prompt_has_sounds_of_its_language_in_it(language: str) -> None:
    lexicon = load_lexicon(language)
    words = split_words(lexicon.verbatim_prompt or "")
    rows = {tuple(words[i:j]) for i in range(len(words)) for j in range(i + 1, i + 5)}
    sounds = {key for key, entry in lexicon.entries.items() if entry.kind == "sound"}
    assert len(rows & sounds) >= 2


def test_the_users_own_sounds_lead_the_prompt_and_none_are_asked_for_where_none_count(
    tmp_path: Path,
) -> None:
    own = tmp_path / "fillers.toml"
    own.write_text('[en]\nsounds = { add = ["yup", "ehm"] }\n', encoding="utf-8")
    prompt = load_lexicon("en", own).verbatim_prompt
    assert prompt is not None
    assert set(split_words(prompt)[:2]) == {"yup", "ehm"}
    own.write_text("[en]\nsounds = []\n", encoding="utf-8")
    assert load_lexicon("en", own).verbatim_prompt is None
    assert load_lexicon("xx").verbatim_prompt is None


def test_the_terms_of_a_question_stand_before_the_fillers_as_far_as_they_fit() -> None:
    lexicon = load_lexicon("en")
    assert lexicon.prompt_with(()) == lexicon.verbatim_prompt
    assert lexicon.prompt_with(["tokenizer", "trade\noff"]) == (
        f"tokenizer, trade off. {lexicon.verbatim_prompt}"
    )
    many = lexicon.prompt_with([f"term{number}" for number in range(999)]) or ""
    assert many.endswith(lexicon.verbatim_prompt or "?")
    assert len(many) < MOST_LETTERS_OF_TERMS + len(lexicon.verbatim_prompt or "") + 3
    assert load_lexicon("xx").prompt_with(["tokenizer"]) is None
