"""Known questions are found by what is remembered of them, as often as the page says."""

import re
from pathlib import Path

import pytest

from benchmarks.findings.asked_questions import count_hits, read_rows
from practice.questions.matching import NEAR, QuestionMatcher
from practice.questions.model import AskedQuestion, Question

PAGE = Path("docs/measures.md")


def test_the_pairs_are_as_many_as_is_said_and_half_of_them_are_the_same() -> None:
    rows, questions = read_rows()
    others = [row for row in rows if row.language != "en"]
    assert (len(rows), len(others)) == (76, 20)
    assert sum(row.is_same for row in rows) == sum(not row.is_same for row in rows)
    assert sum(row.is_same for row in others) == 10
    assert len({row.language for row in others}) == 7
    known = {(each.bank, each.question.id) for each in questions}
    assert {row.known for row in rows} <= known
    # What names no question of a shipped bank is the text of one in another language.
    assert {row.language for row in rows if row.known[0] == "own"} == {r.language for r in others}


def test_the_figure_of_the_page_is_what_is_measured() -> None:
    rows, questions = read_rows()
    part = [row for row in rows if not row.sets_limit]
    hits = count_hits(part, QuestionMatcher(questions), NEAR)
    recall, precision = hits.recall, hits.precision
    assert recall is not None
    assert precision is not None
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    found = re.search(r"recall (\S+) \((\S+) to (\S+), (\d+) of (\d+)\), precision (\S+) ", text)
    assert found is not None
    said = (f"{recall.value:.2f}", f"{recall.low:.2f}", f"{recall.high:.2f}")
    counts = (f"{hits.hit:.0f}", f"{hits.labelled:.0f}", f"{precision.value:.2f}")
    assert found.groups() == said + counts
    assert f"From a likeness of {NEAR} on" in text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("missed a deadline", ["deadline"]),
        ("DEADLINE, missed!", ["deadline"]),
        ("自己紹介してください", ["self"]),
        ("the weather", []),
        ("...", []),
    ],
)
def test_a_question_is_found_by_what_is_remembered_of_it(typed: str, found: list[str]) -> None:
    questions = [
        Question(id="deadline", text="Tell me about a time you missed a deadline."),
        Question(id="self", text="自己紹介をしてください。"),
    ]
    matcher = QuestionMatcher(AskedQuestion("b", question) for question in questions)
    assert [match.asked.question.id for match in matcher.find(typed)] == found
