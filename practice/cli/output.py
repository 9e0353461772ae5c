"""The only writer of standard output (data) and standard error (narration)."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from practice.base.errors import PracticeError, storage_error
from practice.base.exit_codes import ExitCode
from practice.base.system.terminal import is_left_pipe
from practice.base.text import one_line, plain, shorten

SCHEMA = 1
NARROWEST, WIDEST = 40, 120
LONGEST_CELL = 160
"""Characters of a text in a list; `show` and the JSON have it whole."""


def open_streams() -> None:
    """Give a program that was started without standard streams ones that lead nowhere.

    Otherwise the next file to be opened, such as the library, would be standard output. What the
    encoding of a stream does not have is written as a question mark.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def colour_choice(stream: TextIO) -> bool:
    """Whether `stream` may carry colour: a terminal that is not dumb, and no NO_COLOR."""
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def is_calm_terminal(stream: TextIO) -> bool:
    """Whether a line on `stream` may be rewritten in place: a terminal that can, not a pipe."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def text_width() -> int:
    """How many columns a text takes: those of the terminal, as far as it can be read well."""
    import shutil  # lazy: it brings every compressor

    return min(max(shutil.get_terminal_size((80, 24)).columns, NARROWEST), WIDEST)


def can_show_the_app() -> bool:
    """Whether there is a terminal to draw on; Textual draws on standard error."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and is_calm_terminal(sys.stdout)


def print_data(text: str) -> None:
    """Write `text`, already free of foreign control characters, to standard output.

    Raises:
        StorageError: It leads to a file, and the disk refused.
        SystemExit: Its reader has left: there is nobody to tell.
    """
    try:
        click.echo(text, color=colour_choice(sys.stdout))
    except OSError as error:
        _drop_data()
        if is_left_pipe(error):
            sys.exit(ExitCode.DONE)
        raise storage_error("write", "the output", error) from error


def fit_cell(text: str) -> str:
    """A text for a cell of a list: one line, and cut where it is very long."""
    return shorten(one_line(text), LONGEST_CELL)


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Write `rows` to standard output, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    print_data("\n".join(lines))


def print_document(content: dict[str, object]) -> None:
    """Write one JSON document with its schema number to standard output."""
    print_data(_encode_json({"schema": SCHEMA} | content, indent=2))


def narrate(text: str) -> None:
    """Write a line about what is going on to standard error; a closed one is no error."""
    with contextlib.suppress(OSError):
        click.echo(plain(text), err=True)


def clear_line() -> None:
    """Erase a line that was rewritten in place on standard error."""
    if is_calm_terminal(sys.stderr):
        click.echo("\r\x1b[K", err=True, nl=False)


def report_error(error: PracticeError) -> None:
    """Say what is wrong and what to do: a line for people and, with `--json`, a document."""
    if "--json" in sys.argv[1:]:
        print_data(_encode_json({"schema": SCHEMA, "error": error_facts(error)}))
    narrate_error(error)


def narrate_error(error: PracticeError) -> None:
    """Say in one line what is wrong and what to do."""
    facts = error_facts(error)
    hint = f" ({facts['hint']})" if facts["hint"] else ""
    narrate(f"practice: {facts['message']}{hint}")


def error_facts(error: PracticeError) -> dict[str, str]:
    """`error` as the JSON has it."""
    return {
        "code": error.code,
        "message": one_line(error.message),
        "hint": one_line(error.hint),
    }


def _drop_data() -> None:
    """Let what is still to be written to standard output go nowhere."""
    # Python writes what it still holds when it ends, and would fail again then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _encode_json(content: dict[str, object], indent: int | None = None) -> str:
    # The letters of other alphabets as they are, where the stream has them.
    any_letter = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    return json.dumps(content, ensure_ascii=not any_letter, indent=indent)
