"""`practice interviews letter` and `templates`: letters from what is known of an interview."""

from dataclasses import fields
from pathlib import Path

import click

from practice.base.errors import PracticeError, UsageError, storage_error
from practice.base.paths import show_path
from practice.base.system import editor
from practice.cli import options, output
from practice.cli.services import open_workspace
from practice.core.letters import (
    adopt_template,
    check_template,
    letter_about,
    propose_file,
    save_letter,
)
from practice.core.workspace import Workspace
from practice.letters.facts import LETTER_KINDS, PURPOSES, LetterFacts, LetterKind
from practice.letters.rendering import own_template


@click.command()
@click.argument("interview")
@click.argument("kind", type=click.Choice(LETTER_KINDS))
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Where to write it; printed when left out, or for -.",
)
@click.option("--edit", is_flag=True, help="Write it, and open the file in your editor.")
@options.as_json
def letter(
    interview: str, kind: LetterKind, target: Path | None, edit: bool, as_json: bool
) -> None:
    """Make a letter about an INTERVIEW of what you noted; nothing is sent.

    feedback asks them one narrow question; thanks says one thing that was not said; packet is for
    a reader you trust. Your guess, your notes and your page are in none of them.

    With --edit a FILE that is there already is opened as it is.

    \b
    practice interviews letter Acme thanks
    practice interviews letter Acme feedback --edit
    """
    if target == Path("-"):
        if edit:
            raise UsageError("--edit needs a file, and - is none", "name one, or leave -o out")
        target = None
    with open_workspace() as workspace:
        known = workspace.library.interviews.get(interview)
        text = letter_about(workspace, known.id, kind)
        if target is None and edit:
            target = propose_file(workspace.places, known, kind)
        if target is not None and not (edit and target.exists()):
            if target.exists():
                raise UsageError(
                    f"{show_path(target)} is there already",
                    "name another file, or open this one with --edit",
                )
            save_letter(target, text)
    if target is not None:
        if edit:
            editor.open_editor(target)
            text = _read_back(target)
        output.narrate(f"written to {show_path(target)}; nothing is sent")
    if as_json:
        path = str(target) if target is not None else None
        facts = {"interview": known.id, "kind": kind, "text": text, "path": path}
        output.print_document({"letter": facts})
    elif target is None:
        output.print_data(text.rstrip("\n"))


def _read_back(path: Path) -> str:
    """What the editor left."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise storage_error("read", show_path(path), error) from error


@click.command()
@click.argument("kind", type=click.Choice(LETTER_KINDS), required=False)
@click.option("--edit", is_flag=True, help="Make KIND your own, and open it in your editor.")
@options.as_json
@click.pass_context
def templates(ctx: click.Context, kind: LetterKind | None, edit: bool, as_json: bool) -> None:
    """List the templates of the letters, where they lie, and what is wrong with yours.

    Yours lie in the folder of settings, in `letters`; delete one to use the one that comes with
    practice again. A template names the facts of an interview, such as {{ company }}.
    """
    if edit and kind is None:
        raise UsageError("--edit needs a kind", f"say which: {', '.join(LETTER_KINDS)}")
    with open_workspace(needs_library=False) as workspace:
        if edit and kind is not None:
            _edit_template(workspace, kind)
        chosen = LETTER_KINDS if kind is None else (kind,)
        found = [_describe(workspace, each) for each in chosen]
        folder = show_path(workspace.places.letters)
    if as_json:
        facts = [field.name for field in fields(LetterFacts)]
        output.print_document({"templates": found, "facts": facts})
    else:
        output.print_table([("kind", "whose", "for"), *map(_to_row, found)])
        names = ", ".join(field.name for field in fields(LetterFacts))
        output.narrate(f"Yours lie in {folder}; with a kind, --edit makes one.")
        output.narrate(f"A template may name: {names}.")
        for each in found:
            if each["problem"]:
                output.narrate(str(each["problem"]))
    if any(each["problem"] for each in found):
        ctx.exit(1)


def _edit_template(workspace: Workspace, kind: LetterKind) -> None:
    """Open the user's own template; one that was made for this and stays as it was goes again."""
    is_new = not own_template(workspace.places.letters, kind).exists()
    path = adopt_template(workspace.places, kind)
    before = path.read_bytes()
    try:
        editor.open_editor(path)
    finally:
        if is_new and path.exists() and path.read_bytes() == before:
            path.unlink()


def _describe(workspace: Workspace, kind: LetterKind) -> dict[str, object]:
    path = own_template(workspace.places.letters, kind)
    problem = None
    try:
        check_template(workspace.places, kind)
    except PracticeError as error:
        problem = f"{error.message} ({error.hint})"
    return {
        "kind": kind,
        "purpose": PURPOSES[kind],
        "path": str(path),
        "is_own": path.exists(),
        "problem": problem,
    }


def _to_row(template: dict[str, object]) -> tuple[str, ...]:
    whose = "yours" if template["is_own"] else "practice's"
    return str(template["kind"]), whose, str(template["purpose"])
