"""Every bank there is: those that are shipped, to read, and the user's own, to change."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from practice.base.errors import BankError, NotFoundError, storage_error
from practice.base.files import private_folder, write_atomic
from practice.base.system.file_names import fold_name, safe_stem
from practice.base.text import did_you_mean, one_line
from practice.questions.bank_file.problems import InvalidBankError, Problem
from practice.questions.bank_file.reading import CheckResult, check_file, load_bytes
from practice.questions.bank_file.rendering import new_bank_text
from practice.questions.bank_file.shape import BANK
from practice.questions.bank_file.writing import BankFile, write_new
from practice.questions.model import Bank, Question, slug

EXTENSIONS = (".yaml", ".yml")
OF_STORIES = "stories"
"""What stands as the bank of a take that tells a story; no bank may be called so."""


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One bank as a list shows it; `count` is 0 where its problems hide the questions."""

    name: str
    title: str
    path: Path
    count: int
    own: bool
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    """Texts that may be cut off; they hide nothing."""


def shipped_banks() -> Path:
    """The folder of the banks that come with the program."""
    packaged = Path(str(files("practice") / "question_banks"))
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "question_banks"


def bank_name(title: str) -> str:
    """The name of a new bank of that title, which every system takes as that of a file."""
    return safe_stem(slug(title))


class Catalogue:
    """The banks by the name of their file; an own bank hides a shipped one of the same name."""

    def __init__(self, own: Path, shipped: Path | None = None) -> None:
        """`own` is the folder of the user's banks, which need not exist yet."""
        self.own = own
        self.shipped = shipped_banks() if shipped is None else shipped
        self._checked: dict[Path, tuple[tuple[int, int, int], CheckResult]] = {}
        """What was found in each file, with the time, size and number that it had."""

    def banks(self) -> list[BankEntry]:
        """All banks by name; one with problems is listed with them and hides no other."""
        return [self._entry(name, path) for name, path in sorted(self._paths().items())]

    def entry(self, name: str) -> BankEntry:
        """One bank as the list has it.

        Raises:
            NotFoundError: There is no such bank.
        """
        return self._entry(name, self.path(name))

    def path(self, name: str) -> Path:
        """The file of a bank.

        Raises:
            NotFoundError: There is no such bank; near names are in the hint.
        """
        paths = self._paths()
        if name in paths:
            return paths[name]
        hint = did_you_mean(name, paths) or "`practice banks list` shows the banks there are"
        raise NotFoundError(f"there is no bank {one_line(name)!r}", hint)

    def is_own(self, name: str) -> bool:
        """Whether a bank is the user's, not a shipped one."""
        return self.path(name).parent == self.own

    def bank(self, name: str) -> Bank:
        """The questions of a bank.

        Raises:
            NotFoundError: There is no such bank.
            InvalidBankError: Its file has problems.
        """
        checked = self.check(name)
        if checked.whole is None or checked.problems:
            raise BANK.invalid(checked.problems)
        return checked.whole

    def check(self, name: str) -> CheckResult:
        """What is in the file of a bank; the same object for as long as its file is the same.

        Raises:
            NotFoundError: There is no such bank.
        """
        return self._check(self.path(name))

    def question(self, reference: str) -> tuple[str, Question]:
        """The bank's name and the question for `id` or `bank/id`.

        Raises:
            NotFoundError: There is none, or banks differ about who has it; the hint says more.
        """
        bank_name, _, question_id = reference.rpartition("/")
        names = [bank_name] if bank_name else sorted(self._paths())
        found: list[tuple[str, Question]] = []
        known: list[str] = []
        for name in names:
            try:
                bank = self.bank(name)
            except InvalidBankError:
                if bank_name:
                    raise
                continue  # among all banks, one with problems hides no question of the others
            if question := bank.find(question_id):
                found.append((name, question))
            known += [item.id for item in bank.questions]
        if len(found) == 1:
            return found[0]
        shown = one_line(reference)
        if found:
            choices = " or ".join(f"{name}/{question_id}" for name, _ in found)
            raise NotFoundError(f"several banks have a question {shown!r}", f"name one: {choices}")
        where = f" in the bank {one_line(bank_name)}" if bank_name else ""
        hint = (
            did_you_mean(question_id, known) or "`practice banks show NAME` lists the ids of a bank"
        )
        raise NotFoundError(f"there is no question {one_line(question_id)!r}{where}", hint)

    def open(self, name: str) -> BankFile:
        """A bank open for editing; a shipped one is first copied into the user's folder.

        Raises:
            NotFoundError: There is no such bank.
            InvalidBankError: Its file has problems.
            StorageError: The copy could not be written.
        """
        return BankFile(self.ensure_own(name))

    def ensure_own(self, name: str) -> Path:
        """The user's own file of a bank, copied from the shipped one where there was none."""
        path = self.path(name)
        if path.parent == self.own:
            return path
        copy = private_folder(self.own) / path.name
        write_atomic(copy, load_bytes(path))
        return copy

    def create(self, name: str, title: str | None = None) -> Path:
        """Write a new commented bank into the user's folder.

        Raises:
            BankError: There is one of that name already.
        """
        return write_new(self.new_path(name), new_bank_text(title or name))

    def own_entry(self, name: str) -> BankEntry:
        """One bank of the user's own.

        Raises:
            NotFoundError: There is no such bank.
            BankError: It comes with the program.
        """
        entry = self.entry(name)
        if not entry.own:
            raise BankError(
                f"the bank {one_line(name)!r} comes with practice and cannot be deleted",
                "banks of your own can: practice banks list",
            )
        return entry

    def hides_shipped(self, name: str) -> bool:
        """Whether a bank of the user's own stands in the place of a shipped one of its name."""
        return self.is_own(name) and any((self.shipped / f"{name}{e}").exists() for e in EXTENSIONS)

    def delete(self, name: str) -> None:
        """Delete the file of a bank of the user's own.

        A bank that is a link to a file elsewhere loses the link alone, and a shipped bank that it
        hid is there again.

        Raises:
            NotFoundError: There is no such bank.
            BankError: It comes with the program.
            StorageError: The disk refused.
        """
        path = self.own_entry(name).path
        try:
            path.unlink()
        except OSError as error:
            raise storage_error("delete", path, error) from error

    def new_path(self, name: str) -> Path:
        """Where a new bank of that name belongs; names are made safe for any disk.

        Raises:
            BankError: There is one of that name already, or the takes of stories have it.
        """
        safe = bank_name(name)
        if safe == OF_STORIES:
            raise BankError(
                f"a bank cannot be called {safe!r}: takes of your stories are filed under it",
                "choose another name",
            )
        if fold_name(safe) in map(fold_name, self._paths()):
            raise BankError(f"there is a bank {safe!r} already", "choose another name")
        return private_folder(self.own) / f"{safe}.yaml"

    def _paths(self) -> dict[str, Path]:
        """The file of every bank by its name; the user's own come before shipped ones.

        Raises:
            BankError: A folder cannot be read.
        """
        paths: dict[str, Path] = {}
        for folder in (self.shipped, self.own):
            try:
                found = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
            except OSError as error:
                raise BankError(
                    f"cannot read the folder {one_line(str(folder))}: {error.strerror}",
                    "make the folder readable, or set PRACTICE_HOME to another one",
                ) from error
            for path in found:
                if path.suffix in EXTENSIONS and not path.name.startswith("."):
                    paths[path.stem] = path
        return paths

    def _entry(self, name: str, path: Path) -> BankEntry:
        checked = self._check(path)
        bank = checked.whole
        title = bank.title if bank else name
        count = len(bank.questions) if bank else 0
        own = path.parent == self.own
        problems, warnings = tuple(checked.problems), checked.warnings
        return BankEntry(name, one_line(title), path, count, own, problems, warnings)

    def _check(self, path: Path) -> CheckResult:
        """What is in the file; read again only when the file has changed."""
        try:
            status = path.stat()
        except OSError:
            return check_file(path)
        # Two edits can fall into one tick of the clock and leave the size; each replaces the file
        # by a new one, though. What is written between this look and the reading is read again.
        stamp = status.st_mtime_ns, status.st_size, status.st_ino
        known = self._checked.get(path)
        if known is None or known[0] != stamp:
            known = self._checked[path] = (stamp, check_file(path))
        return known[1]
