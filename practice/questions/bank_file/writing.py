"""A bank file open for editing: each edit is written at once, whole, and changes only its lines.

An edit changes the text and its tree together (`_PendingText`), splice by splice. Before anything
is written, the new text is read as any bank is, and has to give exactly the bank that the edit was
to make: a mistake of the writer can refuse an edit, and cannot damage a file.
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec

from practice.base.errors import BankError, NotFoundError
from practice.base.files import write_atomic
from practice.base.paths import PRIVATE_FILE
from practice.base.text import first_unsafe
from practice.questions.bank_file import editing, question_editing, rendering
from practice.questions.bank_file.nodes import Mapping, Scalar, Sequence, compose
from practice.questions.bank_file.problems import invalid_bank_error
from practice.questions.bank_file.question_editing import RemovedQuestion
from practice.questions.bank_file.reading import CheckResult, check_bytes, load_bytes
from practice.questions.bank_file.source_text import SourceText, Splice
from practice.questions.model import Bank, Question, unused_id

_BOM = b"\xef\xbb\xbf"
_KEYS = Question.__struct_fields__


class BankChangedError(BankError):
    """The file changed on disk since it was read; `wanted` is what would have been written."""

    code = "bank_changed"
    wanted: bytes = b""


class BankFile:
    """A bank and its file.

    Every method that changes something writes the file before it returns, atomically, and gives
    ids to the questions that had none. Each raises:
        BankChangedError: Someone else wrote the file since; nothing was written.
        BankError: The result would not be a valid bank, or the place is too unusual to edit.
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
        data = load_bytes(path)
        checked = check_bytes(self.path, data)
        if checked.bank is None or checked.problems:
            raise invalid_bank_error(checked.problems)
        self.bank, self._checked, self._digest = checked.bank, checked, sha256(data).digest()
        self._bom = data.startswith(_BOM)

    def line_of(self, question_id: str) -> int:
        """The line, from 1, at which a question begins; for an editor."""
        questions = _questions_node(self._checked.root)
        return questions.items[self._index(question_id)].line + 1 if questions else 1

    def rename(self, title: str) -> None:
        """Give the bank another title; its file keeps its name."""
        if first_unsafe(title) is not None:
            raise BankError("the title holds a control character", "nothing was written")
        new = msgspec.structs.replace(self.bank, title=title.strip())
        text = _PendingText(self._checked, self.bank)
        text.rename(new.title)
        self._write(text, new)

    def change(self, question_id: str, new: Question) -> Question:
        """Make a question the same as `new`; an empty id in `new` keeps the id."""
        index = self._index(question_id)
        new = _tidy(new, question_id)
        text = _PendingText(self._checked, self.bank)
        text.change(index, self.bank.questions[index], new)
        questions = [*self.bank.questions]
        questions[index] = new
        self._write(text, self._with(questions))
        return new

    def add(self, question: Question, index: int | None = None) -> Question:
        """Put a question in at `index`, or at the end; an id that is missing or taken is made."""
        questions = [*self.bank.questions]
        position = len(questions) if index is None else max(0, min(index, len(questions)))
        new = self._give_free_id(question)
        text = _PendingText(self._checked, self.bank)
        text.insert(position, new)
        questions.insert(position, new)
        self._write(text, self._with(questions))
        return new

    def duplicate(self, question_id: str) -> Question:
        """Put a copy of a question, with an id of its own, behind it."""
        index = self._index(question_id)
        return self.add(self.bank.questions[index], index + 1)

    def delete(self, question_id: str) -> RemovedQuestion:
        """Take a question out; `restore` puts back what is returned."""
        index = self._index(question_id)
        questions = [*self.bank.questions]
        text = _PendingText(self._checked, self.bank)
        removed = text.remove(index, questions.pop(index))
        self._write(text, self._with(questions))
        return removed

    def restore(self, removed: RemovedQuestion) -> Question:
        """Put a deleted question back where it was, as it was written."""
        text = _PendingText(self._checked, self.bank)
        if self.bank.find(removed.question.id) or not text.restore(removed):
            return self.add(removed.question, removed.index)
        questions = [*self.bank.questions]
        questions.insert(min(removed.index, len(questions)), removed.question)
        self._write(text, self._with(questions))
        return removed.question

    def move(self, question_id: str, index: int) -> None:
        """Make a question number `index` (from 0) of its bank."""
        old = self._index(question_id)
        index = max(0, min(index, len(self.bank.questions) - 1))
        if index == old:
            return
        questions = [*self.bank.questions]
        question = questions.pop(old)
        text = _PendingText(self._checked, self.bank)
        removed = text.remove(old, question)
        text.restore(replace(removed, index=index))
        questions.insert(index, question)
        self._write(text, self._with(questions))

    def _index(self, question_id: str) -> int:
        for index, question in enumerate(self.bank.questions):
            if question.id == question_id:
                return index
        raise NotFoundError(f"{self.path.stem} has no question {question_id!r}")

    def _give_free_id(self, question: Question) -> Question:
        taken = [other.id for other in self.bank.questions]
        new = _tidy(question, "")
        if new.id and new.id not in taken:
            return new
        return msgspec.structs.replace(new, id=unused_id(new.id or new.text, taken))

    def _with(self, questions: Iterable[Question]) -> Bank:
        return msgspec.structs.replace(self.bank, questions=tuple(questions))

    def _write(self, text: "_PendingText", expected: Bank) -> None:
        data = (_BOM if self._bom else b"") + text.text.encode("utf-8", "surrogatepass")
        checked = check_bytes(self.path, data)
        if checked.problems:
            raise BankError(
                f"{self.path.name} would not be a valid bank: {checked.problems[0].message}",
                "correct it and save again; nothing was written",
            )
        if checked.bank != expected:
            raise BankError(
                f"{self.path.name} is written in a way that this edit would damage",
                "change it in a text editor; nothing was written",
            )
        # By content, not by time: a file that was only touched, or written back, is the same.
        # Whoever writes between this look and the replacement is overwritten; editors take no
        # lock that could be waited for.
        if sha256(load_bytes(self.path)).digest() != self._digest:
            error = BankChangedError(
                f"{self.path.name} was changed by another program since it was opened",
                "reload it, or keep both by saving your version as a copy",
            )
            error.wanted = data
            raise error
        write_atomic(self.path, data, self.path.stat().st_mode & 0o777)
        self.bank, self._checked, self._digest = expected, checked, sha256(data).digest()


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


class _PendingText:
    """The text of a bank and its tree, on their way from what is on the disk to the next state."""

    def __init__(self, checked: CheckResult, bank: Bank) -> None:
        self.text = checked.text
        assert isinstance(checked.root, Mapping)
        self._root: Mapping = checked.root
        self._insert_missing_ids(bank)

    def rename(self, title: str) -> None:
        """Give the bank another title."""
        source = SourceText(self.text)
        self._apply(editing.set_field(source, self._root, "title", title, ("title",)))

    def change(self, index: int, old: Question, new: Question) -> None:
        """Give the keys of question number `index` other values; empty ones take the key out."""
        wanted = rendering.fields_of(new)
        for key in _KEYS:
            if getattr(old, key) == getattr(new, key):
                continue
            # The tree is read again after each key, since all places behind it have moved.
            questions = _questions_node(self._root)
            question = questions.items[index] if questions else None
            assert isinstance(question, Mapping)
            source = SourceText(self.text)
            self._apply(editing.set_field(source, question, key, wanted.get(key), _KEYS))

    def insert(self, index: int, question: Question) -> None:
        """Write a question so that it becomes number `index`."""
        source = SourceText(self.text)
        self._apply(question_editing.insert_question(source, self._root, index, question))

    def remove(self, index: int, question: Question) -> RemovedQuestion:
        """Take a question out."""
        questions = _questions_node(self._root)
        assert questions is not None
        splices, removed = question_editing.remove_question(
            SourceText(self.text), questions, index, question
        )
        self._apply(splices)
        return removed

    def restore(self, removed: RemovedQuestion) -> bool:
        """Put a question back; False where that is not possible as it was written."""
        splices = question_editing.restore_question(SourceText(self.text), self._root, removed)
        self._apply(splices or [])
        if removed.closes_file and self.text.endswith(removed.written):
            self.text = self.text.removesuffix("\n").removesuffix("\r")
        return splices is not None

    def _insert_missing_ids(self, bank: Bank) -> None:
        # An id that was made from the text would change with it, and the takes of the question
        # would lose it. So the first edit of a bank writes all ids down, each below its text.
        questions = _questions_node(self._root)
        source = SourceText(self.text)
        order = ("text", *(key for key in _KEYS if key != "text"))
        splices: list[Splice] = []
        for item, question in zip(
            questions.items if questions else (), bank.questions, strict=True
        ):
            assert isinstance(item, Mapping)
            node = item.get("id")
            if node is None or (isinstance(node, Scalar) and node.is_empty):
                splices += editing.set_field(source, item, "id", question.id, order)
        self._apply(splices)

    def _apply(self, splices: list[Splice]) -> None:
        if not splices:
            return
        self.text = SourceText(self.text).splice(splices)
        root = compose(self.text, lambda line, column, message: None)
        assert isinstance(root, Mapping)
        self._root = root


def _questions_node(root: object) -> Sequence | None:
    questions = root.get("questions") if isinstance(root, Mapping) else None
    return questions if isinstance(questions, Sequence) else None


def _tidy(question: Question, keep_id: str) -> Question:
    """As reading would give it back: no white space around texts, no empty items."""
    values = msgspec.structs.asdict(question)
    for key, value in values.items():
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and first_unsafe(text) is not None for text in texts):
            raise BankError(
                f"{key} holds a control character", "type it again; nothing was written"
            )
        if isinstance(value, str):
            values[key] = value.strip()
        elif isinstance(value, tuple):
            values[key] = tuple(item.strip() for item in value if item.strip())
    values["id"] = values["id"] or keep_id
    return Question(**values)
