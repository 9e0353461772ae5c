"""What a session is to be: which questions, how many of them, how it is held."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from practice.base.text import one_line
from practice.core.session import Mode
from practice.core.session_plan import SessionPlan, TakesWanted, topics_of
from practice.core.session_rules import find_prep_s, find_target_s
from practice.core.sitting import Sitting, find_subject_changes, plan_asking
from practice.core.weeks import now_in_zone
from practice.library.interviews import Interview, sort_for_list
from practice.questions.formats.model import SessionFormat
from practice.questions.model import AskedQuestion
from practice.schedule.proposal import Candidate, Proposal
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import formatting
from practice.tui.screens.base import BROAD_WIDTHS
from practice.tui.screens.form import FORM_TABLE, FormScreen
from practice.tui.screens.results import SessionSetup
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.option_row import LABEL_WIDTH, Option, OptionRow
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

ALL = "all"
COUNTS = ("1", "2", "3", "5", "8", "12", ALL)
DEFAULT_COUNT = "5"
TAKES = {
    TakesWanted.ANY: "every question",
    TakesWanted.WEAK: "those you last rated 1 or 2",
    TakesWanted.STARRED: "those with a take that you starred",
}
ABOUT = {
    Mode.PRACTICE: "Listen, retake and follow up as you like; stop whenever you like.",
    Mode.INTERVIEW: "A fixed time to think, one take for each question, a hard stop; the reviews "
    "come at the end.",
}
FREE = ""
"""The value of no format."""
SLIDES = (4, 6, 8, 10, 12, 15, 20, 30)
MOST_INTERVIEWS = 12
"""So many interviews are offered, those ahead first."""
TOO_FEW = "Only {} of {} questions fit, so it will not count as a rehearsal."
NOTHING_FITS = "No question fits. Change the choices above."


@dataclass
class ChoicesRead(Message):
    """Formats, interviews and what changes a subject were read."""

    formats: dict[str, SessionFormat]
    """Those without problems, by name."""
    unreadable: list[str]
    """The names of those with problems."""
    interviews: list[Interview]
    next_id: str
    """The interview that comes next, which is offered first; empty where none is ahead."""
    subject_changes: tuple[str, ...]


COMMAND_TABLE = (
    Command("set-up.begin", "enter", "begin", "Begin the session.", footer=True),
    BACK,
    *FORM_TABLE,
)


class SessionSetupScreen(FormScreen[SessionSetup]):
    """A few choices, and what they come to; Enter begins.

    Args:
        services: What the screen works with.
        proposals: Every question, best first.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "session_setup.tcss"
    AUTO_FOCUS = "#bank"
    HORIZONTAL_BREAKPOINTS = BROAD_WIDTHS
    HELP = (
        "Arrow keys go from line to line and change what is chosen; in the line with words, type. "
        "Enter begins."
    )

    def __init__(self, services: Services, proposals: Sequence[Proposal]) -> None:
        super().__init__(services)
        self._proposals = proposals
        self._choices = ChoicesRead({}, [], [], "", ())

    def compose(self) -> ComposeResult:
        """Which questions, how many, the mode, and what all of that comes to."""
        titles = {p.candidate.bank: p.candidate.bank_title for p in self._proposals}
        banks = [Option(bank, title) for bank, title in titles.items()]
        if len(banks) > 1:
            banks.insert(0, Option("", "all banks"))
        with Vertical(id="sheet"):
            yield PlainText("A session", classes="title")
            with Vertical(classes="form"):
                yield PlainText("which questions", classes="heading")
                yield OptionRow("from", banks, name="bank")
                yield OptionRow("about", self._topics(), name="topic")
                yield OptionRow("show", [Option(*pair) for pair in TAKES.items()], name="takes")
                with Horizontal(id="find"):
                    yield PlainText("containing".ljust(LABEL_WIDTH), "label")
                    yield PlainInput("", "any")
                yield PlainText("how it is held", classes="heading")
                yield OptionRow("how many", [Option(n, n) for n in COUNTS], DEFAULT_COUNT, "count")
                yield OptionRow("mode", [Option(mode, mode) for mode in Mode], name="mode")
                yield OptionRow("format", [Option(FREE, "none")], name="format")
                yield OptionRow("interview", [Option("", "none")], name="interview")
                yield OptionRow("slides", [Option(str(n), str(n)) for n in SLIDES], name="slides")
            yield PlainText("", "fits")
            yield PlainText("", "about")
        yield Footer()

    def on_mount(self) -> None:
        """Say what the choices come to; look for formats and interviews meanwhile."""
        self._show()
        in_background(self, self._read_choices, "reading the formats")

    def _read_choices(self) -> ChoicesRead:
        workspace = self.services.workspace
        entries = workspace.formats.all()
        now = now_in_zone(workspace)
        interviews = sort_for_list(workspace.library.interviews.all(), now)
        ahead = [each.id for each in interviews if not each.is_over(now)]
        return ChoicesRead(
            {
                entry.name: entry.checked.format
                for entry in entries
                if entry.checked.format is not None and not entry.checked.problems
            },
            [entry.name for entry in entries if entry.checked.problems],
            interviews[:MOST_INTERVIEWS],
            ahead[0] if ahead else "",
            find_subject_changes(workspace),
        )

    @on(ChoicesRead)
    def offer_choices(self, message: ChoicesRead) -> None:
        """Offer the formats, and the interviews to prepare for."""
        self._choices = message
        formats = [Option(name, rules.title) for name, rules in message.formats.items()]
        if message.unreadable:
            names = ", ".join(message.unreadable)
            told = f"left out because of problems: {names}; practice formats check names them"
            self.notify(told, title="formats", severity="warning", markup=False)
        interviews = [Option(each.id, each.name) for each in message.interviews]
        self.query_one("#format", OptionRow).offer([Option(FREE, "none"), *formats], FREE)
        self.query_one("#interview", OptionRow).offer(
            [Option("", "none"), *interviews],
            message.next_id,
        )

    @on(OptionRow.Changed, "#format")
    def take_slides(self) -> None:
        """Begin with as many slides as the format has."""
        if (rules := self._rules) is not None and rules.slides:
            counts = sorted({*SLIDES, rules.slides})
            options = [Option(str(n), str(n)) for n in counts]
            self.query_one("#slides", OptionRow).offer(options, str(rules.slides))
        self._show()

    @on(OptionRow.Changed, "#bank")
    def offer_topics(self) -> None:
        """Offer what the questions of the bank are about."""
        topic = self.query_one("#topic", OptionRow)
        topic.offer(self._topics(self._value("#bank")), topic.value)
        self._show()

    @on(OptionRow.Changed)
    @on(Input.Changed)
    def show_choices(self) -> None:
        """Say what the choices come to."""
        self._show()

    @on(PlainInput.Left)
    def go_on(self) -> None:
        """Down in the line with words goes to the next line."""
        self.focus_next()

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in the line with words is the command."""
        self.action_begin()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """As they are; the key of the line with words is that of the command."""
        active = super().active_bindings
        own = self._bindings.key_to_bindings["enter"][0]
        if (bound := active.get("enter")) and bound.binding is not own and self._candidates:
            active["enter"] = bound._replace(node=self, binding=own, tooltip=own.tooltip)
        return active

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing begins without a question."""
        if action == "begin" and self.is_mounted and not self._candidates:
            return None
        return True

    def why_not(self, action: str) -> str:
        """Why nothing begins."""
        return NOTHING_FITS if action == "begin" and not self._candidates else ""

    def action_begin(self) -> None:
        """Begin with what is chosen."""
        if self._candidates:
            plan = self._plan
            self.dismiss(SessionSetup(self._candidates, plan.mode, plan.sitting))

    @property
    def _plan(self) -> SessionPlan:
        count = self._value("#count")
        return SessionPlan(
            Mode(self._value("#mode")),
            None if count == ALL else int(count),
            self._value("#bank") or None,
            self._value("#topic"),
            TakesWanted(self._value("#takes")),
            self.query_one(PlainInput).value,
            self._sitting,
        )

    @property
    def _rules(self) -> SessionFormat | None:
        """The rules of the format that is chosen."""
        return self._choices.formats.get(self._value("#format"))

    @property
    def _sitting(self) -> Sitting | None:
        rules = self._rules
        if rules is None:
            return None
        if rules.slides:
            rules = msgspec.structs.replace(rules, slides=int(self._value("#slides")))
        wanted = self._value("#interview")
        interview = next((each for each in self._choices.interviews if each.id == wanted), None)
        return Sitting(self._value("#format"), rules, interview, self._choices.subject_changes)

    @property
    def _candidates(self) -> list[Candidate]:
        return self._plan.candidates(self._proposals)

    def _topics(self, bank: str = "") -> list[Option]:
        """All of them, then each competency and tag with the number of its questions."""
        counts = Counter(
            topic.casefold()
            for proposal in self._proposals
            if bank in {"", proposal.candidate.bank}
            for topic in set(topics_of(proposal.candidate.question))
        )
        each = [Option(topic, f"{topic} ({counts[topic]:,})") for topic in sorted(counts)]
        return [Option("", "anything"), *each]

    def _show(self) -> None:
        plan, settings, sitting = self._plan, self.services.settings, self._sitting
        for name in ("#count", "#mode"):
            self.query_one(name).display = sitting is None
        self.query_one("#interview").display = sitting is not None
        self.query_one("#slides").display = sitting is not None and bool(sitting.rules.slides)
        candidates = plan.candidates(self._proposals)
        fits, about = NOTHING_FITS, ""
        if candidates:
            asked = [AskedQuestion(one.bank, one.question) for one in candidates]
            planned = plan_asking(sitting, asked) if sitting else asked
            questions = [one.question for one in planned]
            fitting = len(plan.fitting(self._proposals))
            chosen = f"{len(candidates):,} of {fitting:,} questions"
            target_s = sum(find_target_s(question, settings) for question in questions)
            preps_s = sorted({find_prep_s(question, settings) for question in questions})
            to_think = " to ".join(
                formatting.length(prep_s) for prep_s in dict.fromkeys((preps_s[0], preps_s[-1]))
            )
            fits = f"{chosen} · {_describe_hours(target_s)} of answers · {to_think} to think"
            about = _describe_format(sitting, len(candidates)) if sitting else ABOUT[plan.mode]
        self.query_one("#fits", PlainText).show(fits)
        self.query_one("#about", PlainText).show(about)
        self.refresh_bindings()

    def _value(self, selector: str) -> str:
        return self.query_one(selector, OptionRow).value


def _describe_format(sitting: Sitting, questions: int) -> str:
    """What a format is, and where it cannot be held whole, that it is no rehearsal."""
    rules = sitting.rules
    is_short = rules.rehearsal and not sitting.is_full(questions)
    short = TOO_FEW.format(questions, rules.questions) if is_short else ""
    return " ".join(filter(None, (one_line(rules.about), short)))


def _describe_hours(seconds: float) -> str:
    """How long that is for somebody who plans an evening: `90 s`, `8 min`, `11 hours`."""
    minutes = round(seconds / 60)
    if minutes < 3:
        return formatting.length(seconds)
    hours = round(minutes / 60)
    return f"{minutes} min" if minutes < 120 else f"{hours} hours"
