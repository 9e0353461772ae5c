"""`practice report`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from practice.base.errors import PracticeError, UsageError
from practice.base.exit_codes import ExitCode
from practice.base.files import private_folder, write_atomic
from practice.base.text import one_line
from practice.cli import output
from practice.cli.services import open_workspace, progress_line
from practice.core.reporting import (
    ASKED,
    ReportOptions,
    ShareOptions,
    build_report,
    build_session_report,
    split_names,
)
from practice.core.workspace import Workspace
from practice.library.takes import Take
from practice.reports import formats, table

ENDINGS = {"htm": "html", "markdown": "md", "text": "txt"}
"""Other endings that mean a form."""
MEASURES = "measures.csv"
"""Beside the reports of all takes: a line for each of them."""
LISTEN = (
    "masked {names} in the words and the sound; look and listen before you send it: a name that "
    "was misheard or misspelt is still there"
)


@click.command()
@click.argument("take_id", metavar="ID", required=False)
@click.option("--session", "session_id", metavar="ID", help="Every take of a session, or `last`.")
@click.option("--all", "every", is_flag=True, help="A file for each take, in the folder -o.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(formats.FORMATS)),
    help="What kind of file to write; else the ending of -o says it, or it is txt.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where to write it; printed when left out. With --all: a folder.",
)
@click.option("--no-audio", is_flag=True, help="Leave the sound out of the page.")
@click.option("--no-fillers", is_flag=True, help="Leave certain fillers out of subtitles.")
@click.option("--share", is_flag=True, help="Mask names, bleep them, ask the reader a question.")
@click.option("--mask", multiple=True, metavar="WORD", help="A name to mask, with --share.")
@click.option("--ask", metavar="TEXT", help=f"What to ask the reader; else: {ASKED}")
@click.option("--notes", is_flag=True, help="Put your notes and rating in, with --share.")
@click.pass_context
def report(
    ctx: click.Context,
    take_id: str | None,
    session_id: str | None,
    every: bool,
    form: str | None,
    target: Path | None,
    no_audio: bool,
    no_fillers: bool,
    share: bool,
    mask: tuple[str, ...],
    ask: str | None,
    notes: bool,
) -> None:
    """Write a report of a take, of a session, or of every take.

    html is one page with the sound in it that loads nothing; md fits a vault of notes; csv has
    the words and findings of a take, or the measures of several takes over time.

    With --share the names in the setting `masked_names` and those after --mask are taken out of
    words and sound, and your notes and rating are left out.

    \b
    practice report last -o answer.html
    practice report last --share --mask Acme -o for-a-friend.html
    practice report --session last -o evening.html
    practice report --all --format md -o notes/
    """
    if sum([take_id is not None, session_id is not None, every]) != 1:
        raise UsageError("name one take, or --session, or --all", "practice takes list")
    if (mask or ask or notes) and not share:
        raise UsageError("--mask, --ask and --notes belong to --share", "add --share")
    form = form or ("txt" if every else form_of(target))
    sound = form == "html" and not no_audio
    with open_workspace() as workspace:
        sharing = _share_options(workspace, mask, ask, own_words=notes) if share else None
        options = ReportOptions(sound, sharing)
        if every:
            ctx.exit(_write_all(workspace, target, form, no_fillers, options))
        if session_id is not None:
            ctx.exit(_write_session(workspace, session_id, target, form, options))
        assert take_id is not None
        found = build_report(workspace, take_id, options)
        _write(formats.render(found, form, fillers=not no_fillers), target, form)
    _say_masked(sharing)


def form_of(target: Path | None) -> str:
    """The kind of file that the ending of `target` asks for; txt where it has none.

    Raises:
        UsageError: There is no such kind.
    """
    ending = target.suffix.removeprefix(".").lower() if target else ""
    if not ending:
        return "txt"
    form = ENDINGS.get(ending, ending)
    if form not in formats.FORMATS:
        kinds = ", ".join(f".{kind}" for kind in formats.FORMATS)
        raise UsageError(
            f"a report cannot be written as .{one_line(ending)}",
            f"end the name in one of {kinds}, or say which with --format",
        )
    return form


def _share_options(
    workspace: Workspace, mask: tuple[str, ...], ask: str | None, *, own_words: bool
) -> ShareOptions:
    names = split_names(",".join([workspace.settings.masked_names, *mask]))
    return ShareOptions(names, ASKED if ask is None else ask, own_words)


def _write_session(
    workspace: Workspace,
    session_id: str,
    target: Path | None,
    form: str,
    options: ReportOptions,
) -> ExitCode:
    if form not in formats.SESSION_FORMATS:
        raise UsageError(
            f"a session has no {form}: subtitles belong to one recording",
            "choose " + ", ".join(formats.SESSION_FORMATS),
        )
    left_out = _LeftOut()
    session = build_session_report(workspace, session_id, options, left_out.say)
    _write(formats.render_session(session, form), target, form)
    _say_masked(options.sharing)
    return left_out.code


def _write_all(
    workspace: Workspace,
    folder: Path | None,
    form: str,
    no_fillers: bool,
    options: ReportOptions,
) -> ExitCode:
    """A file for each take with a review; one that cannot be written stops none of the others."""
    if folder is None:
        raise UsageError("--all writes a folder of files", "name it with -o")
    private_folder(folder)
    takes = list(reversed(workspace.library.takes()))
    progress, left_out = progress_line("writing reports"), _LeftOut()
    written: list[Take] = []
    for number, take in enumerate(takes, start=1):
        with left_out.unless_written(take):
            found = build_report(workspace, take.id, options)
            text = formats.render(found, form, fillers=not no_fillers)
            write_atomic(folder / f"{take.id}.{form}", text.encode())
            written.append(found.takes[-1])
        if progress:
            progress(number / len(takes))
    write_atomic(folder / MEASURES, table.render_takes(written).encode())
    output.narrate(f"{len(written)} of {len(takes)} takes, and {MEASURES}, written to {folder}")
    _say_masked(options.sharing)
    return left_out.code


class _LeftOut:
    """The takes that a report has to go without: each is said, and the worst one's code is kept."""

    code = ExitCode.DONE

    def say(self, take: Take, error: PracticeError) -> None:
        output.clear_line()
        output.narrate_error(error)
        self.code = max(self.code, error.exit_code)

    @contextmanager
    def unless_written(self, take: Take) -> Iterator[None]:
        try:
            yield
        except PracticeError as error:
            self.say(take, error)


def _write(text: str, target: Path | None, form: str) -> None:
    if target is not None:
        write_atomic(target, text.encode())
        output.narrate(f"written to {target}")
    elif form == "html" and sys.stdout.isatty():
        raise UsageError("a web page cannot be read in a terminal", "write it with -o answer.html")
    else:
        output.print_data(text.rstrip("\n"))


def _say_masked(sharing: ShareOptions | None) -> None:
    if sharing and sharing.names:
        output.narrate(LISTEN.format(names=", ".join(sharing.names)))
    elif sharing:
        output.narrate(
            'no name is masked: practice settings masked_names "Acme, Jane Doe", or --mask WORD'
        )
