"""A page for oneself: kept at every key, gone with its interview, and in nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.errors import NotFoundError
from practice.library.interviews import Interview, InterviewFacts
from practice.library.library import Library
from practice.library.records import KINDS
from tests.support.clock import FakeClock

PAGE = "I wanted this one.\n\n\tmore 日本 \N{GRINNING FACE}"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db", tmp_path / "sound", FakeClock()) as it:
        yield it


@pytest.fixture
def interview(library: Library) -> Interview:
    return library.interviews.add(InterviewFacts("Acme"), "UTC")


def test_each_interview_has_a_page_of_its_own(library: Library, interview: Interview) -> None:
    other = library.interviews.add(InterviewFacts("Globex"), "UTC")
    assert library.own_pages.read(interview.id) == ""
    library.own_pages.write(interview.id, "a")
    library.own_pages.write(interview.id, PAGE)
    assert library.own_pages.read(interview.id) == PAGE
    assert library.own_pages.read(other.id) == ""
    assert library.own_pages.interviews_with_one() == {interview.id}
    library.own_pages.delete(interview.id)
    assert library.own_pages.read(interview.id) == ""
    library.own_pages.delete(interview.id)


def test_what_another_process_reads_is_there_once_it_is_written(
    library: Library, interview: Interview, tmp_path: Path
) -> None:
    library.own_pages.write(interview.id, PAGE)
    with Library(tmp_path / "library.db", tmp_path / "sound", FakeClock()) as other:
        assert other.own_pages.read(interview.id) == PAGE


def test_a_page_cannot_be_written_once_its_interview_is_deleted(
    library: Library, interview: Interview
) -> None:
    library.own_pages.write(interview.id, PAGE)
    library.interviews.delete(interview.id)
    assert library.own_pages.read(interview.id) == ""
    with pytest.raises(NotFoundError, match="deleted"):
        library.own_pages.write(interview.id, PAGE)
    library.own_pages.write(interview.id, "")


def test_what_a_terminal_would_act_on_is_kept_as_text(
    library: Library, interview: Interview
) -> None:
    library.own_pages.write(interview.id, "a\x1b[2Jb‮c\ud800")
    assert library.own_pages.read(interview.id) == "a�[2Jb�c�"


def test_no_record_has_the_page_unless_it_is_asked_for(
    library: Library, interview: Interview
) -> None:
    library.own_pages.write(interview.id, PAGE)
    assert all(PAGE not in repr(each) for kind in KINDS for each in library.records.read(kind))
    (record,) = library.records.read("interview", with_pages=True)
    assert record.parts["own_page"] == [{"text": PAGE}]
    assert library.records.count_pages() == 1
