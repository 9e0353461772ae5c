"""From nodes to a bank or stories: every field checked by the constraints that the model states."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

import msgspec
from msgspec import inspect

from practice.base.text import did_you_mean, first_unsafe, near_names, one_line
from practice.questions.bank_file.faults import UNREADABLE
from practice.questions.bank_file.nodes import Mapping, Node, ProblemReport, Scalar, Sequence
from practice.questions.bank_file.shape import ItemT, Shape, WholeT
from practice.questions.model import assign_ids, slug

_LONGEST_MISSPELT = 40
_CONTROL_ESCAPE = "holds the control character U+{:04X}, written as an escape; take it out"


@dataclass(frozen=True, slots=True)
class _Field:
    required: bool
    type: inspect.Type


def _fields(struct: type[msgspec.Struct]) -> dict[str, _Field]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    return {field.name: _Field(field.required, _bare_type(field.type)) for field in info.fields}


def _bare_type(type_info: inspect.Type) -> inspect.Type:
    """The type without its description, and without the None that a missing key stands for."""
    while isinstance(type_info, inspect.Metadata):
        type_info = type_info.type
    if isinstance(type_info, inspect.UnionType):
        (type_info,) = (
            _bare_type(kind) for kind in type_info.types if type(kind) is not inspect.NoneType
        )
    return type_info


def build_whole(
    shape: Shape[WholeT, ItemT],
    root: Node | None,
    report: ProblemReport,
    blanked: frozenset[int] = frozenset(),
) -> WholeT | None:
    """What `root` holds, or None when it lacks what it needs; each problem goes to `report`.

    Args:
        shape: Of what kind of file.
        root: Its tree.
        report: Takes each problem; what was built is complete only without one.
        blanked: The lines that could not be read: nothing is called missing around them.
    """
    return _Validator(shape, report, blanked).whole(root)


def read_fields(
    what: str,
    struct: type[msgspec.Struct],
    root: Mapping,
    report: ProblemReport,
    blanked: frozenset[int] = frozenset(),
) -> dict[str, Any]:
    """The values of a file that is one mapping, by the fields of `struct`; problems are reported.

    Args:
        what: What the file is called in messages: `format`.
        struct: Says which keys there are, and what each may hold.
        root: The mapping.
        report: Takes each problem.
        blanked: As for `build_whole`.
    """
    return _FieldReader(report, blanked).fields(what, root, _fields(struct), special={})


class _FieldReader:
    """Reads the keys of a mapping by the constraints that a model states."""

    def __init__(self, report: ProblemReport, blanked: frozenset[int]) -> None:
        self.report = report
        self.blanked = blanked
        self.convert: dict[type[inspect.Type], Callable[[str, Node, Any], Any]] = {
            inspect.StrType: self.text,
            inspect.LiteralType: self.choice,
            inspect.IntType: self.number,
            inspect.BoolType: self.truth,
            inspect.VarTupleType: self.texts,
        }

    def fields(
        self,
        what: str,
        node: Mapping,
        fields: dict[str, _Field],
        special: dict[str, Callable[[Node], Any]],
    ) -> dict[str, Any]:
        """The values by name; a value that is absent or wrong is left out."""
        values: dict[str, Any] = {}
        seen: dict[str, int] = {}
        misspelt: set[str] = set()
        for key, value in node.pairs:
            name = key.value
            if name in seen:
                self.report(
                    key.line, key.column, f"key {name!r} again; it stands in line {seen[name] + 1}"
                )
                continue
            seen[name] = key.line
            if name not in fields:
                # A key that is misspelt is not called missing as well.
                if (meant := self._report_unknown_key(key, fields)) and meant not in seen:
                    misspelt.add(meant)
            elif name in special:
                values[name] = special[name](value)
            elif not _is_absent(value) or fields[name].required:
                converted = self.convert[type(fields[name].type)](name, value, fields[name].type)
                if converted is not None:
                    values[name] = converted
        required = [name for name, field in fields.items() if field.required]
        known = {**dict.fromkeys(misspelt, node.line), **seen}
        self._report_missing(what, required, node, known)
        return values

    def _report_unknown_key(self, key: Scalar, fields: dict[str, _Field]) -> str | None:
        """Report the key; the known one that it was probably meant to be is returned."""
        if UNREADABLE in key.value:
            return None
        name = one_line(key.value)
        if len(name) > _LONGEST_MISSPELT:
            self.report(key.line, key.column, f"unknown key {name[:_LONGEST_MISSPELT]!r}...")
            return None
        wanted = re.sub(r"[\s-]+", "_", name.casefold())
        if (synonym := _SYNONYMS.get(wanted)) in fields:
            wanted = synonym
        meant = did_you_mean(wanted, fields) or f"known are {', '.join(fields)}"
        self.report(key.line, key.column, f"unknown key {name!r}; {meant}")
        return next(iter(near_names(wanted, fields)), None)

    def _report_missing(
        self, what: str, required: list[str], node: Mapping, seen: dict[str, int]
    ) -> None:
        # The key may stand in a line that could not be read, of which enough was said.
        last = max(seen.values(), default=node.line) + 1
        if self.blanked and any(line in self.blanked for line in range(node.line, last + 1)):
            return
        for name in required:
            if name not in seen:
                self.report(node.line, node.column, f"the {what} has no {name!r}")

    def text(self, name: str, node: Node, constraint: inspect.StrType) -> str | None:
        if not isinstance(node, Scalar):
            self.report(node.line, node.column, f"{name}: expected text, {_describe_node(node)}")
            return None
        value = node.value.strip()
        if UNREADABLE in value:
            return value
        wrong = _text_problem(value, constraint)
        if node.style == '"' and (unsafe := first_unsafe(value)) is not None:
            wrong = _CONTROL_ESCAPE.format(ord(value[unsafe]))
        if wrong:
            self.report(node.line, node.column, f"{name}: {wrong}")
            return None
        return value

    def choice(self, name: str, node: Node, constraint: inspect.LiteralType) -> str | None:
        value = node.value.strip() if isinstance(node, Scalar) else ""
        if value in constraint.values or value == UNREADABLE:
            return value
        known = [str(choice) for choice in constraint.values]
        found = repr(one_line(value[:_LONGEST_MISSPELT])) if value else _node_kind(node)
        meant = did_you_mean(value.casefold(), known) or f"expected one of {', '.join(known)}"
        self.report(node.line, node.column, f"{name}: {found} is not known; {meant}")
        return None

    def number(self, name: str, node: Node, constraint: inspect.IntType) -> int | None:
        low, high = constraint.ge, constraint.le
        value = node.value.strip() if isinstance(node, Scalar) else ""
        if value == UNREADABLE:
            return low
        if re.fullmatch("[0-9]{1,6}", value) and low is not None and high is not None:
            number = int(value)
            if low <= number <= high:
                return number
        unit = " of seconds" if name.endswith("_s") else ""
        found = repr(one_line(value[:_LONGEST_MISSPELT])) if value else _node_kind(node)
        self.report(
            node.line,
            node.column,
            f"{name}: expected a whole number{unit} from {low} to {high}, found {found}",
        )
        return None

    def truth(self, name: str, node: Node, constraint: inspect.BoolType) -> bool | None:
        value = node.value.strip().casefold() if isinstance(node, Scalar) else ""
        if value in _TRUTHS or value == UNREADABLE:
            return _TRUTHS.get(value, False)
        found = repr(one_line(value[:_LONGEST_MISSPELT])) if value else _node_kind(node)
        self.report(node.line, node.column, f"{name}: expected yes or no, found {found}")
        return None

    def texts(
        self, name: str, node: Node, constraint: inspect.VarTupleType
    ) -> tuple[str, ...] | None:
        if isinstance(node, Scalar) and node.value == UNREADABLE:
            return ()
        if not isinstance(node, Sequence):
            self.report(
                node.line,
                node.column,
                f"{name}: expected a list such as [one, two], found {_node_kind(node)}",
            )
            return None
        item_type = _bare_type(constraint.item_type)
        convert = self.convert[type(item_type)]
        items = [convert(name, item, item_type) for item in node.items]
        return tuple(item for item in items if item is not None)


_TRUTHS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class _Validator(_FieldReader, Generic[WholeT, ItemT]):
    """Reads a file that holds a list of items."""

    def __init__(
        self, shape: Shape[WholeT, ItemT], report: ProblemReport, blanked: frozenset[int]
    ) -> None:
        super().__init__(report, blanked)
        self.shape = shape
        self.whole_fields, self.item_fields = _fields(shape.whole), _fields(shape.item)
        self.ids: dict[str, tuple[int, int]] = {}

    def whole(self, root: Node | None) -> WholeT | None:
        if not isinstance(root, Mapping):
            place = (root.line, root.column) if root else (0, 0)
            what = f"found {_node_kind(root)}" if root else "the file is empty"
            self.report(*place, f"{self.shape.beginning}; {what}")
            return None
        values = self.fields(
            self.shape.whole_name,
            root,
            self.whole_fields,
            special={self.shape.list_key: self.items},
        )
        if any(field.required and name not in values for name, field in self.whole_fields.items()):
            return None
        return self.shape.whole(**values)

    def items(self, node: Node) -> tuple[ItemT, ...]:
        if _is_absent(node):
            return ()
        if not isinstance(node, Sequence):
            self.report(
                node.line,
                node.column,
                f"{self.shape.list_key}: expected a list, found {_node_kind(node)}",
            )
            return ()
        found = (self.item(item) for item in node.items)
        return assign_ids(item for item in found if item is not None)

    def item(self, node: Node) -> ItemT | None:
        name, heading = self.shape.item_name, self.shape.heading
        if not isinstance(node, Mapping):
            hint = f"; write `- {heading}: ...`" if isinstance(node, Scalar) else ""
            self.report(
                node.line,
                node.column,
                f"expected a {name} with its keys, found {_node_kind(node)}{hint}",
            )
            return None
        values = self.fields(name, node, self.item_fields, special={})
        if "id" in values:
            self._note_id(values["id"], node)
        return self.shape.item(**values) if heading in values else None

    def _note_id(self, item_id: str, node: Mapping) -> None:
        where = node.get("id") or node
        place = where.line, where.column
        first = self.ids.setdefault(item_id, place)
        if first != place:
            line = first[0] + 1
            self.report(
                *place,
                f"id: {item_id!r} is the id of another {self.shape.item_name} already,"
                f" in line {line}",
            )


_SYNONYMS = {
    "question": "text",
    "questions_text": "text",
    "category": "kind",
    "type": "kind",
    "skill": "competency",
    "level": "difficulty",
    "followups": "follow_ups",
    "probes": "follow_ups",
    "objections": "pushbacks",
    "round": "rounds",
    "points": "key_points",
    "keywords": "terms",
    "seconds": "target_s",
    "time_s": "target_s",
    "license": "licence",
    "link": "url",
    "name": "title",
    "lang": "language",
}
"""What other lists call the same things."""


def _is_absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_empty


def _node_kind(node: Node | None) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping of keys"
    return "nothing" if node is None or not node.value.strip() else "text"


def _describe_node(node: Sequence | Mapping) -> str:
    if isinstance(node, Mapping) and len(node.pairs) == 1 and not node.flow:
        key = one_line(node.pairs[0][0].value[:_LONGEST_MISSPELT])
        return f"found a mapping: put text that holds a colon, such as {key!r}: ..., in quotes"
    opening = "{" if isinstance(node, Mapping) else "["
    hint = f"; text that begins with {opening} must be put in quotes" if node.flow else ""
    return f"found {_node_kind(node)}{hint}"


def _text_problem(value: str, constraint: inspect.StrType) -> str | None:
    if constraint.min_length and not value:
        return "is empty"
    if constraint.max_length and len(value) > constraint.max_length:
        return f"has {len(value):,} characters; {constraint.max_length:,} are the most"
    if constraint.pattern and not re.search(constraint.pattern, value):
        return _pattern_problem(value, constraint.pattern)
    return None


def _pattern_problem(value: str, pattern: str) -> str:
    shown = repr(one_line(value[:_LONGEST_MISSPELT]))
    suggestion = slug(value)
    if re.search(pattern, suggestion):
        return f"{shown} is not made of small letters, digits and hyphens; {suggestion!r} would be"
    return f"{shown} is not a language code such as en or pt-BR"
