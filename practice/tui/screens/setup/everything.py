"""Everything in one folder of plain files: written for keeping, or taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from practice.base.errors import CancelledError, PracticeError
from practice.base.paths import show_path
from practice.base.text import format_size, one_line
from practice.core.export_folder import (
    ExportPlan,
    ExportResult,
    export_everything,
    name_counts,
    plan_export,
)
from practice.core.import_folder import (
    ImportResult,
    describe_import,
    import_everything,
    preview_import,
)
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.screens.form import FORM_TABLE, FormLines, FormScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.path_input import PathInput, parse_path
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

Way = Literal["export", "import"]
COMMAND_TABLE: tuple[Command, ...] = (
    Command("everything.go-on", "enter", "go on", "Look first; then write the export, or add what "
            "is in it.", footer=True),
    Command("everything.scroll-up", "pageup", "scroll up", "Scroll what was found up."),
    Command("everything.scroll-down", "pagedown", "scroll down", "Scroll what was found down."),
    BACK,
    *FORM_TABLE,
)  # fmt: skip
WAYS = [
    Option("export", "write an export"),
    Option("import", "take an export back"),
]
PAGES = [Option("", "left out"), Option("yes", "in it, for whoever opens the folder")]
DAMAGE = [Option("", "change nothing"), Option("yes", "take what is whole")]
ABOUT: dict[Way, str] = {
    "export": (
        "Takes with their sound, words, reviews and notes, interviews, debriefs, open questions, "
        "your banks and settings, as plain files in a new or empty folder. Whoever has the folder "
        "can read and hear it all."
    ),
    "import": (
        "What is missing here is added; what is here already stays as it is. Nothing is changed "
        "before you have seen what is in the folder."
    ),
}
LOOK = "Enter looks at the folder."
GO: dict[Way, str] = {"export": "Enter writes it.", "import": "Enter adds it."}
LOOKING = "Looking at the folder."
BUSY: dict[Way, str] = {"export": "Writing", "import": "Reading"}
STOPPED: dict[Way, str] = {
    "export": "Stopped: nothing of it was left.",
    "import": "Stopped: nothing was changed.",
}
COSTS: dict[Way, str] = {
    "export": "The export is not finished. Leave, and keep nothing of it?",
    "import": "The import is not finished. Leave, and change nothing?",
}
NOTHING_NEW = "Everything in it is here already."
IS_DAMAGED = "Something in it is damaged. Take another copy, or choose “take what is whole” above."
MOST_DAMAGED = 20
"""Damaged things that are named; the others are counted."""


@dataclass
class FolderSeen(Message):
    """A folder was looked at; nothing was changed."""

    number: int
    """Which look it was."""
    found: ExportPlan | ImportResult


@dataclass
class FolderProgressed(Message):
    """A part of the work is done."""

    part: float
    """0 to 1."""


class EverythingScreen(FormScreen[None]):
    """Which way, the folder, what is in it; Enter looks, Enter again does it.

    Args:
        services: What the screen works with.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "everything.tcss"
    AUTO_FOCUS = "#way"
    LEADS_ELSEWHERE = False
    HELP = "Keep a copy of everything, or bring it to another machine."

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._proposed = f"~/practice-export-{services.now().astimezone():%Y-%m-%d}"
        self._looks = 0
        self._seen: ExportPlan | ImportResult | None = None
        """What was found with what is chosen now; None before it was looked at."""
        self._work: Way | None = None
        """What is being done now."""
        self._is_looking = False
        self._stop = Event()

    def compose(self) -> ComposeResult:
        """What is chosen, what comes next, what was found, keys."""
        yield PlainText("Export and import", classes="title")
        with FormLines(classes="form"):
            yield OptionRow("do what", WAYS, "export", "way")
            with Horizontal(classes="line"):
                yield PlainText("folder", classes="label")
                yield PathInput(self._proposed, "path", folders_only=True)
            yield OptionRow("your pages", PAGES, "", "pages")
            yield OptionRow("where damaged", DAMAGE, "", "damage")
        yield PlainText(LOOK, "next")
        yield PlainText("", "problem", classes="warning")
        with VerticalScroll(id="found", can_focus=False):
            yield PlainText(ABOUT["export"], "plan")
        yield Footer()

    @property
    def leaving_costs(self) -> str:
        """Whether something is being written or read just now."""
        return COSTS[self._work] if self._work is not None else ""

    def finish_for_leaving(self) -> None:
        """Stop what is being done; it cleans up behind itself."""
        self._stop.set()

    @on(OptionRow.Changed, "#way")
    def follow_way(self) -> None:
        """Show the lines that belong to it; a folder that was only proposed is no export."""
        self.set_class(self._way == "import", "-import")
        line = self.query_one("#path", Input)
        if line.value in {"", self._proposed}:
            line.value = self._proposed if self._way == "export" else ""
        self._forget()

    @on(OptionRow.Changed, "#pages")
    @on(OptionRow.Changed, "#damage")
    def show_choice(self) -> None:
        """Say what comes of it."""
        self._show_found()

    @on(Input.Changed, "#path")
    def forget_folder(self) -> None:
        """Another folder was not looked at yet."""
        self._forget()

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in the line is the command."""
        self.action_go_on()

    @on(PlainInput.Left)
    def leave_line(self) -> None:
        """The down key in the line is the command."""
        self.action_down()

    @on(FolderSeen)
    def show_seen(self, message: FolderSeen) -> None:
        """Show what is there, unless something else was chosen meanwhile."""
        if message.number == self._looks:
            self._is_looking, self._seen = False, message.found
            self._show_found()

    @on(FolderProgressed)
    def show_progress(self, message: FolderProgressed) -> None:
        """Say how far it is."""
        if self._work is not None:
            self._tell_next(f"{BUSY[self._work]}: {message.part:.0%}. Esc stops it.")
        elif self._is_looking:
            self._tell_next(f"{LOOKING[:-1]}: {message.part:.0%}.")

    @on(ErrorRaised)
    def show_trouble(self, message: ErrorRaised) -> None:
        """Say below the folder what is wrong with it."""
        message.stop()
        self._forget()
        self._show_problem(message.error)

    def action_go_on(self) -> None:
        """Look at the folder; or do what was looked at."""
        path = parse_path(self.query_one("#path", Input).value)
        if path is None:
            self._tell_problem("name a folder")
            self.query_one("#path").focus()
        elif self._work is None and not self._is_looking:
            if self._seen is None:
                self._look(path)
            elif self._way == "export":
                self._export(path)
            elif self._can_import:
                self._import(path)

    def action_back(self) -> None:
        """Stop what is being done, or go back."""
        if self._work is not None:
            self._stop.set()
        else:
            self.dismiss()

    def action_scroll_up(self) -> None:
        """Scroll up."""
        self.query_one("#found").scroll_page_up()

    def action_scroll_down(self) -> None:
        """Scroll down."""
        self.query_one("#found").scroll_page_down()

    def _look(self, path: Path) -> None:
        self._looks += 1
        self._is_looking = True
        number, way = self._looks, self._way
        self._tell_problem("")
        self._tell_next(LOOKING)

        def look() -> FolderSeen:
            workspace = self.services.workspace
            if way == "export":
                return FolderSeen(number, plan_export(workspace, path))
            return FolderSeen(number, preview_import(workspace, path, self._follow()))

        in_background(self, look, "looking at a folder")

    def _export(self, path: Path) -> None:
        with_pages = bool(self.query_one("#pages", OptionRow).value)

        def export() -> ExportResult | None:
            try:
                return export_everything(
                    self.services.workspace, path, self._follow(), with_pages=with_pages
                )
            except CancelledError:
                return None

        def show(done: ExportResult | None) -> None:
            if done is None:
                self._end("", [])
                return
            counts = name_counts(done.counts) or "nothing yet"
            left_out = [f"left out: {one_line(each)}" for each in done.left_out]
            lines = [f"{counts}; {format_size(done.bytes)}", *left_out]
            self._end(f"Written to {show_path(path)}", lines)

        self._begin("export")
        self.change(export, show, self._fail)

    def _import(self, path: Path) -> None:
        skip_damaged = bool(self.query_one("#damage", OptionRow).value)

        def take() -> ImportResult | None:
            workspace = self.services.workspace
            try:
                done = import_everything(
                    workspace, path, skip_damaged=skip_damaged, progress=self._follow()
                )
            except CancelledError:
                return None
            # Settings that were never chosen here may have come with it.
            self.services.read_settings()
            return done

        def show(done: ImportResult | None) -> None:
            if done is None:
                self._end("", [])
                return
            self.host.apply_settings()
            self._end(f"Taken from {show_path(path)}", describe_import(done) + _list_damaged(done))

        self._begin("import")
        self.change(take, show, self._fail)

    def _follow(self) -> Callable[[float], None]:
        """What is told how far it is, and stops the work where that is wanted."""
        stop = self._stop
        told = -1

        def tell(part: float) -> None:
            nonlocal told
            if stop.is_set():
                raise CancelledError("it was stopped", "nothing of it was kept")
            if told != (told := round(part * 100)):
                self.post_message(FolderProgressed(part))

        return tell

    def _begin(self, way: Way) -> None:
        self._stop = Event()
        self._work = way
        self.query_one(FormLines).disabled = True
        self._tell_problem("")
        self._tell_next(f"{BUSY[way]}. Esc stops it.")

    def _end(self, said: str, lines: list[str]) -> None:
        """Show what was done; nothing `said` is that it was stopped."""
        assert self._work is not None
        stopped, self._work = STOPPED[self._work], None
        self.query_one(FormLines).disabled = False
        self.query_one("#way").focus()
        self._forget()
        if said:
            self._show_plan("\n".join(lines))
        self._tell_next(said or stopped)

    def _fail(self, error: PracticeError) -> None:
        self._work = None
        self.query_one(FormLines).disabled = False
        self.query_one("#path").focus()
        self._forget()
        self._show_problem(error)

    @property
    def _way(self) -> Way:
        return "import" if self.query_one("#way", OptionRow).value == "import" else "export"

    @property
    def _can_import(self) -> bool:
        """There is something to add, and what is damaged is to be left out."""
        found = self._seen
        if not isinstance(found, ImportResult):
            return False
        is_whole = not found.damaged or bool(self.query_one("#damage", OptionRow).value)
        return is_whole and any(each["taken"] for each in found.counts.values())

    def _forget(self) -> None:
        """What is chosen now was not looked at yet."""
        self._seen, self._is_looking = None, False
        self._looks += 1
        self._tell_problem("")
        self._tell_next(LOOK)
        self._show_plan(ABOUT[self._way])

    def _show_found(self) -> None:
        """Say what would be written or added, and what Enter does now."""
        found = self._seen
        if isinstance(found, ExportPlan):
            lines = [f"to be written: {name_counts(found.counts) or 'nothing yet'}"]
            if found.sound_bytes:
                lines.append(f"about {format_size(found.sound_bytes)} of sound")
            if found.pages and not self.query_one("#pages", OptionRow).value:
                pages = "1 page" if found.pages == 1 else f"{found.pages} pages"
                lines.append(f"left out: {pages} that you wrote for yourself")
            self._show_plan("\n".join(lines))
            self._tell_next(GO["export"])
        elif found is not None:
            lines = describe_import(found, is_preview=True)
            self._show_plan("\n".join(lines + _list_damaged(found)))
            is_blocked = bool(found.damaged) and not self.query_one("#damage", OptionRow).value
            self._tell_problem(IS_DAMAGED if is_blocked else "")
            can_import = self._can_import
            self._tell_next(GO["import"] if can_import else "" if is_blocked else NOTHING_NEW)

    def _show_problem(self, error: PracticeError) -> None:
        self._tell_problem(f"{error.message}\n{error.hint}".strip())

    def _show_plan(self, text: str) -> None:
        self.query_one("#plan", PlainText).show(text)
        self.query_one("#found").scroll_home(animate=False)

    def _tell_problem(self, text: str) -> None:
        shown = self.query_one("#problem", PlainText)
        shown.show(text)
        shown.display = bool(text)

    def _tell_next(self, text: str) -> None:
        shown = self.query_one("#next", PlainText)
        shown.show(text)
        shown.display = bool(text)


def _list_damaged(found: ImportResult) -> list[str]:
    shown = [f"damaged: {one_line(each)}" for each in found.damaged[:MOST_DAMAGED]]
    more = len(found.damaged) - len(shown)
    return [*shown, *([f"and {more:,} more"] if more else [])]
