from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.clock import SystemClock
from practice.base.errors import NotFoundError, StorageError, UsageError
from practice.library.library import Library
from practice.library.takes import Correction, Take


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db", tmp_path / "recordings", SystemClock()) as opened:
        yield opened


@pytest.fixture
def take(library: Library) -> Take:
    return library.begin_take(None)


def test_a_rating_star_and_notes_are_kept_and_taken_back(library: Library, take: Take) -> None:
    library.annotations.rate(take.id, 4)
    library.annotations.star(take.id, starred=True)
    marked = library.annotations.note(take.id, "say tokenizer\nslower")
    assert (marked.rating, marked.starred, marked.notes) == (4, True, "say tokenizer\nslower")
    library.annotations.rate(take.id, None)
    library.annotations.star(take.id, starred=False)
    library.annotations.note(take.id, "")
    assert library.take(take.id) == take


@pytest.mark.parametrize("rating", [0, 5, -1])
def test_a_rating_outside_the_scale_is_refused(library: Library, take: Take, rating: int) -> None:
    with pytest.raises(UsageError):
        library.annotations.rate(take.id, rating)
    assert library.take(take.id).rating is None


def test_corrections_are_kept_in_order_and_undone_from_the_last(
    library: Library, take: Take
) -> None:
    made = [
        Correction("not_filler", 1.0, 1.4),
        Correction("word", 0.2, 0.5, "tokenizer"),
        Correction("filler", 3.0, 3.2, "um"),
    ]
    for correction in made:
        library.annotations.correct(take.id, correction)
    assert library.annotations.corrections(take.id) == made
    assert library.annotations.undo_correction(take.id) == made[2]
    assert library.annotations.corrections(take.id) == made[:2]


def test_there_is_nothing_to_undo_in_a_fresh_take(library: Library, take: Take) -> None:
    assert library.annotations.undo_correction(take.id) is None


def test_a_correction_that_ends_before_it_begins_is_refused(library: Library, take: Take) -> None:
    with pytest.raises(StorageError):
        library.annotations.correct(take.id, Correction("filler", 2.0, 1.0, "um"))
    assert library.annotations.corrections(take.id) == []


def test_corrections_belong_to_their_take(library: Library, take: Take) -> None:
    other = library.begin_take(None)
    library.annotations.correct(take.id, Correction("filler", 3.0, 3.2, "um"))
    assert library.annotations.corrections(other.id) == []
    assert library.annotations.undo_correction(other.id) is None


def test_the_parts_of_an_answer_are_replaced_as_a_whole(library: Library, take: Take) -> None:
    library.annotations.mark_parts(take.id, {"action": 20.0, "situation": 0.0})
    assert list(library.annotations.parts(take.id).items()) == [
        ("situation", 0.0),
        ("action", 20.0),
    ]
    library.annotations.mark_parts(take.id, {"result": 50.0})
    assert library.annotations.parts(take.id) == {"result": 50.0}


def test_what_the_user_writes_is_kept_without_terminal_control(
    library: Library, take: Take
) -> None:
    noted = library.annotations.note(take.id, "\x1b]0;x\x07\udc80")
    library.annotations.correct(take.id, Correction("word", 0.0, 0.1, "\x1b[31m"))
    assert not {"\x1b", "\x07", "\udc80"} & set(noted.notes)
    assert library.annotations.corrections(take.id)[0].text == "\N{REPLACEMENT CHARACTER}[31m"


def test_marks_of_an_unknown_take_are_refused(library: Library) -> None:
    with pytest.raises(NotFoundError):
        library.annotations.star("nope", starred=True)
    with pytest.raises(NotFoundError):
        library.annotations.correct("nope", Correction("filler", 0.0, 0.1, "um"))
