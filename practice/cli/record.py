"""`practice record`."""

import math

import click

from practice.audio.microphone import choose_microphone
from practice.audio.source import Source
from practice.base.errors import UsageError
from practice.base.exit_codes import ExitCode
from practice.cli import options, output
from practice.cli.guessing import ask_for_guess, can_be_asked, review_while_asking
from practice.cli.lines import Lines
from practice.cli.listening import TICK_S, listen
from practice.cli.services import open_workspace, say_model, show_review
from practice.core.answering import begin_answer
from practice.core.guesses import compare_guess, describe_guess
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from practice.library.takes import SHORTEST_ANSWER_S, Take
from practice.questions.model import AskedQuestion

SHORT = (
    f"that was under {SHORTEST_ANSWER_S:.0f} s: too short for an answer, so it counts in no chart "
    "and its question stays unanswered"
)


@click.command()
@click.argument("question_id", metavar="[QUESTION]", required=False)
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), help="Stop after so long.")
@options.device
@options.model
@options.language
@options.as_json
@click.pass_context
def record(
    ctx: click.Context,
    question_id: str | None,
    seconds: float | None,
    device: str | None,
    model: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Record one answer, keep it and review it.

    It records until Enter, Ctrl+C or --seconds. QUESTION is the id of a question of your banks,
    or a question in your own words, in quotes.

    \b
    practice record
    practice record conflict-colleague --seconds 120
    practice record "Why do you want to work here?"
    practice record --device USB --json > review.json
    """
    if seconds is not None and not math.isfinite(seconds):
        raise UsageError(f"{seconds} is not a number of seconds", "practice record --seconds 120")
    with open_workspace(model, language, records=True) as workspace:
        served = workspace.question_or_text(question_id) if question_id else None
        source = choose_microphone(device or workspace.settings.microphone)
        say_model(workspace)
        if served:
            output.narrate(served.question.text)
        code = record_one(workspace, source, served, seconds, as_json, asks=not as_json)
    ctx.exit(code)


def record_one(
    workspace: Workspace,
    source: Source,
    served: AskedQuestion | None,
    seconds: float | None,
    as_json: bool,
    *,
    asks: bool = False,
) -> ExitCode:
    """Record, keep and review one answer; whether a very short one is kept is asked.

    With `asks`, guesses are asked for while the review is made. Nobody is asked where a program
    may be waiting: then everything is kept.

    Returns:
        That of what ended the recording early; FAILED where the take could not be judged.

    Raises:
        AudioError: Not one sample arrived.
        StorageError: The disk refused.
    """
    answer = begin_answer(workspace, source, served)
    listen(answer.recorder, seconds)
    take = answer.finish()
    recording = answer.recorder.stop()  # made by `finish`: a second call gives the same one
    failure = answer.recorder.failure
    if failure is not None:
        output.narrate(f"the recording ended early: {failure.message}; what was said is kept")
    if recording.all_zero:
        output.narrate(
            "the microphone delivered only silence: it is muted, or its use is not allowed here"
        )
    if take.is_fragment:
        is_wanted = seconds is not None and seconds < SHORTEST_ANSWER_S
        if not is_wanted and not as_json and can_be_asked() and not _is_kept(take):
            if live := answer.pop_live():
                live.cancel()
            workspace.library.delete(take.id)
            output.narrate("deleted")
            return ExitCode.DONE
        output.narrate(SHORT)
    output.narrate(f"kept as take {take.id}, {take.duration_s or 0:.1f} s")
    live = answer.pop_live()
    if asks and can_be_asked() and not take.is_fragment:
        review = review_while_asking(
            lambda: review_take(workspace, take.id, live=live),
            lambda: ask_for_guess(workspace, take.id, Lines()),
        )
    else:
        review = review_take(workspace, take.id, live=live)
    code = show_review(review, as_json)
    if guessed := describe_guess(compare_guess(workspace, workspace.library.take(take.id), review)):
        output.narrate("\n".join(["", *guessed]))
    return failure.exit_code if failure else code


def _is_kept(take: Take) -> bool:
    """Ask whether a very short answer is kept; only a plain Enter says that it is not."""
    output.narrate(f"only {take.duration_s or 0:.1f} s; k and Enter keeps it, Enter deletes it")
    lines = Lines()
    while not lines.ended:
        typed = lines.next(TICK_S)
        if typed is not None:
            return typed != ""
    return True
