"""A script read aloud by a synthetic voice, with a file as the microphone and the demo model."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.audio.file_source import FileSource
from practice.base.errors import ModelError, NotFoundError
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.answering import add_recording
from practice.core.calibration import CalibrationResult, CalibrationRun, check_recording
from practice.core.reviewing import find_calibration, review_take
from practice.core.workspace import Workspace
from practice.delivery.calibration.script import load_script
from practice.delivery.calibration.script_alignment import Outcome
from practice.documents.review import Calibration, Catch, to_builtins
from practice.library.calibrations import SpeechSetup
from practice.reports import terminal
from tests.support.fake_microphone import FakeMicrophone
from tests.support.read_script import read_aloud


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(places(), Settings(model="demo")) as opened:
        yield opened


@pytest.fixture
def scratch(workspace: Workspace) -> Path:
    """Where sound lies that is needed for a moment."""
    return workspace.places.scratch


def calibrate_on(workspace: Workspace, file: Path) -> CalibrationResult:
    with CalibrationRun(workspace, FileSource(file)) as reading:
        reading.start()
        reading.recorder.wait(60)
        return reading.finish()


def test_most_planned_fillers_are_caught_and_the_sound_is_forgotten(
    workspace: Workspace, tmp_path: Path, scratch: Path
) -> None:
    result = calibrate_on(workspace, read_aloud(tmp_path / "reading.wav")).calibration
    assert result is not None
    assert (result.planned, result.sounds.planned, result.phrases.planned) == (10, 7, 3)
    assert result.caught == result.sounds.caught + result.phrases.caught >= 7
    assert (result.device, result.model, result.language) == (
        "played file reading.wav",
        "demo",
        "en",
    )
    assert (
        find_calibration(workspace, SpeechSetup("played file reading.wav", "demo", "en")) == result
    )
    assert list(scratch.iterdir()) == []
    assert workspace.library.takes() == []


def test_the_result_stands_beside_later_takes_of_the_same_set_up_only(
    workspace: Workspace, tmp_path: Path
) -> None:
    answer = read_aloud(tmp_path / "answer.wav", ("um, I work in a small team at the bank",))
    before = add_recording(workspace, answer)
    assert review_take(workspace, before.id).calibration is None
    result = Calibration(
        planned=10, caught=8, possible=1, checked_at="2026-11-23T14:05:00.000Z",
        sounds=Catch(planned=7, caught=5, possible=1),
        phrases=Catch(planned=3, caught=3, possible=0),
        model="demo", device="file answer.wav", language="en",
    )  # fmt: skip
    setup = SpeechSetup("file answer.wav", "demo", "en")
    workspace.library.calibrations.save(setup, to_builtins(result))
    later = review_take(workspace, before.id)
    assert later.calibration == result
    assert "ten-line test     8 of 10 caught, 1 more as possible" in terminal.render(later)
    other = add_recording(workspace, answer.rename(tmp_path / "other.wav"))
    elsewhere = review_take(workspace, other.id)
    assert elsewhere.calibration is None
    assert "ten-line test" not in terminal.render(elsewhere)


def test_another_text_tells_nothing(workspace: Workspace, tmp_path: Path) -> None:
    other = read_aloud(tmp_path / "other.wav", ("potatoes grow well in a cold and sandy soil",) * 2)
    checked = check_recording(workspace, other)
    assert checked.calibration is None
    assert {place.outcome for place in checked.fillers} == {Outcome.UNREAD}
    assert "none of the 10 lines" in checked.reasons[0]


def test_half_a_script_from_a_file_is_judged_by_what_was_read_and_not_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    script = load_script("en")
    assert script is not None
    half = read_aloud(tmp_path / "half.wav", script.sentences[:6])
    checked = check_recording(workspace, half)
    assert checked.calibration is not None
    assert (checked.calibration.planned, checked.calibration.device) == (6, None)
    assert [place.outcome for place in checked.fillers[6:]] == [Outcome.UNREAD] * 4
    assert (
        workspace.library.calibrations.last(SpeechSetup("played file half.wav", "demo", "en"))
        is None
    )


def test_without_a_model_there_is_nothing_to_check(home: Path) -> None:
    with (
        Workspace(places(), Settings(model="base.en")) as opened,
        pytest.raises(ModelError, match=r"base\.en"),
    ):
        CalibrationRun(opened, FakeMicrophone())


def test_a_language_without_a_script_is_named_with_those_that_have_one(home: Path) -> None:
    with (
        Workspace(places(), Settings(model="demo", language="it")) as opened,
        pytest.raises(NotFoundError, match="'it'") as caught,
    ):
        CalibrationRun(opened, FakeMicrophone())
    assert "de, en, es, fr" in caught.value.hint


def test_a_reading_that_is_left_stops_the_microphone_and_keeps_nothing(
    workspace: Workspace, scratch: Path
) -> None:
    microphone = FakeMicrophone()
    before = set(threading.enumerate())
    with CalibrationRun(workspace, microphone) as reading:
        reading.start()
        microphone.say(1.0)
    assert not microphone.open
    assert "measuring" not in {thread.name for thread in set(threading.enumerate()) - before}
    assert list(scratch.iterdir()) == []
    assert workspace.library.calibrations.last(SpeechSetup(microphone.name, "demo", "en")) is None
