"""What is there after a rejection: rest, a page, letters, and a look from two days on."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from practice.library.interviews import Interview, Outcome
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.weeks.debrief import DebriefScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.screens.weeks.letter import LetterScreen
from practice.tui.screens.weeks.outcome import OutcomeScreen
from practice.tui.screens.weeks.own_page import OwnPageScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness
from tests.support.clock import FakeClock
from tests.support.weeks_harness import add_interview, note_question
from tests.tui.conftest import RunApp

PAGE = "I wanted this one."


async def open_interviews(harness: AppHarness) -> InterviewsScreen:
    await harness.shows("new to you")
    await harness.press("i")
    screen = await harness.wait_for_screen(InterviewsScreen)
    await harness.wait_until(lambda: screen._read is not None)
    return screen


async def open_page(harness: AppHarness) -> OwnPageScreen:
    await harness.press("P")
    screen = await harness.wait_for_screen(OwnPageScreen)
    await harness.wait_until(lambda: screen._text is not None)
    return screen


def read_page(services: Services, interview: Interview) -> str:
    return services.workspace.library.own_pages.read(interview.id)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_what_is_written_on_the_page_is_kept_at_every_key(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    interview = add_interview(services, -1)
    async with run_app(size) as harness:
        await open_interviews(harness)
        await open_page(harness)
        await harness.press(*PAGE)
        await harness.wait_until(lambda: read_page(services, interview) == PAGE)
        # Letters and arrows mean nothing else here.
        await harness.press("up", "down", "enter", *"?q")
        await harness.wait_until(lambda: read_page(services, interview) == f"{PAGE}\n?q")
        await harness.press("escape")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme")
        assert PAGE not in harness.text
        await open_page(harness)
        await harness.shows(PAGE)


async def test_one_key_deletes_the_page_for_good_once_it_is_sure(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, -1)
    services.workspace.library.own_pages.write(interview.id, PAGE)
    async with run_app() as harness:
        await open_interviews(harness)
        await open_page(harness)
        await harness.press("f8")
        await harness.wait_for_screen(AskDialog)
        await harness.press("escape")
        await harness.wait_for_screen(OwnPageScreen)
        assert read_page(services, interview) == PAGE
        await harness.press("f8")
        await harness.wait_for_screen(AskDialog)
        await harness.press("y")
        await harness.wait_for_screen(InterviewsScreen)
        assert read_page(services, interview) == ""
        await open_page(harness)
        await harness.press("f8")
        await harness.shows("There is nothing on this page.")


async def test_a_rejection_offers_rest_a_page_a_letter_and_later_a_look(
    run_app: RunApp, services: Services, clock: FakeClock
) -> None:
    interview = add_interview(services, -1)
    async with run_app((80, 30)) as harness:
        await open_interviews(harness)
        await harness.press("full_stop")
        await harness.wait_for_screen(OutcomeScreen)
        await harness.shows("No answer yet.")
        assert "a page" not in harness.text
        assert "look at it" not in harness.text
        await harness.press("right", "right")
        await harness.shows("There is nothing you have to do today.", "from Wednesday on")
        await harness.press("down", "down", "enter")
        await harness.wait_for_screen(OwnPageScreen)
        await harness.press("escape")
        await harness.wait_for_screen(OutcomeScreen)
        await harness.press("down", "enter")
        await harness.wait_for_screen(LetterScreen)
        await harness.press("escape")
        screen = await harness.wait_for_screen(OutcomeScreen)
        await harness.press("down", "enter")
        await harness.shows("This is here from Wednesday on.")
        assert harness.app.screen is screen

        clock.advance(timedelta(days=2))
        # What is typed later does not put the day off.
        outcome = services.workspace.library.interviews.outcome(interview.id)
        assert outcome is not None
        await harness.press("down", *"final", "escape")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.press("full_stop")
        await harness.wait_for_screen(OutcomeScreen)
        await harness.shows("what was asked, and how it went", "final")
        await harness.press("down", "down", "down", "down", "enter")
        await harness.wait_for_screen(DebriefScreen)


async def test_a_letter_is_made_of_what_was_noted_copied_and_saved(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, -1)
    note_question(services, interview, "Why us?", wish="Your tests.")
    guess = Outcome("rejected", guess="my age")
    services.workspace.library.interviews.note_outcome(interview.id, guess)
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.press("L")
        await harness.wait_for_screen(LetterScreen)
        await harness.shows("When you asked me “Why us?”", "Nothing is sent.")
        await harness.press("C")
        await harness.shows("Copied.")
        assert "When you asked me “Why us?”" in harness.app.clipboard
        await harness.press("right")
        await harness.shows("Thank you for your time", "Your tests.")
        await harness.press("right")
        await harness.shows("How it ended: rejected")
        assert "my age" not in harness.text
        await harness.press("X")
        await harness.shows("Written to")
    saved = services.places.exports / "packet-acme.txt"
    assert "What I wish I had said to “Why us?”:" in saved.read_text(encoding="utf-8")


async def test_a_letter_is_edited_in_the_users_own_editor(
    run_app: RunApp, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "edited by hand\\n" > "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", os.fspath(script))
    add_interview(services, -1)
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.press("L")
        screen = await harness.wait_for_screen(LetterScreen)
        await harness.shows("Kind regards")
        # A terminal of a test cannot be handed over.
        screen._files["thanks"] = tmp_path / "letter.txt"
        (tmp_path / "letter.txt").write_text("edited by hand\n", encoding="utf-8")
        screen._read()
        await harness.shows("edited by hand")
        await harness.press("left", "right")
        await harness.shows("edited by hand")


async def test_a_mistake_in_a_template_is_said_with_file_and_line(
    run_app: RunApp, services: Services
) -> None:
    add_interview(services, -1)
    services.places.letters.mkdir(parents=True)
    own = services.places.letters / "thanks.txt.j2"
    own.write_text("Hello\n{{ compny }}\n", encoding="utf-8")
    async with run_app((100, 30)) as harness:
        await open_interviews(harness)
        await harness.press("L")
        await harness.wait_for_screen(LetterScreen)
        await harness.shows("line 2: there is no fact 'compny'", "delete the file")
        await harness.press("C")
        await harness.shows("There is no letter yet.")


HOSTILE = "[red]{{ 7*7 }}[/] \x1b[2J ‮abc مرحبا " + "x" * 3_000


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_hostile_texts_are_shown_as_they_are_in_letters_and_on_pages(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    interview = add_interview(services, -1, company=HOSTILE)
    note_question(services, interview, HOSTILE, wish=HOSTILE)
    services.workspace.library.own_pages.write(interview.id, HOSTILE)
    async with run_app(size) as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_letter(interview)
        screen = await harness.wait_for_screen(LetterScreen)
        await harness.wait_until(lambda: bool(screen._text))
        assert "[red]{{ 7*7 }}[/]" in screen._text
        await harness.press("C", "down", "pagedown", "up", "right", "left", "escape")
        assert not {"\x1b", "‮"} & set(harness.app.clipboard)
        harness.app.navigator.open_own_page(interview)
        page = await harness.wait_for_screen(OwnPageScreen)
        await harness.wait_until(lambda: page._text is not None)
        assert not {"\x1b", "‮"} & set(harness.text)
        await harness.press(*"ok", "escape")
    assert read_page(services, interview).endswith("xok")


@pytest.mark.parametrize("size", [(40, 12), (80, 16)])
async def test_the_arrows_go_from_line_to_line_where_the_lines_do_not_fit(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    interview = add_interview(services, -1)
    services.workspace.library.interviews.note_outcome(interview.id, Outcome("rejected"))
    async with run_app(size) as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_outcome(interview)
        screen = await harness.wait_for_screen(OutcomeScreen)
        await harness.wait_until(lambda: screen._is_read)
        for wanted in ("rest", "page", "letter", "look", "stage", "reason", "feedback", "guess"):
            await harness.press("down")
            assert screen.focused is not None
            assert screen.focused.id == wanted
            assert screen.focused.region.height


async def test_a_page_that_is_refused_by_the_disk_stays_on_the_screen(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, -1)
    async with run_app() as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_own_page(interview)
        page = await harness.wait_for_screen(OwnPageScreen)
        await harness.wait_until(lambda: page._text is not None)
        services.workspace.library.interviews.delete(interview.id)
        await harness.press(*"ab")
        await harness.shows("that interview was deleted", "ab")


async def test_a_letter_of_an_interview_without_a_no_begins_with_thanks(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, -1)
    async with run_app((40, 12)) as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_outcome(interview)
        screen = await harness.wait_for_screen(OutcomeScreen)
        await harness.wait_until(lambda: screen._is_read)
        await harness.press("down", "down", "enter")
        await harness.wait_for_screen(LetterScreen)
        await harness.shows("Thank you for your time")
