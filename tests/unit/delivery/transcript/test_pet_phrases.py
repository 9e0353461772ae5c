from collections.abc import Callable

import pytest

from practice.base.words import Word
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon
from practice.delivery.transcript.pet_phrases import chance_of_at_least, find_pet_phrases
from practice.delivery.transcript.tokens import tokens_of

Say = Callable[[str], list[Word]]


def count_phrases(words: list[Word], lexicon: Lexicon) -> list[tuple[str, int]]:
    return [(phrase.text, phrase.count) for phrase in find_pet_phrases(tokens_of(words), lexicon)]


def test_a_row_of_words_that_comes_back_is_found_with_its_places(
    make_words: Say, english: Lexicon
) -> None:
    words = make_words(
        "make sure it works . we make sure . then make sure . they make sure of it ."
    )
    (phrase,) = find_pet_phrases(tokens_of(words), english)
    assert (phrase.text, phrase.count) == ("make sure", 4)
    assert [round(at_s, 1) for at_s in phrase.at_s] == [0.0, 1.8, 3.0, 4.2]
    assert phrase.usual < 0.1


def test_a_small_word_said_far_too_often_is_found(make_words: Say, english: Lexicon) -> None:
    said = "it was really good . " * 2 + "they really tried . we really wanted to . really ."
    assert ("really", 5) in count_phrases(make_words(said), english)


def test_a_word_at_its_usual_rate_is_none(make_words: Say, english: Lexicon) -> None:
    said = "we think about " + " ".join(f"word{n} other{n} ." for n in range(250)) + " we think" * 2
    assert count_phrases(make_words(said), english) == []


@pytest.mark.parametrize(
    "said",
    [
        "the database was slow . a database is fast . our database broke . database tests fail . ",
        "my team went . my team came . my team won . my team lost . my team left . ",
        "customer support is hard . customer support is kind . customer support won . ",
    ],
)
def test_the_subject_of_an_answer_is_no_pet_phrase(
    make_words: Say, english: Lexicon, said: str
) -> None:
    rows = [text for text, _ in count_phrases(make_words(said * 2), english)]
    assert not any({"database", "team", "customer"} & set(text.split()) for text in rows)


def test_a_strange_word_counts_in_a_row_that_it_is_bound_to(
    make_words: Say, english: Lexicon
) -> None:
    said = "good in terms of cost . fine in terms of tests . bad in terms of people ."
    assert count_phrases(make_words(said), english) == [("in terms of", 3)]


def test_a_row_does_not_reach_over_the_end_of_a_sentence(make_words: Say, english: Lexicon) -> None:
    assert (
        count_phrases(
            make_words("we make. sure it did make. sure he make. sure she make. sure"), english
        )
        == []
    )


def test_other_languages_have_none(make_words: Say) -> None:
    assert count_phrases(make_words("auf jeden fall . " * 6), load_lexicon("de")) == []


@pytest.mark.parametrize(
    ("count", "expected", "chance"),
    [(0, 1.0, 1.0), (1, 1.0, 0.632), (3, 0.5, 0.014), (1, 0, 0), (400, 0.1, 0), (400, 500.0, 1.0)],
)
def test_the_chance_is_that_of_a_poisson_tail(count: int, expected: float, chance: float) -> None:
    assert chance_of_at_least(count, expected) == pytest.approx(chance, abs=0.001)
