"""The `practice` command: a table of commands, each imported only when it is named."""

import os
import signal
import sys
from importlib import import_module
from typing import NoReturn

import click

from practice import __version__
from practice.base.errors import PracticeError, UsageError
from practice.base.exit_codes import ExitCode
from practice.base.system.processes import catch_endings
from practice.cli import output

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("practice.cli.demo:demo", "Run everything once on a sample answer; no microphone."),
    "session": ("practice.cli.session:session", "Answer several questions in a row."),
    "formats": ("practice.cli.formats:formats", "How a session is held: one-way, panel and more."),
    "record": ("practice.cli.record:record", "Record one answer and review it."),
    "analyze": ("practice.cli.analyze:analyze", "Review any audio or video file; keep nothing."),
    "add": ("practice.cli.add:add", "Keep an existing recording as a take, and review it."),
    "takes": ("practice.cli.takes:takes", "List, show, play, retry or delete your takes."),
    "report": ("practice.cli.report:report", "Write a report of a take as html, md, srt and more."),
    "banks": ("practice.cli.banks:banks", "List, check, edit, import or export question banks."),
    "stories": ("practice.cli.stories:stories", "The stories you tell in interviews."),
    "due": ("practice.cli.due:due", "Say what to practise today."),
    "open": ("practice.cli.due:open_questions", "Questions to say well on two days."),
    "interviews": ("practice.cli.interviews:interviews", "Your real interviews: what was asked."),
    "search": ("practice.cli.search:search", "Find takes and interviews by their words."),
    "export": ("practice.cli.everything:export_command", "Write everything into one folder."),
    "import": ("practice.cli.everything:import_command", "Take back what export wrote."),
    "feedback": ("practice.cli.feedback:feedback", "What readers of a shared page answered."),
    "models": ("practice.cli.models:models", "List, download or remove speech models."),
    "calibrate": ("practice.cli.calibrate:calibrate", "Check how many fillers are caught here."),
    "devices": ("practice.cli.devices:devices", "List the microphones."),
    "doctor": ("practice.cli.doctor:doctor", "Check what this machine has and what is missing."),
    "paths": ("practice.cli.paths:paths", "Show where everything is kept."),
    "settings": ("practice.cli.settings:settings", "Show or change the settings."),
    "keys": ("practice.cli.keys:keys", "List the keys of the terminal app."),
    "completion": ("practice.cli.completion:completion", "Print the completion script of a shell."),
}  # fmt: skip

EPILOG = """\b
Try it first:      practice demo
One answer:        practice record
Look at it again:  practice takes show last

\b
Exit codes: 0 done, 1 what was asked for failed, 2 usage or settings, 3 no usable
audio device, 4 no usable speech model, 5 library or disk, 130 interrupted.
"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called `cmd_name`, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named.

        Raises:
            NoSuchCommand: There is none; it says which ones are near.
        """
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            # click looks among the commands that are imported, and here that is none.
            raise click.NoSuchCommand(
                error.command_name, possibilities=COMMANDS, ctx=ctx
            ) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, written without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=LazyGroup, invoke_without_command=True, epilog=EPILOG)
@click.version_option(__version__, prog_name="practice")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """A private mirror for interview answers.

    Record an answer, get its words with the ums, pauses and rushes marked on them.
    Everything stays on this machine.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not output.can_show_the_app():
        click.echo(ctx.get_help(), err=True)
        ctx.exit(ExitCode.USAGE)
    from practice.cli.app import open_app  # lazy: the app

    ctx.exit(open_app())


class UserInterruptError(PracticeError):
    """The user stopped it."""

    code = "interrupted"
    exit_code = ExitCode.INTERRUPTED


def main() -> NoReturn:
    """Run the command line and leave with one of the documented exit codes."""
    output.open_streams()
    # The threads of NumPy's library spin while they wait: beside a recording, whose products are
    # small, they took a sixth of a core (benchmarks/terminal_app.py) and gained nothing.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What is open is closed and what was put aside is removed; a recording stays in its spool.
    catch_endings(lambda number: sys.exit(128 + number))
    # A shell's background job begins with interrupts ignored, and so would a recording that nobody
    # could end then.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = _run()
    except PracticeError as error:
        output.report_error(error)
        code = error.exit_code
    sys.exit(code)


def _run() -> int:
    """Run the command line.

    Raises:
        PracticeError: It failed, was wrong or was interrupted.
    """
    try:
        colour = output.colour_choice(sys.stdout)
        result = cli.main(prog_name="practice", standalone_mode=False, color=colour)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return ExitCode.USAGE
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        command = context.command_path if context else "practice"
        raise UsageError(error.format_message().rstrip("."), f"see {command} --help") from error
    except (click.Abort, KeyboardInterrupt) as error:
        raise UserInterruptError("interrupted") from error
    return result if isinstance(result, int) else ExitCode.DONE
