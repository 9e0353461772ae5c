"""Files that a command is given to read; `-` is standard input."""

import sys
from pathlib import Path

from practice.base.errors import NotFoundError, StorageError
from practice.base.text import one_line


def read_input(file: Path, most_bytes: int) -> bytes:
    """What is in the file, or on standard input; one byte more than `most_bytes` at most.

    Raises:
        NotFoundError: There is no such file.
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
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"cannot read {one_line(str(file))}: {reason}") from error
