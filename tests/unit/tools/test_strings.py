"""The words on screens are those of the glossary."""

import re
from pathlib import Path

import pytest

from tools.imports import ROOT
from tools.strings import SeenText, find_texts

GLOSSARY = ROOT / "docs" / "glossary.md"
ABOUT_OTHERS = {"practice/reports/html.py"}
"""Modules whose texts hold the names of styles and policies."""


def read_unused_words() -> list[str]:
    """The words in the first column of the table of words that no screen uses."""
    section = GLOSSARY.read_text(encoding="utf-8").split("### Words that no screen uses")[1]
    rows = re.findall(r"^\| ([^|]+) \|", section.split("\n## ")[0], re.MULTILINE)
    return [word.strip() for row in rows[1:] for word in row.split(",")]


def find_uses(texts: list[SeenText], word: str) -> list[str]:
    pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    return [f"{seen.path}:{seen.line}: {seen.text}" for seen in texts if pattern.search(seen.text)]


@pytest.fixture(scope="module")
def texts() -> list[SeenText]:
    found = find_texts(ROOT / "practice")
    return [seen for seen in found if str(seen.path.relative_to(ROOT)) not in ABOUT_OTHERS]


@pytest.mark.parametrize("word", read_unused_words())
def test_no_screen_uses_a_word_that_the_glossary_leaves_out(
    texts: list[SeenText], word: str
) -> None:
    assert find_uses(texts, word) == []


def test_texts_are_found_with_their_place_and_names_are_not(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(
        '"""About the module."""\n'
        'KEY = "a_name"\n'
        'raise ReadingError(f"cannot read {path}: again", "choose another file")\n'
        'query_one("#the-list CursorList")\n',
        encoding="utf-8",
    )
    assert [(seen.line, seen.text) for seen in find_texts(tmp_path)] == [
        (3, "cannot read {}: again"),
        (3, "choose another file"),
    ]
