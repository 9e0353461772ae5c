"""`practice report`."""

from pathlib import Path

import click

from practice.cli import output
from practice.cli.services import open_interview
from practice.errors import NotFoundError
from practice.files import write_atomic
from practice.reports import formats
from practice.reports.document import parse


@click.command()
@click.argument("take_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(list(formats.FORMATS)), default="txt")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="PATH")
def report(take_id: str, form: str, target: Path | None) -> None:
    """Write a report of a take: html, md, json, txt, srt, vtt or csv.

    \b
    practice report last --format html -o answer.html
    practice report last --format srt > answer.srt
    """
    with open_interview() as interview:
        take = interview.library.take(take_id)
        kept = interview.library.review(take.id)
    if kept is None:
        raise NotFoundError(
            f"the take {take.id} has no review yet", f"practice takes retry {take.id}"
        )
    text = formats.render(parse(kept), form)
    if target is None:
        output.data(text.rstrip("\n"))
    else:
        write_atomic(target, text.encode())
        output.narrate(f"written to {target}")
