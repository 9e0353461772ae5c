"""Pieces as faster-whisper gives them: a space stands where the model wrote one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.spacing import join_pieces, join_words
from practice.base.words import Word

STEP_S = 0.2


def pieces_of(*texts: str) -> list[Word]:
    return [
        Word(text, round(i * STEP_S, 3), round((i + 1) * STEP_S, 3)) for i, text in enumerate(texts)
    ]


def whole(*texts: str, spaces_written: bool = True) -> list[str]:
    joined = join_pieces(pieces_of(*texts), spaces_written=spaces_written)
    return [word.text for word in joined]


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([" A", " back", "-end", " system."], ["A", "back-end", "system."]),
        ([" 1", ".5", " million,"], ["1.5", "million,"]),
        ([" 20", "-year", "-old"], ["20-year-old"]),
        ([" 9", ".30am"], ["9.30am"]),
        ([" $1", ",000", " or", " 23", "%"], ["$1,000", "or", "23%"]),
        ([" C", "'est", " l", "'équipe", " ?", " Oui"], ["C'est", "l'équipe ?", "Oui"]),
        ([" Qu", "'est", "-ce", " que"], ["Qu'est-ce", "que"]),
        ([" dell", "'anno"], ["dell'anno"]),
        ([" so", " —", " well", " …"], ["so —", "well …"]),
        ([" ...", " and", " then"], ["... and", "then"]),
        (["So", " we"], ["So", "we"]),
        ([" R", " &", " D"], ["R", "&", "D"]),
        (["わ", "た", "し", "は", "。"], ["わ", "た", "し", "は。"]),
        (["え", "ー", "と"], ["えー", "と"]),
        (["i", "Phone", "を", "使", "う"], ["iPhone", "を", "使", "う"]),
        (["ท", "ี่", "น", "้ำ"], ["ที่", "น้ำ"]),
        ([" ", "yes"], ["yes"]),
    ],
)
def test_a_piece_without_a_space_continues_the_word_before_it(
    pieces: list[str], words: list[str]
) -> None:
    assert whole(*pieces) == words


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (["back", "-end", "1", ".5", "c", "'est"], ["back-end", "1.5", "c'est"]),
        (["Qu", "'est", "-ce", "?"], ["Qu'est-ce?"]),
        (["get", "'em", ".NET", "well,", "-known"], ["get", "'em", ".NET", "well,", "-known"]),
        (["So", "[*]", "I"], ["So", "[*]", "I"]),
        (["那", "个"], ["那", "个"]),
    ],
)
def test_without_any_spaces_only_what_is_sure_is_joined(
    pieces: list[str], words: list[str]
) -> None:
    assert whole(*pieces, spaces_written=False) == words


def test_without_any_spaces_a_silence_ends_a_word() -> None:
    words = [Word("back", 0.0, 0.2), Word("-end", 0.5, 0.7)]
    assert join_pieces(words, spaces_written=False) == words


def test_a_word_lasts_from_its_first_piece_to_its_last_and_is_as_sure_as_the_least() -> None:
    pieces = [
        Word(" 20", 1.0, 1.2, 0.9),
        Word("-year", 1.2, 1.5, 0.4),
        Word("-old", 1.5, 1.8, None),
        Word(" ?", 2.9, 3.1, 0.1),
    ]
    assert join_pieces(pieces, spaces_written=True) == [Word("20-year-old ?", 1.0, 1.8, 0.4)]


@pytest.mark.parametrize(
    "pieces",
    [
        ["わ", "た", "し", "は", "。", "はい"],
        ["は", "い", " そ", "う", "です"],
        ["Apple", " の", "i", "Phone", "を"],
        ["ผม", "ชื่อ", " สม", "ชาย"],
    ],
)
def test_scripts_without_spaces_keep_the_spaces_that_were_written(pieces: list[str]) -> None:
    words = join_pieces(pieces_of(*pieces), spaces_written=True)
    assert join_words(words) == "".join(pieces)


# A script's letters, and what recognisers cut at; a piece begins with a space or not.
TEXTS = st.text("abé1'-.,?—… わーっ。個ท้", min_size=1, max_size=5)


@given(st.lists(TEXTS, max_size=12))
def test_joining_keeps_the_text_as_it_was_written(texts: list[str]) -> None:
    words = join_pieces(pieces_of(*texts), spaces_written=True)
    assert join_words(words) == " ".join("".join(texts).split())


@given(st.lists(TEXTS, max_size=12), st.booleans())
def test_whole_words_stay_as_they_are(texts: list[str], spaces_written: bool) -> None:
    words = join_pieces(pieces_of(*texts), spaces_written=spaces_written)
    assert all(word.text.strip() == word.text != "" for word in words)
    assert all(one.start_s <= two.start_s for one, two in pairwise(words))
