"""A file of questions or stories open for editing: each edit is written at once and whole.

An edit changes only its lines: the text and its tree together (`_PendingText`), splice by splice.
Before anything is written, the new text is read as any file is, and has to give exactly what the
edit was to make: a mistake of the writer can refuse an edit, and cannot damage a file.
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Generic

import msgspec

from practice.base.errors import BankError, NotFoundError
from practice.base.files import write_atomic
from practice.base.paths import PRIVATE_FILE
from practice.base.text import first_unsafe
from practice.questions.bank_file import editing, item_editing, rendering
from practice.questions.bank_file.item_editing import RemovedItem
from practice.questions.bank_file.nodes import Mapping, Scalar, Sequence, compose
from practice.questions.bank_file.problems import FileChangedError
from practice.questions.bank_file.reading import FileCheck, check_bytes_of, load_bytes
from practice.questions.bank_file.shape import BANK, ItemT, Shape, WholeT
from practice.questions.bank_file.source_text import SourceText, Splice
from practice.questions.model import Bank, Question, unused_id

_BOM = b"\xef\xbb\xbf"


class ItemFile(Generic[WholeT, ItemT]):
    """A file with a list of items.

    Every method that changes something writes the file before it returns, atomically, and gives
    ids to the items that had none. Each raises:
        FileChangedError: Someone else wrote the file since; nothing was written.
        BankError, StoriesError: The result would not be valid, or the place is too unusual to edit.
        NotFoundError: The file has no such item.
        StorageError: The disk refused.
    """

    def __init__(self, shape: Shape[WholeT, ItemT], path: Path) -> None:
        """Open an existing file.

        Raises:
            NotFoundError: There is no such file.
            InvalidFileError: The file has problems.
        """
        self.shape = shape
        # A file that is a link to one elsewhere stays one.
        self.path = path.resolve()
        data = load_bytes(path, shape)
        checked = check_bytes_of(shape, self.path, data)
        if checked.whole is None or checked.problems:
            raise shape.invalid(checked.problems)
        self.whole, self._checked, self._digest = checked.whole, checked, sha256(data).digest()
        self._bom = data.startswith(_BOM)

    @property
    def items(self) -> tuple[ItemT, ...]:
        """What the file holds now."""
        return self.shape.items_of(self.whole)

    def line_of(self, item_id: str) -> int:
        """The line, from 1, at which an item begins; for an editor."""
        items = _list_node(self._checked.root, self.shape.list_key)
        return items.items[self._index(item_id)].line + 1 if items else 1

    def change(self, item_id: str, new: ItemT) -> ItemT:
        """Make an item the same as `new`; an empty id in `new` keeps the id."""
        index = self._index(item_id)
        new = self._tidy(new, item_id)
        text = self._pending()
        text.change(index, self.items[index], new)
        items = [*self.items]
        items[index] = new
        self._write(text, self._with(items))
        return new

    def add(self, item: ItemT, index: int | None = None) -> ItemT:
        """Put an item in at `index`, or at the end; an id that is missing or taken is made."""
        items = [*self.items]
        position = len(items) if index is None else max(0, min(index, len(items)))
        new = self._give_free_id(item)
        text = self._pending()
        text.insert(position, new)
        items.insert(position, new)
        self._write(text, self._with(items))
        return new

    def duplicate(self, item_id: str) -> ItemT:
        """Put a copy of an item, with an id of its own, behind it."""
        index = self._index(item_id)
        return self.add(self.items[index], index + 1)

    def delete(self, item_id: str) -> RemovedItem[ItemT]:
        """Take an item out; `restore` puts back what is returned."""
        index = self._index(item_id)
        items = [*self.items]
        text = self._pending()
        removed = text.remove(index, items.pop(index))
        self._write(text, self._with(items))
        return removed

    def restore(self, removed: RemovedItem[ItemT]) -> ItemT:
        """Put a deleted item back where it was, as it was written."""
        text = self._pending()
        if self._has(removed.item.id) or not text.restore(removed):
            return self.add(removed.item, removed.index)
        items = [*self.items]
        items.insert(min(removed.index, len(items)), removed.item)
        self._write(text, self._with(items))
        return removed.item

    def move(self, item_id: str, index: int) -> None:
        """Make an item number `index` (from 0) of its file."""
        old = self._index(item_id)
        index = max(0, min(index, len(self.items) - 1))
        if index == old:
            return
        items = [*self.items]
        item = items.pop(old)
        text = self._pending()
        removed = text.remove(old, item)
        text.restore(replace(removed, index=index))
        items.insert(index, item)
        self._write(text, self._with(items))

    def _index(self, item_id: str) -> int:
        for index, item in enumerate(self.items):
            if item.id == item_id:
                return index
        raise NotFoundError(f"{self.path.stem} has no {self.shape.item_name} {item_id!r}")

    def _give_free_id(self, item: ItemT) -> ItemT:
        taken = [other.id for other in self.items]
        new = self._tidy(item, "")
        if new.id and new.id not in taken:
            return new
        return msgspec.structs.replace(new, id=unused_id(new.id or new.heading, taken))

    def _has(self, item_id: str) -> bool:
        return any(item.id == item_id for item in self.items)

    def _pending(self) -> "_PendingText[WholeT, ItemT]":
        return _PendingText(self.shape, self._checked, self.items)

    def _with(self, items: Iterable[ItemT]) -> WholeT:
        return self.shape.with_items(self.whole, tuple(items))

    def _write(self, text: "_PendingText[WholeT, ItemT]", expected: WholeT) -> None:
        data = (_BOM if self._bom else b"") + text.text.encode("utf-8", "surrogatepass")
        checked = check_bytes_of(self.shape, self.path, data)
        if checked.problems:
            raise self.shape.error(
                f"{self.path.name} would not be {self.shape.valid}: {checked.problems[0].message}",
                "correct it and save again; nothing was written",
            )
        if checked.whole != expected:
            raise self.shape.error(
                f"{self.path.name} is written in a way that this edit would damage",
                "change it in a text editor; nothing was written",
            )
        # By content, not by time: a file that was only touched, or written back, is the same.
        # Whoever writes between this look and the replacement is overwritten; editors take no
        # lock that could be waited for.
        if sha256(load_bytes(self.path, self.shape)).digest() != self._digest:
            error = self.shape.changed_error(
                f"{self.path.name} was changed by another program since it was opened",
                "reload it, or keep both by saving your version as a copy",
            )
            error.wanted = data
            raise error
        write_atomic(self.path, data, self.path.stat().st_mode & 0o777)
        self.whole, self._checked, self._digest = expected, checked, sha256(data).digest()

    def _tidy(self, item: ItemT, keep_id: str) -> ItemT:
        """As reading would give it back: no white space around texts, no empty items."""
        values = msgspec.structs.asdict(item)
        for key, value in values.items():
            texts = value if isinstance(value, tuple) else (value,)
            if any(isinstance(text, str) and first_unsafe(text) is not None for text in texts):
                raise self.shape.error(
                    f"{key} holds a control character", "type it again; nothing was written"
                )
            if isinstance(value, str):
                values[key] = value.strip()
            elif isinstance(value, tuple):
                values[key] = tuple(text.strip() for text in value if text.strip())
        values["id"] = values["id"] or keep_id
        return self.shape.item(**values)


class BankFile(ItemFile[Bank, Question]):
    """A bank and its file; an `ItemFile` of questions."""

    def __init__(self, path: Path) -> None:
        """Open an existing bank.

        Raises:
            NotFoundError: There is no such file.
            InvalidBankError: The file has problems.
        """
        super().__init__(BANK, path)

    @property
    def bank(self) -> Bank:
        """The bank as it is now."""
        return self.whole

    def rename(self, title: str) -> None:
        """Give the bank another title; its file keeps its name."""
        if first_unsafe(title) is not None:
            raise BankError("the title holds a control character", "nothing was written")
        new = msgspec.structs.replace(self.bank, title=title.strip())
        text = self._pending()
        text.rename(new.title)
        self._write(text, new)


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


def keep_both(path: Path, error: FileChangedError) -> Path:
    """Save what a refused edit would have written beside the file; the path of the copy."""
    number = 2
    while (copy := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    write_atomic(copy, error.wanted)
    return copy


class _PendingText(Generic[WholeT, ItemT]):
    """The text of a file and its tree, on their way from what is on the disk to the next state."""

    def __init__(
        self,
        shape: Shape[WholeT, ItemT],
        checked: FileCheck[WholeT],
        items: tuple[ItemT, ...],
    ) -> None:
        self._list_key, self._heading = shape.list_key, shape.heading
        self._keys = shape.item.__struct_fields__
        self.text = checked.text
        assert isinstance(checked.root, Mapping)
        self._root: Mapping = checked.root
        self._insert_missing_ids(items)

    def rename(self, title: str) -> None:
        """Give the bank another title."""
        source = SourceText(self.text)
        self._apply(editing.set_field(source, self._root, "title", title, ("title",)))

    def change(self, index: int, old: ItemT, new: ItemT) -> None:
        """Give the keys of item number `index` other values; empty ones take the key out."""
        wanted = rendering.fields_of(new)
        for key in self._keys:
            if getattr(old, key) == getattr(new, key):
                continue
            # The tree is read again after each key, since all places behind it have moved.
            items = _list_node(self._root, self._list_key)
            item = items.items[index] if items else None
            assert isinstance(item, Mapping)
            source = SourceText(self.text)
            self._apply(editing.set_field(source, item, key, wanted.get(key), self._keys))

    def insert(self, index: int, item: ItemT) -> None:
        """Write an item so that it becomes number `index`."""
        source = SourceText(self.text)
        self._apply(item_editing.insert_item(source, self._root, self._list_key, index, item))

    def remove(self, index: int, item: ItemT) -> RemovedItem[ItemT]:
        """Take an item out."""
        items = _list_node(self._root, self._list_key)
        assert items is not None
        splices, removed = item_editing.remove_item(
            SourceText(self.text), items, self._list_key, index, item
        )
        self._apply(splices)
        return removed

    def restore(self, removed: RemovedItem[ItemT]) -> bool:
        """Put an item back; False where that is not possible as it was written."""
        source = SourceText(self.text)
        splices = item_editing.restore_item(source, self._root, self._list_key, removed)
        self._apply(splices or [])
        if removed.closes_file and self.text.endswith(removed.written):
            self.text = self.text.removesuffix("\n").removesuffix("\r")
        return splices is not None

    def _insert_missing_ids(self, items: tuple[ItemT, ...]) -> None:
        # An id that was made from the text would change with it, and the takes of the item would
        # lose it. So the first edit of a file writes all ids down, each below its text.
        nodes = _list_node(self._root, self._list_key)
        source = SourceText(self.text)
        order = (self._heading, *(key for key in self._keys if key != self._heading))
        splices: list[Splice] = []
        for node, item in zip(nodes.items if nodes else (), items, strict=True):
            assert isinstance(node, Mapping)
            written = node.get("id")
            if written is None or (isinstance(written, Scalar) and written.is_empty):
                splices += editing.set_field(source, node, "id", item.id, order)
        self._apply(splices)

    def _apply(self, splices: list[Splice]) -> None:
        if not splices:
            return
        self.text = SourceText(self.text).splice(splices)
        root = compose(self.text, lambda line, column, message: None)
        assert isinstance(root, Mapping)
        self._root = root


def _list_node(root: object, list_key: str) -> Sequence | None:
    found = root.get(list_key) if isinstance(root, Mapping) else None
    return found if isinstance(found, Sequence) else None
