from collections.abc import Callable

import pytest

from practice.base.words import Word
from practice.delivery.transcript.fact_counts import FactCounts, count_facts
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import tokens_of

Say = Callable[[str], list[Word]]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "I'm sure we did it for my team and us", FactCounts(2, 2, 0)),
        ("en", "twenty five people in 3 teams, forty percent, one day", FactCounts(0, 0, 3)),
        ("en", "20% of 1,500", FactCounts(0, 0, 2)),
        ("de", "ich habe mit unserem Team drei Jahre", FactCounts(1, 1, 1)),
        ("fr", "j'ai dit que nous avons deux projets", FactCounts(1, 1, 1)),
    ],
)
def test_what_is_told_is_counted(
    make_words: Say, language: str, sentence: str, expected: FactCounts
) -> None:
    assert count_facts(tokens_of(make_words(sentence)), load_lexicon(language)) == expected


def test_a_language_whose_verbs_say_it_has_no_facts(make_words: Say) -> None:
    assert count_facts(tokens_of(make_words("hemos hecho dos cosas")), load_lexicon("es")) is None
