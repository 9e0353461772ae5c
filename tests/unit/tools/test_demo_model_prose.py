import re

import pytest

from tools.demo_model.prose import bank_sentences, spoken


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What would you do first?", "what would you do first?"),
        ("your role: who decided", "your role, who decided."),
        ("How do I say no, and when am I on-call?", "how do I say no, and when am I on call?"),
    ],
)
def test_a_sentence_is_written_as_it_is_said(text: str, words: str) -> None:
    assert " ".join(spoken(text)) == words


@pytest.mark.parametrize(
    "text", ["Design an API for it.", "What is 3 times 4?", "`git rebase` in a team", "Why so?"]
)
def test_what_is_not_said_as_it_is_spelt_is_left_out(text: str) -> None:
    assert spoken(text) == []


def test_the_banks_give_thousands_of_sentences_in_plain_letters() -> None:
    sentences = [" ".join(words) for words in bank_sentences()]
    assert len(sentences) > 2000
    assert all(re.fullmatch(r"[a-zI',.? ]+[.?]", text) for text in sentences)
