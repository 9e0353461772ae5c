import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from practice.base.rounds import ROUNDS
from practice.questions.bank_file.reading import check_bank, read_bank
from practice.questions.model import Bank, Question

BANKS = sorted((Path(__file__).parents[3] / "question_banks").glob("*.yaml"))
SCHEMA_LINE = "# yaml-language-server: $schema=bank.schema.json"
LONGEST_LINE = 120
NOT_TO_BE_ASKED = re.compile(
    r"have children|pregnan|married|your (faith|religion|nationality)|how old are you|really from",
    re.IGNORECASE,
)

SPOKEN_WORDS = range(5, 31)
FOLLOW_UP_WORDS = range(2, 21)
PUSHBACK_WORDS = range(3, 21)
KEY_POINT_WORDS = range(2, 19)
TERM_WORDS = range(1, 5)
TARGET_S = range(20, 241)
PREP_S = {"logistics": (15, 30)}
USUAL_PREP_S = (30, 60)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MARKUP = re.compile(r"[*_`<>\[\]{}#|\\]|https?:")

COMPETENCIES = """
accessibility adaptability analysis api-design architecture career-story classroom-management
communication conflict curiosity customer-focus data-quality databases decision-making delivery
developing-others inclusion influencing initiative integrity language-models leadership
learning machine-learning motivation operations pedagogy performance person-centred-care
planning practicalities prioritisation problem-solving product-sense programming
project-control reliability resilience safeguarding safety security self-awareness statistics
teamwork testing user-interface
"""

# Words that carry the form of an interview question and not what it asks about.
FORM_WORDS = """
a about all an and any are as at be been before between but by can could day describe did do
does else ever example explain find first for from get give go good had has have her here him
his how i if in into is it its know let like make me more most my next no not nothing of on
one or other our out own say she should so some somebody someone something take tell than that
the their them then there they thing this time to up us use was we well were what when where
which who whom why will with without work would you your
"""
# Two questions that share this much of what they ask about are one question in other words.
MOST_SHARED = 0.4


@cache
def banks() -> list[Bank]:
    return [read_bank(path) for path in BANKS]


def questions() -> list[Question]:
    return [question for bank in banks() for question in bank.questions]


@cache
def subject_words(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))
    return frozenset(words).difference(FORM_WORDS.split())


def measure_similarity(one: str, other: str) -> float:
    """The Jaccard similarity of what two texts ask about, 0 to 1."""
    left, right = subject_words(one), subject_words(other)
    return len(left & right) / max(1, len(left | right))


def count_words(text: str) -> int:
    return len(text.split())


def find_faults(question: Question) -> list[str]:
    """What is missing from a question or out of bounds."""
    prep_s = PREP_S.get(question.kind or "", USUAL_PREP_S)
    told = {
        "id is no slug": not SLUG.fullmatch(question.id),
        "text cannot be spoken in one go": count_words(question.text) not in SPOKEN_WORDS,
        "text does not end like a sentence": not question.text.endswith(("?", ".")),
        "kind is missing": question.kind is None,
        "competency is not in the vocabulary": question.competency not in COMPETENCIES.split(),
        "two or three tags are needed": len(question.tags) not in (2, 3),
        "a tag is no slug": not all(map(SLUG.fullmatch, question.tags)),
        "difficulty is missing": question.difficulty is None,
        "target_s is out of bounds": question.target_s not in TARGET_S,
        "prep_s is out of bounds": question.prep_s not in prep_s,
        "two follow-ups are needed": len(question.follow_ups) != 2,
        "three to five key points are needed": len(question.key_points) not in (3, 4, 5),
        "a technical question needs terms": question.kind == "technical" and not question.terms,
        "no round is named": not question.rounds,
        "source belongs to the bank": bool(question.source or question.url or question.licence),
    }
    return [fault for fault, found in told.items() if found] + find_line_faults(question)


def find_line_faults(question: Question) -> list[str]:
    bounds = (
        (question.follow_ups, FOLLOW_UP_WORDS),
        (question.pushbacks, PUSHBACK_WORDS),
        (question.key_points, KEY_POINT_WORDS),
        (question.terms, TERM_WORDS),
    )
    lines = (
        question.text,
        *question.follow_ups,
        *question.pushbacks,
        *question.key_points,
        *question.terms,
    )
    wrong_length = [
        f"length of: {line}"
        for group, words in bounds
        for line in group
        if count_words(line) not in words
    ]
    marked_up = [f"markup in: {line}" for line in lines if MARKUP.search(line)]
    repeated = [f"said twice: {line}" for line in set(lines) if lines.count(line) > 1]
    return wrong_length + marked_up + repeated


def test_there_are_at_least_twelve_banks_and_three_hundred_questions() -> None:
    assert len(BANKS) >= 12
    assert len(questions()) >= 300


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_shipped_bank_has_no_problem(path: Path) -> None:
    assert [str(problem) for problem in check_bank(path)] == []


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_every_question_is_complete_and_within_bounds(path: Path) -> None:
    found = {question.id: find_faults(question) for question in read_bank(path).questions}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_every_bank_is_licensed_in_english_and_large_enough_to_practise_with(path: Path) -> None:
    bank = read_bank(path)
    assert (bank.language, bank.licence) == ("en", "CC-BY-4.0")
    assert len(bank.questions) >= 15


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_bank_file_names_its_schema_and_fits_an_editor(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == SCHEMA_LINE
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("wanted", ROUNDS)
def test_every_round_has_questions_for_many_evenings(wanted: str) -> None:
    assert len([each for each in questions() if wanted in each.rounds]) >= 20


@pytest.mark.parametrize("wanted", ["panel", "presentation", "final", "hiring manager"])
def test_a_round_in_which_people_push_back_has_what_they_say(wanted: str) -> None:
    doubted = [each for each in questions() if wanted in each.rounds and each.pushbacks]
    assert len(doubted) >= 20


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_every_bank_has_something_to_ask_them(path: Path) -> None:
    bank = read_bank(path)
    assert len(bank.ask_them) >= 3
    assert [line for line in bank.ask_them if not line.endswith("?")] == []


def test_a_question_is_found_by_its_id_alone() -> None:
    ids = [question.id for question in questions()]
    assert sorted(ids) == sorted(set(ids))


def test_bank_titles_differ() -> None:
    titles = [bank.title for bank in banks()]
    assert sorted(titles) == sorted(set(titles))


def test_no_two_questions_of_any_banks_ask_the_same() -> None:
    alike = [
        (one.id, other.id, round(measure_similarity(one.text, other.text), 2))
        for one, other in combinations(questions(), 2)
        if measure_similarity(one.text, other.text) >= MOST_SHARED
    ]
    assert alike == []


def test_the_same_question_in_other_words_is_noticed() -> None:
    one = "Tell me about a conflict you had with a colleague and how it ended."
    assert measure_similarity(one, "Describe a conflict with a colleague.") >= MOST_SHARED
    assert measure_similarity(one, "Tell me about a time you missed a deadline.") < MOST_SHARED


def test_no_competency_stands_unused_in_the_vocabulary() -> None:
    assert {question.competency for question in questions()} == set(COMPETENCIES.split())


def test_a_question_an_employer_may_not_ask_is_there_only_to_be_deflected() -> None:
    asked = [question for question in questions() if NOT_TO_BE_ASKED.search(question.text)]
    assert [question.id for question in asked if "deflect" not in question.tags] == []


def test_a_question_to_deflect_says_why_it_is_there() -> None:
    deflected = [question for question in questions() if "deflect" in question.tags]
    assert deflected
    assert [question.id for question in deflected if "employer may" not in question.notes] == []
