"""A session as lines of text: nothing is redrawn, every choice is a letter and Enter."""

import sys
from collections.abc import Callable

from practice.audio.player import Player
from practice.base.errors import AudioError, PracticeError
from practice.base.text import one_line
from practice.cli import output
from practice.cli.guessing import ask_for_guess, can_be_asked
from practice.cli.lines import Lines
from practice.cli.services import show_review
from practice.core.answering import Answer
from practice.core.guesses import compare_guess, describe_guess
from practice.core.ladder import sum_up_ladder
from practice.core.reviewing import review_take
from practice.core.session import DueAction, SessionPhase, SessionRun
from practice.core.session_rules import TargetStatus
from practice.core.workspace import Workspace
from practice.documents.review import ReviewDocument
from practice.library.takes import sound_of
from practice.questions.model import Question
from practice.reports import terminal

TICK_S = 0.1
DONE, PAUSE, QUIT, HEAR, SLIDE = "", "p", "q", "h", "s"
Render = Callable[[ReviewDocument, int, bool], str]


class PlainSession:
    """Drives a session from standard input.

    Args:
        workspace: What is worked in.
        session_run: The session, not begun yet.
        lines: What is typed; whoever reads on afterwards has to share it.
    """

    def __init__(
        self, workspace: Workspace, session_run: SessionRun, lines: Lines | None = None
    ) -> None:
        self._workspace = workspace
        self._session_run = session_run
        self._lines = lines or Lines()
        self._kept: list[Answer] = []
        self._reviews: dict[str, ReviewDocument] = {}
        """Those that were shown already, by the id of their take."""
        self._said_no_voice = False

    def run(self) -> None:
        """Serve every question, then sum up; what is being recorded is kept, come what may.

        Raises:
            AudioError: The microphone cannot be opened.
            StorageError: The disk refused.
        """
        try:
            while self._answer_one() and self._choose_next():
                pass
        except KeyboardInterrupt:
            output.narrate("")
        finally:
            self._keep(self._session_run.leave())
        self._sum_up()

    def _answer_one(self) -> bool:
        """Ask, let think, record; False when the user leaves."""
        session_run = self._session_run
        self._ask()
        session_run.open_microphone()
        while session_run.due() is not DueAction.BEGIN:
            typed = self._lines.next(TICK_S)
            self._say_no_voice()
            if typed == QUIT:
                return False
            if typed == HEAR:
                session_run.hear_question()
            elif typed is not None and session_run.can_skip:
                session_run.skip()
        session_run.begin()
        return self._record()

    def _say_no_voice(self) -> None:
        """Say once why nothing is read aloud."""
        if self._session_run.no_voice and not self._said_no_voice:
            self._said_no_voice = True
            output.narrate(self._session_run.no_voice)

    def _ask(self) -> None:
        session_run = self._session_run
        number = f"question {session_run.index + 1} of {len(session_run.questions)}"
        asked, rules = session_run.asked, session_run.rules
        bank = f", bank {asked.bank}" if asked.bank else ""
        asker = f", {one_line(asked.asker)} asks" if asked.asker else ""
        output.narrate(f"\n{number}{bank}{asker}")
        if asked.opening:
            output.print_data(one_line(asked.opening))
        output.print_data(asked.question.text)
        if rules.notes_on_screen:
            for line in describe_notes(asked.question):
                output.print_data(line)
        early = "; Enter begins at once" if session_run.can_skip else ""
        about = "" if rules.hard_stop else "about "
        target = f"{about}{session_run.target_s} seconds to answer"
        slides = f", {rules.slides} slides" if session_run.is_talk else ""
        to_think = f"{session_run.prep_s:.0f} seconds to think"
        output.narrate(f"{to_think}, {target}{slides}{early}; h reads it aloud; q leaves")

    def _record(self) -> bool:
        session_run = self._session_run
        said, minutes = TargetStatus.WITHIN, 0
        announced = leaving = False
        while session_run.due() is not DueAction.FINISH:
            if not announced and session_run.phase is SessionPhase.RECORDING:
                announced = True
                output.narrate(self._recording_line())
            typed = self._lines.next(TICK_S)
            leaving = typed == QUIT
            if typed == SLIDE and session_run.is_talk:
                session_run.next_slide()
                output.narrate(describe_slide(session_run))
            if typed in {DONE, QUIT} and announced and (leaving or session_run.can_finish):
                break
            if session_run.is_talk and session_run.elapsed_s >= 60 * (minutes + 1):
                minutes += 1
                output.narrate(f"minute {minutes} is over")
            if typed == PAUSE and session_run.rules.second_try:
                self._toggle_pause()
            if session_run.target_status is not said:
                said = session_run.target_status
                output.narrate(said.value)
            if self._lines.ended and said is TargetStatus.WRAP_UP:
                break
        self._keep(session_run.finish(is_broken_off=leaving))
        return not leaving

    def _recording_line(self) -> str:
        if self._session_run.is_talk:
            return "recording slide 1; s and Enter for the next slide, Enter when you are done"
        pause = ", p and Enter pauses" if self._session_run.rules.second_try else ""
        return f"recording; Enter when you are done{pause}"

    def _toggle_pause(self) -> None:
        if self._session_run.phase is SessionPhase.PAUSED:
            self._session_run.resume()
            output.narrate("recording again")
        else:
            self._session_run.pause()
            output.narrate("paused; p and Enter goes on")

    def _keep(self, answer: Answer | None) -> None:
        if answer is None:
            return
        if self._session_run.is_fragment:
            seconds = f"{answer.take.duration_s or 0:.0f} seconds"
            output.narrate(f"only {seconds}: k keeps it, else it is deleted when you go on")
        else:
            self._note_kept(answer)
        if answer.recorder.failure is not None:
            output.narrate(f"the recording ended early: {answer.recorder.failure.message}")

    def _note_kept(self, answer: Answer) -> None:
        self._kept.append(answer)
        take = answer.take
        output.narrate(f"saved as take {take.id}, {take.duration_s or 0:.0f} seconds")

    @property
    def _last(self) -> Answer:
        """The answer that the choices are about."""
        answer = self._session_run.last
        assert answer is not None
        return answer

    def _choose_next(self) -> bool:
        """What comes now; False when the session is over."""
        session_run = self._session_run
        if not session_run.rules.shown_before_end:
            return session_run.ask_next()
        if can_be_asked() and not session_run.is_fragment:
            ask_for_guess(self._workspace, self._last.take.id, self._lines)
        if session_run.should_rest:
            output.narrate("three takes in a row: rest it; it comes back tomorrow")
        while True:
            is_fragment = session_run.is_fragment
            output.narrate(self._choices())
            match self._wait_for_line():
                case "k" if is_fragment:
                    session_run.keep_fragment()
                    self._note_kept(self._last)
                case "r":
                    session_run.drop_fragment()
                    session_run.retake()
                    return True
                case "f" if session_run.follow_up is not None and not is_fragment:
                    session_run.ask_follow_up()
                    return True
                case "l":
                    self._listen()
                case "v" if not is_fragment:
                    self._show(self._last, terminal.render_summary)
                case "w" if not is_fragment:
                    self._show(self._last, terminal.render_words)
                case "":
                    session_run.drop_fragment()
                    return session_run.ask_next()
                case "q":
                    session_run.drop_fragment()
                    return False
                case None:
                    # The input has ended and nobody can be asked: what was said stays.
                    if is_fragment:
                        self._note_kept(self._last)
                    return False
                case other:
                    output.narrate(f"there is no choice {other!r}")

    def _choices(self) -> str:
        following = "next question" if self._session_run.next_question else "end"
        if self._session_run.is_fragment:
            return f"k keep it, Enter {following}, r retake, l listen, q leave"
        follow_up = ", f follow-up" if self._session_run.follow_up else ""
        return f"Enter {following}, r retake{follow_up}, l listen, v review, w its words, q leave"

    def _wait_for_line(self) -> str | None:
        """The next line; None at the end of the input."""
        while True:
            line = self._lines.next(TICK_S)
            if line is not None or self._lines.ended:
                return line

    def _listen(self) -> None:
        player = Player()
        try:
            player.play(sound_of(self._last.take))
        except AudioError as error:
            output.narrate(f"{error.message} ({error.hint})")
            return
        output.narrate("playing; Enter stops")
        while player.playing and self._lines.next(TICK_S) is None:
            pass
        player.stop()

    def _show(self, answer: Answer, render: Render) -> None:
        take_id = answer.take.id
        try:
            if take_id not in self._reviews:
                live = answer.pop_live()
                self._reviews[take_id] = review_take(self._workspace, take_id, live=live)
            review = self._reviews[take_id]
            show_review(review, False, render)
            take = self._workspace.library.take(take_id)
            for line in describe_guess(compare_guess(self._workspace, take, review)):
                output.print_data(line)
        except PracticeError as error:
            output.narrate(f"{error.message} ({error.hint})")

    def _sum_up(self) -> None:
        # Whoever listens to the lines cannot skip in them; a program that reads them wants all.
        is_heard = sys.stdin is not None and sys.stdin.isatty()
        for answer in self._kept:
            take_id = answer.take.id
            if take_id not in self._reviews:
                output.narrate(f"\nreviewing take {take_id}")
                self._show(answer, terminal.render_summary if is_heard else terminal.render)
                if is_heard:
                    output.narrate(f"the words: practice takes show {take_id}")
        count, spoken_s = len(self._kept), sum(a.take.duration_s or 0 for a in self._kept)
        answers = "answer" if count == 1 else "answers"
        output.narrate(
            f"{count} {answers}, {spoken_s:.0f} seconds. To see them: practice takes list"
        )
        reached = self._session_run.summary()
        if reached.rehearsals:
            output.narrate(reached.rehearsals.words)
        if reached.ladder:
            output.print_data(sum_up_ladder(reached.ladder))


def describe_slide(session_run: SessionRun) -> str:
    """Which slide is shown, in words."""
    return f"slide {session_run.slides.shown} of {session_run.slides.slides}"


def describe_notes(question: Question) -> list[str]:
    """The key points and notes of a question, a line each."""
    notes = [one_line(line) for line in question.notes.splitlines()]
    return [f"  {line}" for line in (*map(one_line, question.key_points), *notes) if line]
