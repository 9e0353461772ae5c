from collections.abc import Callable

import pytest

from practice.base.words import Word
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon
from practice.delivery.transcript.repetitions import find_repetitions, find_restarts
from practice.delivery.transcript.tokens import tokens_of

Say = Callable[[str], list[Word]]


@pytest.mark.parametrize(
    ("sentence", "label", "text"),
    [
        ("I I wanted", "i", "I I"),
        ("then I, I, I wanted", "i", "I, I, I"),
        ("I -I wanted", "i", "I-I"),
        ("I-I wanted", "i", "I-I"),
        ("in the the house", "the", "the the"),
        ("this means, this means a lot", "this means", "this means, this means"),
        ("we had to we had to stop", "we had to", "we had to we had to"),
        ("I think it is I think it is so", "i think it is", "I think it is I think it is"),
    ],
)
def test_an_immediate_repetition_is_found(
    make_words: Say, english: Lexicon, sentence: str, label: str, text: str
) -> None:
    found = find_repetitions(tokens_of(make_words(sentence)), english)
    assert [(f.label, f.text) for f in found] == [(label, text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "it was very very good",
        "I know that that is true",
        "she had had enough",
        "no no no",
        "seven seven five five",
        "I like it. It works",
        "we went |2.5 went home",
        "I said this and I said that",
    ],
)
def test_ordinary_doubles_are_no_repetition(
    make_words: Say, english: Lexicon, sentence: str
) -> None:
    assert find_repetitions(tokens_of(make_words(sentence)), english) == []


def test_german_relative_pronouns_are_no_repetition(make_words: Say) -> None:
    assert find_repetitions(tokens_of(make_words("die die das sagen")), load_lexicon("de")) == []


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("I was, I went home", "new start"),
        ("we had to, we decided to stop", "new start"),
        ("we went, we were going", "new start"),
        ("we went... we were going", "new start"),
        ("a wor- working system", "broken word"),
        ("in th the end", "broken word"),
        ("we wor- in the end", "cut-off word"),
        ("we th- and left", "cut-off word"),
    ],
)
def test_a_restart_is_possible(
    make_words: Say, english: Lexicon, sentence: str, label: str
) -> None:
    found = find_restarts(tokens_of(make_words(sentence)), english)
    assert [(f.label, f.certainty) for f in found] == [(label, "possible")]


@pytest.mark.parametrize(
    "sentence",
    [
        "I was there. I went home",
        "I know I can",
        "a well -known bank",
        "pre- and postwar houses",
        "um- we left",
    ],
)
def test_an_ordinary_sentence_is_no_restart(
    make_words: Say, english: Lexicon, sentence: str
) -> None:
    assert find_restarts(tokens_of(make_words(sentence)), english) == []


def test_a_filler_between_two_beginnings_is_a_break(english: Lexicon, make_words: Say) -> None:
    found = review(make_words("I was um I went home"), Circumstances(None, english)).findings
    assert [f.label for f in found] == ["new start", "um"]


@pytest.mark.parametrize(
    ("language", "sentence", "labels"),
    [
        ("zh", "我们，我们去了", ["我们"]),
        ("zh", "慢慢地看看", []),
        ("zh", "我们去了我们去了北京", ["我们去了"]),
        ("ja", "いろいろあります", []),
        ("ja", "昨日、昨日行きました", ["昨日"]),
    ],
)
def test_characters_that_make_words_by_doubling_are_no_repetition(
    make_words: Say, language: str, sentence: str, labels: list[str]
) -> None:
    found = find_repetitions(tokens_of(make_words(sentence)), load_lexicon(language))
    assert [f.label for f in found] == labels
