from collections.abc import Iterator

import pytest

from practice.documents.review import ReviewDocument, parse_review
from practice.library.takes import Take
from practice.tui.jobs.changes import ChangeEnded
from practice.tui.screens.review.dialogs import MissedDialog, NotFillerDialog, WordDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.services import Services
from tests.support.app_harness import HOSTILE, FakeDevices
from tests.support.review_harness import ReviewHarness, keep_bank, keep_conflict_take, open_review
from tests.tui.conftest import RunApp


@pytest.fixture
def take(services: Services) -> Iterator[Take]:
    keep_bank(services)
    yield keep_conflict_take(services)
    services.close()


def read_review(services: Services, take: Take) -> ReviewDocument:
    document = services.workspace.library.review(take.id)
    assert document is not None
    return parse_review(document)


def count_fillers(services: Services, take: Take) -> int:
    return read_review(services, take).measures.fillers.certain or 0


async def wait_for_corrections(review: ReviewHarness, times: int = 1) -> None:
    """Wait until so many corrections have been shown."""
    await review.harness.wait_until(lambda: len(review.harness.messages(ChangeEnded)) >= times)
    await review.harness.pilot.pause()


async def test_x_and_enter_rule_a_filler_out_here_and_measures_follow(
    run_app: RunApp, services: Services, take: Take
) -> None:
    before = count_fillers(services, take)
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        assert f"about {before}" in review.numbers
        await review.go_to("⟨um⟩,")
        await review.press("x")
        await harness.wait_for_screen(NotFillerDialog)
        await harness.shows("Stop marking “um”?")
        await review.press("enter")
        await wait_for_corrections(review)
        assert review.word == "um,"
        assert f"about {before - 1}" in review.numbers
        assert count_fillers(services, take) == before - 1


async def test_x_and_a_rule_a_phrase_out_for_always(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("‹like›?,")
        await review.press("x", "a")
        await wait_for_corrections(review)
        assert review.word == "like,"
        assert '"like"' in services.places.lexicon.read_text(encoding="utf-8")
        await review.press("u")
        await wait_for_corrections(review, 2)
        assert review.word == "‹like›?,"
        assert not services.places.lexicon.exists()


async def test_x_and_escape_change_nothing(run_app: RunApp, services: Services, take: Take) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.go_to("⟨um⟩,")
        await review.press("x", "escape")
        await harness.wait_for_screen(ReviewScreen)
        assert review.word == "⟨um⟩,"
        assert services.workspace.library.annotations.corrections(take.id) == []


@pytest.mark.parametrize("word", ["wanted", "[I", "··3.2s··"])
async def test_x_beside_a_filler_says_that_there_is_none(
    run_app: RunApp, services: Services, take: Take, word: str
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to(word)
        await review.press("x")
        await harness.shows("no filler under the cursor")
        assert isinstance(harness.app.screen, ReviewScreen)


@pytest.mark.parametrize(("key", "shown"), [("enter", "⟨um⟩"), ("m", "⟨um⟩"), ("h", "⟨uh⟩")])
async def test_m_puts_a_missed_filler_before_the_word(
    run_app: RunApp, services: Services, take: Take, key: str, shown: str
) -> None:
    before = count_fillers(services, take)
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("wanted")
        await review.press("m")
        await harness.wait_for_screen(MissedDialog)
        await review.press(key)
        await wait_for_corrections(review)
        await harness.shows(f"{shown} wanted")
        assert count_fillers(services, take) == before + 1


async def test_m_and_w_make_the_word_itself_the_filler(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("wanted")
        await review.press("m", "w")
        await wait_for_corrections(review)
        assert review.word == "‹wanted›"


async def test_m_confirms_a_possible_filler(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        assert review.word == "‹So›?,"
        await review.press("m")
        await wait_for_corrections(review)
        assert review.word == "‹So›,"


async def test_m_on_a_certain_filler_says_that_it_is_marked(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("⟨um⟩,")
        await review.press("m")
        await harness.shows("marked already")


async def test_m_while_it_plays_marks_an_um_at_the_playhead_and_plays_on(
    run_app: RunApp, services: Services, take: Take, devices: FakeDevices
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("space")
        await harness.wait_until(lambda: devices.output.playing)
        devices.output.position_s = 2.5
        await harness.wait_until(lambda: review.bar.playhead_s == 2.5)
        await review.press("m")
        await wait_for_corrections(review)
        assert review.bar.playing
        (made,) = services.workspace.library.annotations.corrections(take.id)
        assert (made.kind, made.text) == ("filler", "um")
        assert made.start_s == 2.5


async def test_e_corrects_a_word(run_app: RunApp, services: Services, take: Take) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("service.")
        await review.press("e")
        await harness.wait_for_screen(WordDialog)
        await review.press(*"server.", "enter")
        await wait_for_corrections(review)
        assert review.word == "server."
        assert "server." in [word.text for word in read_review(services, take).words]
        await review.press("u")
        await wait_for_corrections(review, 2)
        assert review.word == "service."


async def test_e_with_nothing_left_takes_the_word_out(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("service.")
        await review.press("e", "delete", "enter")
        await wait_for_corrections(review)
        await harness.hides("service.")


async def test_e_without_a_change_keeps_nothing(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("e", "enter")
        await harness.wait_for_screen(ReviewScreen)
        await review.press("e", "escape")
        await harness.wait_for_screen(ReviewScreen)
        assert services.workspace.library.annotations.corrections(take.id) == []


async def test_e_on_a_pause_says_that_there_is_no_word(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("··3.2s··")
        await review.press("e")
        await harness.shows("no word under the cursor")


async def test_u_without_a_correction_says_so(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("u")
        await harness.shows("nothing to take back")


async def test_o_shows_what_the_machine_found_and_goes_back(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("service.")
        await review.press("e", *"server.", "enter")
        await wait_for_corrections(review)
        await review.press("v")
        await harness.shows("without your corrections")
        assert review.word == "service."
        await review.press("v")
        await harness.hides("without your corrections")
        assert review.word == "server."


async def test_a_correction_without_the_recording_says_why_it_cannot_be_made(
    run_app: RunApp, services: Services, take: Take
) -> None:
    services.workspace.library.delete_audio(take.id)
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("e", *"Then", "enter")
        await harness.shows("has no recording")
        assert review.word == "‹So›?,"


async def test_a_correction_with_hostile_text_is_shown_as_it_is(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("e")
        screen = await harness.wait_for_screen(WordDialog)
        screen.query_one("Input").value = HOSTILE  # type: ignore[attr-defined]
        await review.press("enter")
        await wait_for_corrections(review)
        await harness.shows("[/x]", "[RED]")
        assert not any(char in harness.text for char in "\x1b\x07\x9b")


async def test_undo_stands_at_the_foot_once_something_was_corrected(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((80, 24)) as harness:
        review = await open_review(harness, services, take)
        assert "u undo" not in harness.text
        await review.go_to("⟨um⟩,")
        await review.press("x")
        await harness.wait_for_screen(NotFillerDialog)
        await review.press("enter")
        await harness.shows("u undo")
        await review.press("u")
        await harness.hides("u undo")
