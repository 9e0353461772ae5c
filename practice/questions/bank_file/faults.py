"""Text that is not YAML: the reason in plain words, and how to read on behind it.

libyaml stops at the first fault and describes it in the words of its grammar. Here its message,
the context it was in and the character it stopped at become advice to somebody who writes a bank.
"""

import re
from dataclasses import dataclass

import yaml

UNREADABLE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands where a value was that could not be read; no other problem is reported for it."""

_KEY = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[A-Za-z_][\w-]*)(?P<colon>:[ \t])")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where reading stopped and why; positions count from 0."""

    line: int
    column: int
    message: str


def fault_of(error: yaml.YAMLError, text: str) -> Fault:
    """What `error` means to the person who wrote `text`."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable_character(error, text)
    here, context = error.problem_mark, error.context or ""
    problem = error.problem or "this is not YAML"
    if "escape" in problem:
        return Fault(here.line, here.column, "YAML does not know this escape after a backslash")
    if error.context_mark is not None and ("quoted" in context or "flow" in context):
        return Fault(error.context_mark.line, error.context_mark.column, _unclosed_message(context))
    next_character = text[here.index : here.index + 1]
    return Fault(here.line, here.column, _message(problem, context, next_character))


def _unreadable_character(error: yaml.YAMLError, text: str) -> Fault:
    position = getattr(error, "position", 0)
    before = text[: position if isinstance(position, int) else 0]
    column = len(before) - (before.rfind("\n") + 1)
    return Fault(before.count("\n"), column, "a character that YAML does not allow")


def _unclosed_message(context: str) -> str:
    if "quoted" in context:
        return "a quote is opened here and not closed"
    bracket = "[" if "sequence" in context else "{"
    return f"a list is opened here with {bracket} and not closed, or a comma is missing in it"


def _message(problem: str, context: str, character: str) -> str:
    if "mapping values are not allowed" in problem:
        return "a colon followed by a space inside plain text; put the whole text in quotes"
    if "sequence entries are not allowed" in problem:
        return "a list item cannot begin here; put it on a line of its own, or the text in quotes"
    if "violates indentation" in problem or character == "\t":
        return "a tab; indent with spaces"
    if "cannot start any token" in problem:
        return f"text that begins with {character} must be put in quotes"
    if "alias" in context or "anchor" in context:
        sign = "*" if "alias" in context else "&"
        return f"text that begins with {sign} must be put in quotes"
    if "block mapping" in context and character not in {"", " ", "\n"}:
        return (
            "this does not fit what stands before it: check the indentation of the line, "
            "and write a quote inside quoted text twice"
        )
    if "block collection" in context:
        return "expected a list item here, one that begins with a hyphen and a space"
    return f"this cannot be read as YAML ({problem})"


class Mender:
    """Takes unreadable lines out of a text, one at a time, so that the rest can be checked.

    First the value of a line goes and its key stays, so that the key is not called missing. Where
    that does not help, or the line has no key, the whole line goes.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self.blanked: set[int] = set()
        self._mended: set[int] = set()

    @property
    def text(self) -> str:
        """The text as mended so far; every line keeps its number."""
        return "\n".join(self._lines)

    def mend(self, fault: Fault) -> bool:
        """Make the line of `fault` readable; False when nothing is left to try."""
        number = fault.line
        if number >= len(self._lines) or number in self.blanked:
            return False
        line = self._lines[number]
        match = _KEY.match(line)
        if match and number not in self._mended and match.start("colon") != fault.column:
            self._lines[number] = f'{match[0]}"{UNREADABLE}"'
            self._mended.add(number)
        else:
            self._lines[number] = ""
            self.blanked.add(number)
        return True
