"""Banks in other formats, and back."""

import csv
import io
import json
from pathlib import Path

from practice.questions.bank_file.reading import check_bytes
from practice.questions.bank_file.rendering import bank_text
from practice.questions.exporting import export
from practice.questions.importers.plan import plan_import
from practice.questions.model import Bank, Question

BANK = Bank(
    title="Mine",
    licence="CC0",
    questions=(
        Question(
            id="one",
            text="What is `x` in <b>?",
            kind="technical",
            competency="reading",
            tags=("two words", "b"),
            difficulty=3,
            target_s=90,
            prep_s=0,
            follow_ups=("And y?",),
            key_points=("first; then", "# last"),
            terms=("trade-off",),
            notes="line\n\n- more",
            source="a book",
            url="https://example.org/x",
            licence="CC0",
        ),
        Question(id="two", text="=1+1"),
    ),
)


def test_json_holds_every_field_and_comes_back_the_same(tmp_path: Path) -> None:
    text = export(BANK, "json")
    document = json.loads(text)
    assert document["schema"] == 1
    assert document["questions"][0]["prep_s"] == 0
    path = tmp_path / "mine.json"
    path.write_text(text, encoding="utf-8")
    questions = plan_import(path).bank.questions
    assert [question.id for question in questions] == ["one", "two"]
    assert (questions[0].kind, questions[0].target_s, questions[0].tags) == (
        "technical",
        90,
        ("two words", "b"),
    )
    assert questions[0].key_points == ("first; then", "# last")


def test_a_table_has_one_row_a_question_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(export(BANK, "csv"), newline="")))
    assert [row["id"] for row in rows] == ["one", "two"]
    assert rows[0]["tags"] == "two words\nb"
    assert rows[1]["text"] == "'=1+1"


def test_markdown_shows_markup_in_questions_as_text() -> None:
    text = export(BANK, "md")
    assert "## What is \\`x\\` in \\<b\\>?" in text
    assert "- \\# last" in text


def test_a_whole_bank_is_written_so_that_it_reads_the_same() -> None:
    checked = check_bytes(Path("b.yaml"), bank_text(BANK).encode())
    assert checked.problems == []
    assert checked.bank == BANK
