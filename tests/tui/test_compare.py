from collections.abc import Iterator

import pytest

from practice.library.takes import Take
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.services import Services
from practice.tui.widgets.take_column import TakeColumn
from tests.support.app_harness import HOSTILE, AppHarness, FakeDevices, FakePlayer
from tests.support.review_harness import keep_bank, keep_conflict_take
from tests.support.takes import ANSWER
from tests.tui.conftest import RunApp


class DevicesWithPlayers(FakeDevices):
    """Devices with a player of its own for each bar."""

    def __init__(self) -> None:
        super().__init__()
        self.players: list[FakePlayer] = []

    def player(self) -> FakePlayer:
        self.players.append(FakePlayer())
        return self.players[-1]


@pytest.fixture
def devices() -> DevicesWithPlayers:
    return DevicesWithPlayers()


@pytest.fixture
def takes(services: Services) -> Iterator[list[Take]]:
    keep_bank(services)
    shorter = ANSWER.replace("|3.2", "|0.9").replace("but um", "but")
    yield [keep_conflict_take(services), keep_conflict_take(services, shorter)]
    services.close()


async def open_pair(harness: AppHarness, services: Services, take: Take) -> CompareScreen:
    harness.app.navigator.open_comparison(take.id)
    screen = await harness.wait_for_screen(CompareScreen)
    await harness.wait_until(lambda: all(c.transcript.text for c in screen.query(TakeColumn)))
    await harness.pilot.pause()
    return screen


def chosen_column(screen: CompareScreen) -> TakeColumn:
    return screen.query_one(".-active", TakeColumn)


@pytest.mark.parametrize("which", [0, 1])
async def test_the_earlier_take_comes_first_whichever_was_open(
    run_app: RunApp, services: Services, takes: list[Take], which: int
) -> None:
    async with run_app((120, 36)) as harness:
        screen = await open_pair(harness, services, takes[which])
        columns = [column.take.number for column in screen.query(TakeColumn) if column.take]
        assert columns == [1, 2]
        await harness.shows("take 1 · today", "take 2 · today", "pace of take 1")


async def test_every_number_stands_beside_its_difference(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    async with run_app((120, 36)) as harness:
        await open_pair(harness, services, takes[1])
        row = next(line for line in harness.text.splitlines() if "fillers  " in line)
        assert row.split()[-5:] == ["about", "5", "about", "4", "−1"]
        await harness.shows("longest pause", "−1.8 s", "words a minute", "key points", "terms")


async def test_both_transcripts_show_their_marks(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    async with run_app((120, 36)) as harness:
        await open_pair(harness, services, takes[1])
        assert harness.text.count("⟨uh⟩") == 2
        await harness.shows("··3.2s··", "·0.9s·")


async def test_in_a_narrow_terminal_one_take_is_shown_and_arrows_change_it(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    async with run_app((80, 24)) as harness:
        screen = await open_pair(harness, services, takes[1])
        await harness.shows("take 2 · today")
        assert "3.2s" not in harness.text
        await harness.press("left")
        assert chosen_column(screen).id == "first"
        await harness.shows("take 1 · today", "3.2s")
        await harness.press("right")
        await harness.shows("take 2 · today")


async def test_either_take_is_played_and_only_one_at_a_time(
    run_app: RunApp, services: Services, takes: list[Take], devices: DevicesWithPlayers
) -> None:
    async with run_app((120, 36)) as harness:
        screen = await open_pair(harness, services, takes[1])
        await harness.press("space")
        await harness.wait_until(lambda: len(devices.players) == 1 and devices.players[0].playing)
        assert devices.players[0].requests[0].path.stem == takes[1].id
        await harness.press("left", "space")
        await harness.wait_until(lambda: len(devices.players) == 2 and devices.players[1].playing)
        assert devices.players[1].requests[0].path.stem == takes[0].id
        await harness.wait_until(lambda: not devices.players[0].playing)
        await harness.wait_until(
            lambda: any(column.bar.playing for column in screen.query(TakeColumn))
        )
        await harness.press("space")
        await harness.wait_until(lambda: not devices.players[1].playing)
        assert not any(column.bar.playing for column in screen.query(TakeColumn))


async def test_what_the_other_take_said_last_does_not_silence_the_one_just_chosen(
    run_app: RunApp, services: Services, takes: list[Take], devices: DevicesWithPlayers
) -> None:
    async with run_app((120, 36)) as harness:
        screen = await open_pair(harness, services, takes[1])
        first, second = screen.query(TakeColumn)
        await harness.press("space")
        await harness.wait_until(lambda: bool(devices.players) and devices.players[0].playing)
        second.bar.tick()
        screen.action_first()
        screen.action_play()
        await harness.wait_until(lambda: not second.bar.playing)
        assert first.bar.playing


async def test_the_pointer_follows_and_enter_and_brackets_play_in_the_chosen_take(
    run_app: RunApp, services: Services, takes: list[Take], devices: DevicesWithPlayers
) -> None:
    async with run_app((120, 36)) as harness:
        screen = await open_pair(harness, services, takes[1])
        await harness.press("ctrl+right", "ctrl+right", "enter")
        await harness.wait_until(lambda: bool(devices.players) and devices.players[0].playing)
        devices.players[0].position_s = 4.0
        column = chosen_column(screen)
        await harness.wait_until(
            lambda: column.transcript.now is not None and column.bar.playhead_s == 4
        )
        await harness.press("right_square_bracket")
        await harness.wait_until(lambda: len(devices.players[0].requests) == 2)
        await harness.press("left_square_bracket", "greater_than_sign")
        await harness.shows("1.25×")
        await harness.press("less_than_sign", "less_than_sign")
        await harness.shows("0.75×")


async def test_the_chosen_take_is_starred(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    library = services.workspace.library
    async with run_app((120, 36)) as harness:
        await open_pair(harness, services, takes[1])
        await harness.press("left", "asterisk")
        await harness.shows("★")
        assert library.take(takes[0].id).starred
        assert not library.take(takes[1].id).starred
        await harness.press("asterisk")
        await harness.hides("★")


async def test_another_take_can_be_laid_beside_this_one(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    third = keep_conflict_take(services)
    async with run_app((120, 36)) as harness:
        screen = await open_pair(harness, services, third)

        def numbers() -> list[int]:
            return [column.take.number for column in screen.query(TakeColumn) if column.take]

        assert numbers() == [2, 3]
        await harness.press("c")
        await harness.wait_until(lambda: numbers() == [1, 3])
        await harness.press("c")
        await harness.wait_until(lambda: numbers() == [2, 3])


async def test_without_a_second_take_it_says_so(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    services.workspace.library.delete(takes[0].id)
    async with run_app((120, 36)) as harness:
        harness.app.navigator.open_comparison(takes[1].id)
        await harness.shows("no other take")
        await harness.press("space", "left", "asterisk", "c")
        await harness.press("escape")
        await harness.wait_until(lambda: not isinstance(harness.app.screen, CompareScreen))


async def test_hostile_words_are_shown_as_they_are(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    evil = keep_conflict_take(
        services, f"{HOSTILE} then we all went home and they said it was fine with us"
    )
    async with run_app((120, 36)) as harness:
        await open_pair(harness, services, evil)
        await harness.shows("[/x]", "[RED]")
        assert not any(char in harness.text for char in "\x1b\x07\x9b")
