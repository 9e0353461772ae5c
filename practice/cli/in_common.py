"""`practice interviews report`: what interviews have in common."""

from dataclasses import asdict
from pathlib import Path

import click

from practice.base.errors import UsageError
from practice.base.files import write_atomic
from practice.base.paths import show_path
from practice.cli import options, output
from practice.cli.services import open_workspace
from practice.core.in_common import read_in_common
from practice.reports import in_common


@click.command()
@click.option("--markdown", is_flag=True, help="Print Markdown.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write one HTML page to FILE.",
)
@options.as_json
def report(markdown: bool, page: Path | None, as_json: bool) -> None:
    """Count what your interviews have in common, from three debriefs on.

    Stages, kinds of question, what was asked beside what you had practised, reasons and stories:
    counts alone, no advice.
    """
    if sum((markdown, page is not None, as_json)) > 1:
        raise UsageError("choose one of --markdown, --html and --json", "leave the others out")
    with open_workspace() as workspace:
        found, missing = read_in_common(workspace)
    if as_json:
        facts: dict[str, object] = {
            "debriefs": found.debriefs,
            "missing_debriefs": missing,
            "in_common": None if missing else asdict(found),
        }
        output.print_document(facts)
    elif page is not None:
        write_atomic(page, in_common.render_html(found, missing).encode())
        output.narrate(f"written to {show_path(page)}")
    elif markdown:
        output.print_data(in_common.render_markdown(found, missing).rstrip("\n"))
    else:
        output.print_data(in_common.render_text(found, missing, output.text_width()))
