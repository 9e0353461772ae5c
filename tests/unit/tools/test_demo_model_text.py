from itertools import islice, pairwise
from random import Random

import pytest

from tools.demo_model.lexicon import adverb, article, gerund, load_lexicon, past, third_person
from tools.demo_model.scoring import plain
from tools.demo_model.text import FILLERS, disfluent, load_grammar, utterances


def make_texts(count: int, seed: int = 3) -> list[str]:
    return list(islice(utterances(seed), count))


def test_the_same_seed_draws_the_same_texts() -> None:
    assert make_texts(50) == make_texts(50)


def test_another_seed_draws_other_texts() -> None:
    assert set(make_texts(50)).isdisjoint(make_texts(50, seed=4))


def test_every_slot_of_the_grammar_is_a_rule_or_a_word_list() -> None:
    grammar = load_grammar()
    slots = {
        part[1:].partition("}")[0]
        for options in grammar.rules.values()
        for option in options
        for part in option
        if part.startswith("{")
    }
    assert slots <= grammar.rules.keys() | grammar.lexicon.slots.keys()


def test_texts_are_written_in_few_characters() -> None:
    assert set("".join(make_texts(2000))) <= set("abcdefghijklmnopqrstuvwxyz I'.,?")


def test_a_filler_may_come_before_any_word() -> None:
    following = {
        plain(after)
        for text in make_texts(6000)
        for before, after in pairwise(text.split())
        if plain(before) in FILLERS
    }
    assert len(following) > 1000


def test_many_texts_hold_no_filler() -> None:
    free = sum(not set(map(plain, text.split())) & set(FILLERS) for text in make_texts(1000))
    assert 200 < free < 800


def test_disfluencies_leave_the_words_in_order() -> None:
    words = ["we", "moved", "the", "old", "system", "to", "a", "new", "place", "in", "may."]
    said = iter([plain(word) for word in disfluent(list(words), Random(5))])
    assert all(plain(word) in said for word in words)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (third_person("box"), "boxes"),
        (third_person("study"), "studies"),
        (third_person("day"), "days"),
        (past("stop"), "stopped"),
        (past("carry"), "carried"),
        (past("bake"), "baked"),
        (gerund("lie"), "lying"),
        (gerund("make"), "making"),
        (gerund("agree"), "agreeing"),
        (gerund("plan"), "planning"),
        (adverb("happy"), "happily"),
        (adverb("simple"), "simply"),
        (adverb("basic"), "basically"),
        (article("hour"), "an"),
        (article("unit"), "a"),
        (article("idea"), "an"),
        (article("team"), "a"),
    ],
)
def test_words_are_inflected(made: str, expected: str) -> None:
    assert made == expected


def test_the_lexicon_holds_thousands_of_words() -> None:
    assert len(load_lexicon().words) > 4000
