"""Reading a file of questions or stories: every problem in one pass, each with its place."""

import gc
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Generic

import yaml

from practice.base.errors import NotFoundError
from practice.base.system.files import open_to_read
from practice.base.text import first_unsafe, plain
from practice.questions.bank_file.comments import find_cut_texts
from practice.questions.bank_file.faults import Mender, fault_of
from practice.questions.bank_file.nodes import Node, TooMuchError, compose
from practice.questions.bank_file.problems import (
    MOST_PROBLEMS,
    Problem,
    ProblemList,
    TooManyProblemsError,
)
from practice.questions.bank_file.shape import BANK, ItemT, Shape, WholeT
from practice.questions.bank_file.validation import build_whole
from practice.questions.model import Bank

MOST_BYTES = 5_000_000
_MOST_MENDS = 20
CUT_OFF = "the text ends before {!r}, a comment for YAML; put the text in quotes if it goes on"
_BOM = b"\xef\xbb\xbf"
_NOT_YAML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True)
class FileCheck(Generic[WholeT]):
    """What one reading of a file found. Offsets in `root` are those of `text`."""

    text: str
    root: Node | None
    whole: WholeT | None
    """The bank, or the stories."""
    problems: list[Problem]
    warnings: tuple[Problem, ...] = ()
    """What is no fault, and yet may not be what was meant."""


CheckResult = FileCheck[Bank]
"""What one reading of a bank file found."""


def read_bank(path: Path) -> Bank:
    """The bank in the file at `path`.

    Raises:
        NotFoundError: There is no such file.
        InvalidBankError: The file has problems; all of them are in its `problems`.
    """
    data = load_bytes(path)
    checked = _check_without_tree(BANK, path, data)
    if checked.problems or checked.whole is None:
        raise BANK.invalid(checked.problems)
    return checked.whole


def load_bytes(path: Path, shape: Shape[Any, Any] = BANK) -> bytes:
    """The content of a file that could be a bank, or what else `shape` says.

    Raises:
        NotFoundError: There is no such file.
        InvalidFileError: It is not a text file, is too large or cannot be opened.
    """
    if not path.exists():
        raise NotFoundError(
            f"there is no {shape.whole_name} file {path}",
            f"`{shape.commands} list` shows the {shape.list_of_all} there are",
        )
    try:
        return _read_bytes(path)
    except _RefusedError as refused:
        raise shape.invalid([Problem(path, 1, 1, str(refused))]) from refused


def check_bank(path: Path) -> list[Problem]:
    """Every problem of the file at `path`, in order of place; empty when it is a good bank."""
    return check_file(path).problems


def check_file(path: Path) -> CheckResult:
    """Read the bank file at `path` as far as it can be read; never fails. The tree is not kept."""
    return check_file_of(BANK, path)


def check_file_of(shape: Shape[WholeT, ItemT], path: Path) -> FileCheck[WholeT]:
    """Read the file at `path` as `check_file` does a bank."""
    try:
        data = _read_bytes(path)
    except _RefusedError as refused:
        return FileCheck("", None, None, [Problem(path, 1, 1, str(refused))])
    return _check_without_tree(shape, path, data)


def _check_without_tree(shape: Shape[WholeT, ItemT], path: Path, data: bytes) -> FileCheck[WholeT]:
    # The tree goes before the collector is on again, which would look through all of it.
    with _pause_collector():
        return replace(check_bytes_of(shape, path, data), root=None)


def check_bytes(path: Path, data: bytes) -> CheckResult:
    """Read `data` as the content of the bank file at `path`."""
    return check_bytes_of(BANK, path, data)


def check_bytes_of(shape: Shape[WholeT, ItemT], path: Path, data: bytes) -> FileCheck[WholeT]:
    """Read `data` as the content of the file at `path`."""
    problems = ProblemList(path)
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace"))
        found = Problem(
            path, before.count(b"\n") + 1, column + 1, "not UTF-8 from here on; save it as UTF-8"
        )
        return FileCheck("", None, None, [found])
    root: Node | None = None
    whole: WholeT | None = None
    warnings: tuple[Problem, ...] = ()
    # What was found until the list of problems was full is shown.
    with _pause_collector(), suppress(TooManyProblemsError):
        safe = _replace_controls(text, problems)
        root, blanked, parsed = _parse(safe, problems)
        warnings = tuple(
            Problem(path, line + 1, column + 1, CUT_OFF.format(plain(comment)))
            for line, column, comment in islice(find_cut_texts(root, parsed), MOST_PROBLEMS)
        )
        if root is not None or not problems.found:
            whole = build_whole(shape, root, problems.report, blanked)
    return FileCheck(text, root, whole, problems.sorted_problems(), warnings)


def read_tree(
    path: Path, problems: ProblemList, most_bytes: int = MOST_BYTES
) -> tuple[Node | None, frozenset[int]]:
    """The tree of any small YAML file, and the lines that could not be read; never fails.

    Args:
        path: The file.
        problems: Gets everything that is wrong with its text.
        most_bytes: A larger file is refused.
    """
    with suppress(TooManyProblemsError):
        try:
            text = _read_bytes(path).removeprefix(_BOM).decode("utf-8")
        except _RefusedError as refused:
            problems.report(0, 0, str(refused))
        except UnicodeDecodeError:
            problems.report(0, 0, "not UTF-8; save it as UTF-8")
        else:
            if len(text) > most_bytes:
                problems.report(0, 0, f"larger than {most_bytes // 1000} kB")
                return None, frozenset()
            root, blanked, _ = _parse(_replace_controls(text, problems), problems)
            return root, blanked
    return None, frozenset()


@contextmanager
def _pause_collector() -> Iterator[None]:
    """Keep the cycle collector off: a tree of 100,000 new nodes without a cycle is its worst case.

    It would go over them again and again and take a third of the time. This may go when
    `benchmarks/bank_loading.py` takes no longer without it.
    """
    # It is one for the whole process: the other threads, too, collect nothing meanwhile.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _RefusedError(Exception):
    """The file cannot be read as one; the message says why."""


def _read_bytes(path: Path) -> bytes:
    """The content of `path`; never waits on a pipe, never reads more than a file can hold."""
    # Opened, then looked at: by its name it could be another file a moment later.
    try:
        handle = open_to_read(path)
    except FileNotFoundError as error:
        raise _RefusedError("there is no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _RefusedError(f"cannot be opened: {reason}") from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _RefusedError("not a file of text (a folder, a pipe or a device)")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(MOST_BYTES + 1)
    finally:
        os.close(handle)
    if len(data) > MOST_BYTES:
        raise _RefusedError(
            f"larger than {MOST_BYTES // 1_000_000} MB; put what you do not need into another file"
        )
    return data


def _replace_controls(text: str, problems: ProblemList) -> str:
    """`text` with U+FFFD for each control character, all of which are reported."""
    if first_unsafe(text.replace("\r\n", "\n")) is None and not _NOT_YAML.search(text):
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        body = line.removesuffix("\r")
        if first_unsafe(body) is None and not _NOT_YAML.search(body):
            continue
        safe = _NOT_YAML.sub("\N{REPLACEMENT CHARACTER}", plain(body))
        lines[number] = safe + line[len(body) :]
        for column, (raw, kept) in enumerate(zip(body, safe, strict=True)):
            if raw != kept:
                problems.report(
                    number, column, f"the control character U+{ord(raw):04X}; take it out"
                )
    return "\n".join(lines)


def _parse(text: str, problems: ProblemList) -> tuple[Node | None, frozenset[int], str]:
    """The tree, the lines that had to be left out, as they cannot be read, and what is its text."""
    mender = Mender(text)
    # libyaml stops at the first fault. So the line is mended, and the whole read again, to find
    # the faults behind it; fewer times for a large file, so that a hostile one ends as soon.
    mends = max(1, min(_MOST_MENDS, MOST_BYTES // (len(text) + 1)))
    for _ in range(mends):
        try:
            root = compose(mender.text, problems.report)
            return root, frozenset(mender.blanked), mender.text
        except yaml.YAMLError as error:
            fault = fault_of(error, mender.text)
            problems.report(fault.line, fault.column, fault.message)
            if not mender.mend(fault):
                break
        except TooMuchError as error:
            problems.report(error.line, error.column, str(error))
            break
    return None, frozenset(mender.blanked), mender.text
