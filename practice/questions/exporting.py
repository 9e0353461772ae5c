"""A bank in the formats of others: CSV for tables, Markdown for reading, JSON for programs."""

import csv
import io
import re
from typing import Literal

import msgspec

from practice.questions.model import Bank, Question

ExportFormat = Literal["csv", "md", "json"]
_LIST_SEPARATOR = "\n"
_FORMULA = ("=", "+", "-", "@")


def export(bank: Bank, format_name: ExportFormat) -> str:
    """The whole bank as text in the format that is named."""
    if format_name == "csv":
        return _csv(bank)
    return _markdown(bank) if format_name == "md" else _json(bank)


def _json(bank: Bank) -> str:
    document = {"schema": 1, **msgspec.to_builtins(bank)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode("utf-8") + "\n"


def _csv(bank: Bank) -> str:
    """One row a question; a list has one item a line, as tables show it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(Question.__struct_fields__)
    for question in bank.questions:
        writer.writerow(_cell(value) for value in msgspec.structs.astuple(question))
    return target.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return _cell(_LIST_SEPARATOR.join(value))
    text = "" if value is None else str(value)
    # A table program would run text that begins like a formula.
    return f"'{text}" if text.startswith(_FORMULA) else text


def _markdown(bank: Bank) -> str:
    lines = [f"# {_escaped(bank.title)}", ""]
    if bank.licence:
        lines += [f"Licence: {_escaped(bank.licence)}", ""]
    for question in bank.questions:
        lines += _question_lines(question)
    return "\n".join(lines).rstrip() + "\n"


def _question_lines(question: Question) -> list[str]:
    lines = [f"## {_escaped(' '.join(question.text.split()))}", ""]
    if facts := _facts(question):
        lines += [facts, ""]
    for name, items in (
        ("Follow-ups", question.follow_ups),
        ("Key points", question.key_points),
        ("Terms", question.terms),
    ):
        if items:
            lines += [f"### {name}", "", *(f"- {_escaped(item)}" for item in items), ""]
    if question.notes:
        lines += ["### Notes", "", *(_escaped(line) for line in question.notes.split("\n")), ""]
    origin = [text for text in (question.source, question.url, question.licence) if text]
    if origin:
        lines += ["Source: " + ", ".join(_escaped(text) for text in origin), ""]
    return lines


def _facts(question: Question) -> str:
    facts = [
        question.kind or "",
        _escaped(question.competency),
        f"difficulty {question.difficulty} of 3" if question.difficulty else "",
        f"{question.target_s} s to answer" if question.target_s else "",
        f"{question.prep_s} s to prepare" if question.prep_s else "",
        _escaped(", ".join(question.tags)),
    ]
    return " · ".join(fact for fact in facts if fact)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    marks = re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
    return re.sub(r"^(\s*)(#{1,6}|[-+]|\d+[.)])(?=\s)", r"\1\\\2", marks)
