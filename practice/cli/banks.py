"""`practice banks`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import click
import msgspec

from practice.base.exit_codes import ExitCode
from practice.base.files import write_atomic
from practice.base.paths import places
from practice.base.text import clock_time, one_line, plain
from practice.cli import options, output
from practice.cli.problems import edit_until_good, print_checks, problem_facts
from practice.questions.bank_file.reading import check_file, load_bytes
from practice.questions.bank_file.writing import BankFile
from practice.questions.catalogue import BankEntry, Catalogue
from practice.questions.exporting import ExportFormat, export
from practice.questions.importers.plan import ImportPlan, plan_import
from practice.questions.model import Question
from practice.questions.pasted_list import plan_pasted

MOST_SHOWN = 20
"""Lines of a dry run that were not understood and are shown; `--json` has them all."""


@click.group()
def banks() -> None:
    """Question banks: plain YAML files that you own.

    \b
    practice banks list
    practice banks show behavioural-basics
    practice banks import questions.md -o my-list
    """


@banks.command("list")
@options.as_json
def list_banks(as_json: bool) -> None:
    """List the banks with their counts, problems and warnings."""
    entries = _open_catalogue().banks()
    if as_json:
        output.print_document({"banks": [_entry_facts(entry) for entry in entries]})
    else:
        output.print_table([_entry_row(entry) for entry in entries])


@banks.command()
@click.argument("name")
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Show every question of the bank NAME with its id."""
    bank = _open_catalogue().bank(name)
    if as_json:
        output.print_document({"bank": msgspec.to_builtins(bank)})
        return
    output.print_data(plain(f"{bank.title}  ({len(bank.questions)} questions, {bank.language})\n"))
    output.print_data("\n".join(_question_line(question) for question in bank.questions))


@banks.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.as_json
@click.pass_context
def check(ctx: click.Context, paths: tuple[str, ...], as_json: bool) -> None:
    """List every problem in bank files, each with its place, and warn of texts that # cuts off.

    PATH is a file or the name of a bank.
    """
    checked = [check_file(_find_bank_file(path)) for path in paths]
    if not print_checks(checked, as_json):
        ctx.exit(ExitCode.FAILED)


@banks.command()
@click.argument("name")
@click.option("--title", help="What the bank is called; NAME when left out.")
def new(name: str, title: str | None) -> None:
    """Write a new bank with one commented question to start from."""
    output.print_data(str(_open_catalogue().create(name, title)))


@banks.command()
@click.argument("name")
@click.option("--question", metavar="ID", help="Open the editor at this question.")
@click.pass_context
def edit(ctx: click.Context, name: str, question: str | None) -> None:
    """Open the bank NAME in your editor and check what comes back.

    A bank that comes with practice is copied into your own folder first.
    """
    catalogue = _open_catalogue()
    is_copy = not catalogue.is_own(name)
    path = catalogue.ensure_own(name)
    before = load_bytes(path)
    try:
        line = BankFile(path).line_of(question) if question else 1
        if not edit_until_good(path, line, before, check_file):
            ctx.exit(ExitCode.FAILED)
    finally:
        # Nobody wants a copy that says what the shipped bank says.
        if is_copy and path.exists() and load_bytes(path) == before:
            path.unlink()


@banks.command()
@click.argument("name")
@click.argument("title")
def rename(name: str, title: str) -> None:
    """Give the bank NAME another TITLE.

    Its file keeps its name, so that its takes stay with it. A bank that comes with practice is
    copied into your own folder first.
    """
    file = _open_catalogue().open(name)
    file.rename(title)
    output.narrate(f"{file.path.name} is called {one_line(file.bank.title)} now")


@banks.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(name: str, yes: bool) -> None:
    """Delete the bank NAME of yours; its takes stay, with the text of their questions.

    `practice banks export NAME -o FILE` keeps a copy.
    """
    from practice.cli.services import open_workspace  # lazy: the other commands need no library

    catalogue = _open_catalogue()
    entry = catalogue.own_entry(name)
    with open_workspace() as workspace:
        takes = len(workspace.library.takes(bank=name))
    if not yes:
        stay = f"; {takes} of your takes stay, with the text of their questions" if takes else ""
        click.confirm(
            plain(f"Delete {entry.path} ({_count_questions(entry)}){stay}?"), abort=True, err=True
        )
    catalogue.delete(name)
    output.narrate(f"deleted the bank {one_line(entry.title)}")


@banks.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", "name", metavar="NAME", help="Name of the new bank.")
@click.option(
    "--as",
    "reading",
    default="",
    metavar="READING",
    help="Take this reading of the file; --dry-run names them.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would be imported.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.as_json
def import_bank(
    file: Path, name: str | None, reading: str, dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Make a bank of a list of questions in any common format.

    Markdown lists, CSV, JSON, Anki decks, plain text and more. Of several ways to read the file the
    most plausible one is taken, and the others are named; what was not understood is listed with
    its line. FILE is - for a list on standard input.
    """
    is_piped = file == Path("-")
    if is_piped:
        plan = plan_pasted(sys.stdin.buffer.read(), places().scratch, reading)
    else:
        plan = plan_import(file, reading)
    if not as_json:
        output.narrate("\n".join(_plan_lines(plan)))
    written = None
    if not dry_run:
        target = _open_catalogue().new_path(name or plan.bank.title)
        if not yes and not is_piped and sys.stdin.isatty():
            click.confirm(f"Write it to {target}?", default=True, abort=True, err=True)
        written = plan.write(target)
    if as_json:
        output.print_document(
            {"import": _plan_facts(plan), "written": str(written) if written else None}
        )
    elif written:
        output.print_data(str(written))


@banks.command("export")
@click.argument("name")
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(ExportFormat)),
    default="md",
    show_default=True,
    help="What kind of file to write.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where to write it; printed when left out.",
)
def export_bank(name: str, form: ExportFormat, target: Path | None) -> None:
    """Write the bank NAME as csv, md or json."""
    text = export(_open_catalogue().bank(name), form)
    if target is None:
        output.print_data(plain(text).rstrip("\n"))
    else:
        write_atomic(target, text.encode())
        output.narrate(f"written to {target}")


def _open_catalogue() -> Catalogue:
    return Catalogue(places().banks)


def _find_bank_file(named: str) -> Path:
    """A path as it stands, else the file of the bank of that name."""
    path = Path(named)
    if path.exists() or path.suffix or path.name != named:
        return path
    return _open_catalogue().path(named)


def _entry_row(entry: BankEntry) -> tuple[str, ...]:
    count = _count_questions(entry) if entry.count else "-"
    whose = "yours" if entry.own else "shipped"
    marks = [(len(entry.problems), "problem"), (len(entry.warnings), "warning")]
    said = ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in marks if n)
    return entry.name, count, whose, entry.title, said


def _count_questions(entry: BankEntry) -> str:
    return f"{entry.count} question{'' if entry.count == 1 else 's'}"


def _entry_facts(entry: BankEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "title": entry.title,
        "path": str(entry.path),
        "questions": entry.count,
        "own": entry.own,
        "problems": [problem_facts(problem) for problem in entry.problems],
        "warnings": [problem_facts(warning) for warning in entry.warnings],
    }


def _question_line(question: Question) -> str:
    facts = [question.kind or "", question.competency]
    if question.target_s:
        facts.append(clock_time(question.target_s))
    return f"{question.id}\n    {one_line(question.text)}\n    {', '.join(filter(None, facts))}"


def _plan_lines(plan: ImportPlan) -> Iterable[str]:
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in plan.counts.items())
    yield f"{plan.path.name} looks like {plan.format}: {counts}"
    yield from (f"  {one_line(question.text)}" for question in plan.sample())
    if plan.reading:
        yield f"this is the reading {plan.reading}"
    for other in plan.others:
        yield f"--as {other.name} takes {other.questions}: {other.format}"
    if plan.encoding:
        yield f"the encoding is a guess: {plan.encoding}"
    if plan.licence_note:
        yield plan.licence_note
    for missed in plan.not_understood[:MOST_SHOWN]:
        yield f"not understood, line {missed.line}: {one_line(missed.text)}"
    if len(plan.not_understood) > MOST_SHOWN:
        yield f"and {len(plan.not_understood) - MOST_SHOWN} more; --json lists all"


def _plan_facts(plan: ImportPlan) -> dict[str, object]:
    return {
        "path": str(plan.path),
        "format": plan.format,
        "reading": plan.reading,
        "other_readings": [
            {"name": other.name, "format": other.format, "questions": other.questions}
            for other in plan.others
        ],
        "encoding_guess": plan.encoding or None,
        "counts": plan.counts,
        "bank": msgspec.to_builtins(plan.bank),
        "not_understood": [
            {"line": missed.line, "text": missed.text} for missed in plan.not_understood
        ],
        "licence_note": plan.licence_note,
    }
