"""`practice formats`."""

from pathlib import Path

import click
import msgspec

from practice.base.exit_codes import ExitCode
from practice.base.paths import places
from practice.base.text import one_line, plain
from practice.cli import options, output
from practice.questions.bank_file.problems import Problem
from practice.questions.formats.store import ENDING, FormatEntry, FormatStore, check_format


@click.group()
def formats() -> None:
    """How a session is held: one-way, phone, panel, presentation, and your own rules.

    A format is a small YAML file. Your own lie in the folder `formats` of your settings
    (practice paths) and are found by their name.

    \b
    practice formats list
    practice formats show panel
    practice session --format panel
    """


@formats.command("list")
@options.as_json
def list_formats(as_json: bool) -> None:
    """List the formats, your own among them."""
    entries = _open_store().all()
    if as_json:
        output.print_document({"formats": [_entry_facts(entry) for entry in entries]})
    else:
        output.print_table([_entry_row(entry) for entry in entries])


@formats.command()
@click.argument("name")
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Show the rules of the format NAME, and which file they stand in."""
    store = _open_store()
    path, rules = store.path(name), store.find(name)
    if as_json:
        facts = {"name": name, "path": str(path), "rules": msgspec.to_builtins(rules)}
        output.print_document({"format": facts})
        return
    output.print_data(plain(path.read_text(encoding="utf-8-sig")).rstrip("\n"))
    output.narrate(f"from {path}; copy it to {store.own} to change it")


@formats.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.as_json
@click.pass_context
def check(ctx: click.Context, paths: tuple[str, ...], as_json: bool) -> None:
    """List every problem in format files, each with its place.

    PATH is a file or the name of a format.
    """
    problems = [one for path in paths for one in check_format(_find_file(path)).problems]
    if as_json:
        output.print_document({"problems": [_problem_facts(problem) for problem in problems]})
    elif problems:
        output.print_data("\n".join(plain(str(problem)) for problem in problems))
    else:
        output.narrate("no problems")
    if problems:
        ctx.exit(ExitCode.FAILED)


def _open_store() -> FormatStore:
    return FormatStore(places().formats)


def _find_file(named: str) -> Path:
    """A path as it stands, else the file of the format of that name."""
    path = Path(named)
    if path.exists() or path.suffix == ENDING or path.name != named:
        return path
    return _open_store().path(named)


def _entry_row(entry: FormatEntry) -> tuple[str, ...]:
    rules, count = entry.checked.format, len(entry.checked.problems)
    said = f"{count} problem{'' if count == 1 else 's'}" if count else ""
    about = one_line(rules.about) if rules else ""
    whose = "yours" if entry.own else "shipped"
    rehearsal = "a rehearsal" if rules and rules.rehearsal else "-"
    return entry.name, whose, rehearsal, said or about


def _entry_facts(entry: FormatEntry) -> dict[str, object]:
    rules = entry.checked.format
    return {
        "name": entry.name,
        "title": rules.title if rules else None,
        "about": rules.about if rules else None,
        "path": str(entry.checked.path),
        "own": entry.own,
        "rehearsal": bool(rules and rules.rehearsal),
        "problems": [_problem_facts(problem) for problem in entry.checked.problems],
    }


def _problem_facts(problem: Problem) -> dict[str, object]:
    return {
        "path": str(problem.path),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
