"""Edits of whole items, questions or stories: put in, taken out, put back.

Comments outside them stay.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Generic

from practice.questions.bank_file import rendering
from practice.questions.bank_file.nodes import Mapping, Scalar, Sequence
from practice.questions.bank_file.source_text import SourceText, Splice
from practice.questions.model import Item, ItemT


@dataclass(frozen=True)
class RemovedItem(Generic[ItemT]):
    """What was taken out of a file, with all that is needed to put it back as it was."""

    item: ItemT
    index: int
    written: str
    """The text as it stood in the file."""
    lines_before: int
    """How many lines stood between it and the item before it."""
    closes_file: bool = False
    """Whether the file ended with it, and without a line end."""


def insert_item(
    source: SourceText, root: Mapping, list_key: str, index: int, item: Item
) -> list[Splice]:
    """Write `item` so that it becomes number `index` (from 0) of the list at `list_key`."""
    items = root.get(list_key)
    if isinstance(items, Sequence) and items.items:
        if items.flow:
            return [_insert_in_brackets(items, index, rendering.flow_item(item))]
        lines = rendering.item_lines(item, items.column)
        return [_insert_between(source, items, index, lines)]
    return _insert_first(source, root, list_key, rendering.item_lines(item, 2))


def _insert_in_brackets(items: Sequence, index: int, written: str) -> Splice:
    if index:
        end = items.items[index - 1].end
        return Splice(end, end, f", {written}")
    start = items.items[0].start
    return Splice(start, start, f"{written}, ")


def _insert_between(source: SourceText, items: Sequence, index: int, lines: list[str]) -> Splice:
    """Behind the item before, with a blank line where the file has them between items."""
    spans = source.item_lines(items)
    gaps = [source.text[end:start] for (_, end), (start, _) in pairwise(spans)]
    spaced = bool(gaps) and all(gap.startswith(("\n", "\r\n")) for gap in gaps)
    # Behind the one before, not in front of the one after: comments above an item are its own.
    if not index:
        return source.insert_lines(spans[0][0], [*lines, ""] if spaced else lines)
    return source.insert_lines(spans[index - 1][1], ["", *lines] if spaced else lines)


def _insert_first(
    source: SourceText, root: Mapping, list_key: str, lines: list[str]
) -> list[Splice]:
    items = root.get(list_key)
    if items is None:
        end = source.content_end(root.pairs[-1][1])
        return [source.insert_lines(source.next_line(end), [f"{list_key}:", *lines])]
    key = next(name for name, _ in root.pairs if name.value == list_key)
    colon = source.text.index(":", key.end) + 1
    # libyaml places a value that is not there anywhere before the next token.
    nothing = isinstance(items, Scalar) and not items.value
    end = colon if nothing else source.content_end(items)
    return [Splice(colon, end, ""), source.insert_lines(source.next_line(end), lines)]


def remove_item(
    source: SourceText, items: Sequence, list_key: str, index: int, item: ItemT
) -> tuple[list[Splice], RemovedItem[ItemT]]:
    """Take number `index` out; what is returned beside the splices puts it back."""
    if items.flow:
        spans = [(each.start, each.end) for each in items.items]
        written = source.text[slice(*spans[index])]
        taken = source.remove_entries(spans, index, index + 1)
        return [taken], RemovedItem(item, index, written, 0)
    spans = source.item_lines(items)
    start, end = spans[index]
    written = source.text[start:end]
    # The text is kept with a line end, so that it can be put back anywhere.
    closes_file = not written.endswith("\n")
    if closes_file:
        written += source.eol
    before = spans[index - 1][1] if index else _list_start(source, list_key, start)
    lines_before = source.text.count("\n", before, start)
    removed = RemovedItem(item, index, written, lines_before, closes_file)
    return [Splice(start, end, "")], removed


def _list_start(source: SourceText, list_key: str, first_item: int) -> int:
    """Where the lines after the key of the list begin."""
    key = source.text.rfind(list_key, 0, first_item)
    return source.next_line(key + len(list_key)) if key >= 0 else first_item


def restore_item(
    source: SourceText, root: Mapping, list_key: str, removed: RemovedItem[ItemT]
) -> list[Splice] | None:
    """Put a removed item back where it was; None where it has to be written again."""
    items = root.get(list_key)
    if isinstance(items, Sequence) and items.items:
        index = min(removed.index, len(items.items))
        if items.flow:
            return [_insert_in_brackets(items, index, removed.written.strip())]
        spans = source.item_lines(items)
        start = spans[index - 1][1] if index else _list_start(source, list_key, spans[0][0])
        limit = spans[index][0] if index < len(spans) else len(source.text)
    elif isinstance(items, Scalar) and not items.value:
        start = source.next_line(next(key for key, _ in root.pairs if key.value == list_key).end)
        limit = len(source.text)
    else:
        return None
    # As many lines behind the item before as there were: comments and blank lines between
    # the two stayed when it was removed.
    offset, missing = start, removed.lines_before
    while missing and offset < limit:
        offset, missing = source.next_line(offset + 1), missing - 1
    # A blank line at the end of a file lost its line end when the last item went.
    written = (source.eol * missing if removed.closes_file else "") + removed.written
    if offset and source.text[offset - 1] != "\n":
        written = source.eol + written
    return [Splice(offset, offset, written)]
