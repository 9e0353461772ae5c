"""`practice export` and `practice import`: everything as one folder of plain files."""

from pathlib import Path

import click

from practice.base.paths import show_path
from practice.base.text import format_size, one_line
from practice.cli import options, output
from practice.cli.services import open_workspace, progress_line
from practice.core.export_folder import export_everything, name_counts
from practice.core.import_folder import describe_import, import_everything, preview_import


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--with-pages", is_flag=True, help="Put in the pages that you wrote for yourself.")
@options.as_json
def export_command(folder: Path, with_pages: bool, as_json: bool) -> None:
    """Write everything you keep into a new or empty FOLDER of plain files.

    Takes with their sound, words, reviews, corrections and notes, sessions, interviews with
    their debriefs, open questions, your banks, your settings and letters. `practice import` takes
    it back.

    Whoever has the folder can read and hear it all.
    """
    with open_workspace() as workspace:
        done = export_everything(
            workspace, folder, progress_line("writing the export"), with_pages=with_pages
        )
    if as_json:
        output.print_document(
            {
                "folder": str(folder),
                "counts": done.counts,
                "files": done.files,
                "bytes": done.bytes,
                "left_out": list(done.left_out),
            }
        )
        return
    named = name_counts(done.counts) or "nothing yet"
    output.print_data(f"{show_path(folder)}: {named}; {format_size(done.bytes)}")
    for left_out in done.left_out:
        output.narrate(f"left out: {one_line(left_out)}")


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--skip-damaged", is_flag=True, help="Take what is whole where the rest is damaged.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken, and change nothing.")
@options.as_json
@click.pass_context
def import_command(
    ctx: click.Context, folder: Path, skip_damaged: bool, dry_run: bool, as_json: bool
) -> None:
    """Take back what `practice export` wrote into FOLDER.

    What is missing here is added; what is here already stays as it is. A damaged export changes
    nothing, unless you ask for what is whole.
    """
    with open_workspace() as workspace:
        progress = progress_line("reading")
        if dry_run:
            done = preview_import(workspace, folder, progress)
        else:
            done = import_everything(
                workspace, folder, skip_damaged=skip_damaged, progress=progress
            )
    if as_json:
        output.print_document({"counts": done.counts, "damaged": list(done.damaged)})
    else:
        for line in describe_import(done, is_preview=dry_run):
            output.print_data(line)
        for damaged in done.damaged:
            output.narrate(f"{'damaged' if dry_run else 'left out'}: {one_line(damaged)}")
    if dry_run and done.damaged:
        ctx.exit(1)
