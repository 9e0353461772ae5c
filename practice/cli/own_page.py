"""`practice interviews page`: a page for yourself, which nothing else reads."""

import sys
import threading
from contextlib import suppress
from pathlib import Path

import click

from practice.base.errors import EditorError, StorageError, UsageError, storage_error
from practice.base.files import write_atomic
from practice.base.paths import show_path
from practice.base.scratch import ScratchFolder, sweep
from practice.base.system import editor
from practice.base.text import plain
from practice.cli import options, output
from practice.cli.inputs import read_text
from practice.cli.services import open_workspace
from practice.core.workspace import Workspace
from practice.library.interviews import Interview
from practice.library.own_pages import OwnPages

LOOK_S = 0.5
"""How often it is looked whether the editor has saved."""
LARGEST_BYTES = 200_000
"""Of a file, and of a line that is typed: the whole page is written at every change."""


@click.command()
@click.argument("interview")
@click.option("--edit", is_flag=True, help="Write in your own editor; kept whenever it saves.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Add a text file below what is there; - reads what you type, line by line.",
)
@click.option("--delete", is_flag=True, help="Delete it for good; asks first.")
@click.option("--yes", is_flag=True, help="With --delete: do not ask.")
@options.as_json
def page(
    interview: str, edit: bool, source: Path | None, delete: bool, yes: bool, as_json: bool
) -> None:
    """Print the page that you wrote for yourself about an INTERVIEW, or write on it.

    Plain text, for nobody else. It is never searched, counted or put into a report; an export has
    it only if you say so, and it is shown only when you ask for it here or press P in the app.
    """
    if sum([edit, source is not None, delete]) > 1:
        raise UsageError("--edit, --from and --delete do not go together", "choose one of them")
    with open_workspace() as workspace:
        known = workspace.library.interviews.get(interview)
        pages = workspace.library.own_pages
        if delete:
            if not yes:
                question = f"Delete your page about {known.name} for good?"
                click.confirm(question, abort=True, err=True)
            # What an editor was working on when it was killed.
            sweep(workspace.places.scratch)
            pages.delete(known.id)
            output.narrate("the page is deleted")
        elif edit:
            _edit(workspace, known)
        elif source is not None:
            if str(source) == "-":
                _add_typed(pages, known)
            else:
                _add_file(pages, known, source)
            output.narrate("kept")
        text = pages.read(known.id)
    if as_json:
        output.print_document({"interview": known.id, "page": text})
    elif edit or delete or source is not None:
        return
    elif text:
        output.print_data(text.rstrip("\n"))
    else:
        output.narrate(f"nothing is on it yet: practice interviews page {known.id} --edit")


def _edit(workspace: Workspace, interview: Interview) -> None:
    """Open the page in the user's editor, and keep it whenever the editor saves.

    So a kill costs no more than what the editor had not saved; the file goes with its folder.
    """
    pages = workspace.library.own_pages
    with ScratchFolder(workspace.places.scratch) as folder:
        path = folder.path / "page.txt"
        write_atomic(path, pages.read(interview.id).encode())
        keeper = _Keeper(pages, interview.id, path)
        keeper.start()
        try:
            editor.open_editor(path)
        except EditorError as error:
            raise EditorError(error.message, "the page is as the editor left it") from error
        finally:
            keeper.finish()
    output.narrate("kept")


class _Keeper(threading.Thread):
    """Keeps a file as a page, whenever it has changed."""

    def __init__(self, pages: OwnPages, interview_id: str, path: Path) -> None:
        super().__init__(name="page", daemon=True)
        self._pages, self._interview_id, self._path = pages, interview_id, path
        self._kept = path.read_bytes()
        self._ended = threading.Event()

    def run(self) -> None:
        """Look again and again until the editor is closed."""
        while not self._ended.wait(LOOK_S):
            # Some editors take the file away for a moment while they save it.
            with suppress(OSError, StorageError):
                self._keep()

    def finish(self) -> None:
        """Keep what the editor left.

        Raises:
            StorageError: The file cannot be read, or the disk refused.
        """
        self._ended.set()
        self.join()
        try:
            self._keep()
        except OSError as error:
            raise storage_error("read", "what the editor left", error) from error

    def _keep(self) -> None:
        data = self._path.read_bytes()
        if data != self._kept:
            self._pages.write(self._interview_id, _decode(data))
            self._kept = data


def _add_file(pages: OwnPages, interview: Interview, source: Path) -> None:
    """Add a text file below what is there."""
    text = read_text(source, LARGEST_BYTES)
    if not text.strip():
        raise UsageError(f"{show_path(source)} has no text", "name another file")
    pages.write(interview.id, _begin_line(pages, interview) + text)


def _add_typed(pages: OwnPages, interview: Interview) -> None:
    """Add every line that is typed below what is there; each is kept before the next one."""
    if sys.stdin.isatty():
        output.narrate("Every line is kept as you go; Ctrl+D on an empty line ends.")
    text = _begin_line(pages, interview)
    while line := sys.stdin.buffer.readline(LARGEST_BYTES):
        text += _decode(line)
        pages.write(interview.id, text)


def _begin_line(pages: OwnPages, interview: Interview) -> str:
    """The page, so that what is added stands on a line of its own."""
    text = pages.read(interview.id)
    return f"{text}\n" if text and not text.endswith("\n") else text


def _decode(data: bytes) -> str:
    return plain(data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"))
