from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Word
from practice.delivery.transcript.coverage import find_coverage, find_key_point, find_term
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon
from practice.delivery.transcript.tokens import tokens_of
from practice.delivery.transcript.word_matching import count_edits

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
        ("tokenizer", "our tokeniser failed"),
        ("behaviour", "their behavior"),
        ("PostgreSQL", "in Postgre SQL there"),
        ("Kubernetes", "on Kubernetis then"),
        ("migration", "we migrated it"),
        ("stakeholder", "the stake holders agreed"),
        ("prioritise", "I prioritized it"),
    ],
)
def test_a_term_is_heard_in_any_of_its_forms(
    make_words: Say, english: Lexicon, term: str, sentence: str
) -> None:
    assert find_term(term, tokens_of(make_words(sentence)), english).said


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("rest", "we were interested"),
        ("trade-off", "trade was off"),
        ("...", "anything"),
        ("a", ""),
        ("context", "in the contest"),
        ("cost", "a coat"),
        ("affect", "the effect"),
        ("tokenizer", "the organizer"),
        ("causal", "quite casual"),
        ("station", "a state"),
        ("trade-off", "we trade. Off we go"),
        ("Java", "JavaScript only"),
        ("latency", "we were late"),
        ("mentoring", "a mentality"),
        ("organisation", "the organ was loud"),
    ],
)
def test_another_word_is_not_the_term(
    make_words: Say, english: Lexicon, term: str, sentence: str
) -> None:
    assert not find_term(term, tokens_of(make_words(sentence)), english).said


def test_a_term_says_when_it_was_first_said_and_as_what(make_words: Say, english: Lexicon) -> None:
    said = find_term("trade-off", tokens_of(make_words("the |1.0 trade offs, trade-off")), english)
    assert (said.at_s, said.heard) == (1.3, "trade offs,")


def test_a_key_point_is_said_when_most_of_its_content_words_are(
    make_words: Say, english: Lexicon
) -> None:
    tokens = tokens_of(make_words("so we were disagreeing about one long sentence"))
    assert find_key_point("the disagreement in one sentence", tokens, english).said
    assert not find_key_point("how the disagreement ended for us", tokens, english).said


def test_the_words_of_a_key_point_must_stand_near_each_other(
    make_words: Say, english: Lexicon
) -> None:
    point = "numbers prove results"
    assert (
        find_key_point(point, tokens_of(make_words("numbers |5 prove results")), english).at_s == 0
    )
    far = "numbers |40 prove |40 results"
    assert not find_key_point(point, tokens_of(make_words(far)), english).said


def test_coverage_keeps_the_order_of_what_was_wanted(make_words: Say, english: Lexicon) -> None:
    found = find_coverage(tokens_of(make_words("alpha")), english, ["beta", "alpha"], ["gamma"])
    assert [(item.text, item.said) for item in found.key_points] == [
        ("beta", False),
        ("alpha", True),
    ]
    assert [(item.text, item.at_s) for item in found.terms] == [("gamma", None)]


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("how you led the team", "I was leading a small team"),
        ("what the customers wanted", "our customer wants it faster"),
        ("building trust with stakeholders", "I built some trust with each stakeholder"),
        ("prioritise by impact", "we prioritized what had impact"),
    ],
)
def test_a_key_point_is_heard_in_other_forms_of_its_words(
    make_words: Say, english: Lexicon, point: str, sentence: str
) -> None:
    assert find_key_point(point, tokens_of(make_words(sentence)), english).said


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("how you led the team", "my colleagues followed me"),
        ("what it cost and saved", "the coast was safe"),
        ("measured the effect", "we met and had affection"),
        ("deadline moved by a week", "the headline was weak and moving"),
    ],
)
def test_other_words_are_not_the_key_point(
    make_words: Say, english: Lexicon, point: str, sentence: str
) -> None:
    assert not find_key_point(point, tokens_of(make_words(sentence)), english).said


def test_a_key_point_says_which_words_were_taken_for_it(make_words: Say, english: Lexicon) -> None:
    tokens = tokens_of(make_words("we were disagreeing, about one long sentence"))
    said = find_key_point("the disagreement in one sentence", tokens, english)
    assert said.heard == "disagreeing, … sentence"


@pytest.mark.parametrize(
    ("language", "term", "point", "sentence"),
    [
        ("zh", "项目管理", "客户的反馈", "我做项目管理。客户给了很多反馈"),
        ("ja", "品質", "顧客の声", "品質と顧客の声です"),
        ("de", "Kunde", "die Kunden überzeugt", "wir haben den Kunden überzeugen können"),
        ("de", "testen", "viel gelernt", "wir haben getestet und ich lernte viel"),
        ("fr", "équipe", "tenir les échéances", "l'équipe tenait chaque échéance"),
        ("es", "negociación", "cliente convencido", "negociamos y convencimos a la clienta"),
        ("it", "azienda", "guidare la squadra", "nell'azienda ho guidato due squadre"),
        ("pt", "desenvolver", "os prazos cumpridos", "desenvolvemos tudo e cumprimos o prazo"),
        ("nl", "ontwikkelen", "de klant overtuigd", "we ontwikkelden het en overtuigden klanten"),
    ],
)
def test_other_languages_are_covered_by_their_own_forms(
    make_words: Say, language: str, term: str, point: str, sentence: str
) -> None:
    lexicon, tokens = load_lexicon(language), tokens_of(make_words(sentence))
    found = find_coverage(tokens, lexicon, [point], [term])
    assert (found.terms[0].said, found.key_points[0].said) == (True, True)


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_edits_are_a_distance(one: str, other: str) -> None:
    assert count_edits(one, other) == count_edits(other, one)
    assert (count_edits(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= count_edits(one, other) <= max(len(one), len(other))
