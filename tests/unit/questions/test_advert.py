"""Terms of an advert: what is repeated or stressed, and nothing that every advert has."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.word_matching import stem
from practice.questions.advert import MOST_TERMS, AdvertTerm, find_advert_terms

ADVERT = """Night nurse
Riverside Hospital

You will look after patients on our stroke ward. Wound care and medication rounds are daily work.
Our stroke ward has 24 beds; handover is at seven.

Requirements
- Experience with wound care and C++ or .NET is not needed, CI/CD neither
- You must hold a degree in nursing
- Strong knowledge of infection control, triage, EPIC

What we offer
- Gym membership, gym membership and gym membership
Write to jobs@example.org or see https://example.org/stroke/stroke/stroke
"""


def find(advert: str, language: str = "en", company: str = "", role: str = "") -> list[AdvertTerm]:
    lexicon = load_lexicon(language, None)
    words = lexicon.function_words
    return find_advert_terms(advert, language, words, partial(stem, lexicon=lexicon), company, role)


def texts(found: list[AdvertTerm]) -> list[str]:
    return [each.text.casefold() for each in found]


def test_what_is_repeated_or_asked_for_is_offered_with_its_reason() -> None:
    found = {each.text.casefold(): each for each in find(ADVERT)}
    assert found["stroke ward"] == AdvertTerm("stroke ward", 2, asked_for=False)
    assert found["wound care"].mentions == 2
    assert found["wound care"].asked_for
    assert {"infection control", "triage", "epic"} <= found.keys()


def test_names_written_with_signs_stay_whole() -> None:
    assert {"c++", ".net", "ci/cd"} <= set(texts(find(ADVERT)))


def test_papers_pay_and_addresses_are_no_terms() -> None:
    joined = " ".join(texts(find(ADVERT)))
    for unwanted in ("gym", "degree", "example", "jobs", "requirements", "experience", "knowledge"):
        assert unwanted not in joined


def test_a_part_of_a_longer_term_is_not_offered_beside_it() -> None:
    assert "ward" not in texts(find(ADVERT))
    assert "stroke" not in texts(find(ADVERT))


def test_the_company_and_the_role_are_no_terms() -> None:
    advert = "Night nurse wanted. A night nurse at Acme. Acme Acme has ventilators, ventilators."
    assert texts(find(advert, "en", "Acme", "Night nurse")) == ["ventilators"]


@pytest.mark.parametrize(
    ("language", "advert", "wanted"),
    [
        ("de", "Ihr Profil:\n- Erfahrung in der Wundversorgung\nWundversorgung", "wundversorgung"),
        ("fr", "Profil recherché :\n- maîtrise du soudage TIG\nsoudage TIG", "soudage tig"),
        ("es", "Requisitos:\n- conocimientos de contabilidad\ncontabilidad", "contabilidad"),
        ("it", "Requisiti:\n- conoscenza della contabilità\ncontabilità", "contabilità"),
        ("pt", "Requisitos:\n- domínio de contabilidade\ncontabilidade", "contabilidade"),
        ("nl", "Wat vragen wij\n- ervaring met boekhouding\nboekhouding", "boekhouding"),
        ("pl", "Księgowość i Excel. Księgowość.", "księgowość"),
    ],
)
def test_adverts_of_other_languages_are_read(language: str, advert: str, wanted: str) -> None:
    assert wanted in texts(find(advert, language))


@given(st.text(max_size=400) | st.lists(st.sampled_from(ADVERT.split())).map(" ".join))
def test_any_text_offers_few_terms_each_once_and_on_one_line(advert: str) -> None:
    found = texts(find(advert))
    assert len(found) <= MOST_TERMS
    assert len(set(found)) == len(found)
    assert all(text.strip() and "\n" not in text for text in found)
    folded = " ".join(advert.casefold().split())
    assert all(" ".join(text.split()) in folded for text in found)
