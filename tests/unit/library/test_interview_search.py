"""Interviews are found by everything that was written down of them."""

from dataclasses import fields, replace

import pytest

from practice.library.in_common import Account
from practice.library.interview_search import find_interviews, list_lines
from practice.library.interviews import Debrief, InterviewFacts, NotedQuestion, Outcome
from tests.unit.library.test_in_common import account

WHOLE = replace(
    account(1, (NotedQuestion("Why us?", wish="the numbers", story="The outage"),)),
    debrief=Debrief(3, "my calm", "too quick", "four of them", "a puzzle", 40, "the last part"),
    outcome=Outcome("rejected", "final", "no budget", "well prepared", "my notice period"),
)
WHOLE = replace(
    WHOLE,
    interview=replace(
        WHOLE.interview,
        facts=InterviewFacts(
            "Acme", "Engineer", "panel", "video", None, ("Ana",), "We look for\nKubernetes.",
            "third floor",
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "field"),
    [
        ("ACME", "company"), ("engineer", "role"), ("panel", "round"), ("video", "format"),
        ("ana", "with"), ("kubernetes", "advert"), ("third  floor!", "notes"), ("why us", "asked"),
        ("numbers", "wish I had said"), ("outage", "story"), ("calm", "went well"),
        ("quick", "said about me"), ("four", "surprises"), ("puzzle", "task"),
        ("last part", "where it went wrong"), ("final", "stage"), ("budget", "their reason"),
        ("prepared", "their words"), ("notice", "my guess"),
    ],
)  # fmt: skip
def test_every_field_is_looked_at(phrase: str, field: str) -> None:
    (found,) = find_interviews([WHOLE, account(2)], [phrase])[:1]
    assert found.interview == WHOLE.interview
    assert found.lines[0].field == field


def test_no_text_of_an_interview_is_forgotten() -> None:
    shown = {line.text for line in list_lines(WHOLE)}
    for part in (WHOLE.debrief, WHOLE.outcome, WHOLE.asked[0]):
        assert part is not None
        texts = {field.name: getattr(part, field.name) for field in fields(part)}
        texts.pop("state", None)
        texts.pop("rating", None)
        assert {text for text in texts.values() if isinstance(text, str)} <= shown


def test_all_phrases_must_be_there_and_each_line_that_has_one_is_shown() -> None:
    (found,) = find_interviews([WHOLE], ["why us", "floor"])
    assert [line.text for line in found.lines] == ["third floor", "Why us?"]
    assert find_interviews([WHOLE], ["why us", "ceiling"]) == []
    assert find_interviews([WHOLE], ["", "?!"]) == []
    assert find_interviews([Account(WHOLE.interview)], ["why"]) == []
