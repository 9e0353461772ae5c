"""The text of a bank file: where its lines and values end, and splices that change it.

Offsets count characters from the start of the text, as those of the nodes that were composed
from it. libyaml says where every node begins, but where a block ends it only says where the next
token begins, behind blank lines and comments; `content_end` finds the end of what was written.
"""

import re
from collections.abc import Sequence as Items
from typing import NamedTuple

from practice.questions.bank_file.nodes import Node, Scalar, Sequence


class Splice(NamedTuple):
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


class SourceText:
    """One text; all offsets are those of the nodes composed from it."""

    def __init__(self, text: str) -> None:
        self.text = text
        first_break = text.find("\n")
        self.eol = "\r\n" if first_break > 0 and text[first_break - 1] == "\r" else "\n"

    def splice(self, splices: Items[Splice]) -> str:
        """The text with all splices made; it ends with a line end if, and only if, it did."""
        parts, position = [], 0
        for start, end, replacement in sorted(splices, key=lambda one: (one.start, one.end)):
            parts += [self.text[position:start], replacement]
            position = max(position, end)
        result = "".join([*parts, self.text[position:]])
        if self.text.endswith("\n"):
            return result if result.endswith("\n") else result + self.eol
        return result.removesuffix("\n").removesuffix("\r")

    def line_start(self, offset: int) -> int:
        """Where the line of `offset` begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def next_line(self, offset: int) -> int:
        """Where the next line begins; `offset` itself where a line begins there."""
        if offset and self.text[offset - 1] == "\n":
            return offset
        line_break = self.text.find("\n", offset)
        return len(self.text) if line_break < 0 else line_break + 1

    def content_end(self, node: Node) -> int:
        """Where the last character of `node` ends, without the blank lines that follow it."""
        if isinstance(node, Scalar):
            if node.style not in {"|", ">"}:
                return node.end
            # With `|+` the blank lines below a block belong to its value; else they are spacing.
            written = self.text[node.start : node.end]
            keeps_blank_lines = "+" in written.split("\n", 1)[0].split("#")[0]
            return node.end if keeps_blank_lines else node.start + len(written.rstrip())
        if node.flow:
            return node.end
        last = node.items[-1] if isinstance(node, Sequence) else node.pairs[-1][1]
        return self.content_end(last)

    def item_lines(self, sequence: Sequence) -> list[tuple[int, int]]:
        """From where to where the lines of each item of a block list go, hyphens included.

        Comment lines right below an item that are indented further than its hyphen are its own.
        """
        # An item begins, for libyaml, behind its hyphen. The hyphen is looked for from the end of
        # the item before, so that those of lists inside items, or in texts, are not met.
        hyphen = re.compile(rf"^ {{{sequence.column}}}-(?=\s|$)", re.MULTILINE)
        comment = re.compile(rf" {{{sequence.column + 1},}}#[^\n]*(?:\n|$)")
        spans, position = [], self.line_start(sequence.start)
        for item in sequence.items:
            match = hyphen.search(self.text, position)
            start = match.start() if match else position
            position = self.next_line(max(self.content_end(item), start + 1))
            while own := comment.match(self.text, position):
                position = own.end()
            spans.append((start, position))
        return spans

    def insert_lines(self, offset: int, lines: Items[str]) -> Splice:
        """New lines at the start of a line, or after a last line that has no line end."""
        block = self.eol.join(lines) + self.eol
        on_a_line = offset and self.text[offset - 1] != "\n"
        return Splice(offset, offset, self.eol + block if on_a_line else block)

    def remove_entries(self, spans: Items[tuple[int, int]], first: int, last: int) -> Splice:
        """Take the entries `first` to before `last` out of brackets, with their commas."""
        start, end = spans[first][0], spans[last - 1][1]
        # The last entries go with the comma before them, unless a line end or a comment stands
        # between: then that comma stays, which YAML allows before a bracket.
        if last == len(spans) and first:
            before = spans[first - 1][1]
            if not re.search(r"[\n#]", self.text[before:start]):
                return Splice(before, end, "")
        comma = self._comma_after(end, spans[last][0] if last < len(spans) else len(self.text))
        end = end if comma is None else comma + 1
        # Entries that have their lines to themselves take the lines along.
        rest = self.text[end : self.next_line(end + 1)]
        if not self.text[self.line_start(start) : start].strip() and not rest.strip():
            return Splice(self.line_start(start), end + len(rest), "")
        return Splice(start, end + len(rest) - len(rest.lstrip(" ")), "")

    def _comma_after(self, start: int, end: int) -> int | None:
        """The first comma between two entries in brackets that stands in no comment."""
        match = re.match(r"(?:\s|(?<=\s)#[^\n]*\n)*,", self.text[start:end])
        return start + match.end() - 1 if match else None
