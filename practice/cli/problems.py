"""What is wrong with a file of questions or stories, as lines and as JSON; and editing it."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from practice.base.system import editor
from practice.base.text import plain
from practice.cli import output
from practice.questions.bank_file.problems import Problem
from practice.questions.bank_file.reading import FileCheck


def problem_lines(checked: Iterable[FileCheck[Any]]) -> str:
    """Every problem, then every warning, a line each."""
    found = list(checked)
    lines = [str(problem) for each in found for problem in each.problems]
    lines += [f"{warning} (a warning)" for each in found for warning in each.warnings]
    return "\n".join(map(plain, lines))


def problem_facts(problem: Problem) -> dict[str, object]:
    """One problem as JSON has it."""
    return {
        "path": str(problem.path),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }


def print_checks(checked: list[FileCheck[Any]], as_json: bool) -> bool:
    """Print what was found in files; whether they have no problem."""
    if as_json:
        facts = {
            "problems": [problem_facts(each) for one in checked for each in one.problems],
            "warnings": [problem_facts(each) for one in checked for each in one.warnings],
        }
        output.print_document(dict(facts))
    elif found := problem_lines(checked):
        output.print_data(found)
    else:
        output.narrate("no problems")
    return not any(each.problems for each in checked)


def edit_until_good(
    path: Path, line: int, before: bytes, check: Callable[[Path], FileCheck[Any]]
) -> bool:
    """Open a file in the user's editor, again where it has problems and they want to.

    Args:
        path: The file.
        line: Where to begin, from 1.
        before: What it held.
        check: Reads it.

    Returns:
        Whether it has no problem at the end.
    """
    while True:
        editor.open_editor(path, line)
        checked = check(path)
        if found := problem_lines([checked]):
            output.print_data(found)
        if not checked.problems:
            count = len(checked.warnings)
            warned = f", {count} warning{'' if count == 1 else 's'}" if count else ""
            done = "nothing was changed" if path.read_bytes() == before else "saved"
            output.narrate(f"{done}, no problems{warned}: {path}")
            return True
        line = checked.problems[0].line
        if not sys.stdin.isatty() or not click.confirm("Edit again?", default=True, err=True):
            return False
