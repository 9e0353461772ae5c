"""`practice analyze`."""

from functools import partial
from pathlib import Path

import click

from practice.cli import options
from practice.cli.services import (
    open_workspace,
    review_each,
    say_model,
    show_review,
    transcription_progress,
)
from practice.core.analysing import analyze_file, analyze_words
from practice.documents.external_words import read_words

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, type=FILE, metavar="FILE...")
@click.option("--words", type=FILE, metavar="WORDS.json", help="Words another recogniser found.")
@options.track
@options.model
@options.language
@options.as_json
@click.pass_context
def analyze(
    ctx: click.Context,
    files: tuple[Path, ...],
    words: Path | None,
    track: int | None,
    model: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Review any audio or video FILE; nothing is kept and nothing is changed.

    With --words the words come from another recogniser: a list of {text, start_s, end_s,
    probability}, or the JSON of faster-whisper, WhisperX or whisper-timestamped. Without FILE
    the review tells what words alone can tell.

    \b
    practice analyze answer.m4a
    practice analyze *.mp4 --json
    practice analyze answer.wav --words answer.json
    """
    if not files and words is None:
        raise click.UsageError("name a FILE to review, or --words")
    if len(files) > 1 and words is not None:
        raise click.UsageError("--words belongs to one FILE")
    recognised = read_words(words) if words is not None else None
    with open_workspace(model, language, needs_library=False) as workspace:
        if recognised is None:
            say_model(workspace)
        progress = transcription_progress()
        if recognised is not None and not files:
            code = show_review(analyze_words(workspace, recognised), as_json)
        elif len(files) == 1:
            review = analyze_file(workspace, files[0], progress, recognised, track=track)
            code = show_review(review, as_json)
        else:
            heard = partial(analyze_file, workspace, progress=progress, track=track)
            jobs = [(str(file), partial(heard, file)) for file in files]
            code = review_each(jobs, as_json)
    ctx.exit(code)
