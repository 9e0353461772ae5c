"""Files that a command is given to read; `-` is standard input."""

import sys
from pathlib import Path

from practice.base.errors import BankError, NotFoundError, StorageError, UsageError
from practice.base.text import one_line, plain, unify_line_ends
from practice.questions.importers.encodings import decode


def read_input(file: Path, most_bytes: int) -> bytes:
    """What is in the file, or on standard input; one byte more than `most_bytes` at most.

    Raises:
        NotFoundError: There is no such file, or it is a folder.
        StorageError: It cannot be read.
    """
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(most_bytes + 1)
        with file.open("rb") as opened:
            return opened.read(most_bytes + 1)
    except FileNotFoundError as error:
        raise NotFoundError(
            f"there is no file {one_line(str(file))}", "name another one"
        ) from error
    except IsADirectoryError as error:
        raise NotFoundError(f"{one_line(str(file))} is a folder", "name a file in it") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"cannot read {one_line(str(file))}: {reason}") from error


def read_text(file: Path, most_bytes: int) -> str:
    """The text of a file in whatever encoding, or of standard input, for one field.

    Raises:
        NotFoundError, StorageError: As `read_input`.
        UsageError: It is too large, or no text.
    """
    name = one_line(str(file))
    data = read_input(file, most_bytes)
    if len(data) > most_bytes:
        raise UsageError(f"{name} is larger than {most_bytes // 1000} kB", "shorten it")
    try:
        return plain(unify_line_ends(decode(data).text))
    except BankError as error:
        raise UsageError(f"{name}: {error.message}", "save it as plain text, UTF-8") from error
