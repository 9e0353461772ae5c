"""`practice analyze`."""

from pathlib import Path

import click

from practice.cli import options, output
from practice.cli.services import (
    exit_code,
    hearing_progress,
    open_interview,
    say_model,
    show_review,
)
from practice.exit_codes import ExitCode
from practice.recognised import read_words
from practice.reports.document import ReviewDocument, to_builtins

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, type=FILE, metavar="FILE...")
@click.option("--words", type=FILE, metavar="WORDS.json", help="Words another recogniser found.")
@options.model
@options.language
@options.as_json
@click.pass_context
def analyze(
    ctx: click.Context,
    files: tuple[Path, ...],
    words: Path | None,
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
    with open_interview(model, language) as interview:
        if recognised is None:
            say_model(interview)
        if recognised is not None and not files:
            reviews = [interview.analyze_words(recognised)]
        else:
            progress = hearing_progress()
            reviews = [interview.analyze(file, progress, recognised) for file in files]
    ctx.exit(_show(reviews, as_json))


def _show(reviews: list[ReviewDocument], as_json: bool) -> ExitCode:
    if as_json and len(reviews) > 1:
        output.document({"reviews": [to_builtins(review) for review in reviews]})
        return max(exit_code(review) for review in reviews)
    return max(show_review(review, as_json) for review in reviews)
