"""`practice calibrate`."""

from collections.abc import Iterator
from pathlib import Path

import click

from practice.audio.microphone import choose_microphone
from practice.base.errors import UsageError
from practice.base.exit_codes import ExitCode
from practice.base.text import one_line
from practice.cli import options, output
from practice.cli.listening import listen
from practice.cli.services import (
    open_workspace,
    say_model,
    transcription_progress,
)
from practice.core.calibration import (
    LIMIT_S,
    CalibrationResult,
    CalibrationRun,
    check_recording,
    script_to_read,
)
from practice.core.workspace import Workspace
from practice.delivery.calibration.script import Script
from practice.delivery.calibration.script_alignment import CheckedFiller
from practice.documents.review import to_builtins
from practice.reports import calibration as wording
from practice.reports.layout import wrap_text
from practice.reports.marking import mark_script

INTRODUCTION = (
    "Read these lines aloud as you speak in an interview, with the fillers in brackets. "
    "Read them through first if you like: pauses do no harm."
)


@click.command()
@options.device
@options.model
@options.language
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    metavar="AUDIO",
    help="A recording of somebody who reads the script; its result is not kept.",
)
@options.as_json
@click.pass_context
def calibrate(
    ctx: click.Context,
    device: str | None,
    model: str | None,
    language: str | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Check how many fillers this microphone and speech model catch.

    You read a short script with ten planned fillers; Enter or Ctrl+C ends it. The sound is
    forgotten, the result is kept and said beside the counts of later takes.

    \b
    practice calibrate
    practice calibrate --device USB --model small.en
    practice calibrate --file reading.wav --json
    """
    if file is not None and device is not None:
        raise UsageError("--file and --device cannot be used together", "give one of them")
    with open_workspace(model, language, records=True) as workspace:
        if file is not None:
            say_model(workspace)
            checked = check_recording(workspace, file, transcription_progress())
        else:
            checked = _read_aloud(workspace, device)
        code = _show_result(checked, as_json)
    ctx.exit(code)


def _read_aloud(workspace: Workspace, device: str | None) -> CalibrationResult:
    """Show the script, record how it is read and transcribe that."""
    script = script_to_read(workspace)
    source = choose_microphone(device or workspace.settings.microphone)
    with CalibrationRun(workspace, source) as reading:
        say_model(workspace)
        for line in _script_lines(script):
            output.narrate(line)
        reading.start()
        listen(reading.recorder, LIMIT_S)
        if failure := reading.recorder.failure:
            output.narrate(f"the recording ended early: {failure.message}")
        output.narrate("listening to it again")
        return reading.finish()


def _script_lines(script: Script) -> Iterator[str]:
    width = output.text_width()
    yield from wrap_text(INTRODUCTION, width)
    yield ""
    for number, sentence in enumerate(script.sentences, 1):
        yield from wrap_text(mark_script(sentence), width, f"{number:>3}  ", "     ")
    yield ""


def _show_result(checked: CalibrationResult, as_json: bool) -> ExitCode:
    """Print what came of it.

    Returns:
        FAILED where nothing can be told, else DONE.
    """
    if as_json:
        output.print_document(_result_facts(checked))
    else:
        output.print_data("\n".join(_result_lines(checked)))
    return ExitCode.DONE if checked.calibration else ExitCode.FAILED


def _result_lines(checked: CalibrationResult) -> Iterator[str]:
    width = output.text_width()
    result = checked.calibration
    if result is None:
        reasons = "; ".join(map(one_line, checked.reasons))
        yield from wrap_text(f"I cannot tell: {reasons}. Nothing was kept.", width)
        return
    yield from wrap_text(wording.describe_result(result), width)
    for name, value in wording.describe_setup(result):
        yield from wrap_text(value, width, f"  {name:<12}", " " * 14)
    for line in wording.describe_uncounted(checked.fillers):
        yield from wrap_text(line, width, "  ", "    ")
    for reason in checked.reasons:
        yield from wrap_text(f"to keep in mind: {one_line(reason)}", width, "  ", "    ")
    yield ""
    yield from wrap_text(wording.describe_uncertainty(result), width)


def _result_facts(checked: CalibrationResult) -> dict[str, object]:
    result = checked.calibration
    return {
        "calibration": to_builtins(result) if result else None,
        "planned": [_place_facts(place) for place in checked.fillers],
        "reasons": list(checked.reasons),
    }


def _place_facts(place: CheckedFiller) -> dict[str, object]:
    return {
        "text": place.planned.text,
        "kind": place.planned.kind,
        "line": place.sentence,
        "found": place.outcome.value,
    }
