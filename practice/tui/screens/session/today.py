"""The first screen: one proposed question, and around it, quietly, how things stand."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.message import Message

from practice.base.errors import AudioError
from practice.base.text import one_line, shorten
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ReviewNews, ReviewProgressed
from practice.tui.presentation import formatting
from practice.tui.screens.base import BROAD_WIDTHS, PracticeScreen
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.take_list import CANCEL, TakeList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import ActiveBinding

    from practice.core.session import Mode
    from practice.core.session_plan import SessionPlan
    from practice.core.sitting import Sitting
    from practice.library.takes import Take
    from practice.schedule.proposal import Candidate, Proposal
    from practice.schedule.serving import Offer
    from practice.tui.jobs.weeks_today import WeeksToday
    from practice.tui.screens.results import SessionSetup
    from practice.tui.services import Playback, Services

BEST_WIDTH = 30
"""Cells of the question of a starred take."""
LOW = 18
"""Rows; in fewer, air gives way to the last takes."""
LATELY = 12
"""Takes that are read; the list shows as many as fit."""
ANOTHER = "today.another"

COMMAND_TABLE = (
    Command("today.begin", "enter", "begin", "Answer this question now.", footer=True),
    Command(ANOTHER, "n", "next", "Propose another question.", footer=True),
    Command("today.before", "left", "before", "Go back to the question proposed before."),
    Command(
        "today.session", "s", "session", "Answer several questions, or hold an interview.",
        footer=True,
    ),
    Command("today.library", "l", "library", "Every take: find, open, share, export, delete.",
            footer=True),
    Command("today.banks", "b", "banks", "Question banks: look, edit, import.",
            footer=True),
    Command("today.trends", "t", "trends", "Each measure over time."),
    Command("today.interviews", "i", "interviews", "Your real interviews, past and ahead."),
    Command("today.debrief", "d", "debrief", "Note how the last interview went: three minutes."),
    Command("today.open-questions", "o", "open questions",
            "What comes back until you have said it well on two days."),
    Command("today.stories", "y", "stories", "The stories you tell in interviews."),
    Command("today.warm-up", "w", "warm up",
            "A card for the last ten minutes before the next interview."),
    Command("today.not-today", "z", "not today", "Leave this open question for today."),
    Command("today.minutes", "5", "minutes", "Practise for 5, 10 or 15 minutes a day."),
    Command("today.listen", "space", "best take", "Hear your best take (★), or stop it."),
    Command("today.takes", "down,tab", "last takes", "Go to the last takes; Enter opens one."),
    Command("today.question", "escape", "question", "Go back to the question."),
    Command("today.read-on", "pagedown", "read on", "Read on in a long question."),
    Command("today.read-back", "pageup", "read back", "Go back in a long question."),
    Command("today.settings", "comma", "settings", "Microphone, model, language, targets, theme."),
    Command("today.leave", "q", "quit", "Leave practice.", footer=True),
)  # fmt: skip
NO_QUESTION = "No questions. Press b, then I, to import a list."
NOTHING_FITS = "No question fits the session that was asked for. s sets up another one."
WHY_NOT = {
    "listen": "No take has a star yet: * in a review gives one to a take worth hearing again.",
    "debrief": "No interview waits for its debrief: i has all of them.",
    "not_today": "This question is not an open one: n proposes another.",
}
"""Why a command does nothing, by its action."""

NO_MICROPHONE = "no microphone"


@dataclass
class BooksRead(Message):
    """Banks and library were read."""

    offer: "Offer"
    takes: "list[Take]"
    starred: "list[Take]"
    """Those that can be heard, newest first."""
    model: str
    has_model: bool
    weeks: "WeeksToday"


@dataclass
class MicrophoneNamed(Message):
    """The microphone that will be used was looked up."""

    text: str


@dataclass
class TakesRead(Message):
    """The last takes were read again."""

    takes: "list[Take]"


class TodayScreen(PracticeScreen[None]):
    """Opens on one question; Enter begins."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = BROAD_WIDTHS
    HELP = (
        "One question is proposed: a rested one first, then one that you have not answered for "
        "a week or more, then a new one. Below it are your last takes."
    )

    def __init__(self, services: "Services", plan: "SessionPlan | None" = None) -> None:
        super().__init__(services)
        self._plan = plan
        self._proposals: list[Proposal] = []
        self._takes: list[Take] = []
        self._starred: list[Take] = []
        self._is_read = False
        """Whether banks and library were read."""
        self._player: Playback | None = None
        self._place = 0
        self._warned_of: list[str] = []
        self._weeks: WeeksToday | None = None

    def compose(self) -> ComposeResult:
        """State above, the question in the middle, takes below, keys at the foot."""
        with Horizontal(id="state"):
            yield PlainText("practice", "name")
            yield PlainText("", "microphone")
            yield PlainText("", "model")
            yield PlainText("(press , for settings)", "remedy")
        with Vertical(id="proposal"):
            yield PlainText("", "weeks")
            yield PlainText("", "why")
            with VerticalScroll(id="reading", can_focus=False):
                yield PlainText("", "question")
            yield PlainText("", "times")
            yield PlainText("", "best")
        yield PlainText("lately", "lately")
        yield TakeList()
        yield Footer()

    def on_resize(self, event: Resize) -> None:
        """In a very low terminal every line counts: two takes stay in view."""
        self.set_class(event.size.height < LOW, "-low")

    def on_mount(self) -> None:
        """Follow the reviews."""
        self.host.review_news.subscribe(self, self.show_news)

    def on_screen_resume(self) -> None:
        """Read, once the frame is drawn, what another screen may have changed."""
        # Not before: the imports that reading brings would hold up the first frame.
        self.call_after_refresh(self._look_around)

    def _look_around(self) -> None:
        in_background(self, self._read_books, "reading the question banks")
        in_background(self, self._name_microphone, "naming the microphone")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be begun before there is a question, or heard without a star."""
        if action in {"begin", "another", "before", "session"} and not self._proposals:
            return None
        if action == "listen":
            return True if self._starred else None
        if action == "debrief":
            return True if self._weeks is not None and self._weeks.to_debrief else None
        if action == "not_today":
            return True if self._open_id is not None else None
        if action == "takes":
            return bool(self._takes) and self.focused is None
        return action != "question" or self.focused is not None

    @property
    def active_bindings(self) -> "dict[str, ActiveBinding]":
        """As they are; where a take can be cancelled, it takes the question's place at the foot."""
        active = super().active_bindings
        if any(bound.binding.id == CANCEL.id and bound.enabled for bound in active.values()):
            for key, bound in active.items():
                if bound.binding.id == ANOTHER:
                    active[key] = bound._replace(binding=replace(bound.binding, show=False))
        return active

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if action in {"begin", "another", "before", "session"}:
            return NO_QUESTION if self._is_read and not self._proposals else ""
        if action == "listen" and self._starred:
            return ""
        return WHY_NOT.get(action, "")

    @on(BooksRead)
    def show_books(self, message: BooksRead) -> None:
        """Show the first proposal and the last takes."""
        self._weeks = message.weeks
        self._proposals, self._takes, self._place = [*message.weeks.proposals], message.takes, 0
        self._starred, self._is_read = message.starred, True
        self.query_one("#model", PlainText).show(message.model)
        self.query_one("#state").set_class(not message.has_model, "-without-model")
        self.query_one("#weeks", PlainText).show(message.weeks.line)
        self.query_one("#weeks").display = bool(message.weeks.line)
        self._show_proposal()
        self._show_takes()
        self.refresh_bindings()
        self._warn_of(message.offer.unreadable)
        plan, self._plan = self._plan, None
        if plan is not None:
            if candidates := plan.candidates(self._proposals):
                self._hold(candidates, plan.mode, plan.sitting)
            else:
                self.notify(NOTHING_FITS, title="session", severity="warning", timeout=8)

    @on(MicrophoneNamed)
    def show_microphone(self, message: MicrophoneNamed) -> None:
        """Show which microphone will be used, or that there is none."""
        self.query_one("#microphone", PlainText).show(message.text)
        self.query_one("#state").set_class(message.text == NO_MICROPHONE, "-without-microphone")

    @on(TakesRead)
    def show_takes(self, message: TakesRead) -> None:
        """Show the last takes as they are now."""
        self._takes = message.takes
        self._show_takes()

    def show_news(self, news: ReviewNews) -> None:
        """Keep the list of takes at what the review queue says."""
        if isinstance(news, ReviewProgressed):
            self._show_takes()
        else:
            in_background(self, self._read_takes, "reading the takes")

    def action_begin(self) -> None:
        """Answer the proposed question, then whatever comes next."""
        from practice.core.session import Mode  # lazy: the first frame comes without

        candidates = [proposal.candidate for proposal in self._proposals[self._place :]]
        self.host.navigator.open_session(candidates, Mode.PRACTICE)

    def action_another(self) -> None:
        """Propose the next question; after the last comes the first."""
        self._step(1)

    def action_before(self) -> None:
        """Go back to the question before; before the first comes the last."""
        self._step(-1)

    def action_listen(self) -> None:
        """Hear the best take, or stop it."""
        if self._player is not None and self._player.playing:
            self._player.stop()
        elif (take := self._best) is not None and take.audio is not None:
            audio = take.audio

            def play() -> None:
                self._player = self._player or self.services.devices.player()
                self._player.play(audio)

            in_background(self, play, "playing")

    def on_screen_suspend(self) -> None:
        """Fall silent."""
        if self._player is not None:
            self._player.stop()

    on_unmount = on_screen_suspend

    def action_session(self) -> None:
        """Choose a bank, how many questions, and how it is held."""
        self.host.navigator.open_session_setup(self._proposals, self._begin_set)

    def action_takes(self) -> None:
        """Go to the last takes."""
        self.query_one(TakeList).focus()

    def action_question(self) -> None:
        """Go back to the question."""
        self.set_focus(None)

    def action_read_on(self) -> None:
        """Read on in a question that is longer than its room."""
        self.query_one("#reading").scroll_page_down()

    def action_read_back(self) -> None:
        """Go back in it."""
        self.query_one("#reading").scroll_page_up()

    def action_library(self) -> None:
        """Open the library."""
        self.host.navigator.open_library()

    def action_trends(self) -> None:
        """Open the trends."""
        self.host.navigator.open_trends()

    def action_banks(self) -> None:
        """Open the question banks."""
        self.host.navigator.open_banks()

    def action_settings(self) -> None:
        """Open the settings."""
        self.host.navigator.open_settings()

    def action_interviews(self) -> None:
        """Open the interviews."""
        self.host.navigator.open_interviews()

    def action_debrief(self) -> None:
        """Note how the last interview went."""
        if self._weeks is not None and self._weeks.to_debrief is not None:
            self.host.navigator.open_debrief(self._weeks.to_debrief)

    def action_open_questions(self) -> None:
        """Open the open questions."""
        self.host.navigator.open_open_questions()

    def action_stories(self) -> None:
        """Open the stories."""
        self.host.navigator.open_stories()

    def action_warm_up(self) -> None:
        """Open the card for the next interview."""
        self.host.navigator.open_warm_up()

    def action_not_today(self) -> None:
        """Leave the open question that is proposed for today."""
        if (open_id := self._open_id) is not None:

            def leave() -> None:
                from practice.core.weeks import judge_today  # lazy: after the first frame

                judge_today(self.services.workspace, open_id, "later")

            self.change(leave, lambda _: self._look_around())

    def action_minutes(self) -> None:
        """Choose the next number of minutes, and keep it."""

        def choose() -> int:
            # lazy: after the first frame
            from practice.tui.jobs.weeks_today import next_minutes

            minutes = next_minutes(self.services.settings.minutes)
            self.services.change_setting("minutes", f"{minutes}")
            return minutes

        def show(minutes: int) -> None:
            self.notify(f"{minutes} minutes a day from now on")
            self._look_around()

        self.change(choose, show)

    async def action_leave(self) -> None:
        """Leave practice."""
        await self.app.action_quit()

    def _warn_of(self, unreadable: list[str]) -> None:
        """Name the banks that are left out, once for each set of them."""
        if unreadable and unreadable != self._warned_of:
            names = ", ".join(unreadable)
            self.notify(f"left out because of problems: {names}", title="banks", severity="warning")
        self._warned_of = unreadable

    def _begin_set(self, chosen: "SessionSetup | None") -> None:
        if chosen is not None:
            self._hold(chosen.candidates, chosen.mode, chosen.sitting)

    def _hold(
        self, candidates: "Sequence[Candidate]", mode: "Mode", sitting: "Sitting | None"
    ) -> None:
        self.host.navigator.open_session(candidates, mode, counted=True, sitting=sitting)

    def _step(self, by: int) -> None:
        self._place = (self._place + by) % len(self._proposals)
        self._show_proposal()

    @property
    def _open_id(self) -> int | None:
        """The open question that the proposed question is, where it is due."""
        if self._weeks is None or not self._proposals:
            return None
        return self._weeks.open_ids.get(self._proposals[self._place].candidate.key)

    @property
    def _best(self) -> "Take | None":
        """The newest starred take of the proposed question, else of any."""
        if self._proposals:
            bank, question_id = self._proposals[self._place].candidate.key
            for take in self._starred:
                if (take.bank, take.question_id) == (bank, question_id):
                    return take
        return self._starred[0] if self._starred else None

    def _show_best(self) -> None:
        """Say which take can be heard with one key."""
        best, text = self._best, ""
        if best is not None:
            day = formatting.day_and_time(best, self.services.now())
            text = f"★ your best take: take {best.number}, {day} · space plays it"
            if (
                self._proposals
                and best.question_id != self._proposals[self._place].candidate.key[1]
            ):
                question = shorten(one_line(best.question or "an answer"), BEST_WIDTH)
                text = f"★ your best take, of “{question}” · space plays it"
        self.query_one("#best", PlainText).show(text)
        self.query_one("#best").set_class(not text, "-empty")

    def _show_proposal(self) -> None:
        self._show_best()
        if not self._proposals:
            self.query_one("#question", PlainText).show(
                "No question bank yet. Press b, then N or I."
            )
            return
        proposal = self._proposals[self._place]
        candidate, question = proposal.candidate, proposal.candidate.question
        where = [candidate.bank_title, question.competency, proposal.why]
        self.query_one("#why", PlainText).show(" · ".join(part for part in where if part))
        self.query_one("#question", PlainText).show(question.text)
        self.query_one("#reading").scroll_home(animate=False)
        self.query_one("#times", PlainText).show(self._times(proposal))
        self.refresh_bindings()

    def _times(self, proposal: "Proposal") -> str:
        question, settings = proposal.candidate.question, self.services.settings
        target = f"{formatting.length(question.target_s or settings.target_s)} to answer"
        prep_s = settings.prep_s if question.prep_s is None else question.prep_s
        to_think = f"{formatting.length(prep_s)} to think" if prep_s else ""
        due = self._weeks.due if self._weeks else 0
        # Behind those that are due comes what is proposed on any other day.
        place = f"{self._place + 1} of {due} today" if 1 < due > self._place else ""
        return " · ".join(filter(None, (target, to_think, place)))

    def _show_takes(self) -> None:
        self.query_one("#lately").display = bool(self._takes)
        self.query_one(TakeList).show(self._takes, self.services.now(), self.host.reviews.part)

    def _read_books(self) -> BooksRead:
        from practice.schedule.serving import offer  # lazy: after the first frame
        from practice.speech.models import short_name  # lazy: likewise
        from practice.tui.jobs.weeks_today import read_weeks  # lazy: likewise

        workspace = self.services.workspace
        chosen = workspace.model()
        name = short_name(chosen.name)
        model = f"model {name} ready" if chosen.path else f"{name} not downloaded"
        found = offer(workspace.catalogue, workspace.library, self.services.clock)
        library = workspace.library
        weeks = read_weeks(workspace, self.services.settings.minutes, found)
        return BooksRead(
            found,
            library.takes(limit=LATELY),
            library.starred(),
            model,
            chosen.path is not None,
            weeks,
        )

    def _read_takes(self) -> TakesRead:
        return TakesRead(self.services.workspace.library.takes(limit=LATELY))

    def _name_microphone(self) -> MicrophoneNamed:
        try:
            source = self.services.devices.microphone(self.services.settings.microphone)
        except AudioError:
            return MicrophoneNamed(NO_MICROPHONE)
        return MicrophoneNamed(f"mic {source.name}")
