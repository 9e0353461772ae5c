"""Commands that review several recordings, or ones that are damaged."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from practice import demo
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.answering import add_recording
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from tests.support.cli import run

RATE_HZ = 16_000


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """The first ten seconds of the sample answer."""
    samples, rate_hz = soundfile.read(demo.SAMPLE_ANSWER, frames=220_500)
    path = tmp_path / "answer.wav"
    soundfile.write(path, samples, rate_hz)
    return path


@pytest.fixture
def silence(tmp_path: Path) -> Path:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(2 * RATE_HZ), RATE_HZ)
    return path


def test_a_file_that_fails_stops_none_of_the_others(answer: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.wav")
    done = run("analyze", missing, str(answer), "--model", "demo", "--json")
    assert done.code == 1
    (error,) = done.document["errors"]
    assert error["name"] == missing
    assert error["code"] == "unreadable_audio"
    (review,) = done.document["reviews"]
    assert review["source"]["path"] == str(answer)


def test_a_file_that_breaks_off_is_said_in_its_review(tmp_path: Path) -> None:
    whole = tmp_path / "whole.flac"
    shutil.copy(demo.SAMPLE_ANSWER, whole)
    broken = tmp_path / "broken.flac"
    broken.write_bytes(whole.read_bytes()[:500_000])
    done = run("analyze", str(broken), "--model", "demo", "--json")
    assert "it breaks off at 0:22 of 0:55" in "".join(done.document["judgement"]["reasons"])


def test_an_added_recording_that_cannot_be_judged_is_kept_with_exit_code_1(silence: Path) -> None:
    done = run("add", str(silence), "--model", "demo", "--json")
    assert done.code == 1
    assert done.document["transcription"]["status"] == "no_speech"
    assert len(run("takes", "list", "--json").document["takes"]) == 1


def test_retry_all_gives_words_to_every_take_that_has_none_in_one_document(answer: Path) -> None:
    with Workspace(places(), Settings()) as workspace:
        failed, reviewed, recorded = (add_recording(workspace, answer) for _ in range(3))
        workspace.library.fail(failed.id, "the model would not load")
        review_take(workspace, reviewed.id)
        assert workspace.library.take(reviewed.id).model is None
    done = run("takes", "retry", "--all", "--model", "demo", "--json")
    assert done.code == 0
    assert done.document["errors"] == []
    heard = {review["take"]["id"] for review in done.document["reviews"]}
    assert heard == {failed.id, reviewed.id, recorded.id}
    again = run("takes", "retry", "--all", "--model", "demo", "--json").document
    assert again["reviews"] == []


def test_without_a_model_retry_all_leaves_what_was_reviewed_without_one(answer: Path) -> None:
    with Workspace(places(), Settings()) as workspace:
        review_take(workspace, add_recording(workspace, answer).id)
    assert run("takes", "retry", "--all", "--json").document["reviews"] == []


def test_a_take_is_heard_again_in_the_language_that_is_asked_for(answer: Path) -> None:
    with Workspace(places(), Settings()) as workspace:
        add_recording(workspace, answer)
    done = run("takes", "retry", "last", "--model", "demo", "--language", "de", "--json")
    assert done.document["error"]["code"] == "model"
    assert "understands only English; the language asked for is 'de'" in done.err
    assert run("takes", "retry", "last", "--model", "demo").code == 0
