"""What may not be missing in a terminal of 40 by 12: that it records, and the way to every key."""

import pytest
from textual.binding import ActiveBinding, Binding

from practice.core.session import SessionPhase
from practice.tui.presentation.footer_keys import fit_keys
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.review.export import ExportDialog
from practice.tui.services import Services
from tests.support.review_harness import keep_bank, keep_conflict_take, open_review
from tests.tui.conftest import RunApp, RunSession

SMALL = (40, 12)


async def test_a_small_terminal_shows_that_it_records_is_paused_or_hears_nothing(
    run_session: RunSession,
) -> None:
    async with run_session(size=SMALL) as harness:
        await harness.shows("0:20 to think")
        await harness.begin()
        await harness.say(6.0)
        await harness.shows("● 0:06 of 1:00", "Enter done", "Esc leave", "? more")
        await harness.press("space")
        await harness.shows("‖ paused at 0:06")


async def test_a_small_terminal_says_that_no_sound_arrives(run_session: RunSession) -> None:
    async with run_session(size=SMALL) as harness:
        await harness.wait_until(lambda: harness.session.session_run.listens)
        await harness.press("enter")
        await harness.wait_until(
            lambda: harness.phase() is SessionPhase.OPENING and not harness.session._busy
        )
        harness.devices.microphone_in_use.say(5.0, amplitude=0)
        await harness.shows("no sound: muted?")


async def test_a_cut_footer_keeps_the_way_back_and_the_way_to_every_key(
    run_app: RunApp, services: Services
) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    async with run_app(SMALL) as harness:
        await harness.shows("Enter begin")
        assert "? more" in harness.text.splitlines()[-1]
        await open_review(harness, services, take)
        await harness.shows("Esc back")
        assert "? more" in harness.text.splitlines()[-1]


async def test_a_box_shows_its_answers_in_a_small_terminal(
    run_app: RunApp, services: Services
) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    async with run_app(SMALL) as harness:
        await open_review(harness, services, take)
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("delete it for good", "keep it")


async def test_the_box_to_share_a_take_shows_its_answers_in_a_small_terminal(
    run_app: RunApp, services: Services
) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    async with run_app(SMALL) as harness:
        await open_review(harness, services, take)
        await harness.press("X")
        box = await harness.wait_for_screen(ExportDialog)
        await harness.shows("form", "Enter  write it", "Esc    cancel")
        for _ in range(5):
            await harness.press("down")
        await harness.wait_until(lambda: box.focused is not None and box.focused.id == "notes")
        await harness.shows("my notes", "Enter  write it", "Esc    cancel")


async def test_a_box_breaks_its_lines_in_a_small_terminal(
    run_session: RunSession,
) -> None:
    async with run_session(size=(80, 24)) as harness:
        await harness.begin()
        await harness.say(6.0)
        await harness.press("escape")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("this answer? What you have said is kept.")
        await harness.pilot.resize_terminal(*SMALL)
        await harness.shows("What you have said is kept.", "go on speaking")


async def test_a_notice_breaks_its_lines_in_a_small_terminal(run_app: RunApp) -> None:
    async with run_app(SMALL) as harness:
        await harness.shows("Enter begin")
        await harness.press("space")
        await harness.shows("No take has a star yet", "hearing again.")


@pytest.mark.parametrize(("width", "shown"), [(60, "abc"), (34, "a"), (22, "")])
def test_as_many_keys_are_shown_as_fit(width: int, shown: str) -> None:
    keys = [(letter, letter * 8, True) for letter in "abc"]
    named = [(*keys[0], "x.a"), (*keys[1], "x.b"), (*keys[2], "x.c")]
    bindings = [Binding(key, text, text, show=show, id=name) for key, text, show, name in named]
    bindings += [
        Binding("escape", "back", "back", id="screen.back"),
        Binding("question_mark", "help", "help", id="app.help"),
    ]
    active = {
        one.key: ActiveBinding(None, one, True, "")  # type: ignore[arg-type]
        for one in bindings
    }
    fitted = fit_keys(active, width, lambda binding: binding.key[0])
    visible = [key for key, bound in fitted.items() if bound.binding.show]
    assert visible == [*shown, "escape", "question_mark"]
    is_cut = shown != "abc"
    assert fitted["question_mark"].binding.description == ("more" if is_cut else "help")
