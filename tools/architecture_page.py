"""Write the table of rooms of docs/architecture.md: `python -m tools.architecture_page [--check]`.

A room is a folder; what it is for stands in the docstring of its `__init__`, what a module is for
in the module's own first line, so that the page cannot grow stale.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.generated_blocks import DOCS, format_table, write_pages

PAGE = DOCS / "architecture.md"
PACKAGE = DOCS.parent / "practice"


def blocks() -> dict[str, str]:
    """The table of rooms, and the list of every module."""
    return {"rooms": _rooms_table(), "modules": _module_list()}


def _rooms_table() -> str:
    rows = []
    for folder in _rooms():
        depth = len(folder.relative_to(PACKAGE).parts) - 1
        name = "&nbsp;" * 4 * depth + f"`{folder.name}/`"
        rows.append((name, _first_line(folder / "__init__.py")))
    return format_table(("room", "what it is for"), rows)


def _module_list() -> str:
    lines: list[str] = []
    for folder in [PACKAGE, *_rooms()]:
        modules = [path for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
        if modules:
            lines += ["", f"**{folder.relative_to(PACKAGE.parent)}/**", ""]
            lines += [f"- `{path.stem}`: {_first_line(path)}" for path in modules]
    return "\n".join([*lines[1:], ""])


def _rooms() -> Iterator[Path]:
    """Every folder of the package that holds modules, each after the one around it."""
    return (path.parent for path in sorted(PACKAGE.rglob("__init__.py")) if path.parent != PACKAGE)


def _first_line(module: Path) -> str:
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert text is not None, f"{module} has no docstring"
    return text.splitlines()[0]


if __name__ == "__main__":
    sys.exit(write_pages("tools.architecture_page", {PAGE: blocks}))
