"""Values as the YAML a person would have written: plain where that is safe, quoted where not."""

import json
import re
from collections.abc import Iterable

import msgspec

from practice.questions.model import Bank, Item

FieldValue = str | int | tuple[str, ...]

SCHEMA_LINE = "# yaml-language-server: $schema=bank.schema.json"
_LONGEST_FLOW_LIST = 88
_PLAIN = re.compile(r"[^\W_](?:[^\n\t]*[^\s:])?")
"""Text that begins with a letter or digit and does not end with a colon: no sign of YAML in it."""
_OTHER_MEANING = re.compile(
    r"[-+.\d][-+.,:_\dA-Fa-fxXoO]*|null|true|false|yes|no|on|off|y|n|nan|inf", re.IGNORECASE
)
"""What YAML 1.1 or 1.2 tools read as a number, a date, a truth or nothing."""


def scalar(text: str, *, flow: bool, quote: str | None = None) -> str:
    """`text` on one line; `quote` is the style to keep where it can hold the text."""
    if quote == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    # JSON's strings are YAML's double-quoted ones, escapes included.
    if quote == '"' or not _is_safe_plain(text, flow=flow):
        return json.dumps(text, ensure_ascii=False)
    return text


def _is_safe_plain(text: str, *, flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or _OTHER_MEANING.fullmatch(text):
        return False
    if ": " in text or " #" in text:
        return False
    return not (flow and re.search(r"[\[\]{},:]", text))


def literal_lines(text: str, indent: int) -> list[str]:
    """The lines of a block literal, without its header."""
    return [" " * indent + line if line else "" for line in text.split("\n")]


def flow_list(items: Iterable[str]) -> str:
    """`[one, two]`."""
    return "[" + ", ".join(scalar(item, flow=True) for item in items) + "]"


def field_lines(key: str, value: FieldValue, indent: int) -> list[str]:
    """The lines of one key in a block mapping that begins at column `indent`."""
    lead = " " * indent
    if isinstance(value, int):
        return [f"{lead}{key}: {value}"]
    if isinstance(value, str):
        if "\n" in value:
            return [f"{lead}{key}: |-", *literal_lines(value, indent + 2)]
        return [f"{lead}{key}: {scalar(value, flow=False)}"]
    on_one_line = f"{lead}{key}: {flow_list(value)}"
    if len(on_one_line) <= _LONGEST_FLOW_LIST:
        return [on_one_line]
    return [f"{lead}{key}:", *(item_line(item, indent + 2) for item in value)]


def item_line(item: str, indent: int) -> str:
    """One item of a block list of texts."""
    return f"{' ' * indent}- {scalar(item, flow=False)}"


def flow_field(key: str, value: FieldValue) -> str:
    """One key inside braces."""
    if isinstance(value, int):
        return f"{key}: {value}"
    return f"{key}: {scalar(value, flow=True) if isinstance(value, str) else flow_list(value)}"


def fields_of(item: Item | Bank) -> dict[str, FieldValue]:
    """What is filled in, by key, in the order of the model; without the questions of a bank."""
    values = {name: getattr(item, name) for name in msgspec.structs.asdict(item)}
    return {
        name: value
        for name, value in values.items()
        if name != "questions" and value not in ("", (), None)
    }


def item_lines(item: Item, indent: int) -> list[str]:
    """The lines of a question or story in a block list whose hyphens stand at `indent`."""
    lines: list[str] = []
    for key, value in fields_of(item).items():
        lines += field_lines(key, value, indent + 2)
    return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]


def flow_item(item: Item) -> str:
    """The question or story on one line, in braces."""
    fields = (flow_field(key, value) for key, value in fields_of(item).items())
    return "{" + ", ".join(fields) + "}"


def bank_text(bank: Bank) -> str:
    """The whole bank as a new file."""
    lines = [SCHEMA_LINE]
    for key, value in fields_of(bank).items():
        lines += field_lines(key, value, 0)
    lines.append("questions:" if bank.questions else "questions: []")
    for number, question in enumerate(bank.questions):
        if number:
            lines.append("")
        lines += item_lines(question, 2)
    return "\n".join(lines) + "\n"


def new_bank_text(title: str) -> str:
    """A bank with one question and a comment for every key: what `banks new` writes."""
    return _NEW_BANK.format(schema=SCHEMA_LINE, title=scalar(title.strip(), flow=False))


_NEW_BANK = """\
{schema}
#
# A question bank. Only `title` and each question's `text` are required.
# Text that holds a colon and a space, or begins with one of * & ! @ % [ {{ " must be in quotes.
# `practice banks check FILE` tells what is wrong and where.
title: {title}
language: en
# licence: CC-BY-4.0            # if you mean to pass it on

questions:
  - id: about-yourself           # stable and unique in this bank; made from the text if missing
    text: Tell me about yourself.
    kind: motivation             # behavioural, situational, technical, motivation or logistics
    competency: communication    # what it asks about
    tags: [opener]
    rounds: [screen, panel]      # where it is asked
    difficulty: 1                # 1 to 3
    target_s: 90                 # how long an answer should take
    prep_s: 20                   # time to think first
    follow_ups:                  # what an interviewer asks next
      - Why are you leaving your present job?
    pushbacks:                   # what somebody says who doubts the answer
      - That could be said of any company. Why ours?
    key_points:                  # what a strong answer contains
      - who you are in one sentence
      - two results that matter for this job
      - why this job is the next step
    terms: []                    # words you want to hear yourself say
    # notes: yours to write
    # source: where the question came from
    # url: https://example.org/the-page
    # licence: of this question, where it is not the bank's
"""
