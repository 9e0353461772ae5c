"""Every interview, those ahead first: when it is, how it ended, whether it is debriefed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from practice.base.wall_time import local_zone
from practice.core.in_common import read_accounts
from practice.core.search import fit_interviews
from practice.core.weeks import delete_interview, now_in_zone
from practice.library.in_common import Account
from practice.library.interviews import Debrief, Interview, sort_for_list
from practice.library.search import parse_filter
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import interview_text
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import BROAD_WIDTHS, PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from practice.library.interview_search import FoundInterview

COMMAND_TABLE = (
    Command("interviews.edit", "enter,e", "edit", "Look at this interview and change it.",
            footer=True),
    Command("interviews.add", "a", "add", "Add an interview.", footer=True),
    Command("interviews.debrief", "d", "debrief",
            "Note what was asked and how it went: three minutes.", footer=True),
    Command("interviews.outcome", "full_stop", "how it ended",
            "Note how it ended, and rest if you like.", footer=True),
    Command("interviews.find", "slash", "find",
            "Find interviews by what was asked, your notes, what they said.", footer=True),
    Command("interviews.in-common", "c", "in common",
            "Count what your interviews have in common."),
    Command("interviews.terms", "K", "words to say",
            "Choose what to say in this interview, from its advert too."),
    Command("interviews.page", "P", "a page",
            "Open a page for yourself about this interview; nothing else reads it."),
    Command("interviews.letter", "L", "letter", "Make a letter of what you noted; it is not sent."),
    Command("interviews.delete", "delete,backspace", "delete",
            "Delete this interview for good; asks first."),
    BACK,
)  # fmt: skip
NONE_YET = (
    "No interview yet. a adds one: the company is enough.\n\n"
    "From its hour on, d notes what was asked. What was rough comes back, until you have said it "
    "well on two days."
)
NOTHING_FITS = "No interview has these words. Esc shows them all."
NO_INTERVIEW = "There is no interview yet: a adds one."
NOT_HELD_YET = "This interview is still ahead."
OF_ONE = {"edit", "debrief", "outcome", "terms", "page", "letter", "delete"}
"""Actions that need an interview."""
OF_SEVERAL = {"find", "in_common"}
"""Actions on all that there are."""
WHEN, OUTCOME, DEBRIEF = 28, 13, 9
"""Columns of the list beside the name."""
ROOMY = 70
"""Cells from which on outcome and debrief have columns; below, they stand under the list."""


@dataclass
class InterviewsRead(Message):
    """Interviews, and what hangs on them, were read."""

    interviews: Sequence[Interview]
    """In the order of the list."""
    debriefs: Mapping[str, Debrief | None]
    opened: Mapping[str, int]
    """How many open questions go with each."""
    now: datetime
    """In the user's own zone."""
    zone: str
    accounts: Sequence[Account]
    """The same interviews with everything that was written down of them, to be searched."""
    page_owners: Set[str]
    """The ids of those that have a page for oneself."""
    rehearsals: Mapping[str, int]
    """How many rehearsals there were for each that has one."""


class InterviewsScreen(PracticeScreen[None]):
    """A list; what is under the cursor is told below it.

    Args:
        services: What the screen works with.
        words: What to find at first; empty for every interview.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "interviews.tcss"
    AUTO_FOCUS = "VirtualList"
    HORIZONTAL_BREAKPOINTS = BROAD_WIDTHS
    HELP = (
        "Your real interviews. Those ahead come first, then those without a day, then those that "
        "are over. Everything but the company may stay empty."
    )

    def __init__(self, services: Services, words: str = "") -> None:
        super().__init__(services)
        self._words = words
        self._read: InterviewsRead | None = None
        self._found: Sequence[FoundInterview] | None = None
        """Those that have the words that are looked for; None while none are."""
        self._wanted: str | None = None
        """The interview that the cursor goes to when the list is read again."""

    def compose(self) -> ComposeResult:
        """Title, list, what is under the cursor, keys."""
        yield PlainText("Interviews", classes="title")
        with Horizontal(id="find"):
            yield PlainText("/", "prompt")
            yield PlainInput(self._words, hint="what was asked, notes, what they said")
        yield PlainText(NONE_YET, "empty")
        yield VirtualList(self._draw_line, self._draw_header)
        yield PlainText("", "about")
        yield Footer()

    def on_mount(self) -> None:
        """Show the words that are looked for at first."""
        self.query_one("#find").display = bool(self._words)

    def on_screen_resume(self) -> None:
        """Read what another screen may have changed."""
        in_background(self, self._read_interviews, "reading the interviews")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an interview there is nothing to do but to add one."""
        if self._read is not None and not self._read.interviews and action in OF_ONE | OF_SEVERAL:
            return False
        if action in OF_ONE and self._chosen is None:
            return None
        if action == "debrief":
            return True if self._can_debrief else None
        return True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if self._chosen is None:
            return NO_INTERVIEW if self._read is not None else ""
        return NOT_HELD_YET if action == "debrief" else ""

    @on(InterviewsRead)
    def show_interviews(self, message: InterviewsRead) -> None:
        """Show the list as it is now; the cursor stays on its interview."""
        chosen = self._wanted or (self._chosen.id if self._chosen else None)
        self._read, self._wanted = message, None
        self._show_list(chosen)
        if self._shown and not self._line.has_focus:
            self._list.focus()

    @on(Input.Changed)
    def find_typed(self) -> None:
        """Show those that have the words."""
        self._show_list(self._chosen.id if self._chosen else None)

    @on(Input.Submitted)
    @on(PlainInput.Left)
    def go_to_list(self) -> None:
        """From the words into the list."""
        self._list.focus()

    def action_find(self) -> None:
        """Go to the line of words."""
        self.query_one("#find").display = True
        self._line.focus()

    def action_in_common(self) -> None:
        """Count what they have in common."""
        self.host.navigator.open_in_common()

    def action_back(self) -> None:
        """Show them all first, then go back."""
        if self._line.value or self._line.has_focus:
            self._line.value = ""
            self.query_one("#find").display = False
            self._list.focus()
        else:
            self.dismiss()

    def _show_list(self, chosen: str | None) -> None:
        if self._read is None:
            return
        now = self._read.now
        wanted = parse_filter(self._line.value, now.date())
        self._found = fit_interviews(self._read.accounts, wanted, now) if wanted.demands else None
        ids = [each.id for each in self._shown]
        at = ids.index(chosen) if chosen in ids else self._list.cursor
        self._list.display = bool(ids)
        empty = self.query_one("#empty", PlainText)
        empty.show(NOTHING_FITS if self._read.interviews else NONE_YET)
        empty.display = not ids
        self._list.show_lines(len(ids), at)
        self._tell()

    @on(VirtualList.CursorMoved)
    def tell_of_other(self) -> None:
        """Tell of the interview that the cursor is on now."""
        self._tell()

    @on(VirtualList.LineOpened)
    def open_clicked(self) -> None:
        """Open the interview that was clicked twice."""
        self.action_edit()

    def action_add(self) -> None:
        """Open an empty form."""
        if self._read is not None:
            self._open_form(None, self._read)

    def action_edit(self) -> None:
        """Open the form of the interview under the cursor."""
        if self._read is not None and self._chosen is not None:
            self._open_form(self._chosen, self._read)

    def action_debrief(self) -> None:
        """Note what was asked."""
        if self._chosen is not None:
            self.host.navigator.open_debrief(self._chosen)

    def action_outcome(self) -> None:
        """Note how it ended."""
        if self._chosen is not None:
            self.host.navigator.open_outcome(self._chosen)

    def action_terms(self) -> None:
        """Choose what to say."""
        if self._chosen is not None:
            self.host.navigator.open_terms(self._chosen)

    def action_page(self) -> None:
        """Open the page for oneself."""
        if self._chosen is not None:
            self.host.navigator.open_own_page(self._chosen)

    def action_letter(self) -> None:
        """Make a letter."""
        if self._chosen is not None:
            self.host.navigator.open_letter(self._chosen)

    def action_delete(self) -> None:
        """Ask, naming what goes, and delete."""
        interview, read = self._chosen, self._read
        if interview is None or read is None:
            return

        def delete(is_sure: bool | None) -> None:
            if is_sure:
                self.change(self._deletion(interview.id), self.post_message)

        question = interview_text.describe_deletion(
            interview,
            read.debriefs.get(interview.id),
            read.opened.get(interview.id, 0),
            has_page=interview.id in read.page_owners,
        )
        navigator = self.host.navigator
        navigator.ask(question, "delete it for good", "keep it", delete, is_final=True)

    def _deletion(self, interview_id: str) -> Callable[[], InterviewsRead]:
        def delete() -> InterviewsRead:
            delete_interview(self.services.workspace, interview_id)
            return self._read_interviews()

        return delete

    def _open_form(self, interview: Interview | None, read: InterviewsRead) -> None:
        def go_to(interview_id: str | None) -> None:
            self._wanted = interview_id

        self.host.navigator.open_interview_form(interview, read.now, read.zone, go_to)

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    @property
    def _chosen(self) -> Interview | None:
        """The interview under the cursor."""
        shown = self._shown
        return shown[min(self._list.cursor, len(shown) - 1)] if shown else None

    @property
    def _shown(self) -> Sequence[Interview]:
        """What is in the list."""
        if self._found is not None:
            return [found.interview for found in self._found]
        return self._read.interviews if self._read is not None else ()

    @property
    def _line(self) -> PlainInput:
        return self.query_one(PlainInput)

    @property
    def _can_debrief(self) -> bool:
        """Also of one whose day nobody has noted, or that ended or was begun before its day."""
        chosen, read = self._chosen, self._read
        if chosen is None or read is None:
            return False
        if chosen.facts.when is None or chosen.asked or not chosen.is_open:
            return True
        return chosen.is_over(read.now)

    def _draw_header(self, width: int) -> Content:
        if width < ROOMY:
            short = min(WHEN, width // 2)
            return as_content(
                " " + fit("company", width - short - 1) + fit("when", short), "$muted"
            )
        columns = [
            " ", fit("company, round", width - WHEN - OUTCOME - DEBRIEF - 1), fit("when", WHEN),
            fit("how it ended", OUTCOME), fit("debrief", DEBRIEF),
        ]  # fmt: skip
        return as_content("".join(columns), "$muted")

    def _draw_line(self, number: int, width: int) -> Content:
        assert self._read is not None
        interview, now = self._shown[number], self._read.now
        when = interview_text.describe_when(interview.facts.when, now)
        if width < ROOMY:
            # In a narrow terminal the name needs what it can get.
            short = min(WHEN, width // 2)
            return as_content(" " + fit(interview.name, width - short - 1) + fit(when, short))
        left = width - WHEN - OUTCOME - DEBRIEF
        style = "$muted" if interview.is_over(now) else ""
        return Content.assemble(
            as_content(" " + fit(interview.name, left - 1)),
            as_content(fit(when, WHEN), style),
            as_content(fit(interview.outcome or "", OUTCOME), style),
            as_content(fit(interview_text.describe_debrief(interview, now), DEBRIEF), style),
        )

    def _tell(self) -> None:
        """Tell of the interview under the cursor what no column has."""
        about = ""
        if (interview := self._chosen) is not None and self._read is not None:
            debrief = self._read.debriefs.get(interview.id)
            about = interview_text.describe_interview(
                interview, debrief, self._read.now, self._read.rehearsals.get(interview.id, 0)
            )
            for found in self._found or ():
                if found.interview.id == interview.id and found.lines:
                    about = "\n".join(f"{line.field}: {line.text}" for line in found.lines)
        self.query_one("#about", PlainText).show(about)
        self.refresh_bindings()

    def _read_interviews(self) -> InterviewsRead:
        workspace = self.services.workspace
        library = workspace.library
        zone = local_zone()
        now = now_in_zone(workspace, zone)
        open_ones = [each for each in library.open_questions.all() if each.closed_at is None]
        in_order = sort_for_list(library.interviews.all(), now)
        accounts = {each.interview.id: each for each in read_accounts(workspace)}
        return InterviewsRead(
            in_order,
            {name: each.debrief for name, each in accounts.items()},
            Counter(each.interview_id for each in open_ones if each.interview_id),
            now,
            zone,
            [accounts[each.id] for each in in_order if each.id in accounts],
            library.own_pages.interviews_with_one(),
            library.rehearsals.count_each(),
        )
