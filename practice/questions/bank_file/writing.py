"""A bank file open for editing: each edit is written at once, whole, and changes only its lines."""

from collections.abc import Callable, Iterable
from dataclasses import replace as replaced
from hashlib import sha256
from pathlib import Path

import msgspec

from practice.base.errors import BankError, NotFoundError
from practice.base.files import write_atomic
from practice.base.paths import PRIVATE_FILE
from practice.base.text import first_unsafe
from practice.questions.bank_file import editing, question_editing, rendering
from practice.questions.bank_file.nodes import Mapping, Scalar, Sequence, compose
from practice.questions.bank_file.problems import invalid_bank
from practice.questions.bank_file.question_editing import Removed
from practice.questions.bank_file.reading import Checked, check_bytes, load_bytes
from practice.questions.bank_file.source import Source, Splice
from practice.questions.model import Bank, Question, unused_id

_BOM = b"\xef\xbb\xbf"
_QUESTION_KEYS = Question.__struct_fields__


class BankChangedError(BankError):
    """The file changed on disk since it was read; `wanted` is what would have been written."""

    code = "bank_changed"
    wanted: bytes = b""


class BankFile:
    """A bank and its file.

    Every method that changes something writes the file before it returns, atomically, and gives
    ids to the questions that had none. Each raises:
        BankChangedError: Someone else wrote the file since; nothing was written.
        BankError: The result would not be a good bank, or the place is too unusual to edit.
        NotFoundError: The bank has no such question.
        StorageError: The disk refused.
    """

    def __init__(self, path: Path) -> None:
        """Open an existing bank.

        Raises:
            NotFoundError: There is no such file.
            InvalidBankError: The file has problems.
        """
        # A bank that is a link to a file elsewhere stays one.
        self.path = path.resolve()
        self._take(load_bytes(path))

    def _take(self, data: bytes) -> None:
        checked = check_bytes(self.path, data)
        if checked.bank is None or checked.problems:
            raise invalid_bank(checked.problems)
        self.bank, self._checked, self._read = checked.bank, checked, sha256(data).digest()
        self._bom = data.startswith(_BOM)

    def line_of(self, question_id: str) -> int:
        """The line, from 1, at which a question begins; for an editor."""
        questions = _questions(self._checked.root)
        return questions.items[self._index(question_id)].line + 1 if questions else 1

    def change(self, question_id: str, new: Question) -> Question:
        """Make a question the same as `new`; an empty id in `new` keeps the id."""
        index = self._index(question_id)
        new = _tidy(new, question_id)
        draft = _Draft(self._checked, self.bank)
        old, wanted = self.bank.questions[index], msgspec.structs.asdict(new)
        changes = {key: value for key, value in wanted.items() if value != getattr(old, key)}
        draft.change_fields(lambda root: _question(root, index), old, changes, _QUESTION_KEYS)
        questions = [*self.bank.questions]
        questions[index] = new
        self._write(draft, self._with(questions))
        return new

    def add(self, question: Question, index: int | None = None) -> Question:
        """Put a question in at `index`, or at the end; an id that is missing or taken is made."""
        questions = [*self.bank.questions]
        position = len(questions) if index is None else max(0, min(index, len(questions)))
        new = self._with_free_id(question)
        draft = _Draft(self._checked, self.bank)
        draft.insert(position, new)
        questions.insert(position, new)
        self._write(draft, self._with(questions))
        return new

    def duplicate(self, question_id: str) -> Question:
        """Put a copy of a question, with an id of its own, behind it."""
        index = self._index(question_id)
        return self.add(self.bank.questions[index], index + 1)

    def delete(self, question_id: str) -> Removed:
        """Take a question out; `restore` puts back what is returned."""
        draft = _Draft(self._checked, self.bank)
        index = self._index(question_id)
        removed = draft.remove(index, self.bank.questions[index])
        self._write(draft, self._with(_without(self.bank.questions, index)))
        return removed

    def restore(self, removed: Removed) -> Question:
        """Put a deleted question back where it was, as it was written."""
        draft = _Draft(self._checked, self.bank)
        if self.bank.find(removed.question.id) or not draft.restore(removed):
            return self.add(removed.question, removed.index)
        questions = [*self.bank.questions]
        questions.insert(min(removed.index, len(questions)), removed.question)
        self._write(draft, self._with(questions))
        return removed.question

    def move(self, question_id: str, index: int) -> None:
        """Make a question number `index` (from 0) of its bank."""
        old = self._index(question_id)
        index = max(0, min(index, len(self.bank.questions) - 1))
        if index == old:
            return
        draft = _Draft(self._checked, self.bank)
        question = self.bank.questions[old]
        removed = draft.remove(old, question)
        draft.restore(replaced(removed, index=index))
        questions = _without(self.bank.questions, old)
        questions.insert(index, question)
        self._write(draft, self._with(questions))

    def _index(self, question_id: str) -> int:
        for index, question in enumerate(self.bank.questions):
            if question.id == question_id:
                return index
        raise NotFoundError(f"{self.path.stem} has no question {question_id!r}")

    def _with(self, questions: Iterable[Question]) -> Bank:
        return msgspec.structs.replace(self.bank, questions=tuple(questions))

    def _with_free_id(self, question: Question) -> Question:
        taken = [other.id for other in self.bank.questions]
        new = _tidy(question, "")
        if new.id and new.id not in taken:
            return new
        return msgspec.structs.replace(new, id=unused_id(new.id or new.text, taken))

    def _write(self, draft: "_Draft", expected: Bank) -> Bank:
        data = (_BOM if self._bom else b"") + draft.text.encode("utf-8", "surrogatepass")
        checked = check_bytes(self.path, data)
        if checked.problems:
            raise BankError(
                f"{self.path.name} would not be a good bank: {checked.problems[0].message}",
                "correct it and save again; nothing was written",
            )
        if checked.bank != expected:
            raise BankError(
                f"{self.path.name} is written in a way that this edit would damage",
                "change it in a text editor; nothing was written",
            )
        if sha256(load_bytes(self.path)).digest() != self._read:
            error = BankChangedError(
                f"{self.path.name} was changed by another program since it was opened",
                "reload it, or keep both by saving your version as a copy",
            )
            error.wanted = data
            raise error
        write_atomic(self.path, data, self.path.stat().st_mode & 0o777)
        self.bank, self._checked, self._read = expected, checked, sha256(data).digest()
        return expected


def write_new(path: Path, text: str) -> Path:
    """Write a new bank file and nothing over an old one.

    Raises:
        BankError: There is such a file already.
        StorageError: The disk refused.
    """
    if path.exists():
        raise BankError(f"there is a bank {path} already", "choose another name")
    write_atomic(path, text.encode("utf-8"), PRIVATE_FILE)
    return path


def keep_both(path: Path, error: BankChangedError) -> Path:
    """Save what a refused edit would have written beside the bank; the path of the copy."""
    number = 2
    while (copy := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    write_atomic(copy, error.wanted)
    return copy


class _Draft:
    """A text on its way from one state of a bank to the next."""

    def __init__(self, checked: Checked, bank: Bank) -> None:
        self.text = checked.text
        assert isinstance(checked.root, Mapping)
        self._root: Mapping = checked.root
        self.apply(_missing_ids(Source(self.text), self._root, bank))

    def apply(self, splices: list[Splice]) -> None:
        """Make one edit, and read the tree of the new text."""
        if not splices:
            return
        self.text = Source(self.text).spliced(splices)
        root = compose(self.text, lambda line, column, message: None)
        assert isinstance(root, Mapping)
        self._root = root

    def change_fields(
        self,
        find: Callable[[Mapping], Mapping],
        old: Question | Bank,
        changes: dict[str, object],
        order: tuple[str, ...],
    ) -> None:
        """Give the keys of one mapping other values; empty values take the key out."""
        wanted = rendering.fields_of(msgspec.structs.replace(old, **changes))
        for key in changes:
            source = Source(self.text)
            self.apply(editing.set_field(source, find(self._root), key, wanted.get(key), order))

    def insert(self, index: int, question: Question) -> None:
        """Write a question so that it becomes number `index`."""
        source = Source(self.text)
        self.apply(question_editing.insert_question(source, self._root, index, question))

    def remove(self, index: int, question: Question) -> Removed:
        """Take a question out."""
        questions = _questions(self._root)
        assert questions is not None
        splices, removed = question_editing.remove_question(
            Source(self.text), questions, index, question
        )
        self.apply(splices)
        return removed

    def restore(self, removed: Removed) -> bool:
        """Put a question back; False where that is not possible as it was written."""
        splices = question_editing.restore_question(Source(self.text), self._root, removed)
        self.apply(splices or [])
        if removed.closes_file and self.text.endswith(removed.written):
            self.text = self.text.removesuffix("\n").removesuffix("\r")
        return splices is not None


def _missing_ids(source: Source, root: Mapping, bank: Bank) -> list[Splice]:
    questions = _questions(root)
    if questions is None:
        return []
    splices: list[Splice] = []
    for item, question in zip(questions.items, bank.questions, strict=True):
        assert isinstance(item, Mapping)
        node = item.get("id")
        if node is None or (isinstance(node, Scalar) and node.is_empty):
            order = ("text", *(key for key in _QUESTION_KEYS if key != "text"))
            splices += editing.set_field(source, item, "id", question.id, order)
    return splices


def _questions(root: object) -> Sequence | None:
    questions = root.get("questions") if isinstance(root, Mapping) else None
    return questions if isinstance(questions, Sequence) else None


def _question(root: Mapping, index: int) -> Mapping:
    questions = _questions(root)
    item = questions.items[index] if questions else None
    assert isinstance(item, Mapping)
    return item


def _without(questions: tuple[Question, ...], index: int) -> list[Question]:
    return [*questions[:index], *questions[index + 1 :]]


def _refuse_controls(key: str, value: object) -> None:
    texts = value if isinstance(value, tuple) else (value,)
    if any(isinstance(text, str) and first_unsafe(text) is not None for text in texts):
        raise BankError(f"{key} holds a control character", "type it again; nothing was written")


def _tidy(question: Question, keep_id: str) -> Question:
    """As reading would give it back: no white space around texts, no empty items."""
    values = msgspec.structs.asdict(question)
    for key, value in values.items():
        _refuse_controls(key, value)
        if isinstance(value, str):
            values[key] = value.strip()
        elif isinstance(value, tuple):
            values[key] = tuple(item.strip() for item in value if item.strip())
    values["id"] = values["id"] or keep_id
    return Question(**values)
