"""Texts that YAML ends where their writer did not: at a number sign behind a space."""

import re
from collections.abc import Iterator

from practice.questions.bank_file.nodes import Mapping, Node, Scalar, Sequence

_COMMENT = re.compile(r"[ \t]+#[^\n]*")
_FREE_TEXTS = frozenset(
    {"text", "title", "notes", "follow_ups", "pushbacks", "key_points", "terms"}
)
"""Keys whose values are sentences. Behind one of a few fixed words a comment is a comment."""
_TEXTS_OF_STORIES = frozenset({"situation", "task", "action", "result", "number", "competencies"})


def find_cut_texts(root: Node | None, text: str) -> Iterator[tuple[int, int, str]]:
    """Each free text in no quotes that a comment follows: line, column (from 0), and what it says.

    Args:
        root: The tree of `text`.
        text: What was parsed.
    """
    for scalar in _find_free_texts(root):
        if scalar.style or scalar.is_empty:
            continue
        if comment := _COMMENT.match(text, scalar.end):
            number_sign = comment[0].index("#")
            column = scalar.end + number_sign - (text.rfind("\n", 0, scalar.end) + 1)
            line = text.count("\n", 0, scalar.end)
            yield line, column, comment[0].strip()


def _find_free_texts(node: Node | None, is_free: bool = False) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        if is_free:
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _find_free_texts(item, is_free)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            yield from _find_free_texts(value, key.value in _FREE_TEXTS | _TEXTS_OF_STORIES)
