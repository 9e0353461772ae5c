"""What is wrong with a file, and where."""

from dataclasses import dataclass
from pathlib import Path

from practice.base.errors import BankError, PracticeError
from practice.base.text import one_line

MOST_PROBLEMS = 200
"""No more are listed for one file: mend some and check again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file of questions or stories; `line` and `column` count from 1."""

    path: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return one_line(f"{self.path}:{self.line}:{self.column}: {self.message}")


class InvalidFileError(PracticeError):
    """A file has problems; `problems` lists them all, in order of place."""

    problems: tuple[Problem, ...] = ()


class FileChangedError(PracticeError):
    """The file changed on disk since it was read; `wanted` is what would have been written."""

    wanted: bytes = b""


class InvalidBankError(BankError, InvalidFileError):
    """A bank file has problems."""


class BankChangedError(BankError, FileChangedError):
    """A bank file changed on disk since it was read."""

    code = "bank_changed"


class TooManyProblemsError(Exception):
    """The list is full."""


class ProblemList:
    """Collects the problems of one file; positions are given from 0."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: set[Problem] = set()

    def report(self, line: int, column: int, message: str) -> None:
        """Add one problem.

        Raises:
            TooManyProblemsError: There are so many that listing more helps nobody.
        """
        self.found.add(Problem(self.path, line + 1, column + 1, message))
        if len(self.found) >= MOST_PROBLEMS:
            raise TooManyProblemsError

    def sorted_problems(self) -> list[Problem]:
        """The problems by place."""
        return sorted(self.found, key=lambda found: (found.line, found.column, found.message))
