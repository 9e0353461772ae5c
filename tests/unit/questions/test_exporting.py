"""Banks in other formats, and back."""

import csv
import io
import json
from pathlib import Path

from practice.questions.bank_file.reading import check_bytes
from practice.questions.bank_file.rendering import bank_text
from practice.questions.exporting import export
from practice.questions.importers.blocks import block_text
from practice.questions.importers.plain_text import first_link
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
            rounds=("panel", "final"),
            follow_ups=("And y?",),
            pushbacks=("That is no answer.",),
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
    assert questions[0].rounds == ("panel", "final")
    assert questions[0].pushbacks == ("That is no answer.",)


def test_a_table_has_one_row_a_question_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(export(BANK, "csv"), newline="")))
    assert [row["id"] for row in rows] == ["one", "two"]
    assert rows[0]["tags"] == "two words\nb"
    assert rows[1]["text"] == "'=1+1"


def test_markdown_shows_markup_in_questions_as_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(export(BANK, "md"), encoding="utf-8")
    text = block_text(path.read_text(encoding="utf-8"))
    assert "What is `x` in <b>?" in text
    assert "- first; then\n- # last" in text
    assert "line\n\n- more" in text


def test_the_address_of_a_question_is_a_link_and_nothing_else_is() -> None:
    links = {"https://example.org/x?a_b_=1": True, "javascript:alert": False, "http://a <b>": False}
    for address, is_link in links.items():
        text = export(Bank(title="t", questions=(Question(text="q", url=address),)), "md")
        assert (f"Source: <{address}>" in text) == is_link
        assert first_link(text) == (address if is_link else "")


def test_a_text_over_several_lines_makes_no_heading_of_its_own() -> None:
    bank = Bank(title="a\n# b", questions=(Question(text="c\n## d", terms=("e\n# f",)),))
    headings = [line for line in export(bank, "md").split("\n") if line.startswith("#")]
    assert headings == ["# a &#35; b", "## c &#35;&#35; d", "### Terms"]


def test_a_whole_bank_is_written_so_that_it_reads_the_same() -> None:
    checked = check_bytes(Path("b.yaml"), bank_text(BANK).encode())
    assert checked.problems == []
    assert checked.whole == BANK
