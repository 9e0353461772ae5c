from functools import partial

import pytest
from textual.command import CommandList

from practice.tui.palette import Palette
from practice.tui.screens.library.library import LibraryScreen
from practice.tui.screens.review.export import ExportDialog
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.settings import SettingsScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from tests.support.app_harness import AppHarness
from tests.support.clock import FakeClock
from tests.support.library_takes import TakeBuilder
from tests.tui.conftest import RunApp, RunSession

WAYS = {
    "today": (),
    "library": ("l",),
    "review": ("l", "enter"),
    "history": ("l", "h"),
    "comparison": ("l", "h", "c"),
    "trends": ("t",),
    "banks": ("b",),
    "settings": ("comma",),
}
"""The keys that lead from the first screen to each."""


def lines(harness: AppHarness) -> list[str]:
    """The lines of the palette, from the top."""
    shown = harness.app.screen.query_one(CommandList)
    return [str(option.prompt) for option in shown.options]


def footer(harness: AppHarness) -> list[str]:
    """The keys and names in the footer, from the left."""
    feet = harness.app.screen.query(Footer)
    return [f"{key.name} {key.label}" for foot in feet for key in foot.keys]


def is_above(harness: AppHarness, before: int) -> bool:
    """Whether another screen than before is on top, and has its footer."""
    return len(harness.app.screen_stack) > before and len(footer(harness)) > 1


async def go(harness: AppHarness, screen: str) -> None:
    """Open a screen that shows two reviewed takes, or what else it is about."""
    await harness.shows("take 2")
    for key in WAYS[screen]:
        before = len(harness.app.screen_stack)
        await harness.press(key)
        await harness.wait_until(partial(is_above, harness, before))
        if key in {"l", "h"}:
            await harness.shows("Why this job?", "newest first" if key == "l" else "take")
    await harness.pilot.pause()


async def find(harness: AppHarness, words: str) -> None:
    """Open the palette and type."""
    await harness.press("ctrl+p", *words)
    await harness.wait_until(lambda: isinstance(harness.app.screen, Palette))
    await harness.wait_until(lambda: bool(lines(harness)))


@pytest.fixture
def two_takes(services: Services, clock: FakeClock) -> None:
    """Two reviewed takes of one question."""
    take_builder = TakeBuilder(services, clock)
    take_builder.answer("Why this job?", days_ago=1)
    take_builder.answer("Why this job?")


@pytest.mark.usefixtures("two_takes")
async def test_it_begins_with_what_the_footer_shows_and_names_keys(run_app: RunApp) -> None:
    async with run_app((120, 36)) as harness:
        await go(harness, "today")
        await harness.press("ctrl+p")
        await harness.shows("Enter    begin", "Answer this question now.")
        shown = lines(harness)
        assert [line.split()[:2] for line in shown[:3]] == [
            ["Enter", "begin"],
            ["n", "next"],
            ["s", "session"],
        ]
        assert "🔎" not in harness.text


@pytest.mark.usefixtures("two_takes")
@pytest.mark.parametrize(
    ("screen", "words", "first"),
    [
        ("review", "share", "X"),
        ("review", "export", "X"),
        ("review", "delete", "Del"),
        ("library", "share", "X"),
        ("library", "export", "X"),
        ("library", "delete", "Del"),
        ("banks", "share", "X"),
        ("banks", "export", "X"),
        ("today", "export", "l"),
        ("today", "everything", ""),
        ("library", "everything", ""),
        ("today", "settings", ","),
        *(
            (screen, words, "")
            for screen in ("review", "library", "comparison", "trends", "banks", "history")
            for words in ("settings", "microphone", "model")
        ),
        *((screen, "quit", "^q") for screen in WAYS if screen != "today"),
        ("today", "quit", "q"),
        ("settings", "model", ""),
    ],
)
async def test_it_finds_what_people_look_for(
    run_app: RunApp, screen: str, words: str, first: str
) -> None:
    async with run_app((120, 36)) as harness:
        await go(harness, screen)
        await find(harness, words)
        await harness.wait_until(lambda: len(lines(harness)) < 6)
        line = lines(harness)[0]
        assert line.startswith(f"{first} " if first else " "), line
        assert words[:4] in line.casefold()


@pytest.mark.usefixtures("two_takes")
async def test_what_it_finds_is_done(run_app: RunApp) -> None:
    async with run_app((120, 36)) as harness:
        await go(harness, "review")
        await find(harness, "share")
        await harness.wait_until(lambda: len(lines(harness)) == 1)
        await harness.press("enter")
        await harness.wait_for_screen(ExportDialog)


@pytest.mark.usefixtures("two_takes")
async def test_it_leads_to_settings_once_and_not_again_from_there(run_app: RunApp) -> None:
    async with run_app((120, 36)) as harness:
        await go(harness, "library")
        await find(harness, "settings")
        await harness.wait_until(lambda: len(lines(harness)) < 3)
        await harness.press("enter")
        await harness.wait_for_screen(SettingsScreen)
        await find(harness, "library")
        await harness.shows("Nothing here is called “library”")


async def test_a_word_that_nothing_has_is_said_and_enter_shows_the_keys(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await find(harness, "zebra")
        await harness.shows("Nothing here is called “zebra”")
        await harness.press("enter")
        await harness.shows("Propose another question.", "Your real interviews, past and ahead.")


async def test_a_word_is_found_at_its_beginning_only(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await find(harness, "nter")
        await harness.shows("Nothing here is called “nter”")


async def test_it_leads_nowhere_else_while_an_answer_is_given(run_session: RunSession) -> None:
    async with run_session() as harness:
        await find(harness, "library")
        await harness.shows("Nothing here is called “library”")


async def test_it_shows_the_users_own_keys(run_app: RunApp, services: Services) -> None:
    services.places.settings_file.write_text('model = "demo"\n[keys]\n"today.another" = "z"\n')
    services.change_setting("model", "demo")
    async with run_app() as harness:
        await harness.shows("new to you")
        await find(harness, "another")
        await harness.shows("z        next")


@pytest.mark.usefixtures("two_takes")
@pytest.mark.parametrize("screen", WAYS)
async def test_a_footer_has_at_most_seven_keys_and_ends_with_the_way_back_and_help(
    run_app: RunApp, screen: str
) -> None:
    async with run_app((120, 36)) as harness:
        await go(harness, screen)
        await harness.wait_until(lambda: len(footer(harness)) > 1)
        shown = footer(harness)
        assert len(shown) <= 7, shown
        last_but_one = "q quit" if screen == "today" else "Esc back"
        assert shown[-2:] == [last_but_one, "? help"], shown


@pytest.mark.usefixtures("two_takes")
@pytest.mark.parametrize(
    ("screen", "keys", "said"),
    [
        ("library", ("f6",), "This take is not being transcribed."),
        ("trends", ("right",), "All takes are of one bank."),
        ("banks", ("e",), "Enter goes to the questions of this bank first."),
        ("banks", ("u",), "nothing to undo"),
        ("comparison", ("c",), "There are two takes of this question, and both are here."),
    ],
)
async def test_a_key_that_does_nothing_says_why(
    run_app: RunApp, screen: str, keys: tuple[str, ...], said: str
) -> None:
    async with run_app((120, 36)) as harness:
        await go(harness, screen)
        await harness.press(*keys)
        await harness.shows(said)


async def test_an_empty_library_says_why_nothing_can_be_shared(run_app: RunApp) -> None:
    async with run_app((120, 36)) as harness:
        await harness.shows("new to you")
        await harness.press("l")
        await harness.wait_for_screen(LibraryScreen)
        await harness.shows("There is none yet")
        await harness.press("X")
        await harness.shows("There is no take here.")


async def test_j_and_k_move_where_the_settings_say_so(run_app: RunApp, services: Services) -> None:
    services.places.settings_file.write_text(
        'model = "demo"\n[keys]\n"form.down" = "down,j"\n"form.up" = "up,k"\n'
    )
    services.change_setting("model", "demo")
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("comma")
        screen = await harness.wait_for_screen(SettingsScreen)
        first = screen.focused
        await harness.press("j")
        await harness.wait_until(lambda: screen.focused is not first)
        await harness.press("k")
        await harness.wait_until(lambda: screen.focused is first)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
