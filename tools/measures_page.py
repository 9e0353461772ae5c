"""Write the tables of docs/measures.md: `python -m tools.measures_page [--check]` (`make docs`).

Each block `table GROUP` of the page holds the definitions of that group from
`practice.delivery.definitions`; `table interviews` those of `practice.library.in_common`.
"""

import sys
from collections.abc import Iterator

from practice.delivery.definitions import DEFINITIONS, Definition
from practice.library.in_common import DEFINITIONS as IN_COMMON
from tools.generated_blocks import DOCS, format_table, write_pages

PAGE = DOCS / "measures.md"
_HEADINGS = (
    *("number", "shown as", "definition", "span", "unit"),
    *("source", "compared with", "known error"),
)


def blocks() -> dict[str, str]:
    """The definitions of each group as a table of Markdown, by the name of its block."""
    rows = [(f"`{key}`", meaning) for key, meaning in IN_COMMON.items()]
    in_common = format_table(("number", "definition"), rows)
    return {f"table {d.group}": table(d.group) for d in DEFINITIONS} | {
        "table interviews": in_common
    }


def table(group: str) -> str:
    """The definitions of `group` as a table of Markdown."""
    return format_table(_HEADINGS, (tuple(_cells(d)) for d in DEFINITIONS if d.group == group))


def _cells(definition: Definition) -> Iterator[str]:
    yield f"`{definition.key}`"
    yield from (definition.name, definition.meaning, definition.span, definition.unit)
    yield from (definition.source, definition.band, definition.error)


if __name__ == "__main__":
    sys.exit(write_pages("tools.measures_page", {PAGE: blocks}))
