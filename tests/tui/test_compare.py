from collections.abc import Iterator

import pytest

from practice.library.takes import Take
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.services import Services
from practice.tui.widgets.take_column import TakeColumn
from tests.support.app_harness import HOSTILE, Desk, Stage
from tests.support.review_harness import TellingPlayer, keep, keep_bank
from tests.support.takes import ANSWER
from tests.tui.conftest import RunApp


class Players(Desk):
    """Devices with a player of its own for each bar."""

    def __init__(self) -> None:
        super().__init__()
        self.players: list[TellingPlayer] = []

    def player(self) -> TellingPlayer:
        self.players.append(TellingPlayer())
        return self.players[-1]


@pytest.fixture
def desk() -> Players:
    return Players()


@pytest.fixture
def takes(services: Services) -> Iterator[list[Take]]:
    keep_bank(services)
    shorter = ANSWER.replace("|3.2", "|0.9").replace("but um", "but")
    yield [keep(services), keep(services, shorter)]
    services.close()


async def open_pair(stage: Stage, services: Services, take: Take) -> CompareScreen:
    stage.app.navigator.open_comparison(take.id)
    screen = await stage.on(CompareScreen)
    await stage.until(lambda: all(c.transcript.text for c in screen.query(TakeColumn)))
    await stage.pilot.pause()
    return screen


def chosen(screen: CompareScreen) -> TakeColumn:
    return screen.query_one(".-active", TakeColumn)


@pytest.mark.parametrize("which", [0, 1])
async def test_the_earlier_take_comes_first_whichever_was_open(
    run_app: RunApp, services: Services, takes: list[Take], which: int
) -> None:
    async with run_app((120, 36)) as stage:
        screen = await open_pair(stage, services, takes[which])
        columns = [column.take.number for column in screen.query(TakeColumn) if column.take]
        assert columns == [1, 2]
        await stage.shows("take 1 · today", "take 2 · today", "pace of take 1")


async def test_every_number_stands_beside_its_difference(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    async with run_app((120, 36)) as stage:
        await open_pair(stage, services, takes[1])
        row = next(line for line in stage.text.splitlines() if "fillers, at least" in line)
        assert row.split()[-3:] == ["6", "5", "−1"]
        await stage.shows("longest pause", "−1.8 s", "words a minute", "key points", "terms")


async def test_both_transcripts_show_their_marks(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    async with run_app((120, 36)) as stage:
        await open_pair(stage, services, takes[1])
        assert stage.text.count("⟨uh⟩") == 2
        await stage.shows("··3.2s··", "·0.9s·")


async def test_in_a_narrow_terminal_one_take_is_shown_and_arrows_change_it(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    async with run_app((80, 24)) as stage:
        screen = await open_pair(stage, services, takes[1])
        await stage.shows("take 2 · today")
        assert "3.2s" not in stage.text
        await stage.press("left")
        assert chosen(screen).id == "first"
        await stage.shows("take 1 · today", "3.2s")
        await stage.press("right")
        await stage.shows("take 2 · today")


async def test_either_take_is_played_and_only_one_at_a_time(
    run_app: RunApp, services: Services, takes: list[Take], desk: Players
) -> None:
    async with run_app((120, 36)) as stage:
        screen = await open_pair(stage, services, takes[1])
        await stage.press("space")
        await stage.until(lambda: len(desk.players) == 1 and desk.players[0].playing)
        assert desk.players[0].played[0].stem == takes[1].id
        await stage.press("left", "space")
        await stage.until(lambda: len(desk.players) == 2 and desk.players[1].playing)
        assert desk.players[1].played[0].stem == takes[0].id
        await stage.until(lambda: not desk.players[0].playing)
        await stage.until(lambda: any(column.bar.playing for column in screen.query(TakeColumn)))
        await stage.press("space")
        await stage.until(lambda: not desk.players[1].playing)
        assert not any(column.bar.playing for column in screen.query(TakeColumn))


async def test_the_pointer_follows_and_enter_and_brackets_play_in_the_chosen_take(
    run_app: RunApp, services: Services, takes: list[Take], desk: Players
) -> None:
    async with run_app((120, 36)) as stage:
        screen = await open_pair(stage, services, takes[1])
        await stage.press("w", "w", "enter")
        await stage.until(lambda: bool(desk.players) and desk.players[0].playing)
        desk.players[0].position_s = 4.0
        column = chosen(screen)
        await stage.until(lambda: column.transcript.now is not None and column.bar.playhead_s == 4)
        await stage.press("right_square_bracket")
        await stage.until(lambda: len(desk.players[0].asked) == 2)
        await stage.press("left_square_bracket", "full_stop")
        await stage.shows("1.25×")
        await stage.press("comma", "comma")
        await stage.shows("0.75×")


async def test_the_chosen_take_is_starred(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    library = services.workspace.library
    async with run_app((120, 36)) as stage:
        await open_pair(stage, services, takes[1])
        await stage.press("left", "asterisk")
        await stage.shows("★")
        assert library.take(takes[0].id).starred
        assert not library.take(takes[1].id).starred
        await stage.press("asterisk")
        await stage.hides("★")


async def test_another_take_can_be_laid_beside_this_one(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    third = keep(services)
    async with run_app((120, 36)) as stage:
        screen = await open_pair(stage, services, third)

        def numbers() -> list[int]:
            return [column.take.number for column in screen.query(TakeColumn) if column.take]

        assert numbers() == [2, 3]
        await stage.press("o")
        await stage.until(lambda: numbers() == [1, 3])
        await stage.press("o")
        await stage.until(lambda: numbers() == [2, 3])


async def test_without_a_second_take_it_says_so(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    services.workspace.library.delete(takes[0].id)
    async with run_app((120, 36)) as stage:
        stage.app.navigator.open_comparison(takes[1].id)
        await stage.shows("no other take")
        await stage.press("space", "left", "asterisk", "o")
        await stage.press("escape")
        await stage.until(lambda: not isinstance(stage.app.screen, CompareScreen))


async def test_hostile_words_are_shown_as_they_are(
    run_app: RunApp, services: Services, takes: list[Take]
) -> None:
    evil = keep(services, f"{HOSTILE} then we all went home and they said it was fine with us")
    async with run_app((120, 36)) as stage:
        await open_pair(stage, services, evil)
        await stage.shows("[/x]", "[RED]")
        assert not any(char in stage.text for char in "\x1b\x07\x9b")
