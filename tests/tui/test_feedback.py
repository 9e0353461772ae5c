"""What readers answered about a take, in its review: who, at which word, and gone for good."""

import pytest

from practice.core.feedback import add_feedback
from practice.library.takes import Take
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.review.feedback import FeedbackScreen
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.services import Services
from practice.tui.widgets.plain_text import PlainText
from tests.support.app_harness import AppHarness
from tests.support.review_harness import keep_bank, keep_conflict_take, open_review
from tests.tui.conftest import RunApp

ANA = """\
--- practice feedback 1 ---
from: Ana
take: {take}
question: Where did you lose me?
  At the two teams.
word at 0.5: So
  A calm beginning.
--- end ---
"""
HOSTILE = """\
--- practice feedback 1 ---
from: [bold]Mallory[/] {name}
take: {take}
question: [@click=app.quit]Where?[/]
  \x1b[2J\x1b]52;c;aGk=\a[red]here[/] {long}END
word at 9999.0: gone
  مرحبا ‮abc
--- end ---
"""


@pytest.fixture
def take(services: Services) -> Take:
    keep_bank(services)
    return keep_conflict_take(services)


async def open_feedback(harness: AppHarness) -> FeedbackScreen:
    await harness.press("F")
    screen = await harness.wait_for_screen(FeedbackScreen)
    await harness.wait_until(lambda: screen._lines is not None)
    return screen


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_a_review_says_who_answered_and_plays_the_word_that_a_comment_is_about(
    run_app: RunApp, services: Services, take: Take, size: tuple[int, int]
) -> None:
    add_feedback(services.workspace, ANA.format(take=take.id))
    async with run_app(size) as harness:
        review = await open_review(harness, services, take)
        facts = str(review.screen.query_one("#facts", PlainText).content)
        assert facts.endswith("feedback from Ana: F")
        await review.go_to("‹So›?,")
        assert review.explanation.startswith("Ana: A calm beginning. · ")
        await open_feedback(harness)
        await harness.shows("Ana", "At the two teams.")
        await harness.press("enter")
        await harness.shows("This is about the whole answer.")
        await harness.press("down")
        await harness.shows("A calm beginning.")
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.wait_until(lambda: review.bar.playing)
        assert review.word == "‹So›?,"


async def test_a_review_without_feedback_says_nothing_of_it_and_the_key_how_it_comes(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        assert "feedback" not in str(review.screen.query_one("#facts", PlainText).content)
        await open_feedback(harness)
        await harness.shows("Nobody has answered yet.", "practice feedback add")
        await harness.press("delete", "escape")
        await harness.wait_for_screen(ReviewScreen)


async def test_what_a_reader_answered_is_deleted_for_good_once_it_is_sure(
    run_app: RunApp, services: Services, take: Take
) -> None:
    add_feedback(services.workspace, ANA.format(take=take.id))
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await open_feedback(harness)
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("Delete everything that Ana answered here, for good?")
        await harness.press("escape")
        await harness.shows("At the two teams.")
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.press("y")
        await harness.shows("Nobody has answered yet.")
        await harness.press("escape")
        await harness.wait_for_screen(ReviewScreen)
        facts = review.screen.query_one("#facts", PlainText)
        await harness.wait_until(lambda: "feedback" not in str(facts.content))
    data = services.places.data
    left = [path for path in data.rglob("*") if path.is_file()]
    assert not [path for path in left if b"At the two teams" in path.read_bytes()]


@pytest.mark.parametrize("size", [(40, 12), (100, 30)])
async def test_hostile_feedback_is_text_and_nothing_else(
    run_app: RunApp, services: Services, take: Take, size: tuple[int, int]
) -> None:
    hostile = HOSTILE.format(take=take.id, name="x" * 50, long="y" * 5_000)
    add_feedback(services.workspace, hostile)
    async with run_app(size) as harness:
        await open_review(harness, services, take)
        await open_feedback(harness)
        await harness.shows("[bold]Mallory[/]", "[@click=app.quit]Where?[/]")
        assert "\x1b" not in harness.text
        # A long answer can be read to its end.
        await harness.press("tab", "end")
        await harness.shows("yEND")
        await harness.press("shift+tab", "down")
        await harness.shows("مرحبا �abc")
        # A comment behind the end of the take leads nowhere.
        await harness.press("enter")
        await harness.pilot.pause()
        assert not isinstance(harness.app.screen, ReviewScreen)
        await harness.press("escape")
        await harness.wait_for_screen(ReviewScreen)


async def test_a_comment_behind_the_end_is_kept_and_leads_nowhere(
    run_app: RunApp, services: Services, take: Take
) -> None:
    add_feedback(services.workspace, ANA.format(take=take.id).replace("0.5: So", "599: gone"))
    async with run_app((120, 36)) as harness:
        await open_review(harness, services, take)
        screen = await open_feedback(harness)
        await harness.press("down")
        await harness.shows("9:59 “gone”, after the end of the take")
        await harness.press("enter")
        await harness.shows("This lies after the end")
        assert harness.app.screen is screen
