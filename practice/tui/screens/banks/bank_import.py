"""A bank made of a list of questions that somebody shares: shown first, written when asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from practice.questions.catalogue import Catalogue, bank_name
from practice.questions.importers.plan import ImportPlan, plan_import
from practice.questions.pasted_list import plan_pasted
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.presentation.content import as_line
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.path_input import PathInput, parse_path
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

SAMPLE = 5
ABOUT = (
    "Markdown lists, CSV, JSON, Anki decks, plain text and more. Nothing is written before you "
    "have seen what was found."
)
LOOK = "Enter looks at the file. Or paste the list itself."
WRITE = "Enter writes the bank into your own folder."
COUNTED = {
    "questions": ("question", "questions"),
    "follow_ups": ("follow-up", "follow-ups"),
    "key_points": ("key point", "key points"),
    "with_notes": ("with notes", "with notes"),
}
"""What is counted, one of it and several."""
COMMAND_TABLE = (
    Command("import.go-on", "enter", "go on", "Look at the file; then write the bank.",
            footer=True),
    Command("import.other-reading", "f3", "other reading",
            "Read the file in another way: take other parts of it for the questions.", footer=True),
    Command("import.up", "up,pageup", "scroll up", "Scroll what was found up."),
    Command("import.down", "down,pagedown", "scroll down", "Scroll what was found down."),
    BACK,
)  # fmt: skip


@dataclass
class FileUnderstood(Message):
    """A file was looked at; nothing was written."""

    plan: ImportPlan


@dataclass
class BankImported(Message):
    """The bank is written."""

    name: str


class BankImportScreen(PracticeScreen[str]):
    """A file, what it holds, a name; the result is the name of the new bank.

    Args:
        services: What the screen works with.
        catalogue: Where the bank goes.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "bank_import.tcss"
    AUTO_FOCUS = "#path"
    HELP = ABOUT

    def __init__(self, services: Services, catalogue: Catalogue) -> None:
        super().__init__(services)
        self._catalogue = catalogue
        self._plan: ImportPlan | None = None
        self._readings: tuple[str, ...] = ()
        """The names of the readings of the file, the most plausible first."""
        self._pasted: bytes | None = None
        """The list itself, where it was pasted in place of a path."""
        self._busy = False
        self._name_line = PlainInput("", "letters, digits and hyphens")
        self._name_line.id = "bank-name"

    def compose(self) -> ComposeResult:
        """The file, the name, and between them what was found."""
        yield PlainText("Import a list of questions", classes="title")
        with Horizontal(classes="line"):
            yield PlainText("file", classes="label")
            yield PathInput("", "path")
        with Horizontal(classes="line", id="naming"):
            yield PlainText("name of the bank", classes="label")
            yield self._name_line
        yield PlainText(LOOK, "next")
        yield PlainText("", "problem", classes="warning")
        with VerticalScroll(id="found", can_focus=False):
            yield PlainText(ABOUT, "plan")
        yield Footer()

    @on(Input.Changed, "#path")
    def forget_plan(self) -> None:
        """Another file was not looked at yet."""
        self._plan, self._readings, self._pasted = None, (), None
        self.refresh_bindings()
        self.remove_class("-planned")
        self._tell("")
        self.query_one("#plan", PlainText).show(ABOUT)
        self.query_one("#next", PlainText).show(LOOK)

    @on(Input.Changed, "#bank-name")
    def forget_problem(self) -> None:
        """Another name may do."""
        self._tell("")

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in a line is the command."""
        self.action_go_on()

    @on(PlainInput.Left)
    def scroll_found(self) -> None:
        """The down key in a line is the command."""
        self.action_down()

    @on(FileUnderstood)
    def show_plan(self, message: FileUnderstood) -> None:
        """Show what would be imported, and ask for a name."""
        self._busy = False
        plan = message.plan
        if not self._readings:
            self._readings = (plan.reading, *(other.name for other in plan.others))
            self._name_line.value = bank_name(plan.bank.title)
        self._plan = plan
        self.refresh_bindings()
        self.add_class("-planned")
        self.query_one("#plan", PlainText).show(_described(plan))
        self.query_one("#found").scroll_home(animate=False)
        self.query_one("#next", PlainText).show(WRITE)
        self._tell("")
        self.call_after_refresh(self._name_line.focus)

    @on(BankImported)
    def close(self, message: BankImported) -> None:
        """Close with the new bank."""
        self.dismiss(message.name)

    @on(ErrorRaised)
    def show_trouble(self, message: ErrorRaised) -> None:
        """Say at the line what is wrong."""
        message.stop()
        self._busy = False
        error = message.error
        self._tell(f"{error.message}\n{error.hint}".strip())

    def action_go_on(self) -> None:
        """Look at the file, or write what was found in it."""
        path = parse_path(self.query_one("#path", Input).value)
        name = self._name_line.value.strip()
        plan = self._plan
        if self._busy or (path is None if plan is None else not name):
            return
        self._busy = True
        if plan is None:
            self._tell("reading the file")
            assert path is not None
            chosen = path
            in_background(self, lambda: FileUnderstood(plan_import(chosen)), "importing")
        else:
            in_background(self, lambda: self._write(plan, name), "importing")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is another reading only of what was read."""
        return action != "other_reading" or self._plan is not None

    def action_other_reading(self) -> None:
        """Look at the list again, and take the reading that comes next in plausibility."""
        path = parse_path(self.query_one("#path", Input).value)
        pasted = self._pasted
        if self._busy or self._plan is None or (path is None and pasted is None):
            return
        if len(self._readings) < 2:
            self._tell("there is no other way to read this list")
            return
        here = self._readings.index(self._plan.reading)
        name = self._readings[(here + 1) % len(self._readings)]
        self._busy = True
        scratch = self.services.places.scratch

        def read() -> FileUnderstood:
            if pasted is not None:
                return FileUnderstood(plan_pasted(pasted, scratch, name))
            assert path is not None
            return FileUnderstood(plan_import(path, name))

        in_background(self, read, "importing")

    @on(PathInput.LinesPasted)
    def look_at_pasted(self, message: PathInput.LinesPasted) -> None:
        """Look at a list that was pasted in place of the name of a file."""
        if not self._busy:
            self._busy = True
            self._tell("reading the list")
            self._pasted = content = message.text.encode()
            scratch = self.services.places.scratch
            in_background(self, lambda: FileUnderstood(plan_pasted(content, scratch)), "importing")

    def action_up(self) -> None:
        """Scroll up."""
        self.query_one("#found").scroll_page_up()

    def action_down(self) -> None:
        """Scroll down."""
        self.query_one("#found").scroll_page_down()

    def _tell(self, text: str) -> None:
        self.query_one("#problem", PlainText).show(text)

    def _write(self, plan: ImportPlan, name: str) -> BankImported:
        return BankImported(plan.write(self._catalogue.new_path(name)).stem)


def _described(plan: ImportPlan) -> Content:
    """Counts, a sample, what was not understood, and what may be done with it."""
    return Content("\n").join(_lines(plan))


def _lines(plan: ImportPlan) -> Iterator[Content]:
    counts = [
        f"{count:,} {COUNTED[key][count != 1]}"
        for key, count in plan.counts.items()
        if count and key in COUNTED
    ]
    yield as_line(", ".join(counts), "bold")
    yield as_line(f"read as {plan.format} · {plan.licence_note}", "$muted")
    if plan.encoding:
        yield as_line(f"the encoding is a guess: {plan.encoding}", "$muted")
    if plan.others:
        others = ", ".join(f"{other.format} ({other.questions:,})" for other in plan.others)
        yield as_line(f"F3 takes another reading: {others}", "$muted")
    yield Content("")
    yield as_line("for example", "$muted")
    for question in plan.sample(SAMPLE):
        yield as_line(f"  {question.text}")
    missed = plan.not_understood
    if missed:
        yield Content("")
        yield as_line(f"not understood, and left out: {len(missed):,}", "$muted")
        for part in missed:
            place = Content.styled(f"{part.line:>6}  ", "$muted")
            yield place + as_line(part.text)
