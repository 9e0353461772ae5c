"""Write the tables of docs/measures.md: `python -m tools.measures_page [--check]` (`make docs`).

The page is written by hand but for what stands between `<!-- table GROUP -->` and `<!-- end -->`:
the definitions of that group from `practice.delivery.definitions`.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from practice.delivery.definitions import DEFINITIONS, Definition

PAGE = Path(__file__).parent.parent / "docs" / "measures.md"
_HEADINGS = (
    *("number", "shown as", "definition", "span", "unit"),
    *("source", "compared with", "known error"),
)
_BLOCK = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(page: str) -> str:
    """`page` with its tables as the definitions are now.

    Raises:
        ValueError: A group of definitions has no place in the page, or a place no group.
    """
    groups = {definition.group for definition in DEFINITIONS}
    places = {match[2] for match in _BLOCK.finditer(page)}
    if groups != places:
        raise ValueError(f"groups and places differ: {', '.join(sorted(groups ^ places))}")
    return _BLOCK.sub(lambda match: f"{match[1]}{table(match[2])}{match[3]}", page)


def table(group: str) -> str:
    """The definitions of `group` as a table of Markdown."""
    lines = ["| " + " | ".join(_HEADINGS) + " |", "|---" * len(_HEADINGS) + "|"]
    lines += ["| " + " | ".join(_cells(d)) + " |" for d in DEFINITIONS if d.group == group]
    return "\n".join(lines) + "\n"


def _cells(definition: Definition) -> Iterator[str]:
    yield f"`{definition.key}`"
    shown = (definition.name.strip(), definition.meaning, definition.span, definition.unit)
    for text in (*shown, definition.source, definition.band, definition.error):
        yield text.replace("|", "\\|") or "-"


def main() -> int:
    """Write the page, or only say whether it is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m tools.measures_page")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if stale")
    check = parser.parse_args().check
    before = PAGE.read_text(encoding="utf-8")
    after = written(before)
    if check:
        return int(before != after)
    PAGE.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
