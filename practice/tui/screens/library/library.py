"""Every take: found as you type, sorted, opened, starred, exported, heard again, deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widgets import Input

from practice.core.filing import move_take, rename_take
from practice.core.in_common import read_accounts
from practice.core.search import fit_interviews
from practice.core.weeks import now_in_zone
from practice.library.interviews import Interview
from practice.library.library import Library
from practice.library.search import HELP, Order, find_takes, parse_filter, sort_takes
from practice.library.takes import Take
from practice.schedule.serving import offer
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import LatestRead, in_background
from practice.tui.messages import ReviewNews, ReviewProgressed
from practice.tui.presentation.columns import RowContext
from practice.tui.presentation.take_columns import LIBRARY, choose_columns
from practice.tui.presentation.take_text import (
    EMPTY,
    NOTHING_FITS,
    about,
    counted,
    name_interviews,
)
from practice.tui.screens.base import BROAD_WIDTHS, PracticeScreen
from practice.tui.screens.deleting import ask_to_delete
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.take_table import TakeTable

if TYPE_CHECKING:
    from textual.timer import Timer

SETTLED_S = 0.12
"""How long the keys must rest before the filter is asked."""

FIRST = 200
"""Takes that are read and shown before all the others, so that the screen opens at once."""

COMMAND_TABLE = (
    Command("library.filter", "slash", "filter", "Find takes as you type.", footer=True),
    Command(
        "library.sort",
        "ctrl+o",
        "order",
        "Order by date, question, length, fillers, pace or rating.",
        footer=True,
    ),
    Command("library.reverse", "O", "reverse", "Reverse the order."),
    Command(
        "library.history", "h", "history", "Show this question's takes over time.", footer=True
    ),
    Command("library.interviews", "i", "interviews", "Show the interviews that have these words."),
    Command("library.star", "asterisk", "star", "Star this take, or take the star away."),
    Command(
        "library.export", "X", "share", "Share this take, or export it to a file.", footer=True
    ),
    Command("library.move", "M", "move", "Move this take to another question."),
    Command("library.rename", "f2", "rename", "Give a take without a question a title."),
    Command("library.retry", "f5", "transcribe", "Transcribe this take again."),
    Command("library.cancel", "f6", "cancel", "Stop transcribing this take; its sound stays."),
    Command(
        "library.retry-all",
        "ctrl+r",
        "transcribe all",
        "Transcribe every listed take without words.",
    ),
    Command(
        "library.delete",
        "delete,backspace",
        "delete",
        "Delete the take for good: sound, words and review.",
    ),
    Command(
        "library.delete-sound", "D", "delete sound", "Delete the sound for good and keep the words."
    ),
    BACK,
)
ON_A_TAKE = {"history", "star", "export", "move", "rename", "retry", "delete", "delete_sound"}
NO_TAKE = "There is no take here."
NO_QUESTION = "This take answers no question: M moves it to one, F2 gives it a title."
HAS_QUESTION = "This take answers a question: M moves it to another one."
NO_SOUND = "The audio of this take was deleted."
NOT_WAITING = "This take is not being transcribed."
MOVE_TO = "Which question does this take answer?"
RENAME = "What is this take called?"
TITLED = "It answers no question of a bank."


@dataclass
class QuestionsRead(Message):
    """The questions that a take may be moved to were read."""

    take_id: str
    options: Sequence[tuple[str, str]]
    """`bank/id` and the text of each."""


@dataclass
class Found(Message):
    """The library was searched."""

    number: int
    """Which of the questions to the library this answers."""
    everything: Sequence[Take] | None
    """None while only the newest were read."""
    takes: Sequence[Take]
    interviews: Sequence[Interview]
    """Those that have the words too."""
    has_model: bool
    moved: bool
    """Whether another question than before was asked, so that the first line is wanted."""


class LibraryScreen(PracticeScreen[None]):
    """A table of takes, a line to filter it above, a few words about the chosen one below."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "library.tcss"
    AUTO_FOCUS = "TakeTable"
    HORIZONTAL_BREAKPOINTS = BROAD_WIDTHS
    HELP = f"Everything you recorded. / finds takes as you type. {HELP}"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._order, self._is_reversed = Order.DATE, False
        self._everything: Sequence[Take] | None = None
        """What the library held when it was last read; None once that may have changed."""
        self._reading = LatestRead(self, "reading the library")
        self._asked = 0
        self._awaited = 0
        """The oldest question to the library whose answer may still be shown."""
        self._has_model = True
        self._has_interviews = False
        """Interviews have the words of the filter."""
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title and count, filter, table, the chosen take, keys."""
        with Horizontal(id="head"):
            yield PlainText("Library", "name")
            yield PlainText("", "count")
        with Horizontal(id="find"):
            yield PlainText("/", "prompt")
            month = f"{self.services.now().astimezone():%Y-%m}"
            yield PlainInput(hint=f"words, today, {month}, bank:care, is:starred")
        with Container(id="body"):
            leaves_out = self.services.settings.stutter
            columns = choose_columns(LIBRARY, leaves_out_stutter=leaves_out)
            yield TakeTable(columns, self._row_context)
            yield PlainText("", "empty")
            yield PlainText("", "about")
        yield PlainText("", "interviews")
        yield Footer()

    def on_mount(self) -> None:
        """Follow the reviews."""
        self._table.border_title = "takes"
        self.query_one("#about").border_title = "this take"
        self.host.review_news.subscribe(self, self.show_news)

    def on_screen_resume(self) -> None:
        """Read what another screen may have changed; at first, the newest takes alone."""
        self._ask(again=True, first=self._asked == 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What concerns a take needs one; the history, a question."""
        take = self._table.chosen if self.is_mounted else None
        if action in ON_A_TAKE and take is None:
            return None
        has_question = take is not None and take.question_id is not None
        if (action == "history" and not has_question) or (action == "rename" and has_question):
            return None
        if action == "cancel":
            return take is not None and self.host.reviews.part(take.id) is not None
        if action in {"retry", "delete_sound"} and take is not None and take.audio is None:
            return None
        return True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        take = self._table.chosen
        if action == "cancel":
            return NOT_WAITING
        if take is None:
            return NO_TAKE if action in ON_A_TAKE else ""
        if action == "history" and take.question_id is None:
            return NO_QUESTION
        if action == "rename" and take.question_id is not None:
            return HAS_QUESTION
        return NO_SOUND if action in {"retry", "delete_sound"} and take.audio is None else ""

    @on(Input.Changed)
    def wait_for_more(self) -> None:
        """Ask once the keys rest."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLED_S, lambda: self._ask(moved=True))

    @on(Input.Submitted)
    @on(PlainInput.Left)
    def go_to_table(self) -> None:
        """From the filter into the list."""
        self._table.focus()

    @on(Found)
    def show_found(self, message: Found) -> None:
        """Show an answer to what is asked for now, unless a newer one is there already."""
        if message.number < self._awaited:
            return
        # News asks the same again, and may come faster than answers: only the newest answer is
        # the state of the library, but the ones before it must show, or none would ever.
        self._awaited, self._has_model = message.number, message.has_model
        is_newest = message.number == self._asked
        if is_newest:
            self._everything = message.everything
            self._has_interviews = bool(message.interviews)
            line = self.query_one("#interviews", PlainText)
            line.show(name_interviews(message.interviews))
            line.display = self._has_interviews
        self._table.show(message.takes, follow=not message.moved)
        if message.everything is not None:
            self._show_count(len(message.everything))
            self._show_empty(NOTHING_FITS if message.everything else EMPTY)
        elif is_newest:
            self._ask(again=True)

    @on(TakeTable.CursorMoved)
    def show_chosen(self) -> None:
        """Say more of the take under the cursor."""
        take = self._table.chosen
        left_s = self.host.reviews.left_s(take.id) if take else None
        self.query_one("#about", PlainText).show(about(take, self._row_context(), left_s))
        self.query_one("#about").display = take is not None
        self.refresh_bindings()

    def show_news(self, news: ReviewNews) -> None:
        """Keep the lines at what the review queue says."""
        if isinstance(news, ReviewProgressed):
            self._table.refresh()
            self.show_chosen()
        else:
            self._ask(again=True)

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one(PlainInput).focus()

    def action_back(self) -> None:
        """Clear the filter first, then go back."""
        line = self.query_one(PlainInput)
        if line.value or line.has_focus:
            line.value = ""
            self._table.focus()
        else:
            self.dismiss()

    def action_sort(self) -> None:
        """Sort by the next thing."""
        self._order, self._is_reversed = self._order.following, False
        self._ask(moved=True)

    def action_reverse(self) -> None:
        """Reverse the order."""
        self._is_reversed = not self._is_reversed
        self._ask(moved=True)

    def action_history(self) -> None:
        """Show the takes of this question over time."""
        self.host.navigator.open_question_history(self._chosen)

    def action_interviews(self) -> None:
        """Show the interviews that have these words, or all of them."""
        words = self.query_one(PlainInput).value if self._has_interviews else ""
        self.host.navigator.open_interviews(words)

    def action_star(self) -> None:
        """Star this take, or take the star away."""
        library, take_id = self._library, self._chosen.id
        self._change(lambda: library.annotations.star(take_id, not library.take(take_id).starred))

    def action_export(self) -> None:
        """Choose a form and write the review to a file."""
        self.host.navigator.open_export(self._chosen)

    def action_move(self) -> None:
        """Read the questions, then ask which of them the take answers."""
        take_id, workspace = self._chosen.id, self.services.workspace

        def read() -> QuestionsRead:
            found = offer(workspace.catalogue, workspace.library, workspace.clock).proposals
            candidates = sorted(
                (proposal.candidate for proposal in found),
                key=lambda candidate: (candidate.bank_title, candidate.question.text),
            )
            options = [
                (f"{one.bank}/{one.question.id}", f"{one.question.text} · {one.bank_title}")
                for one in candidates
            ]
            return QuestionsRead(take_id, options)

        in_background(self, read, "reading the questions")

    @on(QuestionsRead)
    def choose_question(self, message: QuestionsRead) -> None:
        """Ask which question the take answers, and move it there."""
        workspace = self.services.workspace

        def move(name: str | None) -> None:
            if name is not None:
                self._change(
                    lambda: move_take(workspace, message.take_id, workspace.question(name))
                )

        self.host.navigator.pick(MOVE_TO, message.options, move, is_searched=True)

    def action_rename(self) -> None:
        """Ask for a title."""
        take, workspace = self._chosen, self.services.workspace

        def rename(title: str | None) -> None:
            if title is not None:
                self._change(lambda: rename_take(workspace, take.id, title))

        self.host.navigator.ask_for_title(RENAME, take.question or "", TITLED, rename)

    def action_retry(self) -> None:
        """Put this take at the end of the queue."""
        self._hear([self._chosen])

    def action_retry_all(self) -> None:
        """Put every listed take without words at the end of the queue."""
        self._hear([take for take in self._table.takes if take.lacks_words])

    def action_cancel(self) -> None:
        """Stop transcribing this take."""
        self.cancel_transcription(self._chosen.id)

    def action_delete(self) -> None:
        """Ask, then delete the take for good."""
        take = self._chosen
        ask_to_delete(self, take, lambda: self._library.delete(take.id), self._read_again)

    def action_delete_sound(self) -> None:
        """Ask, then delete the sound for good."""
        take = self._chosen
        ask_to_delete(
            self,
            take,
            lambda: self._library.delete_audio(take.id),
            self._read_again,
            sound_only=True,
        )

    @property
    def _table(self) -> TakeTable:
        return self.query_one(TakeTable)

    @property
    def _chosen(self) -> Take:
        """The take that a command is about; `check_action` sees to it that there is one."""
        take = self._table.chosen
        assert take is not None
        return take

    @property
    def _library(self) -> Library:
        return self.services.workspace.library

    def _row_context(self) -> RowContext:
        return RowContext(self.services.now(), self.host.reviews.part, has_model=self._has_model)

    def _ask(self, *, again: bool = False, moved: bool = False, first: bool = False) -> None:
        """Search the library beside the screen.

        Args:
            again: Whether what is in it is read again.
            moved: Whether something else is asked for than before.
            first: Whether the newest takes will do for now.
        """
        self._asked += 1
        if moved:
            self._awaited = self._asked
        number, order, is_reversed = self._asked, self._order, self._is_reversed
        if again:
            self._everything = None
        everything = self._everything
        wanted = parse_filter(self.query_one(PlainInput).value, self._today)

        def search() -> Found:
            workspace = self.services.workspace
            library, has_model = workspace.library, workspace.model().path is not None
            if first:
                return Found(number, None, library.takes(limit=FIRST), (), has_model, moved)
            takes = library.takes() if everything is None else everything
            found = sort_takes(find_takes(library, wanted, takes), order, is_reversed=is_reversed)
            accounts = read_accounts(workspace) if wanted.demands else ()
            others = fit_interviews(accounts, wanted, now_in_zone(workspace))
            interviews = [each.interview for each in others]
            return Found(number, takes, found, interviews, has_model, moved)

        if again and not first:
            self._reading.ask(search)
        else:
            in_background(self, search, "searching the library")

    def _change(self, work: Callable[[], object]) -> None:
        """Do something to a take, then show how it is."""
        self.change(work, lambda _: self._read_again())

    def _read_again(self) -> None:
        self._ask(again=True)

    def _hear(self, takes: Sequence[Take]) -> None:
        """Have `takes` transcribed, one after the other."""
        if not self._has_model:
            self.notify("Settings offers models, with their sizes.", title="there is no model yet")
            return
        for take in takes:
            self.host.reviews.add(take.id)
        if not takes:
            self.notify("Every listed take has its words.")
        self._table.refresh()
        self.show_chosen()

    def _show_count(self, everything: int) -> None:
        wanted = parse_filter(self.query_one(PlainInput).value, self._today)
        found = len(self._table.takes)
        order = self._order.in_words[self._is_reversed]
        self.query_one("#count", PlainText).show(
            counted(found, everything, order, wanted.not_understood)
        )

    def _show_empty(self, why: str) -> None:
        """Help where there is nothing to list."""
        is_empty = not self._table.takes
        empty = self.query_one("#empty", PlainText)
        empty.show(why)
        self._table.display, empty.display = not is_empty, is_empty

    @property
    def _today(self) -> date:
        return self.services.now().astimezone().date()
