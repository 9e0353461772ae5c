"""What the commands share: opening the workspace, finishing what a crash left, showing a review."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from practice.audio.stderr_redirect import redirect_stderr
from practice.base.errors import ModelError, PracticeError, StorageError
from practice.base.exit_codes import ExitCode
from practice.base.paths import Places, places
from practice.base.settings import load_settings
from practice.base.text import one_line
from practice.cli import output
from practice.core.recovery import RecoveredRecording, tidy_up
from practice.core.workspace import Workspace
from practice.documents.review import ReviewDocument, to_builtins
from practice.library.retention import describe_expired
from practice.reports import terminal
from practice.speech.transcription import Progress as TranscriptionProgress
from practice.speech.worker import ProgressCallback

LEFT_WIDTH = len("about 9999 s left")


@contextmanager
def open_workspace(
    model: str | None = None,
    language: str | None = None,
    where: Places | None = None,
    *,
    needs_library: bool = True,
    records: bool = False,
) -> Iterator[Workspace]:
    """The workspace in the user's own places; recovers what a crash left and says so.

    A model that was asked for by name must be there: without it nothing is begun.

    Args:
        model: Overrides the setting.
        language: Overrides the setting.
        where: Other places.
        needs_library: Whether the library is opened; where it is not, nothing is recovered.
        records: Whether a recording is to be kept; a read-only library is refused before it begins.

    Raises:
        SettingsError, StorageError: Settings or library cannot be read.
        ModelError: `model` was given and cannot be loaded.
    """
    here = where or places()
    settings = load_settings(here.settings_file)
    with (
        redirect_stderr(here.log),
        Workspace(here, settings, model=model, language=language) as workspace,
    ):
        if model is not None and (missing := workspace.model().missing):
            raise missing
        if records:
            workspace.library.check_writable()
        if needs_library:
            _tidy_up(workspace)
        yield workspace


def _tidy_up(workspace: Workspace) -> None:
    """Finish what a crash left. What goes wrong with it is said, and the command goes on."""
    if workspace.library.is_read_only:
        return
    try:
        tidied = tidy_up(workspace, _say_trouble)
        for found in tidied.recovered:
            output.narrate(describe_recovered(found))
        if tidied.expired:
            days = workspace.settings.keep_audio_days
            output.narrate(
                f"{describe_expired(len(tidied.expired), days)}"
                " (practice settings keep_audio_days 0 keeps it)"
            )
    except StorageError as error:
        _say_trouble(error)


def _say_trouble(error: PracticeError) -> None:
    hint = f" ({error.hint})" if error.hint else ""
    output.narrate(f"could not finish what was left over: {error.message}{hint}")


def describe_recovered(found: RecoveredRecording) -> str:
    """What is said about a recording that a crash or a quit had left."""
    asked = f" of “{one_line(found.question)}”" if found.question else ""
    recording = f"recording of {found.duration_s:.0f} s{asked}"
    happened = (
        f"kept the {recording} that you left"
        if found.was_left
        else f"recovered a {recording} that was interrupted"
    )
    return f"{happened}; it is take {found.take_id}: practice takes retry {found.take_id}"


def say_model(workspace: Workspace) -> None:
    """Say which model transcribes the answer where that may surprise: none, or the demo model."""
    chosen = workspace.model()
    if chosen.missing is not None:
        say_missing(chosen.missing)
    elif chosen.is_demo:
        output.narrate("the demo model understands the demo voice only, not a person's speech")


def say_missing(missing: ModelError) -> None:
    """Say that there will be no words, and how to get them."""
    output.narrate(f"{missing.message}: the sound is reviewed without words ({missing.hint})")


def show_review(
    review: ReviewDocument,
    as_json: bool,
    render: Callable[[ReviewDocument, int, bool], str] = terminal.render,
) -> ExitCode:
    """Print `review` as the JSON document or as text for this terminal.

    Args:
        review: The review.
        as_json: As the JSON document.
        render: Makes the text; one of `practice.reports.terminal`.

    Returns:
        As `exit_code`.
    """
    if as_json:
        output.print_document(to_builtins(review))
    else:
        colour = output.colour_choice(sys.stdout)
        text = render(review, output.text_width(), colour)
        output.print_data(text.rstrip("\n"))
    return exit_code(review)


def review_each(
    jobs: Iterable[tuple[str, Callable[[], ReviewDocument]]], as_json: bool
) -> ExitCode:
    """Show the review that each job makes; a job that fails is said and the others go on.

    Args:
        jobs: Each with the name of what it reviews.
        as_json: One document with every review and every error.

    Returns:
        The highest code among them.
    """
    code = ExitCode.DONE
    reviews: list[dict[str, object]] = []
    errors: list[dict[str, str]] = []
    for name, job in jobs:
        try:
            review = job()
        except PracticeError as error:
            code = max(code, error.exit_code)
            errors.append({"name": one_line(name)} | output.error_facts(error))
            output.narrate_error(error)
            continue
        code = max(code, exit_code(review) if as_json else show_review(review, as_json))
        reviews.append(to_builtins(review))
    if as_json:
        output.print_document({"reviews": reviews, "errors": errors})
    return code


def exit_code(review: ReviewDocument) -> ExitCode:
    """FAILED where the take could not be judged, else DONE."""
    return ExitCode.DONE if review.judgement.ok else ExitCode.FAILED


def transcription_progress(doing: str = "listening to it again") -> ProgressCallback | None:
    """What shows how far a transcription is, as `progress_line` does."""
    show = _make_progress_line(doing)
    if show is None:
        return None

    def say(progress: TranscriptionProgress) -> None:
        left = "" if progress.left_s is None else f"about {progress.left_s:.0f} s left"
        show(progress.part, left)

    return say


def progress_line(doing: str) -> Callable[[float], None] | None:
    """What shows how far something is on standard error; None where that is no terminal."""
    show = _make_progress_line(doing)
    return None if show is None else lambda part: show(part, "")


def _make_progress_line(doing: str) -> Callable[[float, str], None] | None:
    if not output.is_calm_terminal(sys.stderr):
        return None
    shown = -1

    def show(part: float, left: str) -> None:
        nonlocal shown
        percent = int(100 * part)
        if percent != shown:
            shown = percent
            line = f"\r  {doing}  {percent:3}%  {left:<{LEFT_WIDTH}}"
            click.echo(line, err=True, nl=part >= 1)

    return show
