"""Edits of keys and lists as the smallest change of the text; no other line is touched.

Each edit is found in the tree and made in the text, so that everything the tree does not hold
(comments, quotes, spacing, order) stays without anybody having to know about it.
"""

import difflib
import re
from collections.abc import Sequence as Items
from dataclasses import dataclass

from practice.questions.bank_file import rendering
from practice.questions.bank_file.nodes import Mapping, Node, Scalar, Sequence
from practice.questions.bank_file.rendering import FieldValue
from practice.questions.bank_file.source_text import SourceText, Splice


def set_field(
    source: SourceText, mapping: Mapping, key: str, value: FieldValue | None, order: Items[str]
) -> list[Splice]:
    """Give `key` another value; None takes it out. `order` says after which keys it belongs."""
    names = [name.value for name, _ in mapping.pairs]
    if key not in names:
        return [] if value is None else [_insert_field(source, mapping, key, value, order)]
    position = names.index(key)
    if value is None:
        return [_remove_field(source, mapping, position)]
    return _replace_value(source, mapping, position, value)


def _insert_field(
    source: SourceText, mapping: Mapping, key: str, value: FieldValue, order: Items[str]
) -> Splice:
    # Behind the last key that belongs before it, so that people find it where they look for it.
    earlier = order[: order.index(key)]
    before = [pair for pair in mapping.pairs if pair[0].value in earlier] or mapping.pairs[:1]
    end = source.content_end(before[-1][1])
    if mapping.flow:
        return Splice(end, end, ", " + rendering.flow_field(key, value))
    lines = rendering.field_lines(key, value, mapping.column)
    return source.insert_lines(source.next_line(end), lines)


def _remove_field(source: SourceText, mapping: Mapping, position: int) -> Splice:
    key, value = mapping.pairs[position]
    if mapping.flow:
        spans = [(name.start, source.content_end(node)) for name, node in mapping.pairs]
        return source.remove_entries(spans, position, position + 1)
    end = source.content_end(value)
    start = source.line_start(key.start)
    if not source.text[start : key.start].strip():
        return Splice(start, source.next_line(end), "")
    # The key stands behind a hyphen, which has to stay: the next key moves up to it. Where a
    # comment stands between the two, only the value goes, and a key without one counts as missing.
    if position + 1 < len(mapping.pairs):
        following = mapping.pairs[position + 1][0]
        if "#" not in source.text[end : following.start]:
            return Splice(key.start, following.start, "")
    return Splice(_colon_end(source, key, value), end, "")


def _colon_end(source: SourceText, key: Scalar, value: Node) -> int:
    """Where a value may begin: behind its colon, which a key in braces may lack."""
    return source.text.index(":", key.end) + 1 if value.start > key.end else key.end


def _replace_value(
    source: SourceText, mapping: Mapping, position: int, value: FieldValue
) -> list[Splice]:
    key, old = mapping.pairs[position]
    if isinstance(old, Sequence) and isinstance(value, tuple):
        return _replace_items(source, old, value)
    if isinstance(old, Scalar) and isinstance(value, str):
        return _replace_text(source, old, value, flow=mapping.flow, indent=mapping.column + 2)
    # Another kind of value than before, such as a list where there was nothing.
    colon, end = _colon_end(source, key, old), source.content_end(old)
    lines = rendering.field_lines(key.value, value, mapping.column)
    if mapping.flow or len(lines) == 1:
        new = rendering.flow_field(key.value, value).removeprefix(f"{key.value}:")
        return [Splice(colon, end, new)]
    return [Splice(colon, end, ""), source.insert_lines(source.next_line(end), lines[1:])]


def _replace_text(
    source: SourceText, old: Scalar, text: str, *, flow: bool, indent: int
) -> list[Splice]:
    if old.style in {"|", ">"}:
        return [_replace_block_text(source, old, text, indent)]
    space = " " if source.text[old.start - 1 : old.start] in {":", "-"} else ""
    if flow or "\n" not in text:
        new = rendering.scalar(text, flow=flow, quote=old.style)
        return [Splice(old.start, old.end, space + new)]
    lines = rendering.literal_lines(text, indent)
    return [
        Splice(old.start, old.end, space + "|-"),
        source.insert_lines(source.next_line(old.end), lines),
    ]


def _replace_block_text(source: SourceText, old: Scalar, text: str, indent: int) -> Splice:
    """Other lines below a header (`|-  # why`) whose comment and `-` or `+` stay."""
    end = source.content_end(old)
    header, _, body = source.text[old.start : end].partition("\n")
    indicator = header[0] + "".join(re.findall(r"^[|>]\d*([-+])", header))
    rest = re.sub(r"^[|>][-+\d]*", "", header).removesuffix("\r")
    # Folding (`>`) would join the lines of the new text.
    if "\n" in text:
        indicator = "|" + indicator[1:]
    first = next((line for line in body.split("\n") if line.strip()), " " * indent)
    lines = rendering.literal_lines(text, len(first) - len(first.lstrip(" ")))
    last_break = source.eol if source.text[old.start : end].endswith("\n") else ""
    return Splice(old.start, end, source.eol.join([indicator + rest, *lines]) + last_break)


def _replace_items(source: SourceText, old: Sequence, new: tuple[str, ...]) -> list[Splice]:
    # Items that stay are not touched, so that their comments and quotes stay with them.
    before = [item.value.strip() if isinstance(item, Scalar) else "" for item in old.items]
    matcher = difflib.SequenceMatcher(None, before, new, autojunk=False)
    if old.flow and not (old.items and re.search(r"[\n#]", source.text[old.start : old.end])):
        return [_rewrite_flow_list(source, old, new, matcher)]
    written = _FlowItems(source, old) if old.flow else _BlockItems(source, old)
    splices: list[Splice] = []
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        # As many items as there are on both sides are replaced in their place; then what is left
        # of the old ones is removed, or what is left of the new ones put in.
        kept = min(last - first, new_last - new_first)
        for offset in range(kept):
            splices += written.replace(first + offset, new[new_first + offset])
        if first + kept < last:
            splices += written.remove(first + kept, last)
        if new_first + kept < new_last:
            splices.append(written.insert(first + kept, new[new_first + kept : new_last]))
    return splices


def _rewrite_flow_list(
    source: SourceText,
    old: Sequence,
    new: tuple[str, ...],
    matcher: "difflib.SequenceMatcher[str]",
) -> Splice:
    # On one line without a comment, nothing but the items' own quotes can be kept.
    written = {
        block.b + offset: source.text[item.start : item.end]
        for block in matcher.get_matching_blocks()
        for offset, item in enumerate(old.items[block.a : block.a + block.size])
        if isinstance(item, Scalar)
    }
    parts = [
        written.get(index) or rendering.scalar(item, flow=True) for index, item in enumerate(new)
    ]
    return Splice(old.start, old.end, "[" + ", ".join(parts) + "]")


@dataclass
class _BlockItems:
    """A list with one item a line."""

    source: SourceText
    written: Sequence

    def __post_init__(self) -> None:
        self.lines = self.source.item_lines(self.written)

    def replace(self, index: int, text: str) -> list[Splice]:
        item = self.written.items[index]
        assert isinstance(item, Scalar)
        indent = self.written.column + 2
        return _replace_text(self.source, item, text, flow=False, indent=indent)

    def remove(self, first: int, last: int) -> list[Splice]:
        return [Splice(*span, "") for span in self.lines[first:last]]

    def insert(self, index: int, texts: Items[str]) -> Splice:
        lines = [rendering.item_line(text, self.written.column) for text in texts]
        offset = self.lines[index - 1][1] if index else self.lines[0][0]
        return self.source.insert_lines(offset, lines)


@dataclass
class _FlowItems:
    """A list in brackets that goes over several lines or holds comments."""

    source: SourceText
    written: Sequence

    def __post_init__(self) -> None:
        self.spans = [(item.start, item.end) for item in self.written.items]

    def replace(self, index: int, text: str) -> list[Splice]:
        item = self.written.items[index]
        quote = item.style if isinstance(item, Scalar) else None
        return [Splice(item.start, item.end, rendering.scalar(text, flow=True, quote=quote))]

    def remove(self, first: int, last: int) -> list[Splice]:
        return [self.source.remove_entries(self.spans, first, last)]

    def insert(self, index: int, texts: Items[str]) -> Splice:
        items = [rendering.scalar(text, flow=True) for text in texts]
        if index:
            end = self.spans[index - 1][1]
            return Splice(end, end, "".join(f", {item}" for item in items))
        start = self.spans[0][0]
        return Splice(start, start, "".join(f"{item}, " for item in items))
