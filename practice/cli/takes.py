"""`practice takes`."""

import sys
from collections.abc import Sequence
from functools import partial

import click

from practice.audio.player import Player
from practice.base.clock import iso_utc
from practice.base.errors import UsageError
from practice.base.paths import show_path
from practice.base.spacing import format_pace
from practice.base.text import clock_time, shared_beginnings, shorten
from practice.cli import options, output
from practice.cli.feedback import feedback_facts, feedback_lines
from practice.cli.services import (
    open_workspace,
    review_each,
    say_model,
    show_review,
    transcription_progress,
)
from practice.core.exports import delete_exports, find_exports
from practice.core.feedback import list_feedback
from practice.core.filing import move_take, rename_take
from practice.core.guesses import compare_guess, describe_guess, guess_facts
from practice.core.reviewing import review_take
from practice.core.telling import describe_told, find_telling
from practice.core.workspace import Workspace
from practice.delivery.findings import approximate_count
from practice.documents.review import to_builtins
from practice.library.takes import Take, TakeMeasures, TakeState, sound_of
from practice.reports.parts import describe_parts, find_part_facts, part_facts_json

_HEADER = ("id", "recorded", "long", "no.", "fillers", "pace", "question")
_NARROWEST = 10
"""Columns that a question keeps however narrow the terminal is."""


@click.group()
def takes() -> None:
    """List, show, play, retry or delete your takes.

    A take is named by its id, the beginning of it, or `last`.

    \b
    practice takes list
    practice takes show last
    """


@takes.command("list")
@click.option("--question", metavar="ID", help="Only takes of this question.")
@click.option("--containing", metavar="TEXT", help="Only takes with these words in them.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="How many takes, the newest ones.",
)
@options.as_json
def list_takes(question: str | None, containing: str | None, limit: int, as_json: bool) -> None:
    """List the takes, newest first."""
    with open_workspace() as workspace:
        found = workspace.library.takes(question_id=question, containing=containing, limit=limit)
    if as_json:
        output.print_document({"takes": [_take_facts(take) for take in found]})
    elif found:
        output.print_table(_take_rows(found))
    else:
        output.narrate("there is no take yet: practice record")


@takes.command()
@click.argument("take_id", metavar="ID")
@options.as_json
def show(take_id: str, as_json: bool) -> None:
    """Show the review of a take."""
    with open_workspace() as workspace:
        take = workspace.library.take(take_id)
        review = workspace.review_of(take)
        answered = list_feedback(workspace, take.id)
        if as_json:
            rows = [feedback_facts(each) for each in answered]
            guess = guess_facts(compare_guess(workspace, take, review))
            parts = part_facts_json(review, workspace.library.annotations.parts(take.id))
            more = {"feedback": rows, "guess": guess, "parts": parts}
            output.print_document(to_builtins(review) | more)
        else:
            show_review(review, as_json=False)
            if guessed := describe_guess(compare_guess(workspace, take, review)):
                output.print_data("\n".join(["", *guessed]))
            if facts := find_part_facts(review, workspace.library.annotations.parts(take.id)):
                output.print_data("\n".join(["", *describe_parts(facts)]))
            telling, title = find_telling(workspace, take.id)
            if telling is not None:
                output.print_data(f"\n{describe_told(telling, title)}")
            for each in answered:
                output.print_data("\n".join(["", *feedback_lines(each)]))
        if workspace.hears_more_now(take, review.transcription):
            output.narrate(
                "An older version of practice transcribed this take and may have missed ums:"
                f" practice takes retry {take.id} transcribes it again."
            )


@takes.command()
@click.argument("take_id", metavar="ID")
@click.option(
    "--from",
    "start_s",
    type=click.FloatRange(min=0),
    default=0.0,
    help="Where to begin, in seconds.",
)
def play(take_id: str, start_s: float) -> None:
    """Play a take; Ctrl+C stops."""
    with open_workspace() as workspace:
        audio = sound_of(workspace.library.take(take_id))
        player = Player()
        player.play(audio, start_s=start_s)
        try:
            player.wait()
        finally:
            player.stop()


@takes.command()
@click.argument("take_id", metavar="ID", required=False)
@click.option("--all", "every", is_flag=True, help="Every take that has no words yet.")
@options.model
@options.language
@options.as_json
@click.pass_context
def retry(
    ctx: click.Context,
    take_id: str | None,
    every: bool,
    model: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Transcribe and review a take again: after a failure, or with another model or language."""
    if (take_id is None) != every:
        raise UsageError("name one take, or --all", "practice takes list")
    with open_workspace(model, language) as workspace:
        say_model(workspace)
        if take_id is not None:
            take = workspace.library.take(take_id)
            review = review_take(workspace, take.id, progress=transcription_progress())
            code = show_review(review, as_json)
        else:
            jobs = [
                (
                    take.id,
                    partial(review_take, workspace, take.id, progress=transcription_progress()),
                )
                for take in _takes_to_retry(workspace)
            ]
            code = review_each(jobs, as_json)
    ctx.exit(code)


@takes.command()
@click.argument("take_id", metavar="ID")
@click.argument("question")
def move(take_id: str, question: str) -> None:
    """File a take under another QUESTION: its id, or `bank/id`.

    Its review is made again with the key points and terms of that question.
    """
    with open_workspace() as workspace:
        take = move_take(workspace, take_id, workspace.question(question))
        output.narrate(f"{take.id} is take {take.number} of {_take_title(take)}")


@takes.command()
@click.argument("take_id", metavar="ID")
@click.argument("title")
def rename(take_id: str, title: str) -> None:
    """Give a take without a question a TITLE to be known by."""
    with open_workspace() as workspace:
        take = rename_take(workspace, take_id, title)
        output.narrate(f"{take.id} is called {_take_title(take)} now")


@takes.command()
@click.argument("take_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--audio-only", is_flag=True, help="Delete the sound; keep words and review.")
@click.option("--exports", "with_exports", is_flag=True, help="Also what was exported of it.")
def delete(take_id: str, yes: bool, audio_only: bool, with_exports: bool) -> None:
    """Delete a take for good: sound, words and review.

    What was exported of it, such as a page to share, stays unless you ask for more.
    """
    with open_workspace() as workspace:
        take = workspace.library.take(take_id)
        what = "the sound of take" if audio_only else "take"
        if not yes:
            click.confirm(
                f"Delete {what} {take.id} ({_take_title(take)}) for good?", abort=True, err=True
            )
        exports = find_exports(workspace.places, take.id)
        named = ", ".join(map(show_path, exports))
        # A script answers one question, as it always did.
        if exports and not (yes or with_exports) and sys.stdin.isatty():
            with_exports = click.confirm(f"Delete {named} too?", err=True)
        if audio_only:
            workspace.library.delete_audio(take.id)
        else:
            workspace.library.delete(take.id)
        output.narrate(f"deleted {what} {take.id}")
        if exports and with_exports:
            delete_exports(exports)
            output.narrate(f"deleted {named}")
        elif exports:
            output.narrate(f"what was exported of it is still there: {named}")


def _takes_to_retry(workspace: Workspace) -> list[Take]:
    """Every take that lacks words and may get some now, oldest first."""
    waiting = [take for take in reversed(workspace.library.takes()) if take.lacks_words]
    if workspace.model().missing is None:
        return waiting
    # Without a model a second review would say what the first one says.
    return [take for take in waiting if take.state is not TakeState.REVIEWED]


def _take_title(take: Take) -> str:
    return output.fit_cell(take.question or "no question")


def _take_rows(takes: Sequence[Take]) -> list[tuple[str, ...]]:
    """A header and a row for each take; on a terminal, questions are shortened to fit.

    The state has a column where it is not the same for all of them.
    """
    rows = [_HEADER, *(_take_row(take) for take in takes)]
    if any(take.state is not TakeState.REVIEWED for take in takes):
        states = ("state", *(take.state.value for take in takes))
        rows = [(*row[:-1], state, row[-1]) for row, state in zip(rows, states, strict=True)]
    if not sys.stdout.isatty():
        return rows
    from practice.reports.layout import display_width  # lazy: only for a terminal

    taken = sum(max(len(row[at]) for row in rows) + 2 for at in range(len(rows[0]) - 1))
    room = max(output.text_width() - taken, _NARROWEST)
    shared = shared_beginnings(row[-1] for row in rows)
    return [(*row[:-1], shorten(row[-1], room, shared[row[-1]], display_width)) for row in rows]


def _take_row(take: Take) -> tuple[str, ...]:
    measures = take.measures
    pace = "-"
    if measures is not None and measures.wpm is not None:
        pace = format_pace(measures.wpm, measures.language)
    return (
        take.id,
        f"{take.recorded_at.astimezone():%Y-%m-%d %H:%M}",
        "-" if take.duration_s is None else clock_time(take.duration_s),
        str(take.number),
        _show_fillers(measures),
        pace,
        _take_title(take),
    )


def _show_fillers(measures: TakeMeasures | None) -> str:
    fillers = measures.fillers_certain if measures else None
    # Where something could not be heard, that nothing was found says nothing.
    if measures is None or fillers is None or not (measures.judged or fillers):
        return "-"
    return approximate_count(fillers) if fillers else "none"


def _take_facts(take: Take) -> dict[str, object]:
    return {
        "id": take.id,
        "number": take.number,
        "question_id": take.question_id,
        "question": take.question,
        "recorded_at": iso_utc(take.recorded_at),
        "duration_s": take.duration_s,
        "state": take.state.value,
        "failure": take.failure,
        "model": take.model,
        "starred": take.starred,
        "rating": take.rating,
        "wpm": take.measures.wpm if take.measures else None,
        "fillers_certain": take.measures.fillers_certain if take.measures else None,
    }
