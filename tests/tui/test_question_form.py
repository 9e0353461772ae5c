from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.widget import Widget
from textual.widgets import Input

from practice.base.paths import places
from practice.questions.bank_file.reading import read_bank
from practice.questions.model import Question
from practice.tui.screens.banks.banks import BanksScreen
from practice.tui.screens.banks.question_form import ORDER, QuestionFormScreen
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.dialogs.pick import PickDialog
from practice.tui.widgets.bank_view import BankView
from practice.tui.widgets.field import Field
from practice.tui.widgets.text_box import ItemsBox, TextBox
from tests.support.app_harness import HOSTILE, AppHarness
from tests.tui.conftest import RunApp

MINE = """\
title: My questions
questions:
  - id: one
    text: Why this job?
    kind: motivation
    # three things to say
    key_points:
      - what drew me   # the advert
      - what I bring
      - what comes next
  - id: two
    text: Tell me about a conflict.
"""


@pytest.fixture
def own_bank(home: Path) -> Path:
    folder = places().banks
    folder.mkdir(parents=True)
    path = folder / "mine.yaml"
    path.write_text(MINE)
    return path


async def open_form(harness: AppHarness, key: str = "enter") -> QuestionFormScreen:
    """The form of the first question, or of a new one."""
    await harness.press("b")
    banks = await harness.wait_for_screen(BanksScreen)
    view = banks.query_one(BankView)
    await harness.wait_until(lambda: view.bank_name is not None)
    await harness.press("enter")
    await harness.wait_until(lambda: view.main.has_focus)
    await harness.press(key)
    return await harness.wait_for_screen(QuestionFormScreen)


def first_question(path: Path) -> Question:
    return read_bank(path).questions[0]


def replace_in(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def input_of(form: QuestionFormScreen, key: str) -> Input:
    return form.query_one(f"#{key}", Input)


async def paste(harness: AppHarness, widget: Widget, text: str) -> None:
    widget.focus()
    await harness.wait_until(lambda: harness.app.focused is widget)
    harness.app.post_message(Paste(text))
    await harness.pilot.pause()
    await harness.pilot.pause()


async def test_every_field_of_a_question_has_its_place(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness)
        assert [field.key for field in form.query(Field)] == list(ORDER)
        assert set(ORDER) == set(Question.__struct_fields__)


async def test_every_field_is_written_to_the_file(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness, "a")
        await harness.press(*"What next?")
        await harness.press(
            "tab", "right", "tab", *"learning", "tab", *"new", "enter", *"tag", "tab", *"panel"
        )
        await harness.press("tab", "right", "right", "tab", *"90", "tab", *"15")
        for key in (
            "follow_ups",
            "pushbacks",
            "key_points",
            "terms",
            "notes",
            "source",
            "url",
            "licence",
        ):
            await harness.press("tab", *f"{key.replace('_', ' ')}.")
        await harness.press("tab", *"own-id")
        assert form.query_one("#id", Input).has_focus
        await harness.press("ctrl+s")
        await harness.wait_for_screen(BanksScreen)
    assert read_bank(own_bank).questions[1] == Question(
        id="own-id", text="What next?", kind="behavioural", competency="learning",
        tags=("new", "tag"), rounds=("panel",), difficulty=2, target_s=90, prep_s=15,
        follow_ups=("follow ups.",), pushbacks=("pushbacks.",),
        key_points=("key points.",), terms=("terms.",), notes="notes.", source="source.",
        url="url.", licence="licence.",
    )  # fmt: skip


async def test_what_is_wrong_is_said_at_its_field_while_it_is_typed(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness)
        input_of(form, "target_s").focus()
        await harness.press("2")
        await harness.shows("expected a whole number of seconds from 5 to 3600, found '2'")
        await harness.press("0")
        await harness.hides("expected a whole number")


async def test_an_id_of_another_question_is_refused(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness)
        input_of(form, "id").focus()
        await harness.shows("Takes are filed under this id")
        input_of(form, "id").value = "two"
        await harness.shows("another question of this bank has it; 'two-2' is free")


async def test_a_new_form_complains_of_nothing_before_it_is_saved(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app((80, 24)) as harness:
        form = await open_form(harness, "a")
        await harness.press("tab", "tab", *"x")
        assert "is empty" not in harness.text
        await harness.press("ctrl+s")
        await harness.shows("is empty")
        await harness.shows("not saved: question", "The question as it is asked.")
        assert form.query_one("#text").has_focus
        assert read_text(own_bank) == MINE


async def test_a_field_says_what_it_is_for(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((80, 24)) as harness:
        form = await open_form(harness)
        await harness.shows("The question as it is asked.")
        form.query_one("#key_points").focus()
        await harness.shows("What a strong answer contains.", "ctrl+k takes it out")


async def test_items_are_moved_and_taken_out_by_key(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness)
        box = form.query_one("#key_points", ItemsBox)
        box.focus()
        await harness.press("alt+down", "alt+down", "alt+down")
        assert box.text == "what I bring\nwhat comes next\nwhat drew me"
        await harness.press("alt+up")
        assert box.text == "what I bring\nwhat drew me\nwhat comes next"
        await harness.press("down", "ctrl+k", "ctrl+s")
        await harness.wait_for_screen(BanksScreen)
    assert first_question(own_bank).key_points == ("what I bring", "what drew me")
    assert "# three things to say" in read_text(own_bank)


async def test_an_item_is_added_with_enter(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness)
        form.query_one("#key_points").focus()
        await harness.press("end", "enter", *"and why now", "ctrl+s")
        await harness.wait_for_screen(BanksScreen)
    assert first_question(own_bank).key_points == (
        "what drew me", "and why now", "what I bring", "what comes next",
    )  # fmt: skip
    assert "- what drew me   # the advert" in read_text(own_bank)


async def test_arrow_keys_leave_a_list_at_its_ends(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness)
        form.query_one("#key_points").focus()
        await harness.press("down", "down")
        assert form.query_one("#key_points").has_focus
        await harness.press("down")
        assert form.query_one("#terms").has_focus
        await harness.press("up", "up", "up", "up")
        assert form.query_one("#pushbacks").has_focus


async def test_a_question_that_was_not_touched_leaves_the_file_as_it_is(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app((80, 24)) as harness:
        await open_form(harness)
        await harness.press("ctrl+s")
        await harness.wait_for_screen(BanksScreen)
        await harness.shows("changed: Why this job?")
    assert "text: Why this job?\n    kind: motivation\n    # three" in read_text(own_bank)
    assert first_question(own_bank).key_points == (
        "what drew me",
        "what I bring",
        "what comes next",
    )


async def test_leaving_asks_only_when_something_was_changed(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app((80, 24)) as harness:
        await open_form(harness)
        await harness.press("escape")
        await harness.wait_for_screen(BanksScreen)
        await harness.press("enter")
        await harness.wait_for_screen(QuestionFormScreen)
        await harness.press(*"So: ", "escape")
        await harness.wait_for_screen(AskDialog)
        await harness.press("escape")
        form = await harness.wait_for_screen(QuestionFormScreen)
        assert form.query_one("#text", TextBox).text == "So: Why this job?"
        await harness.press("escape", "enter")
        await harness.wait_for_screen(BanksScreen)
    assert read_text(own_bank) == MINE


async def test_quitting_with_something_typed_asks(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((80, 24)) as harness:
        await open_form(harness)
        await harness.press(*"So: ", "ctrl+q")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("What you changed is not saved.")


async def test_what_was_typed_outlives_a_file_that_changed_underneath(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness)
        await harness.press(*"So: ")
        replace_in(own_bank, "about a conflict", "about a quarrel")
        await harness.press("ctrl+s")
        await harness.wait_for_screen(PickDialog)
        await harness.press("enter")
        await harness.wait_for_screen(QuestionFormScreen)
        await harness.shows("the file was read again")
        assert form.query_one("#text", TextBox).text == "So: Why this job?"
        await harness.press("ctrl+s")
        await harness.wait_for_screen(BanksScreen)
    texts = [question.text for question in read_bank(own_bank).questions]
    assert texts == ["So: Why this job?", "Tell me about a quarrel."]


async def test_a_question_that_is_gone_from_the_file_is_added(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app((120, 60)) as harness:
        await open_form(harness)
        await harness.press(*"So: ")
        replace_in(own_bank, MINE[MINE.index("  - id: one") : MINE.index("  - id: two")], "")
        await harness.press("ctrl+s")
        await harness.wait_for_screen(PickDialog)
        await harness.press("enter")
        await harness.shows("adds it as a new one")
        await harness.press("ctrl+s")
        await harness.wait_for_screen(BanksScreen)
    texts = [question.text for question in read_bank(own_bank).questions]
    assert texts == ["Tell me about a conflict.", "So: Why this job?"]


async def test_both_versions_can_be_kept_from_the_form(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        await open_form(harness)
        await harness.press(*"So: ")
        replace_in(own_bank, "about a conflict", "about a quarrel")
        await harness.press("ctrl+s")
        await harness.wait_for_screen(PickDialog)
        await harness.press("down", "enter")
        await harness.wait_for_screen(BanksScreen)
        await harness.shows("your version is the bank mine-2")
    assert first_question(own_bank).text == "Why this job?"
    assert first_question(own_bank.with_name("mine-2.yaml")).text == "So: Why this job?"


async def test_what_is_pasted_is_made_plain(run_app: RunApp, own_bank: Path) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness, "a")
        for key in ("text", "competency", "key_points"):
            await paste(harness, form.query_one(f"#{key}"), HOSTILE)
        pasted = [form.query_one("#text", TextBox).text, input_of(form, "competency").value]
        assert all("owned" in text for text in pasted)
        assert not {"\x1b", "\x07", "\x9b"} & set("".join([harness.text, *pasted]))


async def test_enter_in_the_question_goes_on_to_the_next_field(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app() as harness:
        form = await open_form(harness)
        field = form.query_one("#text", TextBox)
        before = field.text
        await harness.press("end", "enter")
        assert field.text == before
        assert form.focused is not field


LINES = ("first line", "second line", "third")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\u2028"], ids=["CR", "LF", "CRLF", "U+2028"])
async def test_pasted_lines_are_lines_in_texts_items_in_lists_and_joined_in_a_field_of_one(
    run_app: RunApp, own_bank: Path, end: str
) -> None:
    async with run_app((120, 60)) as harness:
        form = await open_form(harness, "a")
        for key in ("text", "notes", "follow_ups", "tags"):
            await paste(harness, form.query_one(f"#{key}"), end.join(LINES))
        await paste(harness, input_of(form, "competency"), end.join(LINES[:2]))
        await harness.press("ctrl+s")
        await harness.wait_for_screen(BanksScreen)
        added = next(q for q in read_bank(own_bank).questions if q.text.startswith("first"))
        assert added.text == added.notes == "\n".join(LINES)
        assert added.follow_ups == added.tags == LINES
        assert added.competency == "first line second line"


@pytest.mark.parametrize("end", ["enter", "ctrl+j"])
async def test_lines_that_a_terminal_types_for_a_paste_stay_in_their_field(
    run_app: RunApp, own_bank: Path, end: str
) -> None:
    """As terminals without bracketed paste do it: all keys at once, and Enter between the lines."""
    async with run_app((120, 60)) as harness:
        form = await open_form(harness, "a")
        for key in "\r".join(LINES):
            pressed = Key(end if key == "\r" else key, key)
            pressed.time = 0.0
            harness.app.post_message(pressed)
        await harness.wait_until(lambda: form.query_one("#text", TextBox).text == "\n".join(LINES))
        assert form.query_one("#text", TextBox).has_focus
        await harness.press("enter")
        await harness.wait_until(lambda: not form.query_one("#text", TextBox).has_focus)
