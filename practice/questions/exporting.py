"""A bank in the formats of others: CSV for tables, Markdown for reading, JSON for programs."""

import csv
import io
import re
from typing import Literal

import msgspec

from practice.base.text import escape_markdown, first_unsafe, guard_formula, one_line
from practice.questions.model import Bank, Question

ExportFormat = Literal["csv", "md", "json"]


def export(bank: Bank, format_name: ExportFormat) -> str:
    """The whole bank as text in the format that is named."""
    if format_name == "csv":
        return _csv_text(bank)
    return _markdown_text(bank) if format_name == "md" else _json_text(bank)


def _json_text(bank: Bank) -> str:
    document = {"schema": 1, **msgspec.to_builtins(bank)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode("utf-8") + "\n"


def _csv_text(bank: Bank) -> str:
    """One row a question."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(Question.__struct_fields__)
    for question in bank.questions:
        writer.writerow(_cell(value) for value in msgspec.structs.astuple(question))
    return target.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        # One item a line: spreadsheets show the lines of a cell, and importing splits at them.
        value = "\n".join(value)
    return guard_formula("" if value is None else str(value))


def _markdown_text(bank: Bank) -> str:
    lines = [f"# {_markdown_line(bank.title)}", ""]
    if bank.licence:
        lines += [f"Licence: {_markdown_line(bank.licence)}", ""]
    for question in bank.questions:
        lines += _question_lines(question)
    return "\n".join(lines).rstrip() + "\n"


def _question_lines(question: Question) -> list[str]:
    lines = [f"## {_markdown_line(question.text)}", ""]
    facts = [
        question.kind or "",
        question.competency,
        f"difficulty {question.difficulty} of 3" if question.difficulty else "",
        f"{question.target_s} s to answer" if question.target_s else "",
        f"{question.prep_s} s to prepare" if question.prep_s else "",
        ", ".join(question.tags),
        ", ".join(question.rounds),
    ]
    if any(facts):
        lines += [" · ".join(_markdown_line(fact) for fact in facts if fact), ""]
    for name, items in (
        ("Follow-ups", question.follow_ups),
        ("Pushbacks", question.pushbacks),
        ("Key points", question.key_points),
        ("Terms", question.terms),
    ):
        if items:
            lines += [f"### {name}", "", *(f"- {_markdown_line(item)}" for item in items), ""]
    if question.notes:
        notes = question.notes.split("\n")
        lines += ["### Notes", "", *(escape_markdown(line) for line in notes), ""]
    origin = (
        _markdown_line(question.source), _markdown_link(question.url),
        _markdown_line(question.licence),
    )  # fmt: skip
    if any(origin):
        lines += ["Source: " + ", ".join(filter(None, origin)), ""]
    return lines


def _markdown_link(address: str) -> str:
    # Escaping breaks addresses, and this one is there to be followed.
    is_safe = re.fullmatch(r"https?://[^\s<>]+", address) and first_unsafe(address) is None
    return f"<{address}>" if is_safe else _markdown_line(address)


def _markdown_line(text: str) -> str:
    return escape_markdown(one_line(text))
