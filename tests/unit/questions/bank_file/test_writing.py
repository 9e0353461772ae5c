"""Edits of a bank file: what changes on disk, and when nothing may."""

from pathlib import Path

import msgspec
import pytest

from practice.base.errors import BankError, NotFoundError
from practice.questions.bank_file.problems import BankChangedError, InvalidBankError
from practice.questions.bank_file.reading import read_bank
from practice.questions.bank_file.rendering import new_bank_text
from practice.questions.bank_file.writing import BankFile, keep_both, write_new
from practice.questions.model import Question

BANK = """\
# mine
title: 'Basics'  # of all

questions:
  # Teamwork
  - id: conflict
    text: >-
      Tell me about a conflict
      with a colleague.
    tags: [team, "a: b"]  # two
    key_points:
      # in this order
      - what happened  # briefly
      - what you did

  - text: Why us?   # no id yet
    notes: |  # long
      one
      two
# the end
"""


@pytest.fixture
def bank(tmp_path: Path) -> BankFile:
    path = tmp_path / "basics.yaml"
    path.write_text(BANK, encoding="utf-8")
    return BankFile(path)


def change_question(bank: BankFile, question_id: str, **fields: object) -> str:
    question = bank.bank.find(question_id)
    assert question
    bank.change(question_id, msgspec.structs.replace(question, **fields))
    return bank.path.read_text(encoding="utf-8")


WITH_ID = BANK.replace(
    "  - text: Why us?   # no id yet\n", "  - text: Why us?   # no id yet\n    id: why-us\n"
)


def test_one_item_of_a_list_changes_one_line(bank: BankFile) -> None:
    text = change_question(
        bank, "conflict", key_points=("what happened", "what you did: all of it")
    )
    assert text == WITH_ID.replace("- what you did", '- "what you did: all of it"')


def test_an_item_is_added_and_another_taken_out_around_comments(bank: BankFile) -> None:
    text = change_question(bank, "conflict", key_points=("what you did", "how it ended"))
    assert text == WITH_ID.replace(
        "      - what happened  # briefly\n      - what you did\n",
        "      - what you did\n      - how it ended\n",
    )


def test_a_flow_list_keeps_the_quotes_of_its_other_items(bank: BankFile) -> None:
    text = change_question(bank, "conflict", tags=("a: b", "no"))
    assert text == WITH_ID.replace('[team, "a: b"]', '["a: b", "no"]')


def test_text_in_a_block_keeps_its_header_and_comment(bank: BankFile) -> None:
    assert change_question(bank, "why-us", notes="three") == WITH_ID.replace(
        "      one\n      two\n", "      three\n"
    )


def test_a_new_field_stands_where_its_order_puts_it(bank: BankFile) -> None:
    assert change_question(bank, "conflict", difficulty=2) == WITH_ID.replace(
        "# two\n", "# two\n    difficulty: 2\n"
    )


def test_a_field_that_is_emptied_goes(bank: BankFile) -> None:
    assert change_question(bank, "why-us", notes="") == WITH_ID.replace(
        "    notes: |  # long\n      one\n      two\n", ""
    )


def test_a_text_keeps_its_quotes_and_comment(tmp_path: Path) -> None:
    path = write_new(
        tmp_path / "b.yaml", "title: t\nquestions:\n- {id: a, text: b}\n- id: c\n  text: 'd'  # e\n"
    )
    assert change_question(BankFile(path), "c", text="Bob's").endswith("  text: 'Bob''s'  # e\n")


def test_a_bank_without_final_line_end_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"title: t\r\nquestions:\r\n- {id: a, text: b}")
    file = BankFile(path)
    file.add(Question(text="c"))
    assert (
        path.read_bytes() == b"title: t\r\nquestions:\r\n- {id: a, text: b}\r\n- id: c\r\n  text: c"
    )


@pytest.mark.parametrize("start", ["", "questions:\n", "questions: []  # none\n", "questions: ~\n"])
def test_the_first_question_can_be_added(tmp_path: Path, start: str) -> None:
    path = write_new(tmp_path / "b.yaml", f"title: t\n{start}")
    BankFile(path).add(Question(text="Why?", key_points=("a", "b")))
    assert [question.id for question in read_bank(path).questions] == ["why"]


def test_a_bank_written_as_json_can_be_edited(tmp_path: Path) -> None:
    path = write_new(
        tmp_path / "b.yaml", '{"title": "t", "questions": [{"id": "a", "text": "b"}]}\n'
    )
    file = BankFile(path)
    file.add(Question(text="c", tags=("d, e",)))
    file.change("a", Question(id="a", text="x: y", difficulty=1))
    removed = file.delete("c")
    file.restore(removed)
    assert [question.id for question in read_bank(path).questions] == ["a", "c"]
    assert path.read_text().startswith('{"title": "t", "questions": [{"id": "a", "text": "x: y", d')


def test_a_duplicate_stands_behind_its_original_with_an_id_of_its_own(bank: BankFile) -> None:
    copy = bank.duplicate("conflict")
    assert [question.id for question in bank.bank.questions] == ["conflict", copy.id, "why-us"]
    assert copy.key_points == bank.bank.questions[0].key_points


def test_a_deleted_question_can_be_put_back_after_other_edits(bank: BankFile) -> None:
    removed = bank.delete("conflict")
    bank.add(Question(text="In between"))
    bank.restore(removed)
    assert [question.id for question in bank.bank.questions] == ["conflict", "why-us", "in-between"]
    assert "# briefly" in bank.path.read_text(encoding="utf-8")


def test_a_file_that_changed_underneath_is_not_overwritten(bank: BankFile) -> None:
    theirs = BANK + "# their line\n"
    bank.path.write_text(theirs, encoding="utf-8")
    with pytest.raises(BankChangedError) as raised:
        bank.delete("conflict")
    assert bank.path.read_text(encoding="utf-8") == theirs
    copy = keep_both(bank.path, raised.value)
    assert [question.id for question in read_bank(copy).questions] == ["why-us"]


def test_a_question_that_breaks_the_rules_is_refused_before_anything_is_written(
    bank: BankFile,
) -> None:
    for wrong in (
        Question(text=" "),
        Question(text="a" * 2001),
        Question(text="x", notes="a\x1bb"),
    ):
        with pytest.raises(BankError):
            bank.add(wrong)
    assert bank.path.read_text(encoding="utf-8") == BANK


def test_an_unknown_question_is_named(bank: BankFile) -> None:
    with pytest.raises(NotFoundError, match="basics has no question 'none'"):
        bank.delete("none")


def test_a_bank_with_problems_is_not_opened_for_editing(tmp_path: Path) -> None:
    path = write_new(tmp_path / "b.yaml", "titel: x\n")
    with pytest.raises(InvalidBankError):
        BankFile(path)


def test_a_link_to_a_bank_stays_a_link(bank: BankFile, tmp_path: Path) -> None:
    link = tmp_path / "linked.yaml"
    link.symlink_to(bank.path)
    BankFile(link).delete("conflict")
    assert link.is_symlink()
    assert len(read_bank(bank.path).questions) == 1


def test_the_mode_of_the_file_stays(bank: BankFile) -> None:
    bank.path.chmod(0o640)
    bank.delete("conflict")
    assert bank.path.stat().st_mode & 0o777 == 0o640


def test_an_editor_is_sent_to_the_line_of_a_question(bank: BankFile) -> None:
    assert bank.line_of("conflict") == 6


def test_a_new_file_never_replaces_an_old_one(bank: BankFile) -> None:
    with pytest.raises(BankError, match="already"):
        write_new(bank.path, "title: x\n")


def test_the_comments_of_a_question_stay_with_it_when_one_is_put_in_behind(
    tmp_path: Path,
) -> None:
    path = write_new(tmp_path / "mine.yaml", new_bank_text("Mine"))
    bank = BankFile(path)
    bank.add(Question(text="Why us?"), 1)
    assert path.read_text().endswith(
        "    # licence: of this question, where it is not the bank's\n"
        "  - id: why-us\n    text: Why us?\n"
    )
    removed = bank.delete("about-yourself")
    assert "yours to write" not in path.read_text()
    bank.restore(removed)
    bank.delete("why-us")
    assert path.read_text() == new_bank_text("Mine")
