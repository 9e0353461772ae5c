from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from practice.base.paths import places
from practice.library.takes import QuestionSnapshot, RecordingFacts, Take
from practice.tui.messages import ReviewFinished, ReviewProgressed
from practice.tui.screens.banks.banks import BanksScreen
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.dialogs.help import HelpDialog
from practice.tui.screens.library.library import LibraryScreen
from practice.tui.screens.library.trends import TrendsScreen
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.session_setup import SessionSetupScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.settings import SettingsScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from tests.support.app_harness import HOSTILE, FakeDevices, HostileCatalogue
from tests.support.clock import NOW, FakeClock
from tests.tui.conftest import RunApp

MINE = """\
title: Mine
questions:
  - id: conflict
    text: Tell me about a conflict.
    competency: teamwork
    target_s: 90
    prep_s: 10
  - id: failure
    text: Tell me about a failure.
"""


@pytest.fixture
def own_bank(home: Path) -> None:
    folder = places().banks
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(MINE)


def keep_recorded_take(
    services: Services, question_id: str, text: str, starred: bool = False
) -> str:
    """A take as a recording leaves it, nine seconds long."""
    library = services.workspace.library
    take = library.begin_take(QuestionSnapshot(question_id, "mine", text))
    audio = library.recordings / f"{take.id}.flac"
    audio.write_bytes(b"")
    library.save_recording(
        take.id,
        RecordingFacts(
            audio=audio,
            duration_s=9.0,
            sample_rate_hz=16_000,
            peak_dbfs=-10.0,
            clipped_s=0.0,
            overflows=0,
            device="test",
        ),
    )
    library.fail(take.id, "the speech process stopped")
    library.annotations.star(take.id, starred)
    return take.id


@pytest.mark.usefixtures("own_bank")
async def test_it_opens_on_the_first_question_of_the_users_own_bank(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("Tell me about a conflict.", "Mine · teamwork · new to you")
        await harness.shows(
            "90 s to answer · 10 s to think", "mic Studio microphone", "model demo ready"
        )


@pytest.mark.usefixtures("own_bank")
async def test_n_proposes_another_question(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("Tell me about a conflict.")
        await harness.press("n")
        await harness.shows("Tell me about a failure.", "2 min to answer · 30 s to think")


@pytest.mark.usefixtures("own_bank")
async def test_a_question_comes_back_with_the_reason(
    run_app: RunApp, services: Services, clock: FakeClock
) -> None:
    clock.set(NOW - timedelta(days=9))
    keep_recorded_take(services, "failure", "Tell me about a failure.")
    clock.set(NOW)

    async with run_app() as harness:
        await harness.shows("Tell me about a failure.", "not answered for 9 days")


@pytest.mark.usefixtures("own_bank")
async def test_the_last_takes_are_listed(
    run_app: RunApp, services: Services, clock: FakeClock
) -> None:
    clock.set(NOW - timedelta(days=1))
    keep_recorded_take(services, "failure", "Tell me about a failure.", starred=True)
    clock.set(NOW)

    async with run_app() as harness:
        await harness.shows("lately", "yest. 14:05", "take 1", "not transcribed", "★")


@pytest.mark.usefixtures("own_bank")
async def test_enter_begins_with_the_proposed_question(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("Tell me about a conflict.")
        await harness.press("n", "enter")
        session = await harness.wait_for_screen(SessionScreen)
        assert session.session_run.asked.question.id == "failure"


async def test_nothing_begins_without_a_question(
    run_app: RunApp, services: Services, tmp_path: Path
) -> None:
    services.workspace.catalogue.shipped = tmp_path
    async with run_app() as harness:
        await harness.shows("No question bank yet. Press b, then N or I.")
        await harness.press("enter", "n", "s")
        assert isinstance(harness.app.screen, TodayScreen)


async def test_s_opens_the_session_setup(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("s")
        await harness.wait_for_screen(SessionSetupScreen)


async def test_comma_opens_the_settings(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("comma")
        await harness.wait_for_screen(SettingsScreen)


@pytest.mark.parametrize(
    ("key", "kind"), [("l", LibraryScreen), ("t", TrendsScreen), ("b", BanksScreen)]
)
async def test_a_letter_opens_each_of_the_other_screens(
    run_app: RunApp, key: str, kind: type[PracticeScreen[None]]
) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press(key)
        await harness.wait_for_screen(kind)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_every_way_out_leaves_at_once(run_app: RunApp, key: str) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press(key)
        await harness.wait_until(lambda: harness.has_exited)
        assert not harness.app.screen_stack or not isinstance(harness.app.screen, AskDialog)


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_the_help_names_every_key(run_app: RunApp, key: str) -> None:
    async with run_app((80, 40)) as harness:
        await harness.shows("new to you")
        today = await harness.wait_for_screen(TodayScreen)
        await harness.press(key)
        await harness.wait_for_screen(HelpDialog)
        for command in TodayScreen.COMMAND_TABLE:
            is_there = today.check_action(command.action, ()) is not False
            assert (command.help in harness.text) is is_there
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


async def test_the_palette_finds_a_command_by_its_sentence(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("ctrl+p")
        await harness.shows("Propose another question.")
        await harness.press(*"hold an")
        await harness.shows("hold an interview")
        await harness.press("enter")
        await harness.wait_for_screen(SessionSetupScreen)


async def test_without_a_microphone_everything_else_is_there(
    run_app: RunApp, devices: FakeDevices
) -> None:
    devices.failure = "there is no microphone on this machine"
    async with run_app() as harness:
        await harness.shows("no microphone", "new to you")


@pytest.mark.usefixtures("own_bank")
async def test_news_of_a_review_reaches_the_list(
    run_app: RunApp, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_id = keep_recorded_take(services, "failure", "Tell me about a failure.")
    async with run_app() as harness:
        await harness.shows("not transcribed")
        services.workspace.library.save_transcript(take_id, {"words": []})
        monkeypatch.setattr(harness.app.reviews, "part", lambda take_id: 0.4)
        harness.app.post_message(ReviewProgressed(take_id, 0.4, 3.0))
        harness.app.post_message(ReviewFinished(take_id))
        await harness.shows("working 40%")


async def test_a_bank_with_problems_is_named_and_hides_no_other(
    run_app: RunApp, home: Path
) -> None:
    folder = places().banks
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("title: [\n")
    async with run_app() as harness:
        await harness.shows("left out because of problems: broken", "new to you")


async def test_a_bank_with_control_characters_is_left_out(run_app: RunApp, home: Path) -> None:
    folder = places().banks
    folder.mkdir(parents=True)
    (folder / "harm.yaml").write_text('title: Harm\nquestions:\n  - text: "\\e]0;owned\\a"\n')
    async with run_app() as harness:
        await harness.shows("left out because of problems: harm", "new to you")


async def test_a_hostile_bank_and_device_are_shown_as_they_are(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    services.workspace.catalogue = HostileCatalogue(services.places.banks)
    devices.names = [HOSTILE]
    async with run_app((120, 36)) as harness:
        await harness.shows("new to you", "[RED] [$primary]", "mic a [/x]")
        shown = harness.text
    assert not {"\x1b", "\x9b", "\x07"} & set(shown)


@pytest.mark.usefixtures("own_bank")
@pytest.mark.parametrize("key", ["down", "tab"])
async def test_the_last_takes_open_their_reviews(
    run_app: RunApp, services: Services, key: str
) -> None:
    keep_recorded_take(services, "failure", "Tell me about a failure.")
    async with run_app() as harness:
        await harness.shows("not transcribed")
        await harness.press(key, "enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("Tell me about a failure.")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.press("escape", "enter")
        await harness.wait_for_screen(SessionScreen)


@pytest.mark.usefixtures("own_bank")
async def test_left_goes_back_to_the_question_before(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("Tell me about a conflict.")
        await harness.press("n")
        await harness.shows("Tell me about a failure.")
        await harness.press("left")
        await harness.shows("Tell me about a conflict.")
        await harness.press("left", "n")
        await harness.shows("Tell me about a conflict.")


@pytest.mark.usefixtures("own_bank")
@pytest.mark.parametrize(
    ("size", "keys"),
    [((80, 24), ["b banks", "q quit", "? help"]), ((40, 12), ["n next", "q quit", "? more"])],
)
async def test_the_way_out_stays_in_a_footer_that_is_too_narrow_for_all_keys(
    run_app: RunApp, size: tuple[int, int], keys: list[str]
) -> None:
    async with run_app(size) as harness:
        await harness.shows("new to you", *keys)


@pytest.mark.usefixtures("own_bank")
async def test_space_plays_the_best_take_of_the_question_and_stops_it(
    run_app: RunApp, services: Services, clock: FakeClock, devices: FakeDevices
) -> None:
    clock.set(NOW - timedelta(days=1))
    best = keep_recorded_take(services, "conflict", "Tell me about a conflict.", starred=True)
    clock.set(NOW)
    keep_recorded_take(services, "failure", "Tell me about a failure.", starred=True)
    async with run_app() as harness:
        await harness.shows("lately")
        while "Tell me about a conflict." not in str(harness.text).split("lately")[0]:
            await harness.press("n")
        await harness.shows("★ your best take: take 1, yesterday 14:05 · space plays it")
        await harness.press("space")
        await harness.wait_until(lambda: devices.output.playing)
        assert [request.path.stem for request in devices.output.requests] == [best]
        await harness.press("space")
        await harness.wait_until(lambda: not devices.output.playing)


@pytest.mark.usefixtures("own_bank")
async def test_without_a_star_space_says_how_to_give_one(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("space")
        await harness.shows("No take has a star yet")


@pytest.mark.usefixtures("own_bank")
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (100, 30), (160, 50)])
async def test_question_and_last_takes_fit_every_size(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    keep_recorded_take(services, "failure", "Tell me about a failure.")
    async with run_app(size) as harness:
        await harness.shows("Tell me about a conflict.", "Enter begin")
        await harness.wait_until(lambda: "Tell me about a failur" in harness.text)


LONG = " ".join(["Tell me about a time when a project that you led went wrong in many ways,"] * 6)


@pytest.mark.usefixtures("own_bank")
async def test_in_a_small_terminal_a_long_question_leaves_two_takes_and_is_read_on(
    run_app: RunApp, services: Services
) -> None:
    (places().banks / "mine.yaml").write_text(
        f"title: Mine\nquestions:\n  - text: {LONG} the end?\n"
    )
    for number in range(2):
        keep_recorded_take(services, f"q-{number}", f"Question {number} of them.")
    async with run_app((40, 12)) as harness:
        await harness.shows("Tell me about a time", "Question 0", "Question 1")
        assert "the end?" not in harness.text
        for _ in range(6):
            await harness.press("pagedown")
        await harness.shows("the end?", "Question 0", "Question 1")


@pytest.mark.usefixtures("own_bank")
async def test_a_click_on_a_key_of_the_footer_presses_it(run_app: RunApp) -> None:
    async with run_app((120, 24)) as harness:
        await harness.shows("b banks")
        line = harness.text.split("\n")[-1]
        await harness.pilot.hover(Footer, offset=(line.index("b banks"), 0))
        assert harness.app.screen.query_one(Footer).tooltip
        await harness.pilot.click(Footer, offset=(line.index("b banks") + 3, 0))
        await harness.wait_for_screen(BanksScreen)


@pytest.mark.usefixtures("own_bank")
async def test_the_footer_has_at_most_seven_keys_also_where_a_take_can_be_cancelled(
    run_app: RunApp, services: Services
) -> None:
    take_id = keep_recorded_take(services, "failure", "Tell me about a failure.")
    async with run_app((120, 24)) as harness:
        await harness.shows("Tell me about a failure.", "lately")
        harness.app.reviews._parts[take_id] = 0.2
        await harness.press("down")
        await harness.shows("F6 cancel")
        await harness.pilot.pause()
        assert len(harness.app.screen.query_one(Footer).keys) <= 7
        assert "n next" not in harness.text


@pytest.mark.usefixtures("own_bank")
async def test_the_library_is_read_once_for_the_question_and_for_what_is_due(
    run_app: RunApp, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = services.workspace.library
    read = library.takes
    whole: list[None] = []

    def note(**asked: Any) -> list[Take]:  # noqa: ANN401 - handed on as it is
        if not asked:
            whole.append(None)
        return read(**asked)

    monkeypatch.setattr(library, "takes", note)
    async with run_app() as harness:
        await harness.shows("Tell me about a conflict.")
    assert len(whole) == 1
