"""The whole life of an answer on a disk that is full at one place after the other.

Usage: full_disk.py HOMES TRIES, where the current folder is a small disk of its own and HOMES a
home with answers in it. Prints a line of JSON for each try: the bytes that were free, and which
steps were refused in words. Whatever else goes wrong ends it with a traceback.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from practice.audio.file_source import FileSource
from practice.base.errors import PracticeError
from practice.base.files import write_atomic
from practice.base.settings import change_setting, load_settings
from practice.core.answering import begin_answer
from practice.core.correcting import ReviewEditor
from practice.core.recovery import tidy_up
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from practice.documents.review import parse_review
from practice.library.takes import Take
from practice.questions.bank_file.reading import read_bank
from practice.questions.catalogue import Catalogue
from practice.questions.model import Question
from tests.faults import kill_stages
from tests.faults.kill_stages import BANK, report
from tests.support.app_harness import FakeSpeechWorker

NEEDED_BYTES = 1_200_000
"""More than the whole life takes."""


def main(homes: Path, tries: int) -> None:
    """Try every amount of free space."""
    home = Path.cwd() / "home"
    for number in range(tries):
        shutil.copytree(homes, home)
        free = NEEDED_BYTES * number // tries
        ballast = fill(free)
        before = read_contents(home)
        refused = live_through_a_day(home, homes.parent / "answer.wav")
        ballast.unlink()
        check(home, before)
        sys.stdout.write(json.dumps({"free": free, "refused": refused}) + "\n")
        shutil.rmtree(home)


def fill(free: int) -> Path:
    """Take all space but `free` bytes."""
    ballast = Path.cwd() / "ballast"
    status = os.statvfs(".")
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail * status.f_frsize - free))
    return ballast


def open_workspace(home: Path) -> Workspace:
    """The interview in a home folder; the speech process has faults of its own."""
    workspace = kill_stages.open_workspace(home)
    workspace.worker = FakeSpeechWorker()  # type: ignore[assignment]
    return workspace


def read_contents(home: Path) -> dict[str, object]:
    """What must not be lost: every take that can be reviewed, with its review."""
    with open_workspace(home) as workspace:
        return {take.id: workspace.library.review(take.id) for take in workspace.library.takes()}


def live_through_a_day(home: Path, answer: Path) -> list[str]:
    """Everything that is done with an answer; the names of the steps that were refused."""
    refused: list[str] = []

    def step(name: str, work: Callable[[], object]) -> None:
        try:
            work()
        except PracticeError as error:
            refused.append(name if error.hint else f"{name} without a remedy: {error.message}")

    step("open", lambda: open_workspace(home).close())
    try:
        workspace = open_workspace(home)
    except PracticeError:
        return refused
    with workspace:
        reviewed = workspace.library.takes(question_id="reviewed")[0]
        doomed = workspace.library.takes(question_id="doomed")[0]
        step("record", lambda: record(workspace, answer))
        step("note", lambda: workspace.library.annotations.note(reviewed.id, "n" * 20_000))
        step("correct", lambda: correct(workspace, reviewed))
        step("settings", lambda: change_setting(workspace.places.settings_file, "target_s", "100"))
        step("bank", lambda: add_question(workspace))
        step("report", lambda: write_atomic(home / "report.txt", report(1)))
        step("recover", lambda: tidy_up(workspace))
        step("delete", lambda: workspace.library.delete(doomed.id))
    return refused


def record(workspace: Workspace, answer: Path) -> None:
    begun = begin_answer(workspace, FileSource(answer))
    begun.recorder.wait()
    take = begun.finish()
    review_take(workspace, take.id, live=begun.pop_live())


def add_question(workspace: Workspace) -> None:
    Catalogue(workspace.places.banks).open(BANK).add(Question(text="Why?"))


def correct(workspace: Workspace, take: Take) -> None:
    revision = ReviewEditor(workspace, take.id)
    revision.add_filler(1.0, "um")


def check(home: Path, before: dict[str, object]) -> None:
    """With room again nothing is broken, and nothing is gone but what was deleted."""
    with open_workspace(home) as workspace:
        tidy_up(workspace)
        assert workspace.library.check() == [], workspace.library.check()
        takes = {take.id: take for take in workspace.library.takes()}
        gone = set(before) - set(takes)
        assert len(gone) <= 1, gone
        for take_id in set(before) & set(takes):
            audio, kept = takes[take_id].audio, workspace.library.review(take_id)
            assert audio
            assert audio.stat().st_size
            assert (kept is None) == (before[take_id] is None)
            if kept is not None:
                parse_review(kept)
        assert load_settings(workspace.places.settings_file).target_s in {99, 100}
        assert len(read_bank(workspace.catalogue.path(BANK)).questions) in {1, 2}
    written = home / "report.txt"
    assert not written.exists() or written.read_bytes() == report(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
