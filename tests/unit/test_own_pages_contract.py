"""The page that somebody writes for themselves is read where it is shown, and nowhere else."""

import ast
import re
from pathlib import Path

import pytest

import practice

PACKAGE = Path(practice.__file__).parent
STORE = "library/own_pages.py"
LIBRARY = "library/library.py"
"""Opens the store with the others, and reads nothing of it."""
RECORDS = "library/records.py"
"""Knows the table, and reads it for an export with `--with-pages`."""
LIST = "tui/screens/weeks/interviews.py"
"""Says that a page goes when its interview is deleted."""
FACES = {"cli/own_page.py", "tui/screens/weeks/own_page.py"}
"""The two places where it is written and read."""


def uses_pages(source: str) -> bool:
    """Whether a module imports the store, or takes it from a library by its name in any way."""
    for node in ast.walk(ast.parse(source)):
        named: list[str] = []
        match node:
            case ast.Import(names=names):
                named = [name.name for name in names]
            case ast.ImportFrom(module=module, names=names):
                named = [str(module), *(name.name for name in names)]
            case ast.Attribute(attr=attr):
                named = [attr]
            case ast.Constant(value=str(text)) if not text.count(" "):
                named = [text]
        if any("own_pages" in name.split(".") or name == "OwnPages" for name in named):
            return True
    return False


def test_nothing_but_its_two_places_uses_the_page() -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if uses_pages(path.read_text(encoding="utf-8"))
    }
    assert LIBRARY in users
    assert users <= {STORE, LIBRARY, LIST} | FACES


def test_the_list_of_interviews_asks_only_whether_there_is_one() -> None:
    tree = ast.parse((PACKAGE / LIST).read_text(encoding="utf-8"))
    asked = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "own_pages"
    ]
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "own_pages"]
    assert asked == ["interviews_with_one"]
    assert len(named) == 1


@pytest.mark.parametrize(
    "planted",
    [
        "from practice.library.own_pages import OwnPages",
        "from practice.library import own_pages",
        "import practice.library.own_pages as pages",
        "text = workspace.library.own_pages.read(interview_id)",
        'text = getattr(library, "own_pages").read(interview_id)',
    ],
)
def test_a_module_that_reads_the_page_is_noticed(planted: str) -> None:
    assert uses_pages(planted)


def test_only_the_store_and_an_export_that_is_asked_for_name_the_table() -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.search(r"(?<!\.)\bown_page\b(?!\.)", node.value)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    assert users == {STORE, RECORDS, "library/migrations.py"}


def test_only_an_export_can_ask_for_the_page() -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "with_pages" in path.read_text(encoding="utf-8")
    }
    faces = {"cli/everything.py", "tui/screens/setup/everything.py"}
    assert users == {RECORDS, "core/export_folder.py", *faces}
