"""Several lines pasted into the boxes of a review, whatever their ends and however they come."""

from collections.abc import Iterator

import pytest
from textual.events import Key, Paste

from practice.library.takes import Take
from practice.tui.screens.review.dialogs import NotesDialog, WordDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.services import Services
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.text_box import TextBox
from tests.support.app_harness import AppHarness
from tests.support.review_harness import keep_bank, keep_conflict_take, open_review
from tests.tui.conftest import RunApp

LINES = ("first line", "second line", "third")
ENDS = {"CR": "\r", "LF": "\n", "CRLF": "\r\n", "U+2028": "\u2028"}
KEY_OF = {"\r": "enter", "\n": "ctrl+j"}


@pytest.fixture
def take(services: Services) -> Iterator[Take]:
    keep_bank(services)
    yield keep_conflict_take(services)
    services.close()


def type_at_once(harness: AppHarness, text: str) -> None:
    """As a terminal without bracketed paste does it: every character a key, all at one time."""
    for character in text:
        key = Key(KEY_OF.get(character, character), character)
        key.time = 0.0
        harness.app.post_message(key)


@pytest.mark.parametrize("is_bracketed", [True, False], ids=["bracketed", "as keys"])
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_pasted_notes_keep_their_lines_and_leave_the_box_open(
    run_app: RunApp, services: Services, take: Take, end: str, is_bracketed: bool
) -> None:
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.press("w")
        box = await harness.wait_for_screen(NotesDialog)
        if is_bracketed:
            harness.app.post_message(Paste(end.join(LINES)))
        else:
            type_at_once(harness, end.join(LINES))
        notes = box.query_one(TextBox)
        await harness.wait_until(lambda: notes.text.endswith("third"))
        assert notes.text == "\n".join(LINES)
        await harness.press("escape")
        await harness.wait_for_screen(ReviewScreen)
        await harness.wait_until(
            lambda: services.workspace.library.take(take.id).notes == "\n".join(LINES)
        )


@pytest.mark.parametrize("is_bracketed", [True, False], ids=["bracketed", "as keys"])
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_lines_pasted_for_a_word_are_one_line_and_wait_for_enter(
    run_app: RunApp, services: Services, take: Take, end: str, is_bracketed: bool
) -> None:
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.press("e")
        box = await harness.wait_for_screen(WordDialog)
        if is_bracketed:
            harness.app.post_message(Paste(end.join(LINES)))
        else:
            type_at_once(harness, end.join(LINES))
        line = box.query_one(PlainInput)
        await harness.wait_until(lambda: line.value.endswith("third"))
        assert line.value == " ".join(LINES)
        assert harness.app.screen is box
