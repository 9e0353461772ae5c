"""Pages that are written by hand but for blocks that come from the code.

A block stands between `<!-- NAME -->` and `<!-- end -->`; the comments do not show on the page.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
_BLOCK = re.compile(r"(<!-- (?!end )([^>]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def fill_blocks(page: str, blocks: Mapping[str, str]) -> str:
    """`page` with each of its blocks as `blocks` has it now.

    Args:
        page: The text of the page.
        blocks: What belongs into each block, by name; each text ends with a line feed.

    Raises:
        ValueError: A block has no place in the page, or a place no block.
    """
    places = {match[2] for match in _BLOCK.finditer(page)}
    if places != set(blocks):
        names = ", ".join(sorted(places ^ set(blocks)))
        raise ValueError(f"blocks and places in the page differ: {names}")
    return _BLOCK.sub(lambda match: f"{match[1]}{blocks[match[2]]}{match[3]}", page)


def format_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; an empty cell becomes a dash."""
    lines = ["| " + " | ".join(headings) + " |", "|---" * len(headings) + "|"]
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|") or "-" for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def write_pages(module: str, pages: Mapping[Path, Callable[[], Mapping[str, str]]]) -> int:
    """The command line of a module that writes pages; with --check it only compares.

    Args:
        module: Its name, for --help.
        pages: What makes the blocks of each page.

    Returns:
        The exit code: 1 where --check found a page that is not as it should be.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if stale")
    check = parser.parse_args().check
    stale = 0
    for path, blocks in pages.items():
        before = path.read_text(encoding="utf-8")
        after = fill_blocks(before, blocks())
        if check and before != after:
            print(f"docs/{path.name} is stale: run make docs")
            stale = 1
        elif not check:
            path.write_text(after, encoding="utf-8")
    return stale
