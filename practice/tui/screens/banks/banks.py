"""The question banks: what there is, what is in it, and every change to it."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, OptionList

from practice.base.errors import NotFoundError, PracticeError
from practice.base.system import editor
from practice.base.text import one_line, shorten_middle
from practice.questions.bank_editing import ChangedElsewhereError, Edited
from practice.tui.commands import bindings
from practice.tui.jobs.bank_jobs import (
    BankEdited,
    BankJobs,
    BanksRead,
    BankViewed,
    BankWritten,
    Edit,
    EditorCalled,
    EditorLeft,
    SessionOffered,
    TakesCounted,
)
from practice.tui.messages import ErrorRaised
from practice.tui.presentation.bank_text import (
    describe_deletion,
    describe_problems,
    name_bank,
)
from practice.tui.screens.banks.bank_commands import COMMAND_TABLE, OF_A_QUESTION, OF_THE_LIST
from practice.tui.screens.base import BROAD_WIDTHS, PracticeScreen
from practice.tui.screens.results import KEEP_BOTH, RELOAD
from practice.tui.screens.verdicts import open_it
from practice.tui.services import Services
from practice.tui.widgets.bank_list import BankList
from practice.tui.widgets.bank_view import BankView
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from textual.timer import Timer

    from practice.tui.screens.results import Export, SessionSetup

COPIED = "the bank that comes with practice stays as it is"
NO_BANKS = "There is no bank yet: N begins one, I imports a list."
NO_QUESTION_HERE = {
    "undo": "There is no edit to take back.",
    "session": "This bank has no question.",
    "export": "This bank has no question.",
}
"""Why a command does nothing where nothing else is in its way."""
MOVE_TO = (
    "Move this question to the end of\n"
    "(a bank that comes with practice is copied into your own folder first)"
)
RENAME = "What is this bank called?"
KEEPS_ITS_NAME = "Its file keeps its name, and its takes stay with it."
SAID_S = 8.0
SAID_MARGINS = 4
"""How long it is said what was done."""


class BanksScreen(PracticeScreen[None]):
    """Banks on the left, the questions of one on the right; narrow, one after the other."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "banks.tcss"
    AUTO_FOCUS = "#banks"
    HORIZONTAL_BREAKPOINTS = BROAD_WIDTHS
    HELP = (
        "A bank is a plain file of questions that you own. Everything here can also be done in "
        "any text editor; comments and order stay as they are."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._desk = BankJobs(self, services)
        self._silence: Timer | None = None
        """Ends what is said in the bottom line."""

    def compose(self) -> ComposeResult:
        """The two panes, what was done last, keys."""
        yield PlainText("Banks", "name")
        with Horizontal(id="panes"):
            yield BankList()
            yield BankView()
        yield PlainText("", "said")
        yield Footer()

    def on_mount(self) -> None:
        """Read every bank, beside the first frame."""
        self._list.border_title, self._view.border_title = "banks", "questions"
        self._desk.read_all()

    def on_descendant_focus(self) -> None:
        """Let style and footer follow the pane that has the focus."""
        self.set_class(self._in_bank, "-in-bank")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done follows from the pane, and from what is under the cursor."""
        if not self._desk.is_ready or isinstance(self.focused, Input):
            return action == "back"
        view, in_bank = self._view, self._in_bank
        if action in {"rename", "delete"}:
            entry = self._list.entry
            if in_bank or entry is None:
                return False
            fits = entry.own if action == "delete" else not entry.problems
            return True if fits else None
        if action in OF_THE_LIST:
            return not in_bank
        if action in OF_A_QUESTION:
            hidden = view.wanted if action in {"earlier", "later"} else ""
            return in_bank and view.question is not None and not hidden
        if action == "edit":
            return in_bank and (view.has_problems or view.question is not None)
        if action in {"add", "find"}:
            return in_bank and not view.has_problems
        if action in {"session", "export"}:
            return view.has_questions
        return self._desk.can_undo if action == "undo" else True

    @on(BanksRead)
    def show_banks(self, message: BanksRead) -> None:
        """Show the list, then the bank under the cursor."""
        self._list.show(message.entries, message.bank or self._list.bank_name)
        self._desk.look_again(lambda: self._list.bank_name)
        if message.says:
            self._say(f"{message.says} · u brings it back")
        if not message.entries:
            self._view.clear()
            self._say(NO_BANKS)
        self._settle()

    @on(BankViewed)
    def show_bank(self, message: BankViewed) -> None:
        """Show a bank, unless the cursor has left it by now."""
        self._list.show(self._desk.editing.entries, self._list.bank_name)
        if message.viewed.entry.name == self._list.bank_name:
            self._view.show(message.viewed)
        self._settle()

    @on(BankEdited)
    def show_edit(self, message: BankEdited) -> None:
        """Show what an edit did, and say so."""
        edited = message.edited
        self._list.show(message.entries, edited.bank)
        self._view.show(message.viewed, edited.question_id)
        self._say(edited.says)
        self._tell_copy(edited.copy)
        self._settle()

    @on(ErrorRaised)
    def show_trouble(self, message: ErrorRaised) -> None:
        """Ask what to do about a file that changed underneath; say anything else."""
        message.stop()
        error = message.error
        if isinstance(error, ChangedElsewhereError):
            self._ask_about(error)
        else:
            self.host.show_error(error)
        if isinstance(error, NotFoundError):
            self._desk.read_all()
        self._settle()

    @on(VirtualList.CursorMoved, "#banks")
    def look_at_bank(self) -> None:
        """Show the bank under the cursor."""
        self._desk.look(lambda: self._list.bank_name, lambda: self._view.bank_name)

    @on(VirtualList.LineOpened, "#banks")
    def open_clicked(self) -> None:
        """A click on the bank under the cursor opens it."""
        self.action_open()

    @on(VirtualList.LineOpened, "#questions")
    @on(OptionList.OptionSelected, "#problems")
    def edit_clicked(self) -> None:
        """A click on the line under the cursor opens it."""
        self.action_edit()

    @on(Input.Submitted)
    @on(PlainInput.Left)
    def go_to_found(self) -> None:
        """Enter in the filter goes to what it found."""
        self._focus_bank()

    def action_back(self) -> None:
        """One step out: the filter, the questions, the screen."""
        if self._in_bank and self._view.wanted:
            self._view.clear_filter()
            self._focus_bank()
        elif isinstance(self.focused, Input):
            self._focus_bank()
        elif self._in_bank:
            self.remove_class("-in-bank")
            self.call_after_refresh(self._list.focus)
        else:
            self._desk.turns.add(self._leave)

    def action_open(self) -> None:
        """Go to the questions, once they are read."""
        self._desk.turns.add(self._focus_bank)

    def action_find(self) -> None:
        """Type what to find."""
        self._view.query_one(PlainInput).focus()

    def action_add(self) -> None:
        """Write a new question behind the one under the cursor."""
        self._desk.turns.add(lambda: self._open_form(new=True))

    def action_edit(self) -> None:
        """Change the question under the cursor; a problem is mended in the editor."""
        if self._view.has_problems:
            self.action_editor()
        else:
            self._desk.turns.add(lambda: self._open_form(new=False))

    def action_remove(self) -> None:
        """Take the question out."""
        self._edit(self._desk.editing.remove)

    def action_duplicate(self) -> None:
        """Put a copy behind it."""
        self._edit(self._desk.editing.duplicate)

    def action_earlier(self) -> None:
        """Move the question up."""
        self._edit(lambda bank, question: self._desk.editing.shift(bank, question, -1))

    def action_later(self) -> None:
        """Move the question down."""
        self._edit(lambda bank, question: self._desk.editing.shift(bank, question, 1))

    def action_move(self) -> None:
        """Ask which bank the question is to move to."""
        others = [e for e in self._desk.editing.entries if e.name != self._view.bank_name]
        options = [(entry.name, name_bank(entry)) for entry in others if not entry.problems]
        self.host.navigator.pick(MOVE_TO, options, self._move_to)

    def action_undo(self) -> None:
        """Take back the last edit."""
        self._desk.undo()

    def action_preview(self) -> None:
        """Show the question as it will be asked."""
        if self._view.question is not None:
            self.host.navigator.open_question_preview(self._view.question)

    def action_open_question(self) -> None:
        """Let the question under the cursor come back until it is said well."""
        if (place := self._place()) is not None and self._view.question is not None:
            open_it(self, *place, self._view.question.text)

    def action_session(self) -> None:
        """Begin a session with this bank."""
        if self._view.bank_name is not None:
            self._desk.offer(self._view.bank_name)

    def action_new(self) -> None:
        """Ask for the title of a new bank."""
        names = {entry.name for entry in self._desk.editing.entries}
        self.host.navigator.open_new_bank(names, self._new)

    def action_rename(self) -> None:
        """Ask for another title."""
        if (entry := self._list.entry) is not None:
            name = entry.name

            def rename(title: str | None) -> None:
                if title is not None:
                    self._desk.rename(name, title)

            self.host.navigator.ask_for_title(RENAME, entry.title, KEEPS_ITS_NAME, rename)

    def action_delete(self) -> None:
        """Count the takes of this bank, then ask."""
        if (name := self._list.bank_name) is not None:
            self._desk.count_takes(name)

    @on(TakesCounted)
    def ask_before_deleting(self, message: TakesCounted) -> None:
        """Ask whether the bank is to be deleted, and say what becomes of its takes."""
        self._desk.turns.done()
        entry = message.entry
        self.host.navigator.ask(
            describe_deletion(entry, message.takes, hides_shipped=message.hides_shipped),
            "delete it",
            "keep it",
            lambda sure: self._desk.delete(entry.name) if sure else None,
            is_final=True,
        )

    def action_import(self) -> None:
        """Open the import."""
        self.host.navigator.open_bank_import(self._desk.editing.catalogue, self._imported)

    def action_export(self) -> None:
        """Ask for format and file."""
        if self._view.bank_name is not None:
            self.host.navigator.open_bank_export(self._view.bank_name, self._export)

    def action_editor(self) -> None:
        """Have the file ready for the user's own editor, then open it."""
        view = self._view
        if (name := self._list.bank_name) is not None:
            question = view.question if self._in_bank else None
            problem = view.problem if self._in_bank else None
            self._desk.call_editor(
                name, question.id if question else None, problem.line if problem else None
            )

    @on(EditorCalled)
    def open_editor(self, message: EditorCalled) -> None:
        """Hand the terminal to the editor and wait; then have the result checked."""
        try:
            with self.app.suspend() if editor.needs_terminal() else nullcontext():
                editor.open_editor(message.path, message.line)
        except SuspendNotSupported:
            self._say("the editor cannot open here: ", message.path)
        except PracticeError as error:
            self.host.show_error(error)
        self._desk.editor_left(message)
        self._desk.turns.done()

    @on(EditorLeft)
    def show_left(self, message: EditorLeft) -> None:
        """Show what the editor left; with problems, offer to edit again."""
        entry = message.viewed.entry
        self._list.show(message.entries, entry.name)
        self._view.show(message.viewed)
        self._tell_copy(message.copy)
        self._settle()
        if entry.problems:
            self.host.navigator.ask(
                describe_problems(entry),
                "edit again",
                "leave it for now",
                lambda sure: self.action_editor() if sure else None,
            )
        if self._in_bank:
            self._focus_bank()

    @on(SessionOffered)
    def choose_session(self, message: SessionOffered) -> None:
        """Ask how the session is to be held."""
        self._desk.turns.done()
        self.host.navigator.open_session_setup(message.offer.proposals, self._begin)

    @on(BankWritten)
    def tell_written(self, message: BankWritten) -> None:
        """Say where the export is."""
        self._say("written to ", message.path)
        self._desk.turns.done()

    @property
    def _list(self) -> BankList:
        return self.query_one(BankList)

    @property
    def _view(self) -> BankView:
        return self.query_one(BankView)

    @property
    def _in_bank(self) -> bool:
        return self.focused is not None and self._view in self.focused.ancestors

    def _say(self, text: str, path: Path | None = None) -> None:
        """Say something for a while, and the file that it is about behind it."""
        if self._silence is not None:
            self._silence.stop()
        line, room = one_line(text), self.size.width - SAID_MARGINS
        if path is not None:
            # Of a path its end, the file, is what one wants to know.
            line += " " + shorten_middle(one_line(str(path)), room - cell_len(line) - 1, cell_len)
        self.query_one("#said", PlainText).show(shorten_middle(line, room, cell_len))
        self._silence = self.set_timer(SAID_S, lambda: self.query_one("#said", PlainText).show(""))

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        view, in_bank = self._view, self._in_bank
        if not self._desk.is_ready:
            return ""
        if action == "undo":
            return "There is nothing to undo here."
        if action == "remove" and not in_bank:
            action = "delete"  # the same key, in the list of banks
        if action in OF_THE_LIST:
            if in_bank:
                return "Esc goes to the list of banks first."
            if action == "delete":
                return "This bank comes with practice and stays; banks of your own can be deleted."
            return (
                "This file has problems: E opens it in your editor." if action == "rename" else ""
            )
        if view.has_problems:
            return "This file has problems: E opens it in your editor."
        if not in_bank:
            return "Enter goes to the questions of this bank first."
        if view.wanted and action in {"earlier", "later"}:
            return "Esc shows all questions; then they can be moved."
        return "There is no question here: a adds one."

    def _leave(self) -> None:
        """Leave when every edit that was asked for is done."""
        self.dismiss()

    def _tell_copy(self, copy: Path | None) -> None:
        if copy is not None:
            self.notify(f"you work on a copy of your own: {copy}", title=COPIED)

    def _settle(self) -> None:
        """Let the footer follow, and what waits go on."""
        self.refresh_bindings()
        self._desk.turns.done()

    def _focus_bank(self) -> None:
        self.add_class("-in-bank")
        self.call_after_refresh(self._view.main.focus)

    def _edit(self, work: Edit) -> None:
        self._desk.edit(self._place, work)

    def _place(self) -> tuple[str, str] | None:
        bank, question = self._view.bank_name, self._view.question
        return None if bank is None or question is None else (bank, question.id)

    def _open_form(self, *, new: bool) -> None:
        bank, question = self._view.bank_name, self._view.question
        if bank is not None and (new or question is not None):
            self.host.navigator.open_question_form(
                self._desk.editing, bank, question, self._written, new=new
            )

    def _written(self, edited: Edited | None) -> None:
        if edited is not None:
            self._desk.show(edited)

    def _move_to(self, other: str | None) -> None:
        if other is not None:
            editing = self._desk.editing
            self._edit(lambda bank, question: editing.move_to(bank, question, other))

    def _new(self, title: str | None) -> None:
        if title is not None:
            self._desk.new(title)
            self._desk.turns.add(self._focus_bank)

    def _imported(self, name: str | None) -> None:
        if name is not None:
            self._desk.read_all(name)

    def _export(self, chosen: "Export | None") -> None:
        if chosen is not None and self._view.bank_name is not None:
            self._desk.export(self._view.bank_name, chosen.form, chosen.path)

    def _begin(self, chosen: "SessionSetup | None") -> None:
        if chosen is not None and chosen.candidates:
            self.host.navigator.open_session(
                chosen.candidates, chosen.mode, counted=True, sitting=chosen.sitting
            )

    def _ask_about(self, error: ChangedElsewhereError) -> None:
        def answer(chosen: str | None) -> None:
            if chosen == KEEP_BOTH:
                self._desk.keep_both(error)
            elif chosen == RELOAD:
                self._desk.reload(error.name)

        self.host.navigator.ask_about_changed(error, answer)
