"""The only writer of standard output (data) and standard error (narration)."""

import json
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from practice.errors import PracticeError
from practice.text import one_line, plain

SCHEMA = 1


def colour_choice(stream: TextIO) -> bool:
    """Whether `stream` may carry colour: a terminal that is not dumb, and no NO_COLOR."""
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def is_calm_terminal(stream: TextIO) -> bool:
    """Whether a line on `stream` may be rewritten in place: a terminal that can, not a pipe."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def can_show_the_app() -> bool:
    """Whether there is a terminal to draw on; Textual draws on standard error."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and is_calm_terminal(sys.stdout)


def data(text: str) -> None:
    """Write `text`, already free of foreign control characters, to standard output."""
    click.echo(text, color=colour_choice(sys.stdout))


def document(content: dict[str, object]) -> None:
    """Write one JSON document with its schema number to standard output."""
    click.echo(json.dumps({"schema": SCHEMA} | content, ensure_ascii=False, indent=2))


def narrate(text: str) -> None:
    """Write a line about what is going on to standard error."""
    click.echo(plain(text), err=True)


def clear_line() -> None:
    """Take away a line that was rewritten in place on standard error."""
    if is_calm_terminal(sys.stderr):
        click.echo("\r\x1b[K", err=True, nl=False)


def report_error(error: PracticeError) -> None:
    """Say what is wrong and what to do: a line for people and, with `--json`, a document."""
    hint = one_line(error.hint)
    if "--json" in sys.argv[1:]:
        content = {"code": error.code, "message": one_line(error.message), "hint": hint}
        click.echo(json.dumps({"schema": SCHEMA, "error": content}, ensure_ascii=False))
    narrate(f"practice: {one_line(error.message)}" + (f" ({hint})" if hint else ""))


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """`rows` as columns wide enough for their widest cell; the last column is not padded."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    )
