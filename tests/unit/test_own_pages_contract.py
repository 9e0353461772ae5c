"""The page that somebody writes for themselves is read where it is shown, and nowhere else."""

import ast
from pathlib import Path

import pytest

import practice

PACKAGE = Path(practice.__file__).parent
STORE = "library/own_pages.py"
LIBRARY = "library/library.py"
"""Opens the store with the others, and reads nothing of it."""
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
    assert users <= {STORE, LIBRARY} | FACES


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


def test_only_the_store_names_the_table_in_its_statements() -> None:
    tables = ("FROM own_page", "INTO own_page", "UPDATE own_page", "JOIN own_page")
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(table in path.read_text(encoding="utf-8") for table in tables)
    }
    assert users == {STORE}
