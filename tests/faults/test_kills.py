"""`kill -9` at random moments of every stage, and a look at what is left.

`FAULT_KILLS` kills per stage are tried, two where it is not set; `make faults` tries more.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from practice.base.settings import load_settings
from practice.core.recovery import tidy_up
from practice.core.weeks import finish_debrief
from practice.core.workspace import Workspace
from practice.documents.review import parse_review
from practice.library.database import Database
from practice.library.interviews import Debrief
from practice.library.migrations import schema_number
from practice.library.takes import TakeState
from practice.questions.bank_file.reading import read_bank
from tests.faults import kill_stages
from tests.support.fault_table import Tally

KILLS = int(os.environ.get("FAULT_KILLS", "2"))
SEED = int(os.environ.get("FAULT_SEED", "20261126"))
LONGEST_S = 4.0


@dataclass(frozen=True)
class KilledStage:
    """A stage that was killed."""

    home: Path
    take_id: str
    """The take it said it begins with."""
    said: list[list[str]]
    """What else it had said, in words."""

    @property
    def kept(self) -> int:
        """The number of the last round that it said was kept; -1 when none was."""
        return max((int(words[1]) for words in self.said if words[0] == "kept"), default=-1)


def start_stage(name: str, home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_stages", name],
        env=os.environ | {"PRACTICE_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )


def read_to_beginning(process: "subprocess.Popen[str]") -> tuple[list[list[str]], str]:
    """What a stage says up to its beginning, and what it begins with."""
    said: list[list[str]] = []
    assert process.stdout
    for line in process.stdout:
        word, *rest = line.split()
        if word == "begin":
            return said, " ".join(rest)
        said.append([word, *rest])
    raise AssertionError("the stage ended before it began")


def measure_duration_s(name: str, home: Path) -> float:
    """How long a stage takes when nobody kills it."""
    with start_stage(name, home) as process:
        read_to_beginning(process)
        began_s = time.monotonic()
        assert process.stdout
        assert process.stdout.read().splitlines()[-1] == "done"
        return time.monotonic() - began_s


def kill(name: str, home: Path, after_s: float) -> KilledStage:
    """Run a stage and kill it `after_s` its beginning, if it has not ended by then."""
    with start_stage(name, home) as process:
        said, take_id = read_to_beginning(process)
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.stdout
        said += [line.split() for line in process.stdout]
    return KilledStage(home, take_id, said)


@contextmanager
def restart(home: Path) -> Iterator[Workspace]:
    """The next start after a kill: it finishes what was left, and nothing is broken."""
    with kill_stages.open_workspace(home) as workspace:
        tidy_up(workspace)
        assert workspace.library.check() == []
        yield workspace


def check_recording(killed: KilledStage) -> float:
    """A recording that was cut off is kept, sample by sample."""
    with restart(killed.home) as workspace:
        take = workspace.library.take(killed.take_id)
    assert take.state is TakeState.RECORDED
    assert take.audio
    kept, _ = soundfile.read(take.audio, dtype="int16")
    np.testing.assert_array_equal(kept, kill_stages.samples(0, len(kept)))
    delivered = max(int(words[1]) for words in killed.said if words[0] == "delivered")
    return max(0.0, (delivered - len(kept)) / kill_stages.RATE_HZ)


def check_answer(killed: KilledStage) -> float:
    """An answer that was being heard has its sound, and a review that is there is whole."""
    with restart(killed.home) as workspace:
        take = workspace.library.take(killed.take_id)
        assert take.state in {TakeState.RECORDED, TakeState.TRANSCRIBED, TakeState.REVIEWED}
        assert take.audio
        assert soundfile.info(take.audio).duration == pytest.approx(kill_stages.HEARD_S)
        if take.state is TakeState.REVIEWED:
            parse_review(workspace.library.review(take.id) or {})
    return 0.0


def check_corrections(killed: KilledStage) -> float:
    """Every correction and note that was said to be kept is there, and at most one more."""
    with restart(killed.home) as workspace:
        corrections = workspace.library.annotations.corrections(killed.take_id)
        notes = workspace.library.take(killed.take_id).notes
        parse_review(workspace.library.review(killed.take_id) or {})
    assert [one.text for one in corrections] == [f"w{n}" for n in range(len(corrections))]
    assert killed.kept + 1 <= len(corrections) <= killed.kept + 2
    assert notes in {f"note {n}" for n in (killed.kept, killed.kept + 1)} | {""}
    return 0.0


def check_files(killed: KilledStage) -> float:
    """Every file of the user is the last one that was kept, or the next: whole in any case."""
    last, following = killed.kept, killed.kept + 1
    with restart(killed.home) as workspace:
        target_s = load_settings(workspace.places.settings_file).target_s
        (question,) = read_bank(workspace.catalogue.path(kill_stages.BANK)).questions
    assert target_s in {100 + last, 100 + following}
    assert question.text in {f"text {n}" for n in (last, following)} | {"Tell me about yourself."}
    report = killed.home / "report.txt"
    content = report.read_bytes() if report.exists() else b""
    assert content in {kill_stages.report(last), kill_stages.report(following), b""}
    return 0.0


def check_deleted(killed: KilledStage) -> float:
    """A take is there with all that belongs to it, or nothing of it is."""
    gone = {words[1] for words in killed.said if words[0] == "deleted"}
    with restart(killed.home) as workspace:
        left = {take.id: take for take in workspace.library.takes()}
        names = {path.name.partition(".")[0] for path in workspace.library.recordings.iterdir()}
    assert not gone & set(left)
    assert names == set(left)
    assert all(take.audio and take.audio.stat().st_size for take in left.values())
    return 0.0


def check_debrief(killed: KilledStage) -> float:
    """What was typed is there, and closing it once more makes nothing twice."""
    last, following = killed.kept, killed.kept + 1
    with restart(killed.home) as workspace:
        store = workspace.library.interviews
        draft = store.debrief(killed.take_id) or Debrief()
        assert draft.went_well in {f"well {n}" for n in (last, following) if n >= 0} | {""}
        asked = [each.text for each in store.asked(killed.take_id)]
        assert asked == [kill_stages.asked_text(n) for n in range(len(asked))]
        assert last + 1 <= len(asked) <= following + 1
        finish_debrief(workspace, killed.take_id)
        if asked:
            bank = read_bank(workspace.catalogue.path("asked"))
            assert sorted(question.text for question in bank.questions) == sorted(asked)
        opened = [each.text for each in workspace.library.open_questions.all()]
        assert sorted(opened) == sorted(asked)
    return 0.0


def check_schema(killed: KilledStage) -> float:
    """The library is of one schema or another, and goes the rest of the way at the next start."""
    with closing(
        Database(killed.home / "data" / "library.db", kill_stages.LATER_STEPS)
    ) as database:
        with database.reading() as db:
            assert schema_number(db) == len(kill_stages.LATER_STEPS)
            colours = db.execute("SELECT colour, count(*) FROM take GROUP BY colour").fetchall()
        assert colours == [("blue", 5)]
        assert database.problems() == []
    return 0.0


LOOKS: dict[str, Callable[[KilledStage], float]] = {
    "record": check_recording,
    "stop and encode": check_recording,
    "transcribe": check_answer,
    "review": check_corrections,
    "save": check_files,
    "delete": check_deleted,
    "debrief": check_debrief,
    "migrate": check_schema,
}
"""What must hold after each stage was killed; the seconds of sound that are missing."""


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.fault(f"kill -9: {n}")) for n in kill_stages.STAGES]
)
def test_a_kill_at_any_moment_loses_at_most_the_last_second(
    name: str, answers: Path, tmp_path: Path, tally: Tally
) -> None:
    dice = random.Random(f"{SEED} {name}")
    shutil.copytree(answers, tmp_path / "whole")
    longest_s = (
        2.0 if name == "record" else min(measure_duration_s(name, tmp_path / "whole"), LONGEST_S)
    )
    lost_s = []
    for number in range(KILLS):
        home = tmp_path / f"{number}" / "home"
        shutil.copytree(answers, home)
        after_s = dice.uniform(0, longest_s)
        sys.stdout.write(f"{name}: killed {after_s:.3f} s of {longest_s:.3f} s after it began\n")
        killed = kill(name, home, after_s)
        tally.tried += 1
        lost_s.append(LOOKS[name](killed))
        assert lost_s[-1] <= 1.0
        tally.survived += 1
    if max(lost_s):
        tally.lost.append(f"at most the last {max(lost_s):.2f} s")
