"""A session as lines of text: nothing is redrawn, every choice is a letter and Enter."""

import sys
from collections.abc import Callable

from practice.audio.player import Player
from practice.base.errors import AudioError, PracticeError
from practice.cli import output
from practice.cli.lines import Lines
from practice.cli.services import show_review
from practice.core.answering import Answer
from practice.core.reviewing import review_take
from practice.core.session import DueAction, Mode, SessionPhase, SessionRun, TargetStatus
from practice.core.workspace import Workspace
from practice.documents.review import ReviewDocument
from practice.library.takes import sound_of
from practice.reports import terminal

TICK_S = 0.1
DONE, PAUSE, QUIT = "", "p", "q"
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
            if typed == QUIT:
                return False
            if typed is not None and session_run.can_skip:
                session_run.skip()
        session_run.begin()
        return self._record()

    def _ask(self) -> None:
        session_run = self._session_run
        number = f"question {session_run.index + 1} of {len(session_run.questions)}"
        output.narrate(f"\n{number}, bank {session_run.asked.bank}")
        output.print_data(session_run.asked.question.text)
        early = "; Enter begins at once" if session_run.can_skip else ""
        target = f"about {session_run.target_s} seconds to answer"
        output.narrate(f"{session_run.prep_s:.0f} seconds to think, {target}{early}; q leaves")

    def _record(self) -> bool:
        session_run = self._session_run
        said = TargetStatus.WITHIN
        announced = leaving = False
        while session_run.due() is not DueAction.FINISH:
            if not announced and session_run.phase is SessionPhase.RECORDING:
                announced = True
                output.narrate("recording; Enter when you are done, p and Enter pauses")
            typed = self._lines.next(TICK_S)
            leaving = typed == QUIT
            if typed in {DONE, QUIT} and announced:
                break
            if typed == PAUSE:
                self._toggle_pause()
            if session_run.target_status is not said:
                said = session_run.target_status
                output.narrate(said.value)
            if self._lines.ended and said is TargetStatus.WRAP_UP:
                break
        self._keep(session_run.finish())
        return not leaving

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
        if session_run.mode is Mode.INTERVIEW:
            return session_run.ask_next()
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
            show_review(self._reviews[take_id], False, render)
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
