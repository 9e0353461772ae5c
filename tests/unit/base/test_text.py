"""Nothing survives that a terminal, a spreadsheet or Markdown would act on."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from practice.base.text import (
    clock_time,
    did_you_mean,
    elapsed_time,
    escape_markdown,
    exact_time,
    first_unsafe,
    format_size,
    guard_formula,
    near_names,
    one_line,
    plain,
    shared_beginnings,
    shorten,
    shorten_middle,
)

HOSTILE = "a [/x] \x1b]0;title\x07 \x9b31m \u202e \ud800 end"


def test_escapes_direction_marks_and_lone_surrogates_are_replaced() -> None:
    assert plain(HOSTILE) == "a [/x] �]0;title� �31m � � end"


def test_carriage_return_cannot_overwrite_a_line() -> None:
    assert plain("good\rbad") == "good�bad"


@given(st.text())
def test_plain_keeps_positions_and_leaves_no_control_character(text: str) -> None:
    result = plain(text)
    assert len(result) == len(text)
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} or c in "\t\n" for c in result)
    assert plain(result) == result


@given(st.text())
def test_first_unsafe_is_where_plain_changes_the_text(text: str) -> None:
    at = first_unsafe(text)
    if at is None:
        assert plain(text) == text
    else:
        assert plain(text)[:at] == text[:at]
        assert plain(text)[at] != text[at]


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("start", ["# no", "- no", "1. no", "+ no", "=== no", "> no"])
def test_markdown_keeps_a_first_word_from_making_a_list_or_heading(start: str) -> None:
    said = escape_markdown(start)
    assert not re.match(r"[-+=#>]|\d+\.", said)


def test_markdown_leaves_ordinary_text_readable() -> None:
    assert escape_markdown("4.6 of 5, well - yes.") == "4.6 of 5, well - yes."


@pytest.mark.parametrize(
    "line", ["<b>a</b> *b* [c](d) `e` _f_ #g $h$ i@j", "see http://x.org or www.x.org", r"\*a\*"]
)
def test_markdown_shows_an_escaped_line_as_it_was(line: str) -> None:
    parser = MarkdownIt("gfm-like")
    (shown,) = parser.parseInline(escape_markdown(line))
    assert {token.type for token in shown.children or ()} <= {"text"}
    said = "".join(token.content for token in shown.children or ())
    assert said.replace("\N{ZERO WIDTH SPACE}", "") == line


def test_a_cell_that_begins_like_a_formula_is_text() -> None:
    cells = ["=1+1", "+1", "-1", "@a", "a=1", ""]
    assert list(map(guard_formula, cells)) == ["'=1+1", "'+1", "'-1", "'@a", "a=1", ""]


def test_a_misspelt_name_is_answered_with_those_near_to_it() -> None:
    assert did_you_mean("takse", ["takes", "banks"]) == "did you mean 'takes'?"
    assert (
        did_you_mean("bas.en", ["base.en", "base", "tiny"]) == "did you mean 'base.en' or 'base'?"
    )
    assert did_you_mean("zzz", ["takes"]) == ""


def test_a_name_without_end_is_compared_by_its_beginning() -> None:
    assert near_names("takes" * 100_000, ["takes" * 16]) == ["takes" * 16]


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00"),
        (-0.4, "0:00"),
        (89.4, "1:29"),
        (89.6, "1:30"),
        (3599.6, "1:00:00"),
        (3723, "1:02:03"),
    ],
)
def test_a_length_is_rounded_to_whole_seconds_and_has_hours_from_an_hour_on(
    seconds: float, shown: str
) -> None:
    assert clock_time(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(-0.4, "0:00"), (59.99, "0:59"), (89.6, "1:29"), (3661.9, "1:01:01")]
)
def test_a_counter_shows_a_second_once_it_is_over(seconds: float, shown: str) -> None:
    assert elapsed_time(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.0, "0:00.0"),
        (59.96, "1:00.0"),
        (61.04, "1:01.0"),
        (600, "10:00.0"),
        (3599.96, "1:00:00.0"),
    ],
)
def test_exact_times_carry_over(seconds: float, shown: str) -> None:
    assert exact_time(seconds) == shown


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [(0, "0 MB"), (148_300_000, "148 MB"), (999_700_000, "1.0 GB"), (3_090_000_000, "3.1 GB")],
)
def test_a_size_is_said_in_the_unit_that_fits(size_bytes: int, shown: str) -> None:
    assert format_size(size_bytes) == shown


def test_a_name_that_is_only_somewhat_alike_is_not_suggested() -> None:
    assert did_you_mean("nonexist", ["someone-dies", "conflict-colleague"]) == ""
    assert did_you_mean("conflict-coleague", ["someone-dies", "conflict-colleague"]) != ""


MISSED = "Tell me about a time you missed a deadline."
DISAGREED = "Tell me about a time you disagreed with your manager."
PROJECT = "Tell me about a project that failed."


def test_what_lines_share_is_counted_with_the_nearest_of_them() -> None:
    shared = shared_beginnings([MISSED, PROJECT, DISAGREED, DISAGREED, "Why us?"])
    assert shared == {
        MISSED: len("Tell me about a time you "),
        DISAGREED: len("Tell me about a time you "),
        PROJECT: len("Tell me about a "),
        "Why us?": 0,
    }


@pytest.mark.parametrize(
    ("line", "room", "shared", "shown"),
    [
        (MISSED, 60, 25, MISSED),
        (MISSED, 29, 25, "Tell me … missed a deadline."),
        (MISSED, 29, 0, "Tell me about a time you mis…"),
        (MISSED, 40, 25, "Tell me about a time you missed a deadl…"),
        (DISAGREED, 29, 25, "Tell me … disagreed with you…"),
        (MISSED, 12, 25, "… missed a…"),
        (MISSED, 1, 25, "…"),
        (MISSED, 0, 25, ""),
    ],
)
def test_a_line_is_shortened_where_it_is_like_the_others(
    line: str, room: int, shared: int, shown: str
) -> None:
    assert shorten(line, room, shared) == shown


def test_wide_characters_take_two_cells() -> None:
    def cells(text: str) -> int:
        return sum(1 if character.isascii() or character == "…" else 2 for character in text)

    assert shorten("自己紹介をしてください", 9, cells=cells) == "自己紹介…"


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("Leadership for nurses", "Leadership for nurses"),
        ("Behavioural questions for night nurses", "Behavioural…ight nurses"),
        ("/home/you/questions/behavioural/mine.yaml", "/home/you/que…/mine.yaml"),
    ],
)
def test_a_title_or_a_path_is_shortened_in_its_middle(line: str, short: str) -> None:
    assert shorten_middle(line, 24) == short
