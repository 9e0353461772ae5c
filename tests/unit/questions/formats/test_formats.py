"""Session formats: the shipped ones, the user's own, and what is wrong with a file."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import FormatError, NotFoundError
from practice.questions.formats.model import SessionFormat
from practice.questions.formats.schema import format_schema
from practice.questions.formats.store import NO_TIME, FormatStore, check_format

SHIPPED = Path(str(files("practice.questions.formats")))


def write(tmp_path: Path, text: str, name: str = "mine") -> Path:
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def find_problems(tmp_path: Path, text: str) -> list[tuple[int, int, str]]:
    found = check_format(write(tmp_path, text)).problems
    return [(one.line, one.column, one.message) for one in found]


def test_every_shipped_format_is_good_and_names_its_schema(tmp_path: Path) -> None:
    entries = FormatStore(tmp_path / "none").all()
    assert [entry.name for entry in entries] == [
        "one-way", "panel", "phone", "presentation", "thinking-aloud",
    ]  # fmt: skip
    for entry in entries:
        assert entry.checked.problems == ()
        assert not entry.own
        text = entry.checked.path.read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=format.schema.json\n")


def test_the_schema_beside_them_is_that_of_the_model() -> None:
    written = (SHIPPED / "format.schema.json").read_text(encoding="utf-8")
    assert written == json.dumps(format_schema(), indent=2, ensure_ascii=False) + "\n"


def test_one_way_has_its_rules(tmp_path: Path) -> None:
    rules = FormatStore(tmp_path).find("one-way")
    assert (rules.questions, rules.think_s, rules.answer_s) == (5, 30, 120)
    assert rules.hard_stop
    assert not rules.second_try
    assert not rules.shown_before_end
    assert not rules.begin_early


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [(1, 1, "a format begins with `title:`; the file is empty")]),
        ("- one", [(1, 1, "a format begins with `title:`; the file is a list or a single text")]),
        ("about: x", [(1, 1, "the format has no 'title'")]),
        (
            "title: Mine\nquestion: 5\nhard_stop: perhaps",
            [
                (2, 1, "unknown key 'question'; did you mean 'questions'?"),
                (3, 12, "hard_stop: expected yes or no, found 'perhaps'"),
            ],
        ),
        (
            "title: Mine\nthink_s: long\nkinds: [technical, funny]",
            [
                (2, 10, "think_s: expected a whole number of seconds from 0 to 3600, found 'long'"),
                (3, 20, "kinds: 'funny' is not known; expected one of behavioural, logistics,"
                 " motivation, situational, technical"),
            ],
        ),
        (
            "title: Talk\nslides: 8",
            [(2, 9, "slides: a presentation needs length_s, its time with the questions")],
        ),
        (
            "title: Talk\nslides: 8\nlength_s: 1200\nquestions_share: 10",
            [(4, 18, "questions_share: expected a whole number from 25 to 75, found '10'")],
        ),
        (
            "title: Mine\ntarget: no\nhard_stop: yes",
            [(3, 12, NO_TIME)],
        ),
        (
            "title: [",
            [(2, 1, "a list is opened here with { and not closed, or a comma is missing in it")],
        ),
    ],
)  # fmt: skip
def test_every_problem_has_its_place_and_its_remedy(
    tmp_path: Path, text: str, problems: list[tuple[int, int, str]]
) -> None:
    assert find_problems(tmp_path, text) == problems


def test_an_own_format_hides_a_shipped_one_and_one_with_problems_hides_no_other(
    tmp_path: Path,
) -> None:
    write(tmp_path, "title: My panel\nquestions: 3", "panel")
    write(tmp_path, "titel: typo", "broken")
    store = FormatStore(tmp_path)
    assert store.find("panel").title == "My panel"
    assert [entry.name for entry in store.all() if entry.own] == ["broken", "panel"]
    with pytest.raises(FormatError, match="titel"):
        store.find("broken")
    with pytest.raises(NotFoundError) as refused:
        store.find("panle")
    assert "panel" in refused.value.hint


@given(st.binary(max_size=300))
def test_no_file_whatever_is_in_it_makes_checking_fail(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("formats") / "any.yaml"
    path.write_bytes(data)
    checked = check_format(path)
    assert checked.problems or checked.format is not None


@given(st.integers(60, 7200), st.integers(25, 75), st.integers(1, 50), st.integers(1, 200))
def test_at_least_the_share_of_the_questions_is_theirs(
    length_s: int, share: int, questions: int, slides: int
) -> None:
    rules = SessionFormat(
        title="talk", slides=slides, length_s=length_s, questions_share=share, questions=questions
    )
    assert 0 < rules.talk_s <= length_s * (100 - share) / 100
    assert rules.time_for_each_s is not None
    assert rules.time_for_each_s * questions <= max(length_s - rules.talk_s, 5 * questions)
