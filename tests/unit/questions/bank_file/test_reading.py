"""What a bank file says, and everything that is wrong with it."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import NotFoundError
from practice.questions.bank_file.problems import MOST_PROBLEMS, InvalidBankError
from practice.questions.bank_file.reading import (
    MOST_BYTES,
    CheckResult,
    check_bank,
    check_bytes,
    check_file,
    read_bank,
)

DATA = Path(__file__).parents[3] / "data" / "banks"
HEAD = "title: t\nquestions:\n"


def write_bank(folder: Path, text: str | bytes) -> Path:
    path = folder / "bank.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def find_messages(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [str(problem) for problem in check_bytes(Path("b.yaml"), data).problems]


def test_ten_planted_faults_are_all_found_with_their_places() -> None:
    found = [
        str(problem).rpartition("ten-faults.yaml:")[2]
        for problem in check_bank(DATA / "ten-faults.yaml")
    ]
    assert found == [
        "3:1: unknown key 'langauge'; did you mean 'language'?",
        "5:9: id: 'Conflict Colleague' is not made of small letters, digits and hyphens; "
        "'conflict-colleague' would be",
        "7:11: kind: 'behavioral' is not known; did you mean 'behavioural'?",
        "8:18: a colon followed by a space inside plain text; put the whole text in quotes",
        "9:15: target_s: expected a whole number of seconds from 5 to 3600, found '2 minutes'",
        "11:11: text: holds the control character U+001B, written as an escape; take it out",
        "12:9: id: 'twice' is the id of another question already, in line 10",
        "14:5: key 'text' again; it stands in line 13",
        "15:5: the question has no 'text'",
        "17:9: key_points: expected text, found a mapping: put text that holds a colon, such as "
        "'Situation': ..., in quotes",
    ]


def test_words_that_look_like_something_else_stay_text(tmp_path: Path) -> None:
    questions = (
        "  - text: no\n    competency: 12:30\n    notes: 1.0\n    tags: [on, 007, 1e3, ~x]\n"
    )
    question = read_bank(write_bank(tmp_path, HEAD + questions)).questions[0]
    assert (question.text, question.competency, question.notes) == ("no", "12:30", "1.0")
    assert question.tags == ("on", "007", "1e3", "~x")


def test_only_title_and_text_are_needed(tmp_path: Path) -> None:
    bank = read_bank(
        write_bank(tmp_path, HEAD + "  - text: Why us?\n    notes:\n  - text: Why us?\n")
    )
    assert [question.id for question in bank.questions] == ["why-us", "why-us-2"]
    assert bank.language == "en"
    assert bank.questions[0].notes == ""


def test_a_derived_id_gives_way_to_a_written_one(tmp_path: Path) -> None:
    text = HEAD + "  - text: Why us?\n  - id: why-us\n    text: Other\n"
    ids = [question.id for question in read_bank(write_bank(tmp_path, text)).questions]
    assert ids == ["why-us-2", "why-us"]


def test_equal_ids_are_found_in_one_line_too() -> None:
    questions = "title: t\nquestions: [{id: a, text: b}, {id: a, text: c}]\n"
    assert find_messages(questions) == [
        "b.yaml:2:36: id: 'a' is the id of another question already, in line 2"
    ]


def test_text_without_latin_letters_gets_an_id_that_does_not_change(tmp_path: Path) -> None:
    first = read_bank(write_bank(tmp_path, HEAD + "  - text: 自己紹介をしてください\n"))
    second = read_bank(
        write_bank(tmp_path, HEAD + "  - text: x\n  - text: 自己紹介をしてください\n")
    )
    assert first.questions[0].id == second.questions[1].id


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("text: *What* now", "begins with *"),
        ("text: &now what", "begins with &"),
        ("text: !now what", "begins with !"),
        ("text: @home", "begins with @"),
        ("text: 'it's'", "a quote inside quoted text twice"),
        ('text: "open', "a quote is opened here"),
        ("text: a\n    tags: [a, b", "opened here with ["),
        ("text: a\n\tnotes: b", "a tab; indent with spaces"),
        ("text: a\n    difficulty: 5", "from 1 to 3, found '5'"),
        ("text: a\n    difficulty: 1.0", "from 1 to 3, found '1.0'"),
        ("text: a\n    tags: conflict", "expected a list such as [one, two], found text"),
        ("text: [a, b]", "text that begins with [ must be put in quotes"),
        ("text: a\n    key_points: [a, '']", "key_points: is empty"),
        ("text: a\n    licens: b", "did you mean 'licence'?"),
        ("question: a", "did you mean 'text'?"),
        ("text: " + "a" * 2001, "2,000 are the most"),
        ("text: a\x1b[31m", "control character U+001B"),
        ("text: a\u202eb", "control character U+202E"),
        ("text: a\x00b", "control character U+0000"),
        (r'text: "a\ud83d"', "escape"),
    ],
)
def test_a_fault_is_named_with_its_remedy(line: str, expected: str) -> None:
    found = find_messages(f"{HEAD}  - {line}\n")
    assert len(found) == 1
    assert expected in found[0]


def test_a_control_character_is_reported_where_it_stands() -> None:
    assert find_messages(f"{HEAD}  - text: é😀\x07\n") == [
        "b.yaml:3:13: the control character U+0007; take it out"
    ]


def test_reading_goes_on_behind_lines_that_are_no_yaml() -> None:
    text = HEAD + "  - text: a: b\n  - text: 'x'y\n  - text: c\n    knd: technical\n"
    assert [message.split(":")[1] for message in find_messages(text)] == ["3", "4", "6"]


@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "just words\n", "title: t\nquestions: none\n", "title: t\nquestions: [a]\n"],
)
def test_what_is_no_bank_is_told_so(text: str) -> None:
    assert len(find_messages(text)) == 1


def test_bytes_that_are_no_utf8_are_reported_with_their_place() -> None:
    assert find_messages(b"title: a\nx: \xff\n") == [
        "b.yaml:2:4: not UTF-8 from here on; save it as UTF-8"
    ]


def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    text = HEAD + "  - text: |\n      Größe\n      two\n"
    plain = read_bank(write_bank(tmp_path, text))
    assert (
        read_bank(write_bank(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()))
        == plain
    )
    assert plain.questions[0].text == "Größe\ntwo"


def test_reading_a_bad_bank_raises_with_every_problem() -> None:
    with pytest.raises(InvalidBankError) as raised:
        read_bank(DATA / "ten-faults.yaml")
    assert len(raised.value.problems) == 10
    assert "(and 9 more)" in raised.value.message


def test_a_missing_file_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_bank(tmp_path / "none.yaml")
    assert "no such file" in str(check_bank(tmp_path / "none.yaml")[0])


@pytest.mark.posix
def test_pipes_folders_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path("/dev/zero")):
        assert "not a file of text" in str(check_bank(path)[0])


LARGE = MOST_BYTES - 100
HOSTILE = {
    "brackets": "[" * LARGE,
    "braces": "{" * LARGE,
    "hyphens": "- " * (LARGE // 2),
    "question marks": "? " * (LARGE // 2),
    "items": "a:\n" + "- a\n" * (LARGE // 4),
    "flow items": "[" + "a," * (LARGE // 2),
    "keys": "".join(f"k{number}: 1\n" for number in range(400_000)),
    "anchors": "".join(f"- &a{number} x\n" for number in range(300_000)),
    "laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "tags": HEAD + "  - text: !!python/object/apply:os.system [ls]\n" * 50_000,
    "documents": "---\n" * (LARGE // 4),
    "controls": "\x00\n" * (LARGE // 2),
    "unknown keys": HEAD + "- titel: a\n" * 400_000,
    "equal ids": HEAD + "- {id: a, text: b}\n" * 200_000,
    "broken lines": "title: 'x\n'y: [\n" * 20_000,
    "one number": f"{HEAD}- text: a\n  target_s: {'9' * (LARGE - 100)}\n",
    "too large": " " * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_short_answer(name: str, tmp_path: Path) -> None:
    path = write_bank(tmp_path, HOSTILE[name])
    problems = check_bank(path)
    assert 0 < len(problems) <= MOST_PROBLEMS
    assert all(len(str(problem)) < 500 + len(str(path)) for problem in problems)


@given(st.text(max_size=300))
def test_any_text_is_read_or_its_problems_are_listed(text: str) -> None:
    checked = check_bytes(Path("b.yaml"), text.encode("utf-8", "surrogatepass"))
    assert checked.problems or checked.whole
    assert all(
        "\n" not in str(problem) and "\x1b" not in str(problem) for problem in checked.problems
    )


def read_text(tmp_path: Path, text: str) -> CheckResult:
    path = tmp_path / "bank.yaml"
    path.write_text(text, encoding="utf-8")
    return check_file(path)


def test_a_text_that_a_number_sign_cuts_off_is_said_with_its_place(tmp_path: Path) -> None:
    checked = read_text(
        tmp_path,
        "title: Mine # not only mine\nquestions:\n"
        "  - text: What is C# good for?\n"
        "  - text: Why #1 in the market?\n    kind: motivation # of all kinds\n"
        '  - text: "Why #1?" # quoted\n    key_points:\n      - issue #12\n      - two\n',
    )
    assert checked.whole is not None
    assert not checked.problems
    assert [(w.line, w.column) for w in checked.warnings] == [(1, 13), (4, 15), (8, 15)]
    assert "'#1 in the market?'" in checked.warnings[1].message


def test_direction_marks_of_hebrew_and_arabic_stay(tmp_path: Path) -> None:
    text = "\u200fמה זה C++\u200e?"
    checked = read_text(tmp_path, f'title: A\nquestions:\n  - text: "{text}"\n')
    assert not checked.problems
    assert checked.whole is not None
    assert checked.whole.questions[0].text == text


def test_direction_marks_that_turn_a_text_round_are_refused(tmp_path: Path) -> None:
    checked = read_text(tmp_path, "title: A\nquestions:\n  - text: a\u202eb\n")
    assert "U+202E" in checked.problems[0].message


def test_a_round_that_there_is_not_is_told_with_the_one_that_was_meant() -> None:
    assert find_messages(HEAD + "  - text: a\n    rounds: [panel, pannel]\n") == [
        "b.yaml:4:21: rounds: 'pannel' is not known; did you mean 'panel'?"
    ]
