"""`practice demo`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from practice import demo as sample
from practice.audio.file_source import FileSource
from practice.base.exit_codes import ExitCode
from practice.base.paths import Places, places
from practice.base.scratch import ScratchFolder
from practice.base.settings import change_setting
from practice.cli import options, output
from practice.cli.record import record_one
from practice.cli.services import open_workspace
from practice.questions.model import AskedQuestion, Question


@click.command()
@options.as_json
@click.option("--tui", is_flag=True, help="Open the terminal app on it afterwards.")
@click.pass_context
def demo(ctx: click.Context, as_json: bool, tui: bool) -> None:
    """Run everything once on a sample answer; no microphone, no network.

    The sample goes the way of a real answer: recorder, speech model, measures, library,
    review. The library is thrown away at the end.

    \b
    practice demo
    practice demo --json
    practice demo --tui
    """
    if tui and not output.can_show_the_app():
        raise click.UsageError("--tui needs a terminal")
    with _throw_away_folder(tui) as root:
        here = Places(root / "config", root / "data", root / "state", root / "models")
        with open_workspace("demo", "en", here) as workspace:
            output.narrate("a synthetic voice answers; the demo model understands no other")
            question = Question(id="sample", text=sample.SAMPLE_QUESTION)
            source = FileSource(sample.SAMPLE_ANSWER)
            code = record_one(workspace, source, AskedQuestion("demo", question), None, as_json)
        if tui:
            from practice.cli.app import open_app  # lazy: the app

            change_setting(here.settings_file, "model", "demo")
            code = ExitCode(open_app(here))
    ctx.exit(code)


@contextmanager
def _throw_away_folder(tui: bool) -> Iterator[Path]:
    """A folder for the library, gone afterwards."""
    # In the app the user may record their own voice; what a kill leaves of it is swept later.
    if tui:
        with ScratchFolder(places().scratch) as scratch:
            yield scratch.path
    else:
        with tempfile.TemporaryDirectory(prefix="practice-demo-") as folder:
            yield Path(folder)
