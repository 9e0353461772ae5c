"""A debrief whose questions come from a file, or from what is told aloud."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from practice.base.errors import TranscriptionError
from practice.base.words import Word
from practice.library.interviews import NotedQuestion
from practice.library.takes import TakeState
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.weeks.debrief import DebriefScreen
from practice.tui.screens.weeks.questions_in_file import QuestionsInFileDialog
from practice.tui.screens.weeks.telling import TellingScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness, FakeDevices, FakeSpeechWorker
from tests.support.weeks_harness import add_interview
from tests.tui.conftest import RunApp
from tests.tui.test_debrief import noted, open_debrief

TRANSCRIPT = """[1:05] Ana: Why did you leave Initech?
[2:10] Me: I wanted more.
[3:00] Ana: Tell me about a disagreement with your boss.
"""


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    file = tmp_path / "talk.txt"
    file.write_text(TRANSCRIPT)
    return file


async def give_file(harness: AppHarness, name: str) -> None:
    await harness.press("f4")
    await harness.wait_for_screen(QuestionsInFileDialog)
    await harness.press(*name, "enter")


async def open_telling(harness: AppHarness) -> None:
    await open_debrief(harness)
    await harness.press("ctrl+t")
    await harness.wait_for_screen(TellingScreen)
    await harness.shows("● ")


async def test_a_question_of_a_transcript_is_taken_changed_and_rated(
    run_app: RunApp, services: Services, transcript: Path
) -> None:
    interview = add_interview(services, 0)
    async with run_app((100, 30)) as harness:
        await open_debrief(harness)
        await give_file(harness, str(transcript))
        await harness.shows("2 found in talk.txt", "1:05  Why did you leave Initech?")
        await harness.press("down", "down")
        await harness.shows("▸  3:00  Tell me about a disagreement")
        await harness.press("enter")
        # It stands in the box; a known one like it is shown, and refused.
        await harness.shows("it was one of these")
        await harness.press("enter")
        await harness.shows("How did it go?")
        await harness.press("r", "enter")
        # What was taken is not offered again.
        await harness.shows("1 found in talk.txt", "Why did you leave Initech?")
        await harness.press("enter")
        await harness.shows("What did they say about you")
    text = "Tell me about a disagreement with your boss."
    assert noted(services, interview) == [NotedQuestion(text, rating="rough")]


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_more_questions_than_fit_are_scrolled_to(
    run_app: RunApp, services: Services, tmp_path: Path, size: tuple[int, int]
) -> None:
    add_interview(services, 0)
    file = tmp_path / "t.txt"
    file.write_text("".join(f"Why number {n}?\n" for n in range(9)))
    async with run_app(size) as harness:
        await open_debrief(harness)
        await give_file(harness, str(file))
        await harness.shows("Why number 0?")
        await harness.press(*["down"] * 9)
        await harness.shows("▸ Why number 8?")
        await harness.press(*["up"] * 9)
        await harness.shows("Why number 0?")
        assert "▸" not in harness.text


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_the_box_for_the_file_says_all_of_it_at_every_size(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    add_interview(services, 0)
    async with run_app(size) as harness:
        await open_debrief(harness)
        await harness.press("f4")
        await harness.wait_for_screen(QuestionsInFileDialog)
        await harness.shows("agreed.", "look for questions", "leave")


async def test_a_file_that_cannot_be_read_is_said_and_another_can_be_named(
    run_app: RunApp, services: Services, tmp_path: Path, transcript: Path
) -> None:
    add_interview(services, 0)
    (tmp_path / "x.mp3").write_bytes(b"ID3")
    async with run_app((120, 36)) as harness:
        await open_debrief(harness)
        await give_file(harness, str(tmp_path / "x.mp3"))
        await harness.shows("give a recording, or a transcript")
        dialog = await harness.wait_for_screen(QuestionsInFileDialog)
        await harness.wait_until(lambda: not dialog.query_one("#path").disabled)
        await harness.press(*["backspace"] * len("x.mp3"), *"talk.txt", "enter")
        await harness.shows("2 found in talk.txt")


async def test_whoever_leaves_while_a_recording_is_listened_to_goes_on_as_before(
    run_app: RunApp, services: Services, worker: FakeSpeechWorker, tmp_path: Path
) -> None:
    add_interview(services, 0)
    worker.may_end.clear()
    sound = tmp_path / "talk.wav"
    soundfile.write(sound, np.zeros(16_000), 16_000)
    async with run_app() as harness:
        await open_debrief(harness)
        await give_file(harness, str(sound))
        await harness.wait_until(lambda: worker.has_begun)
        await harness.shows("stop listening")
        await harness.press("escape")
        await harness.wait_for_screen(DebriefScreen)
        worker.may_end.set()
        await harness.press("enter")
        await harness.shows("How did it feel?")


async def test_what_is_told_aloud_is_kept_as_a_take_and_its_questions_are_offered(
    run_app: RunApp, services: Services, worker: FakeSpeechWorker, devices: FakeDevices
) -> None:
    interview = add_interview(services, 0)
    said = "They asked me: why did you leave Initech? I said that I wanted more."
    worker.words = tuple(Word(text, n / 4, n / 4 + 0.2, 0.9) for n, text in enumerate(said.split()))
    async with run_app() as harness:
        await open_telling(harness)
        devices.microphone_in_use.say(6)
        await harness.press("enter")
        await harness.shows("1 found in what you said", "hy did you leave Initech?")
        await harness.press("down", "enter", "enter")
        await harness.shows("How did it go?")
        await harness.press("s", "escape")
        await harness.wait_for_screen(TodayScreen)
    (asked,) = noted(services, interview)
    assert "did you leave Initech?" in asked.text
    (take,) = services.workspace.library.takes()
    assert (take.state, take.question_id) == (TakeState.REVIEWED, None)


async def test_whoever_leaves_while_telling_finds_it_in_the_library(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    add_interview(services, 0)
    async with run_app() as harness:
        await open_telling(harness)
        devices.microphone_in_use.say(6)
        await harness.press("escape")
        await harness.wait_for_screen(DebriefScreen)
        await harness.wait_until(lambda: not harness.app.reviews._parts)
        await harness.press("enter")
        await harness.shows("How did it feel?")
    (take,) = services.workspace.library.takes()
    assert take.state is TakeState.REVIEWED


async def test_a_telling_that_cannot_be_transcribed_goes_back_and_says_so(
    run_app: RunApp, services: Services, worker: FakeSpeechWorker, devices: FakeDevices
) -> None:
    add_interview(services, 0)
    worker.refusal = TranscriptionError("the speech process is gone", "try again")
    async with run_app() as harness:
        await open_telling(harness)
        devices.microphone_in_use.say(6)
        await harness.press("enter")
        await harness.wait_for_screen(DebriefScreen)
        await harness.shows("the speech process is gone")


async def test_without_a_microphone_the_debrief_goes_on(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    add_interview(services, 0)
    devices.failure = "there is no microphone"
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press("ctrl+t")
        await harness.shows("there is no microphone")
        await harness.wait_for_screen(DebriefScreen)


async def test_quitting_while_telling_asks_and_keeps_what_was_said(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    add_interview(services, 0)
    async with run_app() as harness:
        await open_telling(harness)
        devices.microphone_in_use.say(6)
        await harness.press("ctrl+q")
        await harness.shows("What you said is kept.")
        await harness.press("y")
        await harness.wait_until(lambda: harness.has_exited)
    assert list(services.workspace.library.recordings.iterdir())
