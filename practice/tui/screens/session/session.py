"""A session on screen: think, speak, keep, and what comes next.

The screen never waits for a device or the disk. What takes time (`_do`) runs beside it, one thing
at a time, and ends in `StepDone` or `ErrorRaised`; a timer looks at the session twelve times a
second, does what is due and shows where it stands.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.reactive import reactive

from practice.base.errors import NotFoundError
from practice.base.text import clock_time
from practice.core.answering import Answer
from practice.core.session import DueAction, Mode, SessionPhase
from practice.core.sitting import Sitting
from practice.library.takes import SHORTEST_ANSWER_S, TakeState
from practice.schedule.proposal import Candidate
from practice.tui.commands import bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised, ReviewNews
from practice.tui.screens.deleting import ask_to_delete
from practice.tui.screens.session.format_screen import FormatScreen, make_session_run
from practice.tui.screens.session.guess import ask_for_guess
from practice.tui.screens.session.messages import (
    KeptTakeDeleted,
    KeptTakeRead,
    SessionClosed,
    StepDone,
)
from practice.tui.screens.session.session_commands import (
    AVAILABLE,
    COMMAND_TABLE,
    ON_AN_ANSWER_THAT_STAYS,
    ON_THE_ANSWER,
    SPEAKING,
    WHERE_IT_FAILED,
    ask_to_end,
    explain_refusal,
    is_forbidden,
)
from practice.tui.screens.verdicts import JUDGING, TELLING, read_standing
from practice.tui.services import Services
from practice.tui.widgets.answer_saved_panel import AnswerSavedPanel
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.level_meter import POLL_S
from practice.tui.widgets.question_head import QuestionHead
from practice.tui.widgets.recording_panel import RecordingPanel

LOW = 18
"""Rows from which on there is room for the large time."""
LOOKING = "looking for the microphone…"
LEAVING_COSTS = "Leave in the middle of this answer? What you have said is kept."
LEAVING_DROPS = "Leave in the middle of this answer? {} is too short and is not kept."


class SessionScreen(FormatScreen):
    """Shows one question at a time, and nothing that counts while somebody speaks.

    Args:
        services: What the screen works with.
        candidates: The questions, in the order in which to serve them.
        mode: How the session is held.
        counted: Whether the questions are a set, so that their number means something.
        is_retake: Whether a question is answered again from its review, which waits below.
        sitting: The format that it is held in.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""
    LEADS_ELSEWHERE = False
    HELP = (
        "Think, then speak; nothing is counted while you do. Every answer of five seconds and more "
        "is kept, whatever you press, until you delete it."
    )

    phase: reactive[SessionPhase] = reactive(SessionPhase.PREPARING, bindings=True)
    """Where the session stood when it was last looked at."""
    can_finish: reactive[bool] = reactive(True, repaint=False, bindings=True)
    """Whether Enter may end the answer, likewise."""

    def __init__(
        self,
        services: Services,
        candidates: Sequence[Candidate],
        mode: Mode,
        *,
        counted: bool = False,
        is_retake: bool = False,
        sitting: Sitting | None = None,
    ) -> None:
        super().__init__(services)
        self._counted = counted
        self._is_retake = is_retake
        self._player = services.devices.player()
        self._busy = False
        self._leaving = False
        """To be left as soon as nothing is under way."""
        self._goes_back = False
        """To go back to the answer kept last as soon as nothing is under way."""
        self._ending = False
        self._problem = ""
        self.session_run = make_session_run(services, candidates, mode, sitting)

    def compose(self) -> ComposeResult:
        """The question above; below it either the time or what was kept."""
        yield QuestionHead()
        yield RecordingPanel(self.session_run.rules)
        yield AnswerSavedPanel()
        yield Footer()

    def on_mount(self) -> None:
        """Open the microphone while the question is read."""
        self.set_interval(POLL_S, self.poll)
        self.host.review_news.subscribe(self, self.show_news)
        self._show_question()

    def on_resize(self, event: Resize) -> None:
        """In a low terminal one line says what the large time says elsewhere."""
        self.set_class(event.size.height < LOW, "-low")

    def on_unmount(self) -> None:
        """Let go of microphone and loudspeaker."""
        self._player.stop()
        in_background(self.app, self.session_run.close, "closing the session")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done follows from where the session stands."""
        session_run, last = self.session_run, self.session_run.last
        if is_forbidden(action, session_run):
            return False
        if action == "begin" and (self._problem or not session_run.can_skip):
            return False
        if action == "done" and session_run.phase in SPEAKING and not session_run.can_finish:
            return None
        if action in WHERE_IT_FAILED and not self._problem:
            return False
        if action == "follow_up" and session_run.follow_up is None:
            return False
        if action in ON_THE_ANSWER and last is None:
            return False
        if action == "keep" and not session_run.is_fragment:
            return False
        if action in ON_AN_ANSWER_THAT_STAYS and session_run.is_fragment:
            return False
        if action == "cancel" and (last is None or self.host.reviews.part(last.take.id) is None):
            return False
        if action in JUDGING and not (self.standing and self.standing.can_be_judged):
            return False
        if action in TELLING and not (self.standing and self.standing.telling):
            return False
        return action not in AVAILABLE or session_run.phase in AVAILABLE[action]

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return "" if self._problem else explain_refusal(action, self.session_run)

    @property
    def leaving_costs(self) -> str:
        """An answer that is being recorded."""
        session_run = self.session_run
        if session_run.phase not in SPEAKING:
            return ""
        rules = session_run.rules
        is_kept = not rules.shown_before_end or session_run.elapsed_s >= SHORTEST_ANSWER_S
        return LEAVING_COSTS if is_kept else LEAVING_DROPS.format(clock_time(session_run.elapsed_s))

    def finish_for_leaving(self) -> None:
        """Leave the answer in its spool: the next start makes a take of it."""
        self.session_run.abandon()

    def poll(self) -> None:
        """Look at the session, do what is due, show where it stands."""
        # While something is under way nothing is due: what `due` goes by is changing.
        due = None if self._busy else self.session_run.due()
        if self._goes_back and not self._busy:
            self._goes_back = False
            if self.session_run.can_go_back:
                self._do(self.session_run.go_back)
        elif due is DueAction.BEGIN:
            self._do(self.session_run.begin)
        elif due is DueAction.FINISH:
            self._do(self.session_run.finish)
        elif self._leaving:
            self._do(self.session_run.leave)
        self.say_no_voice()
        self.phase = self.session_run.phase
        self.can_finish = self.session_run.can_finish
        if self.phase is not SessionPhase.KEPT:
            self.query_one(RecordingPanel).show(self.session_run)

    def watch_phase(self, old: SessionPhase, new: SessionPhase) -> None:
        """Let the style follow: it decides which of the two panels is shown."""
        self.remove_class(f"-{old}").add_class(f"-{new}")

    def show_news(self, _: ReviewNews | None = None) -> None:
        """Show how far behind the words of the kept answer are, or what came of them."""
        last = self.session_run.last
        # Nothing is shown below a box that asks for a guess; on return this is called again.
        is_kept = self.session_run.phase is SessionPhase.KEPT and self.is_active
        if is_kept and last is not None:
            take_id = last.take.id
            in_background(self, lambda: self._read_take(take_id), "reading the take")

    def _read_take(self, take_id: str) -> KeptTakeRead | KeptTakeDeleted:
        workspace = self.services.workspace
        try:
            take = workspace.library.take(take_id)
            is_reviewed = take.state is TakeState.REVIEWED
            line = workspace.review_of(take).highlights.line if is_reviewed else ""
            return KeptTakeRead(take, line)
        except NotFoundError:
            return KeptTakeDeleted(take_id)

    @on(KeptTakeDeleted)
    def show_deleted(self, message: KeptTakeDeleted) -> None:
        """Say that the answer is gone, unless another one stands there by now."""
        session_run = self.session_run
        is_last = session_run.last is not None and session_run.last.take.id == message.take_id
        if is_last and session_run.phase is SessionPhase.KEPT:
            session_run.forget_last()
            self._show_what_was_kept()

    @on(KeptTakeRead)
    def show_kept_take(self, message: KeptTakeRead) -> None:
        """Show what came of the words, unless another question is asked by now."""
        session_run, reviews, take = self.session_run, self.host.reviews, message.take
        is_last = session_run.last is not None and session_run.last.take.id == take.id
        if is_last and session_run.phase is SessionPhase.KEPT and not session_run.is_fragment:
            self.query_one(AnswerSavedPanel).show_words(
                take, message.line, reviews.part(take.id), reviews.left_s(take.id)
            )
            self.refresh_bindings()

    @on(StepDone)
    def go_on(self, message: StepDone) -> None:
        """Show what took time, and go on."""
        self._busy, self._problem = False, ""
        self.query_one(RecordingPanel).show_problem("")
        self.refresh_bindings()
        self.judged_take = message.kept.take.id if message.kept is not None else None
        self.show_standing(message.standing)
        if message.kept is not None:
            self._show_kept(message.kept, message.should_rest)
        elif self.session_run.phase is SessionPhase.KEPT:
            # Nothing new was kept: the answer was deleted, or gone back to.
            self._show_what_was_kept()
        if self.session_run.phase is SessionPhase.CLOSED:
            self._end()
        else:
            self.poll()

    @on(ErrorRaised)
    def show_problem(self, message: ErrorRaised) -> None:
        """Say what failed in place of the clock; the question stands and Enter tries again."""
        message.stop()
        self._busy = False
        is_over = self._ending or self.session_run.phase is SessionPhase.CLOSED
        # The line for problems stands in the panel of the recording, which is hidden then.
        if is_over or self.session_run.phase is SessionPhase.KEPT:
            self.host.show_error(message.error)
            if is_over:
                self.dismiss()
            return
        self._problem = f"{message.error.message}\n{message.error.hint}"
        self.query_one(RecordingPanel).show_problem(self._problem)
        self.poll()
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        """Look again for a microphone that was missing, and at an answer that may be deleted."""
        if self._problem:
            self.action_try_again()
        self.show_news()

    def action_begin(self) -> None:
        """Begin now."""
        self.session_run.skip()

    def action_hear(self) -> None:
        """Hear the question, again; the time to think begins behind it."""
        self._do(self.session_run.hear_question)

    def action_try_again(self) -> None:
        """Look for the microphone again; the time to think begins when it is there."""
        self.query_one(RecordingPanel).show_problem(LOOKING)
        self._do(self.session_run.reopen_microphone)

    def action_settings(self) -> None:
        """Choose another microphone; coming back looks for it."""
        self.host.navigator.open_settings()

    def action_done(self) -> None:
        """End the answer and keep it."""
        self._do(self.session_run.finish)

    def action_start_again(self) -> None:
        """Keep what was said, and begin a new take."""
        self._do(self.session_run.start_again)

    def action_next(self) -> None:
        """Go on to the next question, or to the end."""

        def ask_next() -> None:
            if self.session_run.ask_next():
                self._show_question()
            else:
                self._end()

        self._go_on_from_answer(ask_next)

    def action_retake(self) -> None:
        """Answer the same question again."""

        def retake() -> None:
            self.session_run.retake()
            self._show_question()

        self._go_on_from_answer(retake)

    def action_keep(self) -> None:
        """Keep the short answer, and have it reviewed like any other."""
        answer = self.session_run.last
        assert answer is not None
        self.session_run.keep_fragment()
        self.host.reviews.add(answer.take.id, answer.pop_live())
        self._show_answer(answer, should_rest=False)

    def _go_on_from_answer(self, go_on: Callable[[], None]) -> None:
        """Go on; a fragment that nobody asked to keep is deleted first."""
        self._player.stop()
        if self.session_run.is_fragment:
            self.change(self.session_run.drop_fragment, lambda _: go_on())
        else:
            go_on()

    def action_follow_up(self) -> None:
        """Answer the follow-up question."""
        self._player.stop()
        self.session_run.ask_follow_up()
        self._show_question()

    def action_listen(self) -> None:
        """Hear the answer that was kept, or stop it."""
        last = self.session_run.last
        if self._player.playing or last is None or last.take.audio is None:
            self._player.stop()
        else:
            audio = last.take.audio
            in_background(self, lambda: self._player.play(audio), "playing")

    def action_review(self) -> None:
        """Read the answer that was kept, with its marks."""
        self._player.stop()
        last = self.session_run.last
        if last is None:
            return
        if self._is_retake:
            self.host.navigator.replace_review(last.take.id)
        else:
            self.host.navigator.open_review(last.take.id)

    def action_cancel(self) -> None:
        """Stop transcribing the answer."""
        if self.session_run.last is not None:
            self.cancel_transcription(self.session_run.last.take.id)

    def action_delete(self) -> None:
        """Delete the answer that was kept, when that is confirmed."""
        answer = self.session_run.last
        assert answer is not None
        take_id = answer.take.id
        self._player.stop()
        ask_to_delete(
            self,
            answer.take,
            lambda: self.services.workspace.library.delete(take_id),
            lambda: self.show_deleted(KeptTakeDeleted(take_id)),
        )

    def action_leave(self) -> None:
        """End the session, or go back to the answer before; ask first where something is lost."""
        if self.session_run.can_go_back:
            self._goes_back = True
        elif self.leaving_costs:
            costs = self.leaving_costs
            self.host.navigator.ask(costs, "leave", "go on speaking", self._leave_if)
        elif self.session_run.is_fragment:
            self._go_on_from_answer(self._end)
        elif self.session_run.phase is SessionPhase.PREPARING and self._is_held:
            self.host.navigator.ask(ask_to_end(self.session_run), "end it", "go on", self._leave_if)
        elif self.session_run.phase in {SessionPhase.OPENING, SessionPhase.KEEPING}:
            self._leaving = True
        else:
            self._end()

    @property
    def _is_held(self) -> bool:
        """Whether leaving ends more than this question: an interview, or a set of them."""
        is_set = self._counted and len(self.session_run.questions) > 1
        return not self._problem and (is_set or self.session_run.mode is Mode.INTERVIEW)

    def _leave_if(self, is_sure: bool | None) -> None:
        # A second question may have been answered with yes already.
        self._leaving = self._leaving or bool(is_sure)

    def _show_question(self) -> None:
        """Show the question that is asked now, and open the microphone for it."""
        self.query_one(QuestionHead).show(self.session_run, counted=self._counted)
        self._open_microphone()
        self.poll()

    def _open_microphone(self) -> None:
        self._problem = ""
        self.query_one(RecordingPanel).show_problem("")
        self._do(self.session_run.open_microphone)

    def _do(self, work: Callable[[], Answer | None]) -> None:
        """Let the session do what takes time, one thing at a time."""
        if self._busy:
            return
        self._busy = True

        def step() -> StepDone:
            kept = work()
            if kept is None:
                return StepDone()
            standing = read_standing(self.services.workspace, kept.take)
            return StepDone(kept, self.session_run.should_rest, standing)

        in_background(self, step, "session")

    def _show_kept(self, answer: Answer, should_rest: bool) -> None:
        """Have the answer reviewed; show what was kept, or in an interview go on."""
        if self.session_run.is_fragment:
            self.query_one(AnswerSavedPanel).show_fragment(answer.take)
            self.refresh_bindings()
            return
        self.host.reviews.add(answer.take.id, answer.pop_live())
        # It may be recording again already (`start_again`), or be closed.
        if self.session_run.phase is not SessionPhase.KEPT:
            return
        if not self.session_run.rules.shown_before_end:
            self.action_next()
        else:
            if self.standing is not None and self.standing.asks_guess:
                ask_for_guess(self, answer.take.id)
            self._show_answer(answer, should_rest=should_rest)

    def _show_what_was_kept(self) -> None:
        """Show the answer kept last, or that it is deleted."""
        if (last := self.session_run.last) is not None:
            self.query_one(QuestionHead).show(self.session_run, counted=self._counted)
            self._show_answer(last, should_rest=False)
        else:
            self.query_one(AnswerSavedPanel).show_deleted(self.session_run)
            self.refresh_bindings()

    def _show_answer(self, answer: Answer, *, should_rest: bool) -> None:
        panel = self.query_one(AnswerSavedPanel)
        panel.show(self.session_run, answer.take, should_rest=should_rest)
        self.show_news()
        self.refresh_bindings()

    def _end(self) -> None:
        """Close with a summary, or without one when nothing was kept."""
        if not self._ending:
            self._ending = True
            in_background(self, self._close, "closing the session")

    def _close(self) -> SessionClosed:
        self.session_run.close()
        return SessionClosed(self.session_run.summary() if self.session_run.take_ids else None)

    @on(SessionClosed)
    def leave_closed(self, message: SessionClosed) -> None:
        """Go on to what the session came to, or back; a retake goes back to its review."""
        if message.reached is not None and not self._is_retake:
            self.host.navigator.open_summary(message.reached)
        else:
            self.dismiss()
