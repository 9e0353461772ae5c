"""How many keys it takes: to the first reviewed answer, to a page of it, to its deletion."""

from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.review.export import ExportDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.welcome import WelcomeScreen
from practice.tui.services import Services
from tests.support.app_harness import FakeDevices
from tests.support.session_harness import SessionHarness
from tests.tui.conftest import RunApp


async def test_five_keys_lead_to_the_first_review_two_to_a_page_and_three_to_the_deletion_of_both(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    services.places.settings_file.unlink()
    library = services.workspace.library
    async with run_app() as app:
        harness = SessionHarness(app.pilot, app.seen, devices)
        pressed = list[str]()

        async def press(key: str) -> None:
            pressed.append(key)
            await harness.press(key)

        await harness.wait_for_screen(WelcomeScreen)
        await press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.shows("new to you")
        await press("enter")
        await harness.wait_for_screen(SessionScreen)
        await harness.wait_until(lambda: harness.session.session_run.listens)
        await press("enter")
        await harness.speak_up(6.0)
        await press("enter")
        await harness.shows("Saved: take 1", "Enter review")
        await press("enter")
        await harness.wait_for_screen(ReviewScreen)
        assert pressed == ["escape", "enter", "enter", "enter", "enter"]

        (take,) = library.takes()
        await harness.wait_until(lambda: library.take(take.id).measures is not None)
        await harness.shows("X share")
        pressed.clear()
        await press("X")
        await harness.wait_for_screen(ExportDialog)
        await press("enter")
        await harness.wait_until(lambda: any(services.places.exports.glob("*.html")))
        await harness.wait_for_screen(ReviewScreen)
        assert pressed == ["X", "enter"]

        pressed.clear()
        await press("delete")
        await harness.wait_for_screen(AskDialog)
        await press("y")
        await harness.shows("Delete this file of the take too?")
        await press("y")
        await harness.wait_until(lambda: not library.takes())
        await harness.wait_until(lambda: not any(services.places.exports.glob("*.html")))
        assert pressed == ["delete", "y", "y"]
