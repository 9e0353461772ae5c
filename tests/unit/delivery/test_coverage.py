from collections.abc import Callable

import pytest

from practice.delivery.coverage import coverage, key_point_said, term_said
from practice.delivery.lexicon import Lexicon
from practice.delivery.tokens import tokens_of
from practice.words import Word

Say = Callable[[str], list[Word]]


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("trade-off", "it was a trade off then"),
        ("trade-off", "we made trade-offs often"),
        ("tokenizer", "the Tokenizers, mostly"),
        ("trade off", "a tradeoff"),
        ("feedback", "their feedback."),
        ("REST API", "a rest API."),
    ],
)
def test_a_term_is_heard_in_any_of_its_forms(say: Say, term: str, sentence: str) -> None:
    assert term_said(term, tokens_of(say(sentence))).said


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("rest", "we were interested"),
        ("trade-off", "trade was off"),
        ("...", "anything"),
        ("a", ""),
    ],
)
def test_another_word_is_not_the_term(say: Say, term: str, sentence: str) -> None:
    assert not term_said(term, tokens_of(say(sentence))).said


def test_a_term_says_when_it_was_first_said(say: Say) -> None:
    assert term_said("feedback", tokens_of(say("the |1.0 feedback feedback"))).at_s == 1.3


def test_a_key_point_is_said_when_most_of_its_content_words_are(say: Say, english: Lexicon) -> None:
    tokens = tokens_of(say("so we were disagreeing about one long sentence"))
    assert key_point_said("the disagreement in one sentence", tokens, english).said
    assert not key_point_said("how the disagreement ended for us", tokens, english).said


def test_the_words_of_a_key_point_must_stand_near_each_other(say: Say, english: Lexicon) -> None:
    point = "numbers prove results"
    assert key_point_said(point, tokens_of(say("numbers |5 prove results")), english).at_s == 0
    far = "numbers |40 prove |40 results"
    assert not key_point_said(point, tokens_of(say(far)), english).said


def test_coverage_keeps_the_order_of_what_was_wanted(say: Say, english: Lexicon) -> None:
    found = coverage(tokens_of(say("alpha")), english, ["beta", "alpha"], ["gamma"])
    assert [(item.text, item.said) for item in found.key_points] == [
        ("beta", False),
        ("alpha", True),
    ]
    assert [(item.text, item.at_s) for item in found.terms] == [("gamma", None)]
