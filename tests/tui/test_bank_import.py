from pathlib import Path

import pytest
from textual.events import Paste

from practice.base.paths import places
from practice.questions.bank_file.reading import read_bank
from practice.tui.screens.banks.bank_import import BankImportScreen
from practice.tui.screens.banks.banks import BanksScreen
from practice.tui.widgets.bank_list import BankList
from practice.tui.widgets.path_input import PathInput
from practice.tui.widgets.plain_input import PlainInput
from tests.support.app_harness import HOSTILE, AppHarness
from tests.tui.conftest import RunApp

LIST = """\
# Front end

* What is the [box model](https://example.org)?
  * Why does it matter?
* Tell me about accessibility.
* How do you test a page?

A paragraph that is no question.
"""


@pytest.fixture
def shared_list(tmp_path: Path) -> Path:
    """A list as people share it."""
    path = tmp_path / "front end.md"
    path.write_text(LIST)
    return path


async def open_empty_import(harness: AppHarness) -> BankImportScreen:
    await harness.press("b")
    banks = await harness.wait_for_screen(BanksScreen)
    await harness.wait_until(lambda: banks.query_one(BankList).bank_name is not None)
    await harness.press("I")
    return await harness.wait_for_screen(BankImportScreen)


async def open_import(harness: AppHarness, path: Path | str) -> BankImportScreen:
    screen = await open_empty_import(harness)
    screen.query_one("#path", PathInput).value = str(path)
    await harness.press("enter")
    return screen


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def bank_files() -> list[str]:
    folder = places().banks
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def test_what_would_be_imported_is_shown_and_nothing_is_written(
    run_app: RunApp, shared_list: Path
) -> None:
    async with run_app() as harness:
        await open_import(harness, shared_list)
        await harness.shows("3 questions, 1 follow-up", "no licence named")
        await harness.shows("What is the box model?", "How do you test a page?")
        await harness.shows("not understood, and left out: 1", "A paragraph that is no question.")
        assert bank_files() == []


async def test_enter_again_writes_the_bank_and_shows_it(run_app: RunApp, shared_list: Path) -> None:
    async with run_app((120, 36)) as harness:
        screen = await open_import(harness, shared_list)
        line = screen.query_one("#bank-name", PlainInput)
        await harness.wait_until(lambda: line.has_focus and line.value == "front-end")
        await harness.press("enter")
        banks = await harness.wait_for_screen(BanksScreen)
        await harness.shows("Tell me about accessibility.")
        assert banks.query_one(BankList).bank_name == "front-end"
    assert len(read_bank(places().banks / "front-end.yaml").questions) == 3


async def test_a_name_that_is_taken_is_said_at_the_line(run_app: RunApp, shared_list: Path) -> None:
    async with run_app() as harness:
        screen = await open_import(harness, shared_list)
        line = screen.query_one("#bank-name", PlainInput)
        await harness.wait_until(lambda: line.has_focus)
        line.value = "basics"
        await harness.press("enter")
        await harness.shows("there is a bank 'basics' already")
        await harness.press("x")
        await harness.hides("already")
        await harness.press("enter")
        await harness.wait_for_screen(BanksScreen)
        assert bank_files() == ["basicsx.yaml"]


async def test_a_file_that_is_not_there_is_said(run_app: RunApp, tmp_path: Path) -> None:
    async with run_app((120, 36)) as harness:
        await open_import(harness, tmp_path / "nothing.md")
        await harness.shows("there is no file")


async def test_a_name_that_no_file_can_have_is_said(run_app: RunApp) -> None:
    async with run_app((120, 36)) as harness:
        await open_import(harness, "x" * 300)
        await harness.shows("cannot read", "File name too long")


async def test_a_list_of_links_is_refused(run_app: RunApp, tmp_path: Path) -> None:
    links = "".join(f"* [A list {n}](https://example.org/{n})\n" for n in range(6))
    path = write(tmp_path / "links.md", links)
    async with run_app((120, 36)) as harness:
        await open_import(harness, path)
        await harness.shows("this is a list of 6 links to other pages")


async def test_another_file_is_looked_at_anew(run_app: RunApp, shared_list: Path) -> None:
    async with run_app() as harness:
        screen = await open_import(harness, shared_list)
        await harness.shows("What is the box model?")
        screen.query_one("#path", PathInput).value = "elsewhere"
        await harness.hides("What is the box model?")
        assert not screen.query_one("#naming").display


async def test_leaving_writes_nothing(run_app: RunApp, shared_list: Path) -> None:
    async with run_app() as harness:
        await open_import(harness, shared_list)
        await harness.shows("What is the box model?")
        await harness.press("escape")
        await harness.wait_for_screen(BanksScreen)
        assert bank_files() == []


async def test_what_was_found_is_scrolled(run_app: RunApp, tmp_path: Path) -> None:
    lines = "".join(f"* Question {n}?\n\nleft over {n}\n\n" for n in range(60))
    path = write(tmp_path / "long.md", lines)
    async with run_app() as harness:
        await open_import(harness, path)
        await harness.shows("left over 0")
        assert "left over 59" not in harness.text
        while "left over 59" not in harness.text:
            await harness.press("pagedown" if "Question 9?" in harness.text else "down")
        await harness.press(*["pageup"] * 10)
        await harness.shows("60 questions")


async def test_a_path_is_completed_by_the_right_arrow_key(
    run_app: RunApp, shared_list: Path
) -> None:
    async with run_app() as harness:
        screen = await open_import(harness, "")
        line = screen.query_one("#path", PathInput)
        line.value = str(shared_list.parent) + "/fro"
        line.cursor_position = len(line.value)
        await harness.wait_until(lambda: line._suggestion == str(shared_list))
        await harness.press("right")
        assert line.value == str(shared_list)


async def test_tab_takes_the_completion_and_goes_on_where_there_is_none(
    run_app: RunApp, shared_list: Path
) -> None:
    async with run_app() as harness:
        screen = await open_import(harness, "")
        line = screen.query_one("#path", PathInput)
        line.value = str(shared_list.parent) + "/fro"
        await harness.wait_until(lambda: line._suggestion == str(shared_list))
        await harness.press("tab")
        assert line.value == str(shared_list)
        assert line.has_focus


async def test_a_hostile_list_is_only_text(run_app: RunApp, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a [x] [RED] [$primary] \\.md",
        f"# {HOSTILE}\n\n* {HOSTILE}?\n* And another?\n\n{HOSTILE}\n",
    )
    async with run_app((120, 36)) as harness:
        await open_import(harness, path)
        await harness.shows("2 questions", "owned", "[$primary]")
        assert not {"\x1b", "\x07", "\x9b"} & set(harness.text)


SEVERAL_WAYS = """\
## Ovens

- Why are they hot?
- Why are they big?

## Flour

- Why is it white?
"""


async def test_f3_takes_another_reading_and_comes_back_to_the_first(
    run_app: RunApp, tmp_path: Path
) -> None:
    path = write(tmp_path / "ways.md", SEVERAL_WAYS)
    async with run_app((120, 36)) as harness:
        screen = await open_import(harness, path)
        await harness.shows("3 questions", "read as items of", "F3 takes another reading", "(2)")
        line = screen.query_one("#bank-name", PlainInput)
        await harness.wait_until(lambda: line.has_focus)
        line.value = "mine"
        await harness.press("f3")
        await harness.shows("2 questions", "read as headings of level 2")
        assert line.value == "mine"
        await harness.press("f3")
        await harness.shows("3 questions", "read as items of")
        await harness.press("f3", "enter")
        await harness.wait_for_screen(BanksScreen)
    bank = read_bank(places().banks / "mine.yaml")
    assert [question.text for question in bank.questions] == ["Ovens", "Flour"]


async def test_f3_says_where_there_is_no_other_reading(run_app: RunApp, tmp_path: Path) -> None:
    path = write(tmp_path / "one.json", '["Why us?", "Why now?"]')
    async with run_app() as harness:
        await open_import(harness, path)
        await harness.shows("2 questions", "F3 other reading")
        await harness.press("f3")
        await harness.shows("there is no other way to read this list")


async def test_before_a_file_was_read_no_other_reading_is_offered(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_empty_import(harness)
        await harness.shows("Esc back")
        assert "other reading" not in harness.text


async def test_an_encoding_that_was_guessed_is_said(run_app: RunApp, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("自己紹介をしてください。\nなぜパンですか。\n".encode("cp932"))
    async with run_app() as harness:
        await open_import(harness, path)
        await harness.shows("the encoding is a guess: Shift-JIS")


async def test_several_pasted_lines_are_the_list_itself(run_app: RunApp) -> None:
    async with run_app() as harness:
        screen = await open_import(harness, "")
        await harness.pilot.pause()
        screen.query_one("#path", PathInput).post_message(
            Paste("1. Why this company?\n2. Why you?\n")
        )
        await harness.shows("2 questions", "Why this company?", "Why you?")
        assert bank_files() == []
        screen.query_one("#bank-name", PlainInput).value = "mine"
        await harness.press("enter")
        await harness.wait_for_screen(BanksScreen)
    assert bank_files() == ["mine.yaml"]


async def test_one_pasted_line_is_the_path_of_a_file(run_app: RunApp, shared_list: Path) -> None:
    async with run_app() as harness:
        screen = await open_import(harness, "")
        screen.query_one("#path", PathInput).post_message(Paste(f"{shared_list}\n"))
        await harness.pilot.pause()
        await harness.press("enter")
        await harness.shows("Tell me about accessibility.")
