"""`practice add`."""

from pathlib import Path

import click

from practice.base.text import clock_time
from practice.cli import options, output
from practice.cli.services import (
    open_workspace,
    progress_line,
    say_model,
    show_review,
    transcription_progress,
)
from practice.core.answering import add_recording
from practice.core.reviewing import review_take


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--question", metavar="ID", help="The question it answers.")
@options.track
@options.model
@options.language
@options.as_json
@click.pass_context
def add(
    ctx: click.Context,
    file: Path,
    question: str | None,
    track: int | None,
    model: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Keep a copy of an existing recording as a take, and review it.

    FILE is any sound or video file: from a phone, Zoom, Loom, a camera. Of several sound tracks
    the one that the file calls its default is taken, else the first; --track takes another.

    \b
    practice add loom.mp4 --question conflict-colleague
    practice add interview.mkv --track 2
    """
    with open_workspace(model, language, records=True) as workspace:
        served = workspace.question(question) if question else None
        say_model(workspace)
        take = add_recording(
            workspace, file, served, track=track, progress=progress_line("copying it")
        )
        length = clock_time(take.duration_s or 0)
        output.narrate(f"kept as take {take.id}, {length}, from {take.device}")
        if take.interrupted:
            output.narrate(take.interrupted)
        code = show_review(
            review_take(workspace, take.id, progress=transcription_progress()), as_json
        )
    ctx.exit(code)
