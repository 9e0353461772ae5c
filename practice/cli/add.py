"""`practice add`."""

from pathlib import Path

import click

from practice.cli import options, output
from practice.cli.services import hearing_progress, open_interview, say_model, show_review


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--question", metavar="ID", help="The question it answers.")
@options.model
@options.as_json
@click.pass_context
def add(
    ctx: click.Context, file: Path, question: str | None, model: str | None, as_json: bool
) -> None:
    """Keep a copy of an existing recording as a take, and review it.

    \b
    practice add loom.mp4 --question conflict-colleague
    practice add interview.m4a
    """
    with open_interview(model) as interview:
        served = interview.serve(question) if question else None
        say_model(interview)
        take = interview.add(file, served)
        output.narrate(f"kept as take {take.id}, {take.duration_s or 0:.1f} s")
        if take.interrupted:
            output.narrate(take.interrupted)
        code = show_review(interview.review(take.id, progress=hearing_progress()), as_json)
    ctx.exit(code)
