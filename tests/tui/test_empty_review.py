"""A review without a word and without a mark: a muted microphone, or no model on the first day."""

import pytest

from practice.tui.screens.review.commands import COMMAND_TABLE
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.services import Services
from practice.tui.widgets.measures_panel import MeasuresPanel
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.transcript_view import TranscriptView
from tests.support.app_harness import AppHarness, FakeDevices
from tests.support.review_harness import ASKED, keep_bank
from tests.support.takes import keep_take
from tests.tui.conftest import RunApp

KEYS = sorted(
    {
        key
        for table in (
            COMMAND_TABLE,
            TranscriptView.COMMAND_TABLE,
            MeasuresPanel.COMMAND_TABLE,
        )
        for command in table
        for key in command.keys.split(",")
    }
    - {"escape"}
)


async def open_empty(harness: AppHarness, services: Services, *, has_model: bool) -> ReviewScreen:
    take = keep_take(services.workspace, "", ASKED, words=[], has_model=has_model)
    harness.app.navigator.open_review(take.id)
    review = await harness.wait_for_screen(ReviewScreen)
    await harness.wait_until(lambda: review.query_one(TranscriptView).text is not None)
    text = review.query_one(TranscriptView).text
    assert text is not None
    assert len(text) == 0
    return review


@pytest.mark.parametrize("has_model", [True, False])
async def test_enter_plays_the_sound_of_a_review_without_words_and_marks(
    run_app: RunApp, services: Services, devices: FakeDevices, has_model: bool
) -> None:
    keep_bank(services)
    async with run_app() as harness:
        await open_empty(harness, services, has_model=has_model)
        await harness.press("enter")
        await harness.wait_until(lambda: devices.output.playing)
        assert devices.output.requests[-1].start_s == 0


@pytest.mark.parametrize("has_model", [True, False])
async def test_no_key_ends_a_review_without_words_and_marks(
    run_app: RunApp, services: Services, has_model: bool
) -> None:
    keep_bank(services)
    async with run_app() as harness:
        review = await open_empty(harness, services, has_model=has_model)
        for key in KEYS:
            await harness.press(key)
            await harness.pilot.pause()
            assert not harness.has_exited, key
            while harness.app.screen is not review:
                harness.app.pop_screen()
                await harness.pilot.pause()


async def test_enter_plays_a_take_without_words_beside_another(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    keep_bank(services)
    async with run_app() as harness:
        await open_empty(harness, services, has_model=True)
        take = keep_take(services.workspace, "", ASKED, words=[])
        harness.app.navigator.open_comparison(take.id)
        await harness.shows("take 1", "take 2")
        await harness.wait_until(lambda: bool(harness.app.screen.query(PlayBar)))
        await harness.press("enter")
        await harness.wait_until(lambda: devices.output.playing)
