"""The drills in the app: they end by themselves, and say what was looked at."""

from datetime import timedelta

from practice.library.takes import TakeState
from practice.questions.stories.model import Story
from practice.tui.screens.drills.habit import HabitScreen, Step
from practice.tui.screens.drills.retrieval import RetrievalScreen
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.summary import SummaryScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.stories.story import StoryScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness, FakeDevices
from tests.support.clock import FakeClock, FakeMonotonicClock
from tests.support.habits import CALM, HESITANT
from tests.support.review_harness import ASKED, keep_bank
from tests.support.session_harness import SessionHarness
from tests.support.stuttering import find_told, keep_stuttered
from tests.support.takes import keep_take
from tests.tui.conftest import RunApp


async def open_drill(harness: AppHarness, name: str) -> None:
    await harness.wait_for_screen(TodayScreen)
    await harness.press("ctrl+p", *name)
    await harness.shows("A drill")
    await harness.press("enter")


async def test_ten_questions_are_asked_and_the_end_says_what_was_chosen(
    run_app: RunApp, services: Services, monotonic_clock: FakeMonotonicClock
) -> None:
    for title in ("Night [red] shift", "The move"):
        services.workspace.stories.add(Story(title=title))
    async with run_app((80, 24)) as harness:
        await open_drill(harness, "which")
        await harness.wait_for_screen(RetrievalScreen)
        await harness.shows("Enter begins")
        await harness.press("r")
        await harness.shows("First these ten")
        await harness.press("enter")
        await harness.shows("1 of 3 · 10 s", "Night [red] shift")
        monotonic_clock.advance(2.5)
        await harness.press("down", "enter")
        await harness.shows("The move: say its first sentence")
        monotonic_clock.advance(7.5)
        await harness.shows("2 of 3")
        # However often Enter is pressed, it asks three and closes nothing.
        await harness.press(*["enter"] * 12)
        await harness.shows("2.5 s, The move", "never chosen: Night [red] shift", "Nothing was")
        await harness.shows("Esc leaves, r asks")
        await harness.press("r")
        await harness.shows("Enter begins")
        await harness.press("enter")
        monotonic_clock.advance(31)
        await harness.shows("no story in time", "never chosen")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    assert services.workspace.library.takes() == []


async def test_without_a_story_or_with_a_broken_file_the_drill_says_what_to_do(
    run_app: RunApp, services: Services
) -> None:
    async with run_app((40, 12)) as harness:
        await open_drill(harness, "which")
        await harness.shows("There is no story yet")
        await harness.press("escape")
        services.workspace.stories.path.parent.mkdir(parents=True, exist_ok=True)
        services.workspace.stories.path.write_text("stories:\n  - titel: x\n")
        await open_drill(harness, "which")
        await harness.shows("yaml:2:5", "did you mean 'title'?")


async def test_a_habit_is_heard_marked_left_out_for_a_minute_and_compared(
    run_app: RunApp, services: Services, devices: FakeDevices, clock: FakeClock
) -> None:
    keep_bank(services)
    first = keep_take(services.workspace, HESITANT, ASKED)
    async with run_app((80, 24)) as opened:
        harness = SessionHarness(opened.pilot, opened.seen, devices)
        await open_drill(harness, "habit")
        screen = await harness.wait_for_screen(HabitScreen)
        await harness.shows("Your last take: ", "fillers")
        await harness.press("m")
        await harness.shows("Nothing plays now")
        devices.output.failure = "there is no loudspeaker"
        await harness.press("enter")
        await harness.shows("It cannot be heard: there is no loudspeaker", "◂ fillers")
        devices.output.failure = ""
        # An impatient Enter does not end what has only begun.
        await harness.press("enter", "enter")
        await harness.shows("Playing, 0:00", "It has only begun")
        devices.output.position_s = 0.9
        await harness.wait_until(lambda: screen._heard_s == 0.9)
        await harness.press("m")
        devices.output.position_s = 9.0
        await harness.wait_until(lambda: screen._heard_s == 9.0)
        # A box over it holds it still, and it plays on from there.
        await harness.press("question_mark")
        await harness.wait_until(lambda: not devices.output.playing)
        await harness.press("escape")
        await harness.wait_until(lambda: devices.output.playing)
        assert devices.output.requests[-1].start_s == 9.0
        await harness.shows("Marked: 1")
        await harness.press("enter")
        await harness.shows("Up to 0:09 you marked 1, practice", "Enter begins")
        await harness.press("enter", "enter")
        await harness.wait_for_screen(SessionScreen)
        await harness.press("escape")
        await harness.shows("End the interview")
        await harness.press("enter")
        await harness.wait_for_screen(HabitScreen)
        await harness.shows("Nothing was spoken. Enter tries")
        clock.advance(timedelta(minutes=1))
        await speak_to_the_end(harness, services, 59.9)
        await harness.shows("The minute: ", "Enter answers the first question again")
        await harness.press("c")
        await harness.shows("no reviewed retake")
        clock.advance(timedelta(minutes=1))
        await speak_to_the_end(harness, services, 6)
        await harness.shows("The retake: ", "c compares")
        await harness.press("enter")
        await harness.shows("That is all: Esc leaves")
        await harness.press("c")
        await harness.wait_for_screen(CompareScreen)
        await harness.press("escape", "escape")
        await harness.wait_for_screen(TodayScreen)
    minute, retake = sorted(
        (take for take in services.workspace.library.takes() if take.id != first.id),
        key=lambda take: take.recorded_at,
    )
    assert (minute.duration_s, minute.bank) == (60.0, None)
    assert (retake.bank, retake.question_id) == (first.bank, first.question_id)


async def test_where_the_question_or_the_sound_is_gone_the_drill_says_so(
    run_app: RunApp, services: Services, devices: FakeDevices, clock: FakeClock
) -> None:
    first = keep_take(services.workspace, HESITANT, ASKED)
    async with run_app((80, 24)) as opened:
        harness = SessionHarness(opened.pilot, opened.seen, devices)
        await open_drill(harness, "habit")
        screen = await harness.wait_for_screen(HabitScreen)
        await harness.shows("Your last take")
        await harness.press("enter")
        devices.output.position_s = 2.0
        await harness.wait_until(lambda: screen._heard_s == 2.0)
        await harness.press("enter")
        await harness.shows("Enter begins; it ends after a minute")
        clock.advance(timedelta(minutes=1))
        await speak_to_the_end(harness, services, 59.9)
        await harness.shows("The minute: ", "in no bank any more")
        await harness.press("enter", "escape")
        await harness.wait_for_screen(TodayScreen)
        # A minute of a drill is no answer to hear, and a take without its sound is none either.
        services.workspace.library.delete_audio(first.id)
        await open_drill(harness, "habit")
        await harness.shows("no reviewed take with its sound")
        await harness.press("enter", "escape")
        await harness.wait_for_screen(TodayScreen)


async def speak_to_the_end(harness: SessionHarness, services: Services, seconds: float) -> None:
    """Begin the next session of the drill, speak, and come back from its summary."""
    clock = services.monotonic
    assert isinstance(clock, FakeMonotonicClock)
    await harness.press("enter")
    await harness.wait_for_screen(SessionScreen)
    await harness.wait_until(lambda: harness.session.session_run.listens)
    clock.advance(60)
    await harness.speak_up()
    harness.devices.microphone_in_use.say(seconds)
    if seconds < 59:
        await harness.wait_until(lambda: harness.session.session_run.elapsed_s >= seconds)
        await harness.press("enter")
    await harness.wait_for_screen(SummaryScreen)
    library = services.workspace.library
    await harness.wait_until(lambda: library.takes()[0].state is TakeState.REVIEWED)
    await harness.press("escape")
    await harness.wait_for_screen(HabitScreen)


async def test_what_is_rare_enough_ends_the_drill_and_its_end_is_not_closed_by_enter(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    keep_bank(services)
    keep_take(services.workspace, CALM, ASKED)
    async with run_app((40, 12)) as harness:
        await open_drill(harness, "habit")
        screen = await harness.wait_for_screen(HabitScreen)
        await harness.shows("Your last take")
        await harness.press("enter")
        devices.output.position_s = 500.0
        await harness.wait_until(lambda: screen._heard_s == 500.0)
        devices.output.reach_the_end()
        await harness.wait_until(lambda: screen._step is Step.DONE)
        await harness.shows("You marked 0, practice 0")
        await harness.press("enter", "enter")
        await harness.shows("Esc leaves")
        await harness.press("r")
        await harness.wait_until(lambda: screen._step is Step.HEARING)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.wait_until(lambda: not devices.output.playing)


async def test_the_profile_for_people_who_stutter_is_told_of_no_pause_and_no_hurry(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    keep_bank(services)
    keep_stuttered(services.workspace, ASKED)
    services.change_setting("stutter", "yes")
    async with run_app((100, 30)) as harness:
        await open_drill(harness, "habit")
        screen = await harness.wait_for_screen(HabitScreen)
        await harness.shows("Your last take")
        await harness.press("right", "enter")
        devices.output.position_s = 500.0
        await harness.wait_until(lambda: screen._heard_s == 500.0)
        await harness.press("enter")
        await harness.shows("practice did not look for it", "In that take: about")
        assert find_told(harness.text) == []


async def test_the_ladder_ends_each_telling_and_its_summary_says_how_long_each_was(
    run_app: RunApp,
    services: Services,
    devices: FakeDevices,
    monotonic_clock: FakeMonotonicClock,
) -> None:
    story = services.workspace.stories.add(Story(title="The move", target_s=100))
    async with run_app((80, 24)) as opened:
        harness = SessionHarness(opened.pilot, opened.seen, devices)
        await harness.wait_for_screen(TodayScreen)
        harness.app.navigator.open_story(story.id)
        await harness.wait_for_screen(StoryScreen)
        await harness.shows("Not told yet")
        await harness.press("j")
        await harness.wait_for_screen(SessionScreen)
        for number, seconds in enumerate((179.9, 20, 59.9, 29.9), start=1):
            await harness.shows(f"{number} of 4")
            await harness.wait_until(lambda: harness.session.session_run.listens)
            monotonic_clock.advance(6)
            await harness.speak_up()
            devices.microphone_in_use.say(seconds)
            if seconds == 20:
                await harness.wait_until(lambda: harness.session.session_run.elapsed_s >= 20)
                await harness.press("enter")
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("The same story 4 times: 3:00 of 3:00, 0:20 of 1:30, 1:00 of 1:00,")
        await harness.shows("of 0:30. Only the lengths")
        await harness.press("escape")
        await harness.wait_for_screen(StoryScreen)
        await harness.shows("told 4 times")
