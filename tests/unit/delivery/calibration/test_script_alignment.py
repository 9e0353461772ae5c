from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.base.words import Word
from practice.delivery.calibration.script import (
    PlannedFiller,
    Script,
    Sentence,
    load_script,
    script_languages,
)
from practice.delivery.calibration.script_alignment import Outcome, align_script
from practice.delivery.findings import Finding
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon

WORD_S, BREATH_S = 0.3, 0.6


def load_known_script(language: str = "en") -> Script:
    found = load_script(language)
    assert found is not None
    return found


def make_heard_words(
    sentences: Iterable[Sentence], lost: frozenset[int] = frozenset()
) -> list[Word]:
    """Everything as it is written, but for the planned fillers with the numbers `lost`."""
    words: list[Word] = []
    at_s, number = 0.0, -1
    for sentence in sentences:
        for part in sentence.parts:
            number += isinstance(part, PlannedFiller)
            text = part.text if isinstance(part, PlannedFiller) else part
            for written in text.split():
                if not (isinstance(part, PlannedFiller) and number in lost):
                    words.append(Word(written, round(at_s, 3), round(at_s + WORD_S, 3)))
                at_s += WORD_S
        at_s += BREATH_S
    return words


def list_outcomes(
    read: Script, words: Sequence[Word], in_signal: Sequence[Finding] = ()
) -> list[Outcome]:
    lexicon = load_lexicon(read.language)
    found = review(words, Circumstances(None, lexicon))
    findings = [*found.findings, *in_signal]
    return [place.outcome for place in align_script(read, found.words, findings)]


def replace_words(words: Sequence[Word], said: dict[str, str]) -> list[Word]:
    return [Word(said.get(w.text, w.text), w.start_s, w.end_s) for w in words]


@pytest.mark.parametrize("language", script_languages())
def test_every_script_has_ten_fillers_of_two_kinds(language: str) -> None:
    kinds = [planned.kind for planned in load_known_script(language).planned]
    assert (kinds.count("sound"), kinds.count("phrase")) == (7, 3)


@pytest.mark.parametrize("language", script_languages())
def test_whoever_hears_every_word_catches_every_filler(language: str) -> None:
    read = load_known_script(language)
    assert list_outcomes(read, make_heard_words(read.sentences)) == [Outcome.CAUGHT] * 10


def test_a_region_does_not_matter_and_a_language_without_a_script_has_none() -> None:
    assert load_script("en-GB") == load_known_script("en")
    assert load_script("tlh") is None


@settings(max_examples=30, deadline=None)
@given(st.frozensets(st.integers(0, 9)))
def test_exactly_the_fillers_that_were_left_out_are_missed(lost: frozenset[int]) -> None:
    read = load_known_script()
    expected = [Outcome.MISSED if number in lost else Outcome.CAUGHT for number in range(10)]
    assert list_outcomes(read, make_heard_words(read.sentences, lost)) == expected


@settings(max_examples=30, deadline=None)
@given(st.frozensets(st.integers(0, 9), max_size=8))
def test_a_sentence_that_was_skipped_costs_its_own_fillers_only(skipped: frozenset[int]) -> None:
    read = load_known_script()
    kept = [s for number, s in enumerate(read.sentences) if number not in skipped]
    expected = [Outcome.UNREAD if number in skipped else Outcome.CAUGHT for number in range(10)]
    assert list_outcomes(read, make_heard_words(kept)) == expected


def test_misread_and_added_words_cost_nothing() -> None:
    read = load_known_script()
    said = {
        "company": "firm", "reports.": "reports of the bank.", "asked": "ask",
        "two": "three", "customers": "people",
    }  # fmt: skip
    assert (
        list_outcomes(read, replace_words(make_heard_words(read.sentences), said))
        == [Outcome.CAUGHT] * 10
    )


def test_a_filler_of_the_same_kind_is_as_good() -> None:
    read = load_known_script()
    said = {"uh": "um", "er": "hmm", "um": "uh"}
    assert (
        list_outcomes(read, replace_words(make_heard_words(read.sentences), said))
        == [Outcome.CAUGHT] * 10
    )


def test_a_filler_heard_as_another_word_is_missed() -> None:
    read = load_known_script()
    found = list_outcomes(
        read, replace_words(make_heard_words(read.sentences), {"uh": "a", "er": "are"})
    )
    assert [at for at, fate in enumerate(found) if fate is Outcome.MISSED] == [1, 5, 7]


def test_a_habit_word_in_the_place_of_a_sound_is_not_that_sound() -> None:
    read = load_known_script()
    said = {"uh": "like,", "er": "well,"}
    found = list_outcomes(read, replace_words(make_heard_words(read.sentences), said))
    assert [at for at, fate in enumerate(found) if fate is Outcome.MISSED] == [1, 5, 7]


def test_voice_without_a_word_fills_the_place_it_was_heard_in() -> None:
    read = load_known_script()
    whole = make_heard_words(read.sentences)
    um = next(word for word in whole if word.text == "um")
    found = Finding(
        "filler", "um/uh", None, um.start_s, um.end_s, "possible", "signal", filler_kind="sound"
    )
    fate = list_outcomes(read, make_heard_words(read.sentences, frozenset({2, 8})), [found])
    assert (fate[2], fate[8]) == (Outcome.POSSIBLE, Outcome.MISSED)


def test_another_text_was_not_read_at_all() -> None:
    words = [Word("potatoes", at / 2, at / 2 + 0.3) for at in range(80)]
    assert set(list_outcomes(load_known_script(), words)) == {Outcome.UNREAD}


def test_silence_was_not_read_at_all() -> None:
    assert set(list_outcomes(load_known_script(), [])) == {Outcome.UNREAD}
