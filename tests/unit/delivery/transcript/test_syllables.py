import pytest

from practice.delivery.transcript.syllables import count_syllables

ENGLISH = """
people2 create2 created3 area3 idea3 reason2 nation2 special2 experience4 asked1 wanted2 table2
tables2 little2 changes2 makes1 being2 going2 actually4 situation4 video3 audio3 science2 quiet2
quite1 technology4 the1 queue1 users2 required2 idle2 called1 various3 gracious2 million2 opinion3
period3 usual3 database3 trying2 value2 different3 language2 region2 client2 hundred2 service2
services3 colleague2 league1 patient2 creature2 years1 because2
"""


@pytest.mark.parametrize("item", ENGLISH.split())
def test_english_words_have_their_syllables(item: str) -> None:
    assert count_syllables(item[:-1]) == int(item[-1])


@pytest.mark.parametrize(("word", "count"), [("7", 2), ("24", 2), ("x", 1), ("", 1), ("?", 1)])
def test_what_is_no_word_still_takes_time(word: str, count: int) -> None:
    assert count_syllables(word) == count


@pytest.mark.parametrize(
    ("language", "word", "count"), [("de", "Möglichkeit", 3), ("fr", "table", 1), ("es", "casa", 2)]
)
def test_other_languages_count_groups_of_vowels(language: str, word: str, count: int) -> None:
    assert count_syllables(word, language) == count
