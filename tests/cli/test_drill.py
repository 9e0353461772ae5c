"""`practice drill`: the drills as lines of text."""

import json
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from practice.audio.file_source import FileSource
from practice.base.errors import NotFoundError
from practice.base.paths import places
from practice.base.settings import change_setting, load_settings
from practice.cli.main import cli
from practice.core.workspace import Workspace
from practice.library.takes import QuestionSnapshot, Take
from practice.questions.stories.model import Story
from tests.support.app_harness import FakePlayer, FakeSpeechWorker
from tests.support.habits import CALM, HESITANT
from tests.support.takes import keep_take, words_of

BANK = "title: Mine\nquestions:\n  - {id: ward, text: Tell me about your ward., prep_s: 0}\n"
ASKED = QuestionSnapshot("ward", "mine", "Tell me about your ward.")
Typed = Callable[[], bytes | None]


class Desk:
    """A library with two stories, a voice that is a file, a player, and somebody who types."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.player = FakePlayer()
        self._monkeypatch = monkeypatch
        here = places()
        here.banks.mkdir(parents=True)
        (here.banks / "mine.yaml").write_text(BANK)
        change_setting(here.settings_file, "model", "demo")
        for title in ("The move", "The [red] night"):
            with self.open() as workspace:
                workspace.stories.add(Story(title=title))
        self._worker = FakeSpeechWorker()
        self._worker.words = tuple(words_of(CALM))
        monkeypatch.setattr("practice.core.workspace.SpeechWorker", lambda _: self._worker)
        monkeypatch.setattr("practice.cli.drill.Player", lambda: self.player)
        # Time to think and a whole minute would be waited for.
        monkeypatch.setattr("practice.core.ladder.PREP_S", 0)
        monkeypatch.setattr("practice.core.habit.PREP_S", 0)

    def open(self) -> Workspace:
        here = places()
        return Workspace(here, load_settings(here.settings_file))

    def keep(self, answer: str) -> Take:
        """A take with its review; what is recorded from now on sounds like it."""
        with self.open() as workspace:
            take = keep_take(workspace, answer, ASKED)
        sound = take.audio
        assert sound is not None
        self._monkeypatch.setattr(
            "practice.cli.drill.choose_microphone", lambda _: FileSource(sound)
        )
        return take

    def hear_to(self, at_s: float, typed: bytes = b"\n") -> Typed:
        """What is typed once the player is there."""

        def type_there() -> bytes:
            # The place is read before it is waited for a line: it counts from the next one on.
            self.player.position_s = at_s
            return typed

        return type_there

    def type_when_reviewed(self) -> bytes | None:
        """Enter, once the first answer was recorded and heard."""
        return b"\n" if self._worker.has_begun else None

    def type(self, *steps: bytes | Typed) -> None:
        """What is typed, read by read; a step that gives nothing yet comes again. Then it ends."""
        left = deque(steps)

        def read(_: float) -> bytes | None:
            step = left[0] if left else b""
            typed = step if isinstance(step, bytes) else step()
            if typed is not None and left:
                left.popleft()
            return typed

        self._monkeypatch.setattr("practice.cli.lines.wait_for_input", read)

    def run(self, *words: str) -> Result:
        done = CliRunner().invoke(cli, ["drill", *words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def refusal(self, *words: str) -> str:
        """Why a drill is refused."""
        error = CliRunner().invoke(cli, ["drill", *words]).exception
        assert isinstance(error, NotFoundError)
        return error.message

    @property
    def takes(self) -> list[Take]:
        with self.open() as workspace:
            return workspace.library.takes()


@pytest.fixture
def desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    assert home
    return Desk(monkeypatch)


def test_retrieval_asks_ten_in_lines_and_says_what_was_chosen(desk: Desk) -> None:
    desk.type(b"9\n", b"2\n", b"\n", b"1\n", b"\n", *[b"\n"] * 7, b"2\n", b"\n")
    done = desk.run("retrieval")
    assert done.exit_code == 0, done.stderr
    assert "10 of 10, 10 seconds" in done.stderr
    assert "type a number from 1 to 2" in done.stderr
    assert "The [red] night: say its first sentence" in done.stderr
    told = done.stdout.splitlines()
    assert [" s, The " in line for line in told] == [True, True, *[False] * 7, True, False]
    assert told[-1].startswith("Nothing was recorded")
    # Where nothing more is typed it ends, and so it does with q.
    desk.type(b"2\n", b"\n", b"q\n")
    (choice,) = json.loads(desk.run("retrieval", "--json").stdout)["choices"]
    assert choice["story"] == "The [red] night"
    assert desk.takes == []


def test_the_ladder_is_told_four_times_and_its_lengths_stand_side_by_side(desk: Desk) -> None:
    first = desk.keep(CALM)
    desk.type()
    done = desk.run("ladder", "the-move")
    assert done.exit_code == 0, done.stderr
    assert "180 seconds to answer" in done.stderr
    assert "question 4 of 4, bank stories" in done.stderr
    assert "The same story 4 times: " in done.stdout
    assert " of 3:00, " in done.stdout
    assert "0:30 of 0:30. Only the lengths" in done.stdout
    told = [take for take in desk.takes if take.id != first.id]
    assert [(take.bank, take.question_id) for take in told] == [("stories", "the-move")] * 4
    assert "the-mvoe" in desk.refusal("ladder", "the-mvoe")


def test_a_habit_is_marked_by_ear_then_left_out_for_a_minute_and_in_a_retake(desk: Desk) -> None:
    first = desk.keep(HESITANT)
    heard = (desk.hear_to(0.9, b" "), b"\n", desk.hear_to(6.0, b" "), b"q\n")
    desk.type(*heard, b"\n", desk.type_when_reviewed)
    done = desk.run("habit")
    assert done.exit_code == 0, done.stderr
    assert "Up to 0:06 you marked 1, practice" in done.stdout
    assert "1 place is the same." in done.stdout
    assert "in that take: about" in done.stdout
    assert "the minute: " in done.stdout
    assert "the retake: " in done.stdout
    retake, minute = (take for take in desk.takes if take.id != first.id)
    assert {retake.question_id, minute.question_id} == {"ward", None}
    assert not desk.player.playing


def test_what_is_rare_enough_ends_the_drill_and_a_lost_sound_is_said(desk: Desk) -> None:
    take = desk.keep(CALM)
    desk.type(desk.hear_to(500.0, b""))
    done = desk.run("habit")
    assert "That is enough" in done.stdout
    assert desk.takes == [take]
    assert "nothing" in desk.refusal("habit", "--take", "nothing")
    with desk.open() as workspace:
        workspace.library.delete_audio(take.id)
        assert "has no recording" in desk.refusal("habit", "--take", take.id)
        assert "there is no answer to hear yet" in desk.refusal("habit")
