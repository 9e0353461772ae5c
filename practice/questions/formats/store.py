"""Every session format there is: those that are shipped, and the user's own."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from practice.base.errors import FormatError, NotFoundError
from practice.base.text import did_you_mean, one_line
from practice.questions.bank_file.nodes import Mapping, Node
from practice.questions.bank_file.problems import Problem, ProblemList, TooManyProblemsError
from practice.questions.bank_file.reading import read_tree
from practice.questions.bank_file.validation import read_fields
from practice.questions.formats.model import SessionFormat

ENDING = ".yaml"
MOST_BYTES = 100_000
BEGINNING = "a format begins with `title:`"
NO_LENGTH = "slides: a presentation needs length_s, its time with the questions"
NO_SLIDES = "length_s: only a presentation has a length; give it slides, or use answer_s"
NO_TIME = "hard_stop: without a target nothing says when to stop; take one of both out"


@dataclass(frozen=True, slots=True)
class CheckedFormat:
    """What is in one file."""

    path: Path
    format: SessionFormat | None
    """None where its problems leave nothing to go by."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FormatEntry:
    """One format as a list shows it."""

    name: str
    checked: CheckedFormat
    own: bool


class FormatStore:
    """The formats by the name of their file; an own one hides a shipped one of the same name.

    Args:
        own: The folder of the user's formats, which need not exist.
    """

    def __init__(self, own: Path) -> None:
        self.own = own

    def all(self) -> list[FormatEntry]:
        """Every format by name; one with problems is listed with them.

        Raises:
            FormatError: The folder cannot be read.
        """
        return [
            FormatEntry(name, check_format(path), path.parent == self.own)
            for name, path in sorted(self._paths().items())
        ]

    def path(self, name: str) -> Path:
        """The file of a format.

        Raises:
            NotFoundError: There is none of that name; near names are in the hint.
            FormatError: The folder cannot be read.
        """
        paths = self._paths()
        if name in paths:
            return paths[name]
        hint = did_you_mean(name, paths) or f"there are {', '.join(sorted(paths))}"
        raise NotFoundError(f"there is no format {one_line(name)!r}", hint)

    def find(self, name: str) -> SessionFormat:
        """The rules of a format.

        Raises:
            NotFoundError: There is none of that name.
            FormatError: Its file has problems; the first is named.
        """
        checked = check_format(self.path(name))
        if checked.problems or checked.format is None:
            others = len(checked.problems) - 1
            more = f" (and {others} more)" if others else ""
            raise FormatError(
                f"{checked.problems[0]}{more}",
                f"`practice formats check {one_line(name)}` lists every problem",
            )
        return checked.format

    def _paths(self) -> dict[str, Path]:
        paths: dict[str, Path] = {}
        for folder in (Path(str(files("practice.questions.formats"))), self.own):
            paths |= {path.stem: path for path in list_formats_in(folder)}
        return paths


def list_formats_in(folder: Path) -> list[Path]:
    """The files of formats in a folder, which need not exist.

    Raises:
        FormatError: It cannot be read.
    """
    try:
        found = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise FormatError(
            f"cannot read the folder {one_line(str(folder))}: {error.strerror}",
            "make the folder readable, or set PRACTICE_HOME to another one",
        ) from error
    return [path for path in found if is_format_name(path.name) and path.is_file()]


def is_format_name(name: str) -> bool:
    """Whether a file of that name holds a format."""
    return name.endswith(ENDING) and not name.startswith(".")


def check_format(path: Path) -> CheckedFormat:
    """Read the format in the file at `path` as far as it can be read; never fails."""
    problems = ProblemList(path)
    root, blanked = read_tree(path, problems, MOST_BYTES)
    found: SessionFormat | None = None
    try:
        if isinstance(root, Mapping):
            values = read_fields("format", SessionFormat, root, problems.report, blanked)
            if "title" in values:
                found = SessionFormat(**values)
                _check_sense(found, root, problems)
        elif root is not None or not problems.found:
            problems.report(0, 0, f"{BEGINNING}; the file is {_describe(root)}")
    except TooManyProblemsError:
        pass  # what was found until then is shown
    return CheckedFormat(path, found, tuple(problems.sorted_problems()))


def _check_sense(found: SessionFormat, root: Mapping, problems: ProblemList) -> None:
    """Report rules that contradict each other, each at its key."""
    for wrong, key, message in (
        (found.slides and found.length_s is None, "slides", NO_LENGTH),
        (found.length_s is not None and not found.slides, "length_s", NO_SLIDES),
        (found.hard_stop and not found.target, "hard_stop", NO_TIME),
    ):
        if wrong:
            place = root.get(key) or root
            problems.report(place.line, place.column, message)


def _describe(root: Node | None) -> str:
    return "empty" if root is None else "a list or a single text"
