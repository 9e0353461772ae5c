"""`practice record`."""

import math
import sys

import click

from practice.audio.devices import choose_input
from practice.audio.level import FLOOR_DBFS, Level
from practice.audio.microphone import Microphone
from practice.audio.source import Source
from practice.cli import options, output
from practice.cli.lines import Lines
from practice.cli.services import open_interview, say_model, show_review
from practice.errors import UsageError
from practice.exit_codes import ExitCode
from practice.interview import Answer, Interview, Served

FIRST_SOUND_S = 10.0
TICK_S = 0.1
BARS = " ▁▂▃▄▅▆▇█"


@click.command()
@click.argument("question_id", required=False)
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), help="Stop after so long.")
@options.device
@options.model
@options.as_json
@click.pass_context
def record(
    ctx: click.Context,
    question_id: str | None,
    seconds: float | None,
    device: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    """Record one answer, keep it and review it.

    It records until Enter, Ctrl+C or --seconds. QUESTION_ID is a question of your banks.

    \b
    practice record
    practice record conflict-colleague --seconds 120
    practice record --device USB --json > review.json
    """
    if seconds is not None and not math.isfinite(seconds):
        raise UsageError(f"{seconds} is not a number of seconds", "practice record --seconds 120")
    with open_interview(model) as interview:
        served = interview.serve(question_id) if question_id else None
        source = Microphone(choose_input(device or interview.settings.microphone or None))
        say_model(interview)
        if served:
            output.narrate(served.question.text)
        code = record_one(interview, source, served, seconds, as_json)
    ctx.exit(code)


def record_one(
    interview: Interview,
    source: Source,
    served: Served | None,
    seconds: float | None,
    as_json: bool,
) -> ExitCode:
    """Record, keep and review one answer.

    Returns:
        That of what ended the recording early; FAILED where the take could not be judged.

    Raises:
        AudioError: Not one sample arrived.
        StorageError: The disk refused.
    """
    answer = interview.begin(source, served)
    _listen(answer, seconds)
    take = answer.finish()
    failure = answer.recorder.failure
    if failure is not None:
        output.narrate(f"the recording ended early: {failure.message}; what was said is kept")
    if take.peak_dbfs == FLOOR_DBFS:
        output.narrate(
            "the microphone delivered only silence: it is muted, or its use is not allowed here"
        )
    output.narrate(f"kept as take {take.id}, {take.duration_s or 0:.1f} s")
    code = show_review(interview.review(take.id, following=answer.following), as_json)
    return failure.exit_code if failure else code


def _listen(answer: Answer, seconds: float | None) -> None:
    """Return once the user, the clock or the source ends the recording."""
    try:
        if not answer.recorder.wait_for_sound(FIRST_SOUND_S):
            return
        output.narrate("● recording; Enter to stop")
        meter, lines = output.is_calm_terminal(sys.stderr), Lines()
        while not answer.recorder.wait(0):
            if seconds is not None and answer.recorder.elapsed_s >= seconds:
                break
            if meter:
                _show_meter(answer)
            if lines.next(TICK_S) is not None:
                break
    except KeyboardInterrupt:
        output.narrate("")
    finally:
        output.clear_line()


def _show_meter(answer: Answer) -> None:
    elapsed = int(answer.recorder.elapsed_s)
    bar = level_bar(answer.recorder.level())
    click.echo(f"\r  {elapsed // 60}:{elapsed % 60:02d}  {bar} ", err=True, nl=False)


def level_bar(level: Level) -> str:
    """One block for how loud it is, and a word when it is too loud."""
    part = max(0.0, min(1.0, 1 + level.rms_dbfs / 60))
    return BARS[round(part * (len(BARS) - 1))] + (" too loud" if level.clipped else "         ")
