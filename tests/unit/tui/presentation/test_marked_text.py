from hypothesis import given
from hypothesis import strategies as st

from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    assemble_document,
)
from practice.tui.presentation.marked_text import MarkedText
from tests.support.takes import ANSWER, words_of


def make_review(answer: str) -> ReviewDocument:
    found = review(words_of(answer), Circumstances(None, load_lexicon("en")))
    return assemble_document(
        None, SourceFacts(), TranscriptionFacts(status="ok", language="en"), found
    )


def mark(answer: str = ANSWER) -> MarkedText:
    return MarkedText(make_review(answer))


def test_every_word_has_its_place_in_order() -> None:
    marked = mark()
    words = [marked.word(place) for place in range(len(marked))]
    assert [word for word in words if word is not None] == list(marked.document.words)


def test_the_place_at_a_time_is_the_word_that_has_begun_last() -> None:
    marked = mark("we built it |2.0 together")
    assert [marked.at(s) for s in (0.0, 0.1, 0.33, 0.4, 2.9, 99.0)] == [0, 0, 1, 1, 2, 3]


def test_before_the_first_word_the_first_is_next() -> None:
    assert mark("|3.0 we built it").at(0.5) == 0


def test_marks_are_visited_one_after_the_other_and_back() -> None:
    marked = mark()
    forward, place = [], -1
    while (found := marked.next_mark(place)) is not None:
        forward.append(place := found)
    back, place = [], len(marked)
    while (found := marked.previous_mark(place)) is not None:
        back.append(place := found)
    assert forward == back[::-1] == marked.annotations
    assert all(marked.findings(place) for place in forward)


def test_a_finding_over_several_words_is_visited_once() -> None:
    marked = mark("and then you know it was fine for the whole of the team")
    assert [marked.findings(place)[0].label for place in marked.annotations] == ["you know"]


def test_a_text_without_words_has_no_places() -> None:
    assert len(mark("")) == 0


@given(st.floats(-5, 60, allow_nan=False))
def test_a_place_begins_before_the_time_it_is_found_at(time_s: float) -> None:
    marked = mark("we built it |1.0 um together and |0.7 then left")
    place = marked.at(time_s)
    assert 0 <= place < len(marked)
    start_s, _ = marked.span_s(place)
    assert start_s <= max(time_s, marked.span_s(0)[0]) + 0.002
