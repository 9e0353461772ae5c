"""`practice banks import`: what a file holds, how it was read, and how else it could be."""

import json
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.questions.bank_file.reading import read_bank
from tests.support.cli import run

LIST = "## Ovens\n\n- Why hot?\n- Why big?\n\n## Flour\n\n- Why white?\n"


@pytest.fixture
def several_ways(tmp_path: Path) -> str:
    """A list that can be read in several ways."""
    path = tmp_path / "list.md"
    path.write_text(LIST)
    return str(path)


def test_a_dry_run_says_the_reading_and_names_the_others(several_ways: str) -> None:
    done = run("banks", "import", several_ways, "--dry-run")
    assert done.code == 0
    assert "3 questions" in done.err
    assert "--as headings-2 takes 2: headings of level 2, with answers" in done.err


def test_another_reading_is_taken_by_its_name(several_ways: str) -> None:
    done = run("banks", "import", several_ways, "--as", "headings-2", "--yes", "-o", "mine")
    assert done.code == 0
    bank = read_bank(places().banks / "mine.yaml")
    assert [question.text for question in bank.questions] == ["Ovens", "Flour"]


def test_a_reading_that_there_is_not_is_refused_with_those_there_are(several_ways: str) -> None:
    done = run("banks", "import", several_ways, "--as", "sonnets", "--dry-run")
    assert done.code == 1
    assert "cannot be read as 'sonnets'" in done.err
    assert "headings-2" in done.err


def test_the_readings_are_in_the_document(several_ways: str) -> None:
    found = json.loads(run("banks", "import", several_ways, "--dry-run", "--json").out)["import"]
    assert found["reading"] in {"items", "asking-lists"}
    assert {"name", "format", "questions"} == set(found["other_readings"][0])
    assert "headings-2" in {other["name"] for other in found["other_readings"]}
    assert found["encoding_guess"] is None


def test_an_encoding_that_was_guessed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Größte Stärke?\nWarum wir?\n".encode("cp1252"))
    assert (
        "the encoding is a guess: Windows-1252"
        in run("banks", "import", str(path), "--dry-run").err
    )


def test_a_page_without_questions_can_be_taken_by_name_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Loaf\n\n## Ovens\n\nThey are hot.\n\n## Flour\n\nIt is white.\n")
    refused = run("banks", "import", str(path), "--dry-run")
    assert refused.code == 1
    assert "--as NAME" in refused.err
    assert run("banks", "import", str(path), "--dry-run", "--as", "headings-2").code == 0
