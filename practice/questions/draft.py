"""A question while it is typed: every field as text, judged by the rules of the file reader."""

from collections.abc import Collection
from collections.abc import Mapping as Fields

import msgspec

from practice.base.text import first_unsafe, one_line
from practice.questions.bank_file.nodes import Mapping, Node, Scalar, Sequence
from practice.questions.bank_file.rendering import fields_of
from practice.questions.bank_file.shape import BANK
from practice.questions.bank_file.validation import build_whole
from practice.questions.model import Question, unused_id

Typed = str | tuple[str, ...]
"""What stands in a field: text, or the items of a list."""
LISTS = ("tags", "rounds", "follow_ups", "pushbacks", "key_points", "terms")


def typed_fields(question: Question) -> dict[str, Typed]:
    """Every field of a question as it would be typed; what is not there is empty."""
    filled = fields_of(question)
    empty: dict[str, Typed] = {
        name: () if name in LISTS else "" for name in Question.__struct_fields__
    }
    return empty | {
        name: value if isinstance(value, tuple) else str(value) for name, value in filled.items()
    }


def judge(
    typed: Fields[str, Typed], taken_ids: Collection[str] = ()
) -> tuple[Question | None, dict[str, str]]:
    """The question that was typed, or None, and what is wrong by the name of the field.

    Args:
        typed: Every field.
        taken_ids: The ids of the other questions of the bank.
    """
    # The rules are those of the file reader, which tells a problem by its line: here the number
    # of the field stands for it.
    names = list(typed)
    problems: dict[str, str] = {}

    def report(line: int, column: int, message: str) -> None:
        del column
        name = names[line] if line < len(names) else "text"
        problems.setdefault(name, message.removeprefix(f"{name}: "))

    bank = build_whole(BANK, _bank_node(typed), report)
    problems |= _control_character_problems(typed)
    question_id = str(typed.get("id", "")).strip()
    if question_id in taken_ids:
        free = unused_id(question_id, taken_ids)
        problems.setdefault("id", f"another question of this bank has it; {free!r} is free")
    if problems or bank is None or not bank.questions:
        return None, problems
    return msgspec.structs.replace(bank.questions[0], id=question_id), problems


def join_items(items: tuple[str, ...]) -> str:
    """The items of a list, one a line."""
    return "\n".join(one_line(item) for item in items)


def split_items(lines: str, known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The items that `lines` holds, one a line, without the empty lines.

    Args:
        lines: As typed.
        known: The items before; one that was left alone stays as it is, line breaks and all.
    """
    kept = {one_line(item): item for item in known}
    return tuple(
        kept.get(one_line(line), line.strip()) for line in lines.split("\n") if line.strip()
    )


def _bank_node(typed: Fields[str, Typed]) -> Node:
    """The tree that a file with this one question has."""
    pairs: list[tuple[Scalar, Node]] = []
    for line, (name, value) in enumerate(typed.items()):
        if isinstance(value, tuple):
            items: list[Node] = [_scalar(line, item) for item in value]
            pairs.append((_scalar(line, name), Sequence(line, 0, 0, 0, False, items)))
        elif value.strip() or name == "text":
            pairs.append((_scalar(line, name), _scalar(line, value)))
    question = Mapping(0, 0, 0, 0, False, pairs)
    questions = Sequence(0, 0, 0, 0, False, [question])
    title: tuple[Scalar, Node] = (_scalar(0, "title"), _scalar(0, "typed"))
    return Mapping(0, 0, 0, 0, False, [title, (_scalar(0, "questions"), questions)])


def _scalar(line: int, value: str) -> Scalar:
    """Text in single quotes, so that `null` and `~` stay what was typed."""
    return Scalar(line, 0, 0, 0, value, "'")


def _control_character_problems(typed: Fields[str, Typed]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in typed.items():
        for text in value if isinstance(value, tuple) else (value,):
            if (offset := first_unsafe(text)) is not None:
                found[name] = f"holds the control character U+{ord(text[offset]):04X}; take it out"
    return found
