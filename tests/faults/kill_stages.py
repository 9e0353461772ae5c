"""One stage in the life of an answer, in a process of its own, to be killed half-way.

Usage: python -m tests.faults.kill_stages STAGE, with PRACTICE_HOME set. It says `begin` when the
stage begins, `done` at its end, and what it has promised to keep in between. Lines reach the pipe
at once: what was said before a kill had happened before it.
"""

import os
import sqlite3
import sys
import threading
from pathlib import Path

import av
import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from practice import demo
from practice.audio import codec
from practice.audio.source import Sink
from practice.base.files import write_atomic
from practice.base.paths import Places, places
from practice.base.settings import Settings, change_setting
from practice.core.answering import add_recording, begin_answer
from practice.core.correcting import ReviewEditor
from practice.core.reviewing import review_take
from practice.core.weeks import finish_debrief
from practice.core.workspace import Workspace
from practice.library.database import Database
from practice.library.interviews import Debrief, InterviewFacts, NotedQuestion
from practice.library.migrations import MIGRATIONS, Migration
from practice.library.takes import Correction, QuestionSnapshot, TakeState
from practice.questions.catalogue import Catalogue
from tests.support.takes import keep_take

RATE_HZ = 16_000
BLOCK_S = 0.1
RECORDED_S = 240.0
"""Long enough for the encoder to be caught at work."""
HEARD_S = 10
ROUNDS = 12
BANK = "mine"


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def samples(first: int, count: int) -> NDArray[np.int16]:
    """The sound that is recorded: each sample tells its place, so that a loss shows."""
    return (np.arange(first, first + count, dtype=np.int64) * 7919 % 65_521 - 32_760).astype("<i2")


class CountingMicrophone:
    """A microphone that says how many samples it has delivered.

    Args:
        seconds: Ends after so long; None goes on for ever.
        pace: Whether a second of sound takes a second.
    """

    name = "counting"
    sample_rate_hz = RATE_HZ

    def __init__(self, seconds: float | None = None, *, pace: bool = True) -> None:
        self._last = None if seconds is None else round(seconds * RATE_HZ)
        self._pace = pace
        self._closed = threading.Event()

    def start(self, sink: Sink) -> None:
        threading.Thread(target=self._deliver, args=(sink,), daemon=True).start()

    def stop(self) -> None:
        self._closed.set()

    def _deliver(self, sink: Sink) -> None:
        count, block = 0, round(BLOCK_S * RATE_HZ)
        while not self._closed.is_set() and (self._last is None or count < self._last):
            if self._pace:
                self._closed.wait(BLOCK_S)
            elif not sink.wait_for_room(BLOCK_S):
                continue
            sink.deliver(samples(count, block).tobytes())
            count += block
            say("delivered", count)
        sink.ended(None)


def record(workspace: Workspace) -> None:
    answer = begin_answer(workspace, CountingMicrophone())
    answer.recorder.wait_for_sound(20.0)
    say("begin", answer.take.id)
    threading.Event().wait()


def stop_and_encode(workspace: Workspace) -> None:
    answer = begin_answer(workspace, CountingMicrophone(RECORDED_S, pace=False))
    answer.recorder.wait()
    say("begin", answer.take.id)
    answer.finish()


def transcribe(workspace: Workspace) -> None:
    (take,) = workspace.library.takes(state=TakeState.RECORDED)
    say("begin", take.id)
    review_take(workspace, take.id)


def review(workspace: Workspace) -> None:
    (take,) = workspace.library.takes(question_id="reviewed")
    revision = ReviewEditor(workspace, take.id)
    revision.prepare()
    say("begin", take.id)
    for number in range(ROUNDS):
        revision.correct(Correction("word", number / 2, number / 2 + 0.3, f"w{number}"))
        workspace.library.annotations.note(take.id, f"note {number}")
        say("kept", number)


def save(workspace: Workspace) -> None:
    here = workspace.places
    bank = Catalogue(here.banks).open(BANK)
    (question,) = bank.bank.questions
    say("begin")
    for number in range(ROUNDS):
        change_setting(here.settings_file, "target_s", str(100 + number))
        bank.change(question.id, msgspec.structs.replace(question, text=f"text {number}"))
        write_atomic(here.data.parent / "report.txt", report(number))
        say("kept", number)


def report(number: int) -> bytes:
    return f"report {number}\n".encode() * 20_000


def delete(workspace: Workspace) -> None:
    doomed = [take.id for take in workspace.library.takes(question_id="doomed")]
    say("begin")
    for take_id in doomed:
        workspace.library.delete(take_id)
        say("deleted", take_id)


def debrief(workspace: Workspace) -> None:
    store = workspace.library.interviews
    known = store.add(InterviewFacts("Acme"), "UTC")
    say("begin", known.id)
    for number in range(ROUNDS):
        store.save_debrief(known.id, Debrief(went_well=f"well {number}"))
        store.save_asked(known.id, NotedQuestion(asked_text(number), rating="rough", wish="calm"))
        finish_debrief(workspace, known.id)
        say("kept", number)


def asked_text(number: int) -> str:
    return f"What did you do in year {number}?"


def add_a_column(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE take ADD COLUMN colour TEXT")
    db.execute("UPDATE take SET colour = 'blue'")


def rewrite_every_review(db: sqlite3.Connection) -> None:
    for _ in range(200):
        db.execute("UPDATE review SET document = json_set(document, '$.colour', 'blue')")


LATER_STEPS: tuple[Migration, ...] = (*MIGRATIONS, add_a_column, rewrite_every_review)
"""The schema of a practice to come."""


def migrate(workspace: Workspace) -> None:
    workspace.library.close()
    say("begin")
    Database(workspace.places.database, LATER_STEPS).close()


STAGES = {
    "record": record,
    "stop and encode": stop_and_encode,
    "transcribe": transcribe,
    "review": review,
    "save": save,
    "delete": delete,
    "debrief": debrief,
    "migrate": migrate,
}


def open_workspace(home: Path) -> Workspace:
    """The interview in a home folder."""
    here = Places(home / "config", home / "data", home / "state", home / "models")
    return Workspace(here, Settings(model="demo"))


def keep_answers(workspace: Workspace, folder: Path) -> None:
    """What the stages need: a take that waits, one that is reviewed, some to delete, a bank."""
    for question in ("reviewed", "doomed", "doomed", "doomed"):
        keep_take(workspace, asked=QuestionSnapshot(question, "basics", f"What is {question}?"))
    with av.open(demo.SAMPLE_ANSWER) as whole:
        rate = whole.streams.audio[0].rate
    spoken = codec.decode(demo.SAMPLE_ANSWER, rate)[: rate * HEARD_S]
    soundfile.write(folder / "answer.wav", spoken, rate)
    add_recording(workspace, folder / "answer.wav")
    workspace.catalogue.create(BANK)
    change_setting(workspace.places.settings_file, "target_s", "99")


if __name__ == "__main__":
    with Workspace(places(), Settings(model="demo")) as the_interview:
        STAGES[sys.argv[1]](the_interview)
        say("done")
