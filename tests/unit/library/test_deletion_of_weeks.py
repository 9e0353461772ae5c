"""What is deleted of interviews leaves no word in any file: database, log, backups, folders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from practice.library.in_common import Account
from practice.library.interview_search import find_interviews
from practice.library.interviews import Debrief, InterviewFacts, NotedQuestion, Outcome
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot
from tests.support.clock import FakeClock

SECRET = "Zwetschgenkuchen"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data" / "library.db", tmp_path / "data" / "sound", FakeClock()) as it:
        yield it


def find_files(folder: Path) -> list[Path]:
    """The files that hold the secret word."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]


def write_interview(library: Library) -> Callable[[], None]:
    facts = InterviewFacts(SECRET, SECRET, "", SECRET, None, (SECRET,), SECRET, SECRET)
    interview = library.interviews.add(facts, "UTC")
    library.interviews.note_outcome(interview.id, Outcome("rejected", *(SECRET,) * 4))
    return lambda: library.interviews.delete(interview.id)


def write_asker(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme", people=(SECRET,)), "UTC")
    session_id = library.begin_session("interview", None)
    library.rehearsals.begin(session_id, "panel", interview.id)
    library.begin_take(QuestionSnapshot("why", "basics", "Why?", SECRET), session_id)
    return lambda: library.interviews.delete(interview.id)


def write_debrief(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    debrief = Debrief(3, *(SECRET,) * 4, 10, SECRET)
    library.interviews.save_debrief(interview.id, debrief)
    return lambda: library.interviews.delete(interview.id)


def write_asked(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    noted = NotedQuestion(SECRET, SECRET, SECRET, "rough", SECRET, SECRET)
    kept = library.interviews.save_asked(interview.id, noted)
    return lambda: library.interviews.remove_asked(interview.id, kept.id)


def write_open_question(library: Library) -> Callable[[], None]:
    kept = library.open_questions.open(SECRET, SECRET, SECRET, wish=SECRET)
    library.open_questions.judge(kept.id, "well", FakeClock().now().date())
    return lambda: library.open_questions.delete(kept.id)


def write_question_of_interview(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    library.open_questions.open(None, SECRET, SECRET, wish=SECRET, interview_id=interview.id)
    return lambda: library.interviews.delete(interview.id)


def write_term(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    library.interview_terms.add(interview.id, SECRET)

    def remove() -> None:
        assert library.interview_terms.remove(interview.id, SECRET)

    return remove


def write_term_of_interview(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    library.interview_terms.add(interview.id, SECRET)
    return lambda: library.interviews.delete(interview.id)


def write_page(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    library.own_pages.write(interview.id, f"one line\n{SECRET}")
    return lambda: library.own_pages.delete(interview.id)


def write_page_of_interview(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    library.own_pages.write(interview.id, SECRET)
    return lambda: library.interviews.delete(interview.id)


def write_page_then_empty_it(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    library.own_pages.write(interview.id, SECRET)
    return lambda: library.own_pages.write(interview.id, "")


def write_page_larger_than_a_page_of_the_database(library: Library) -> Callable[[], None]:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    for lines in range(1, 900, 100):  # as it grows while it is typed
        library.own_pages.write(interview.id, f"{SECRET}\n" * lines)
    return lambda: library.own_pages.delete(interview.id)


@pytest.mark.parametrize(
    "write",
    [
        write_term,
        write_term_of_interview,
        write_page,
        write_page_of_interview,
        write_page_then_empty_it,
        write_page_larger_than_a_page_of_the_database,
        write_interview,
        write_asker,
        write_debrief,
        write_asked,
        write_open_question,
        write_question_of_interview,
    ],
)
def test_no_word_of_what_was_deleted_is_left_in_any_file(
    library: Library, tmp_path: Path, write: Callable[[Library], Callable[[], None]]
) -> None:
    delete = write(library)
    backup = tmp_path / "data" / "library.db.schema-4.backup"
    backup.write_text(SECRET)
    assert any(path.name.startswith("library.db") for path in find_files(tmp_path))
    delete()
    assert find_files(tmp_path) == []
    accounts = [
        Account(each, library.interviews.debrief(each.id), tuple(library.interviews.asked(each.id)))
        for each in library.interviews.all()
    ]
    assert find_interviews(accounts, [SECRET]) == []
    library.close()
    assert find_files(tmp_path) == []


def test_text_that_was_written_over_is_gone_with_the_next_deletion(
    library: Library, tmp_path: Path
) -> None:
    interview = library.interviews.add(InterviewFacts("Acme"), "UTC")
    library.interviews.save_debrief(interview.id, Debrief(went_well=SECRET))
    library.interviews.save_debrief(interview.id, Debrief(went_well="nothing"))
    library.interviews.delete(interview.id)
    assert find_files(tmp_path) == []
