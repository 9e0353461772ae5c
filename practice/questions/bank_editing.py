"""Looking at banks and changing them: one list of steps over all of them, each to be undone.

This is the work behind the banks screen, without a screen. Methods that read or write the disk
block, and run one at a time beside the screen; what the screen asks for while it draws (`entries`,
`entry`, `ids`, `can_undo`) is answered from what was read last.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from practice.base.errors import BankError, PracticeError, storage_error
from practice.base.files import write_atomic
from practice.base.text import one_line, shorten
from practice.questions.bank_file.item_editing import RemovedItem
from practice.questions.bank_file.problems import BankChangedError
from practice.questions.bank_file.reading import CheckResult, load_bytes
from practice.questions.bank_file.writing import BankFile, keep_both
from practice.questions.catalogue import BankEntry, Catalogue
from practice.questions.model import Bank, Question

MOST_STEPS = 50
"""How many edits can be undone; each holds the files as they were."""
_LONGEST_NAMED = 60


class ChangedElsewhereError(BankError):
    """Another program wrote the bank `name` since it was read; nothing was written."""

    code = "bank_changed"

    def __init__(self, name: str, cause: BankChangedError, *, can_keep: bool) -> None:
        super().__init__(cause.message, cause.hint)
        self.name = name
        self.cause = cause
        self.can_keep = can_keep
        """Whether what would have been written makes a bank of its own."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did."""

    bank: str
    """Where the cursor belongs now."""
    question_id: str | None
    says: str
    """In a few words; may hold text from outside."""
    copy: Path | None = None
    """The user's own file, when a shipped bank was copied for this edit."""


@dataclass(frozen=True, slots=True)
class _UndoStep:
    verb: str
    """What was done: `moved`."""
    named: str
    """To what; may hold text from outside."""
    bank: str
    question_id: str | None
    before: dict[str, bytes]
    """The files by the name of their bank, before it."""
    after: dict[str, bytes]
    """What identifies their content after it."""
    removed: RemovedItem[Question] | None = None
    deleted: "_DeletedFile | None" = None
    """The bank itself was deleted."""


@dataclass(frozen=True, slots=True)
class _DeletedFile:
    """The file of a bank that was deleted, with all that is needed to bring it back."""

    path: Path
    data: bytes
    mode: int
    link: str | None
    """Where it led to, if it was a link; then `data` was never deleted."""

    @classmethod
    def of(cls, path: Path) -> "_DeletedFile":
        """What to remember of a file before it is deleted."""
        link = str(path.readlink()) if path.is_symlink() else None
        return cls(path, load_bytes(path), path.stat().st_mode & 0o777, link)

    def bring_back(self) -> None:
        """Write it again where it was.

        Raises:
            BankError: There is another file of that name by now.
            StorageError: The disk refused.
        """
        if self.path.exists():
            raise BankError(
                f"cannot undo: there is another bank {one_line(self.path.stem)} by now",
                "rename its file, and undo again",
            )
        try:
            if self.link is None:
                write_atomic(self.path, self.data, self.mode)
            else:
                self.path.symlink_to(self.link)
        except OSError as error:
            raise storage_error("write", self.path, error) from error


@dataclass(frozen=True, slots=True)
class _OpenBank:
    """A bank as the user has it before them.

    No second cache of the catalogue's: an edit is meant for this state of the file, and has to be
    refused when another program has changed it, even if the catalogue knows the change by now.
    """

    bank: Bank
    file: BankFile | None
    """None for a shipped bank, which is only looked at."""
    checked: CheckResult
    """What the catalogue found in the file then; another object once the file has changed."""


class BankEditing:
    """Every bank there is, and every change to them.

    Methods that change something return `Edited` and raise:
        ChangedElsewhereError: The file was written by another program since; nothing was written.
        BankError: The edit does not fit; nothing was written.
        NotFoundError: There is no such bank or question.
        StorageError: The disk refused.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._entries: dict[str, BankEntry] = {}
        self._open: dict[str, _OpenBank] = {}
        self._steps: deque[_UndoStep] = deque(maxlen=MOST_STEPS)

    @property
    def entries(self) -> list[BankEntry]:
        """The banks as they were read last: the user's own first, then by title."""
        return sorted(
            self._entries.values(), key=lambda entry: (not entry.own, entry.title.casefold())
        )

    @property
    def can_undo(self) -> bool:
        """There is an edit left to undo."""
        return bool(self._steps)

    def read_all(self) -> list[BankEntry]:
        """Read every bank from the disk."""
        self._entries = {entry.name: entry for entry in self.catalogue.banks()}
        return self.entries

    def look(self, name: str) -> Bank:
        """The questions of a bank, read again when its file is not the one that was read.

        Raises:
            NotFoundError: There is no such bank.
            InvalidBankError: Its file has problems.
        """
        checked = self.catalogue.check(name)
        opened = self._open.get(name)
        if opened is None or opened.checked is not checked:
            file = BankFile(self.catalogue.path(name)) if self.catalogue.is_own(name) else None
            bank = self.catalogue.bank(name) if file is None else file.bank
            opened = self._open[name] = _OpenBank(bank, file, checked)
            self._entries[name] = self.catalogue.entry(name)
        return opened.bank

    def ids(self, name: str) -> list[str]:
        """The ids of the questions of a bank as they were read last; reads nothing."""
        opened = self._open.get(name)
        return [question.id for question in opened.bank.questions] if opened else []

    def entry(self, name: str) -> BankEntry:
        """The bank as it was read last.

        Raises:
            NotFoundError: There is no such bank.
        """
        if name not in self._entries:
            self.refresh(name)
        return self._entries[name]

    def refresh(self, name: str) -> None:
        """Let go of a bank as it was looked at, and list it as it is on the disk."""
        self._open.pop(name, None)
        self._entries[name] = self.catalogue.entry(name)

    def keep_both(self, error: ChangedElsewhereError) -> Edited:
        """Save what the refused edit would have written as a bank of its own."""
        copy = keep_both(self.catalogue.path(error.name), error.cause)
        self._open.pop(error.name, None)
        self.read_all()
        return Edited(copy.stem, None, f"your version is the bank {copy.stem}")

    def add(self, name: str, question: Question, after: str | None = None) -> Edited:
        """Put a question behind another one, or at the end."""
        with self._edit_files(name, "added") as edit:
            index = None if after is None else _index(edit.file, after) + 1
            return edit.finish(edit.file.add(question, index))

    def change(self, name: str, question_id: str, new: Question) -> Edited:
        """Make a question the same as `new`."""
        with self._edit_files(name, "changed") as edit:
            return edit.finish(edit.file.change(question_id, new))

    def duplicate(self, name: str, question_id: str) -> Edited:
        """Put a copy of a question behind it."""
        with self._edit_files(name, "duplicated") as edit:
            return edit.finish(edit.file.duplicate(question_id))

    def remove(self, name: str, question_id: str) -> Edited:
        """Take a question out; the cursor goes to the one that takes its place."""
        with self._edit_files(name, "removed") as edit:
            index = _index(edit.file, question_id)
            edit.removed = edit.file.delete(question_id)
            left = edit.file.bank.questions[index:] or edit.file.bank.questions[-1:]
            return edit.finish(edit.removed.item, cursor=left[0].id if left else None)

    def shift(self, name: str, question_id: str, by: int) -> Edited:
        """Move a question up (negative) or down in its bank; at its end nothing happens."""
        known = self.ids(name)
        if question_id in known and not 0 <= known.index(question_id) + by < len(known):
            return Edited(name, question_id, "")
        with self._edit_files(name, "moved") as edit:
            index = _index(edit.file, question_id)
            edit.file.move(question_id, index + by)
            return edit.finish(edit.file.bank.questions[_index(edit.file, question_id)])

    def move_to(self, name: str, question_id: str, other: str) -> Edited:
        """Move a question to the end of another bank; the cursor stays in its bank."""
        with self._edit_files(name, "moved", other=other) as edit:
            assert edit.other is not None
            index = _index(edit.file, question_id)
            question = edit.file.bank.questions[index]
            # First in, then out, so that the question is in one of the banks at every moment.
            with _name_changed_bank(other, can_keep=False):
                added = edit.other.add(question)
            try:
                edit.removed = edit.file.delete(question_id)
            except PracticeError:
                edit.other.delete(added.id)
                raise
            left = edit.file.bank.questions[index:] or edit.file.bank.questions[-1:]
            edited = edit.finish(question, cursor=left[0].id if left else None)
            title = self._entries[other].title if other in self._entries else other
            return replace(edited, says=f"{edited.says}, now in {title}")

    def rename(self, name: str, title: str) -> Edited:
        """Give a bank another title; its file keeps its name, so that its takes stay with it."""
        with self._edit_files(name, "renamed") as edit:
            edit.file.rename(title)
            edit.named = one_line(title)
            return Edited(name, None, edit.says, edit.copied)

    def delete(self, name: str) -> str:
        """Delete a bank of the user's own; returns what was done, in a few words.

        Raises:
            BankError: It comes with the program.
        """
        title = one_line(self.entry(name).title)
        path = self.catalogue.path(name)
        file = _DeletedFile.of(path)
        self.catalogue.delete(name)
        self._open.pop(name, None)
        self._steps.append(_UndoStep("deleted", title, name, None, {}, {}, deleted=file))
        return f"deleted: {title}"

    def undo(self) -> Edited:
        """Take back the last edit: its files become what they were, to the byte.

        A removed question comes back even when its file was changed elsewhere meanwhile.

        Raises:
            BankError: There is nothing to undo, or the file was changed elsewhere since.
        """
        if not self._steps:
            raise BankError("there is nothing to undo")
        step = self._steps[-1]
        if step.deleted is not None:
            step.deleted.bring_back()
        names = list(step.before)
        changed = [name for name in names if not self._can_write_back(step, name)]
        if not changed:
            for name, data in step.before.items():
                path = self.catalogue.path(name).resolve()
                write_atomic(path, data, path.stat().st_mode & 0o777)
        elif step.removed is not None and len(names) == 1:
            self.catalogue.open(step.bank).restore(step.removed)
        else:
            self._steps.pop()
            raise BankError(
                f"cannot undo: {one_line(changed[0])} was changed by another program since",
                "edit it by hand; the edit before this one may still be undone",
            )
        # Not before it is written: what a full disk refuses can be undone once there is room.
        self._steps.pop()
        for name in names or [step.bank]:
            self.refresh(name)
        is_back = step.verb in {"removed", "deleted"}
        what = "back again" if is_back else f"undone ({step.verb})"
        return Edited(step.bank, step.question_id, f"{what}: {step.named}")

    def _can_write_back(self, step: _UndoStep, name: str) -> bool:
        """Whether nobody else has written the file since; an undo that broke off may have."""
        known = (step.after[name], sha256(step.before[name]).digest())
        return self.catalogue.is_own(name) and self._digest(name) in known

    def prepare_editor(self, name: str, question_id: str | None = None) -> tuple[Path, int]:
        """The user's own file of a bank and the line, from 1, for an editor to begin at.

        A bank with problems begins at the first of them, else, where no question is named, at
        the first warning; a shipped one is copied first.
        """
        path = self.catalogue.ensure_own(name)
        checked = self.catalogue.check(name)
        if checked.problems:
            return path, checked.problems[0].line
        if question_id:
            return path, BankFile(path).line_of(question_id)
        return path, checked.warnings[0].line if checked.warnings else 1

    def accept_editor(self, name: str, before: bytes, *, copied: bool = False) -> bool:
        """Read a bank again after an editor had it; its changes are one step to undo.

        Args:
            name: The bank.
            before: What its file held when the editor was opened.
            copied: The file is a copy made for the editor; without a change it is taken away.

        Returns:
            Whether the editor changed anything.
        """
        after = self._digest(name)
        changed = sha256(before).digest() != after
        if changed:
            self._steps.append(_UndoStep("edited", name, name, None, {name: before}, {name: after}))
        elif copied and self.catalogue.is_own(name):
            self.catalogue.path(name).unlink()
        self.refresh(name)
        return changed

    @contextmanager
    def _edit_files(self, name: str, verb: str, other: str | None = None) -> "Iterator[_Edit]":
        """Open the files of an edit, and remember what they held when it has changed them."""
        copied = None if self.catalogue.is_own(name) else self.catalogue.ensure_own(name)
        file = self._open_file(name)
        second = None if other is None else self._open_file(other)
        files = {name: file} if second is None or other is None else {name: file, other: second}
        before = {key: load_bytes(opened.path) for key, opened in files.items()}
        edit = _Edit(name, verb, file, second, copied)
        try:
            with _name_changed_bank(name, can_keep=second is None):
                yield edit
        finally:
            # Also after a refusal: of two files, one may have been written.
            for key, opened in files.items():
                self._keep_open(key, opened)
        after = {key: self._digest(key) for key in files}
        if any(sha256(before[key]).digest() != after[key] for key in files):
            self._steps.append(
                _UndoStep(
                    edit.verb, edit.named, name, edit.question_id, before, after, edit.removed
                )
            )

    def _open_file(self, name: str) -> BankFile:
        """The file as the user looks at it; read now where they did not look yet."""
        opened = self._open.get(name)
        return opened.file if opened and opened.file else self.catalogue.open(name)

    def _keep_open(self, name: str, file: BankFile) -> None:
        """Remember a bank as it is after an edit."""
        old = self._open.get(name)
        # Nothing was written: what the catalogue found then stays, so that a file which another
        # program has changed is read again at the next look.
        is_same = old is not None and old.bank is file.bank
        checked = old.checked if old and is_same else self.catalogue.check(name)
        self._open[name] = _OpenBank(file.bank, file, checked)
        self._entries[name] = self.catalogue.entry(name)

    def _digest(self, name: str) -> bytes:
        return sha256(load_bytes(self.catalogue.path(name))).digest()


class _Edit:
    """An edit while it is made: the files it changes and what it will say."""

    def __init__(
        self, bank: str, verb: str, file: BankFile, other: BankFile | None, copied: Path | None
    ) -> None:
        self.file = file
        self.other = other
        self.removed: RemovedItem[Question] | None = None
        self.verb = verb
        self.named = ""
        """What was edited; may hold text from outside."""
        self.question_id: str | None = None
        self.copied = copied
        self._bank = bank

    @property
    def says(self) -> str:
        """What was done, in a few words."""
        return f"{self.verb}: {self.named}" if self.named else self.verb

    def finish(self, question: Question, cursor: str | None = None) -> Edited:
        """Name the question that was edited; `cursor` is where to go when it is not there now."""
        self.question_id = question.id
        self.named = shorten(one_line(question.text), _LONGEST_NAMED)
        place = question.id if self.removed is None else cursor
        return Edited(self._bank, place, self.says, self.copied)


@contextmanager
def _name_changed_bank(name: str, *, can_keep: bool) -> Iterator[None]:
    try:
        yield
    except BankChangedError as error:
        raise ChangedElsewhereError(name, error, can_keep=can_keep) from error


def _index(file: BankFile, question_id: str) -> int:
    ids = [question.id for question in file.bank.questions]
    if question_id not in ids:
        raise BankError(f"{file.path.stem} has no question {one_line(question_id)!r} any more")
    return ids.index(question_id)
