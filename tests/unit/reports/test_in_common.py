"""What interviews have in common, in words: the same in a terminal, as Markdown and as a page."""

import re

import pytest

from practice.library.in_common import InCommon, find_in_common
from practice.library.interviews import NotedQuestion, Outcome
from practice.reports.in_common import (
    FOOT,
    describe_missing,
    render_html,
    render_markdown,
    render_text,
)
from practice.reports.layout import display_width
from tests.unit.library.test_in_common import KNOWN, ROW, WHY, account, take

HOSTILE = '\x1b[31m</td><script>alert(1)</script>| `x` [a](http://b) \u202e{{7*7}}"'
FOUND = find_in_common(
    [
        account(1, (WHY, ROW), Outcome("rejected", "", "no reason")),
        account(2, (WHY, ROW), Outcome("offer")),
        account(3, (ROW,)),
    ],
    [take("why", 0), take("row", 2)],
    KNOWN,
)
NASTY = find_in_common(
    [
        account(
            day,
            (NotedQuestion(HOSTILE, None, None, "rough", HOSTILE, HOSTILE),),
            Outcome("rejected", HOSTILE, HOSTILE, HOSTILE, HOSTILE),
            company=HOSTILE,
        )
        for day in range(3)
    ],
    [take("why", 0), take(HOSTILE, 0)],
    {("b", "why"): KNOWN["b", "why"]},
    [HOSTILE + "2"],
)


def test_every_number_stands_with_how_many_it_was_counted_in() -> None:
    text = render_text(FOUND, 0)
    assert "Of 2 interviews whose end you noted." in text
    assert "Of 5 questions in 3 debriefs." in text
    assert "5 questions asked: 3 you had practised before that interview, 2 you had not." in text
    assert "Of 1 rejection." in text
    assert re.search(r"The outage +3 +3 +Acme", text)
    assert text.endswith(FOOT)
    assert "%" not in text


def test_all_three_forms_say_the_same_words() -> None:
    markdown, page = render_markdown(FOUND, 0), render_html(FOUND, 0)
    for words in ("Stages reached", "motivation", "no reason", "The outage", FOOT):
        assert words in markdown
        assert words in page


def test_too_few_debriefs_are_said_and_nothing_is_counted() -> None:
    for form in (render_text, render_markdown, render_html):
        said = form(FOUND, 2)
        assert "It takes 2 more debriefs" in said
        assert "Stages" not in said
    assert describe_missing(1).startswith("It takes 1 more debrief:")


def test_hostile_texts_act_nowhere() -> None:
    text, markdown, page = (form(NASTY, 0) for form in (render_text, render_markdown, render_html))
    for said in (text, markdown, page):
        assert "\x1b" not in said
        assert "\u202e" not in said
    assert "<script" not in markdown
    assert "](http" not in markdown
    assert "<script" not in page
    assert "49" not in page
    # A bar in a text would begin a cell of its own.
    rows = [line for line in markdown.splitlines() if "alert" in line and line.startswith("|")]
    assert rows
    assert all(row.count("|") <= 5 for row in rows)


@pytest.mark.parametrize("width", [30, 40, 80, 120])
@pytest.mark.parametrize("found", [FOUND, NASTY], ids=["usual", "hostile"])
def test_no_line_is_wider_than_the_terminal(found: InCommon, width: int) -> None:
    lines = render_text(found, 0, width).splitlines()
    assert max(map(display_width, lines)) <= width
    assert max(map(display_width, render_text(found, 1, width).splitlines())) <= width
