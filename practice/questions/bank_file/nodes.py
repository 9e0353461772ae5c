"""YAML text as a tree in which every node knows its place; nothing in it is ever executed.

The tree is built from the events of PyYAML's binding of libyaml (of its own Python parser where
that is missing), not by its loaders: those forget places and end at the first problem. Values stay
the text that was written: what `no`, `12:30` or `1.0` mean is decided by the field that holds
them, not by YAML.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import yaml

MOST_NODES = 150_000
"""About 5,000 questions with every field filled in."""
DEEPEST = 12

ProblemReport = Callable[[int, int, str], None]
"""Takes a line and a column, both from 0, and what is wrong there."""


@dataclass(slots=True)
class Scalar:
    """A piece of text as written; `style` is its quote, `|` or `>`, None when plain.

    `line` and `column` count from 0; `start` and `end` are offsets in characters.
    """

    line: int
    column: int
    start: int
    end: int
    value: str
    style: str | None

    @property
    def is_empty(self) -> bool:
        """Whether YAML reads it as nothing at all."""
        return not self.style and self.value in {"", "~", "null"}


@dataclass(slots=True)
class Sequence:
    """A list; `flow` when it is written in brackets. `end` is exact for flow only."""

    line: int
    column: int
    start: int
    end: int
    flow: bool
    items: "list[Node]"


@dataclass(slots=True)
class Mapping:
    """Keys with their values, in order, duplicates included. `end` is exact for flow only."""

    line: int
    column: int
    start: int
    end: int
    flow: bool
    pairs: "list[tuple[Scalar, Node]]"

    def get(self, key: str) -> "Node | None":
        """The value of the first such key, or None."""
        return next((value for name, value in self.pairs if name.value == key), None)


Node = Scalar | Sequence | Mapping


class TooMuchError(Exception):
    """The text is deeper or larger than a file can be."""

    def __init__(self, mark: yaml.Mark, message: str) -> None:
        super().__init__(message)
        self.line, self.column = mark.line, mark.column


def compose(text: str, report: ProblemReport) -> Node | None:
    """The tree of `text`, or None when it is empty.

    Aliases, anchors, tags and second documents have no use in it: each is reported where it stands,
    and reading goes on.

    Raises:
        yaml.YAMLError: The text is not YAML.
        TooMuchError: It is nested too deeply or holds too many nodes.
    """
    return _Composer(text, report).document()


class _Event(Protocol):
    """A libyaml event: which of these attributes it has depends on its class."""

    start_mark: yaml.Mark
    end_mark: yaml.Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    flow_style: bool


class _Composer:
    def __init__(self, text: str, report: ProblemReport) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        self.next_event: Callable[[], _Event] = loader.get_event
        self.report = report
        self.nodes = 0

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        while not isinstance(event := self.next_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(event, "a second document; a file holds one")
                    return root
                root = self.node(self.next_event(), 0)
        return root

    def node(self, event: _Event, depth: int) -> Node:
        # Marks become numbers at once: kept as objects they triple the work of the collector.
        start = event.start_mark
        place = start.line, start.column, start.index
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TooMuchError(start, f"more than {MOST_NODES:,} values in one file")
        # Deeper than such a file goes: refused before it can exhaust the stack of Python.
        if depth > DEEPEST:
            raise TooMuchError(start, f"nested more than {DEEPEST} levels deep")
        # An alias has no tag, and always the name of its anchor.
        if event.anchor is not None or event.tag is not None:
            self._report_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(*place, event.end_mark.index, event.value, event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(inner := self.next_event(), yaml.SequenceEndEvent):
                items.append(self.node(inner, depth + 1))
            return Sequence(*place, inner.end_mark.index, event.flow_style, items)
        if isinstance(event, yaml.MappingStartEvent):
            pairs: list[tuple[Scalar, Node]] = []
            while not isinstance(inner := self.next_event(), yaml.MappingEndEvent):
                key = self.node(inner, depth + 1)
                value = self.node(self.next_event(), depth + 1)
                if isinstance(key, Scalar):
                    pairs.append((key, value))
                else:
                    self.report(
                        key.line, key.column, "a key must be one word, not a list or a mapping"
                    )
            return Mapping(*place, inner.end_mark.index, event.flow_style, pairs)
        # An alias is not followed (a few of them can stand for millions of values): it becomes
        # quoted text, of which nothing else is said.
        return Scalar(*place, event.end_mark.index, f"*{event.anchor}", '"')

    def _report_extras(self, event: _Event) -> None:
        name, tag = event.anchor or "", getattr(event, "tag", None) or ""
        if isinstance(event, yaml.AliasEvent):
            what, sign = f"an alias (*{name[:40]})", "*"
        elif name:
            what, sign = f"an anchor (&{name[:40]})", "&"
        else:
            what, sign = f"a tag ({tag[:40]})", "!"
        self._report(
            event,
            f"{what}, which has no use here; text that begins with {sign} must be put in quotes",
        )

    def _report(self, event: _Event, message: str) -> None:
        self.report(event.start_mark.line, event.start_mark.column, message)
