import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.library.takes import QuestionSnapshot
from practice.questions.bank_file.reading import read_bank
from practice.tui.screens.banks.bank_export import BankExportDialog
from practice.tui.screens.banks.banks import BanksScreen
from practice.tui.screens.banks.new_bank import NewBankDialog
from practice.tui.screens.banks.question_form import QuestionFormScreen
from practice.tui.screens.banks.question_preview import QuestionPreviewScreen
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.dialogs.pick import PickDialog
from practice.tui.screens.dialogs.title import TitleDialog
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.session_setup import SessionSetupScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from practice.tui.widgets.bank_list import BankList
from practice.tui.widgets.bank_view import BankView
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.virtual_list import VirtualList
from tests.support.app_harness import HOSTILE, AppHarness
from tests.tui.conftest import BASICS, RunApp

MINE = """\
# kept by hand
title: My questions
questions:
  - id: one   # the first
    text: Why this job?
    competency: motivation
    target_s: 90

  - id: two
    text: Tell me about a conflict.
    competency: teamwork
    tags: [people]

  - id: three
    text: A project that failed.
"""
BROKEN = "title: Broken\nquestions:\n  - txt: Why?\n  - text: Fine.\n    difficulty: 7\n"
CUT = "title: Cut\nquestions:\n  - text: Fine?\n  - text: Why #1 in the market?\n  - text: Q #2\n"
WIDE, NARROW = (120, 36), (80, 24)


@pytest.fixture
def own_bank(home: Path) -> Path:
    """An own bank of three questions, the first in the list."""
    folder = places().banks
    folder.mkdir(parents=True)
    path = folder / "mine.yaml"
    path.write_text(MINE)
    return path


def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def is_there(path: Path) -> bool:
    return path.exists()


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def remove(path: Path) -> None:
    path.unlink()


async def open_banks(harness: AppHarness) -> BanksScreen:
    await harness.wait_for_screen(TodayScreen)
    await harness.press("b")
    screen = await harness.wait_for_screen(BanksScreen)
    await harness.wait_until(lambda: screen.query_one(BankView).bank_name is not None)
    return screen


async def open_first_bank(harness: AppHarness) -> BanksScreen:
    """The banks screen with the cursor on the first question of the first bank."""
    screen = await open_banks(harness)
    await harness.press("enter")
    await harness.wait_until(lambda: screen.query_one(BankView).main.has_focus)
    return screen


def chosen_question(screen: BanksScreen) -> str | None:
    question = screen.query_one(BankView).question
    return question.id if question else None


def question_ids(path: Path) -> list[str]:
    return [question.id for question in read_bank(path).questions]


async def test_own_banks_stand_first_each_with_its_count(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(NARROW) as harness:
        await open_banks(harness)
        lines = [line.split() for line in harness.text.splitlines()]
        assert ["My", "questions", "yours", "3"] in lines
        assert lines.index(["My", "questions", "yours", "3"]) < lines.index(["Basics", "3"])


async def test_a_text_that_a_number_sign_cuts_off_is_said_with_its_line(
    run_app: RunApp, own_bank: Path
) -> None:
    write(own_bank.with_name("cut.yaml"), CUT)
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.shows(
            "2 warnings", "line 4: the text ends before '#1 in the market?'", "in quotes", "line 5."
        )
        await harness.shows("3 questions · yours", "Fine?", "E opens the editor there")
        await harness.press("down")
        await harness.hides("the text ends before")


async def test_the_questions_follow_the_cursor(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.shows("Why this job?", "3 questions · yours")
        await harness.press("down")
        await harness.shows(
            "Tell me about a time you missed a deadline.", "3 questions · comes with practice"
        )


async def test_narrow_banks_and_questions_come_one_after_the_other(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app(NARROW) as harness:
        await open_banks(harness)
        assert "Why this job?" not in harness.text
        await harness.press("enter")
        await harness.shows("Why this job?")
        assert "Basics" not in harness.text
        await harness.press("escape")
        await harness.shows("Basics")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


async def test_typing_filters_the_questions(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.press("slash", *"team")
        await harness.hides("Why this job?")
        await harness.shows("Tell me about a conflict.")
        await harness.press("enter")
        await harness.wait_until(lambda: screen.query_one("#questions").has_focus)
        assert chosen_question(screen) == "two"
        await harness.press("escape")
        await harness.shows("Why this job?")
        assert chosen_question(screen) == "two"


async def test_words_that_stand_nowhere_are_said_to_stand_nowhere(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("slash", *"zebra")
        await harness.shows("No question holds all of these words.")


async def test_a_filter_is_gone_in_another_bank(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.press("slash", *"team", "enter")
        screen.query_one(BankList).focus()
        await harness.press("down")
        await harness.shows("Tell me about a time you missed a deadline.")
        assert not screen.query_one(PlainInput).value


async def test_del_takes_a_question_out_and_u_brings_each_back(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.press("down", "delete", "delete")
        await harness.shows("removed: A project that failed.", "1 question · yours")
        assert question_ids(own_bank) == ["one"]
        await harness.press("u", "u")
        await harness.shows("back again: Tell me about a conflict.")
        assert read_text(own_bank) == MINE
        assert chosen_question(screen) == "two"


async def test_nothing_is_offered_to_undo_at_first(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        assert not screen.check_action("undo", ())
        await harness.press("ctrl+d")
        await harness.shows("duplicated:", "u undo")


async def test_d_puts_a_copy_behind(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.press("ctrl+d")
        await harness.shows("duplicated: Why this job?")
        assert question_ids(own_bank) == ["one", "one-2", "two", "three"]
        assert chosen_question(screen) == "one-2"


async def test_questions_are_put_in_another_order(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.press("shift+down", "shift+down")
        await harness.wait_until(lambda: question_ids(own_bank) == ["two", "three", "one"])
        await harness.press("shift+up")
        await harness.wait_until(lambda: question_ids(own_bank) == ["two", "one", "three"])
        await harness.shows("moved: Why this job?")
        assert chosen_question(screen) == "one"


async def test_m_moves_a_question_to_another_bank(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("down", "M")
        await harness.wait_for_screen(PickDialog)
        await harness.shows("Move this question to the end of", "Basics · comes with practice")
        await harness.press("enter")
        await harness.shows("moved: Tell me about a conflict., now in Basics")
        assert question_ids(own_bank) == ["one", "three"]
        assert question_ids(own_bank.with_name("basics.yaml"))[-1] == "two"
        await harness.press("u")
        await harness.wait_until(lambda: read_text(own_bank) == MINE)


async def test_leaving_the_choice_of_a_bank_moves_nothing(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("M")
        await harness.wait_for_screen(PickDialog)
        await harness.press("escape")
        await harness.wait_for_screen(BanksScreen)
        assert read_text(own_bank) == MINE


async def test_a_shipped_bank_is_copied_on_the_first_edit_and_that_is_said(
    run_app: RunApp, home: Path, shipped: Path
) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.shows("comes with practice; an edit makes a copy of your own")
        await harness.press("delete")
        await harness.shows(
            "the bank that comes with practice stays as it is", "2 questions · yours"
        )
    assert question_ids(places().banks / "basics.yaml") == ["deadline", "disagreement"]
    assert (shipped / "basics.yaml").read_text() == BASICS


async def test_p_shows_the_question_as_a_session_does(run_app: RunApp, home: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("p")
        await harness.wait_for_screen(QuestionPreviewScreen)
        await harness.shows("Tell me about a project that you are proud of.", "time to think")
        await harness.shows("asked next", "What would you do differently today?")
        await harness.press("escape")
        await harness.wait_for_screen(BanksScreen)


async def test_o_lets_a_question_come_back(
    run_app: RunApp, services: Services, own_bank: Path
) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("o")
        await harness.shows("Enter goes to the questions of this bank first.")
        await harness.press("enter", "down", "o")
        await harness.shows("It comes back until you have said it well on two days.")
        await harness.press("o")
        await harness.shows("It is an open question already.")
    (opened,) = services.workspace.library.open_questions.all()
    assert (opened.bank, opened.question_id) == ("mine", "two")
    assert opened.text == "Tell me about a conflict."


async def test_s_begins_a_session_with_this_bank_only(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("s")
        await harness.wait_for_screen(SessionSetupScreen)
        await harness.press("enter")
        session = await harness.wait_for_screen(SessionScreen)
        served = [served.question.id for served in session.session_run.questions]
        assert sorted(served) == ["one", "three", "two"]


async def test_n_begins_a_bank_under_a_title_of_its_own(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_banks(harness)
        await harness.press("N")
        await harness.wait_for_screen(NewBankDialog)
        await harness.press(*"Mine")
        await harness.shows("there is a bank mine already")
        await harness.press("enter")
        assert isinstance(harness.app.screen, NewBankDialog)
        await harness.press(*" too", "enter")
        await harness.shows("Mine too", "Tell me about yourself.")
        await harness.wait_until(lambda: screen.query_one("#questions").has_focus)
        assert question_ids(own_bank.with_name("mine-too.yaml")) == ["about-yourself"]


async def test_a_new_bank_that_is_left_is_not_written(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("N", *"Other", "escape")
        await harness.wait_for_screen(BanksScreen)
        assert list(own_bank.parent.iterdir()) == [own_bank]


async def test_a_file_that_exists_is_replaced_only_when_enter_says_so_twice(
    run_app: RunApp, own_bank: Path, tmp_path: Path
) -> None:
    target = tmp_path / "mine.md"
    write(target, "old")
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("X")
        dialog = await harness.wait_for_screen(BankExportDialog)
        dialog.query_one(PlainInput).value = str(target)
        await harness.press("enter")
        await harness.shows("there is such a file; Enter again replaces it")
        assert read_text(target) == "old"
        await harness.press("enter")
        await harness.shows("written to")
    assert read_text(target) != "old"


async def test_x_writes_the_bank_in_another_format(
    run_app: RunApp, own_bank: Path, tmp_path: Path
) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("X")
        dialog = await harness.wait_for_screen(BankExportDialog)
        dialog.query_one(PlainInput).value = str(tmp_path / "mine.md")
        while not dialog.query_one(PlainInput).value.endswith(".json"):
            await harness.press("right")
        await harness.press("enter")
        await harness.shows("written to")
    document = json.loads((tmp_path / "mine.json").read_text())
    assert [question["id"] for question in document["questions"]] == ["one", "two", "three"]


async def test_a_folder_that_is_not_there_is_said(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("X")
        dialog = await harness.wait_for_screen(BankExportDialog)
        for name in ("/", "..", "."):
            dialog.query_one(PlainInput).value = name
            await harness.press("right")
        dialog.query_one(PlainInput).value = "/" + "x" * 300
        await harness.press("enter")
        await harness.shows("no such name is possible")
        dialog.query_one(PlainInput).value = "/nowhere/at/all.md"
        await harness.press("enter")
        await harness.shows("there is no folder /nowhere/at")
        await harness.press("escape")
        await harness.wait_for_screen(BanksScreen)


async def test_a_bank_with_problems_shows_each_with_its_place(
    run_app: RunApp, own_bank: Path
) -> None:
    write(own_bank, BROKEN)
    async with run_app(NARROW) as harness:
        await open_banks(harness)
        await harness.shows("2 problems")
        await harness.press("enter")
        await harness.shows("3:5", "unknown key 'txt'; did you mean 'text'?", "5:17", "difficulty")


def make_editor(folder: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor for these tests; it notes how it was called, then does `command`."""
    noted = folder / "called"
    script = folder / "vim"
    script.write_text(f'#!/bin/sh\necho "$1" >> {noted}\nfile="$2"\n{command}\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    return noted


async def test_e_opens_the_editor_at_the_question_and_shows_what_it_left(
    run_app: RunApp, own_bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = make_editor(tmp_path, """sed -i 's/A project/Another project/' "$file" """, monkeypatch)
    async with run_app(WIDE) as harness:
        monkeypatch.setattr(harness.app, "suspend", nullcontext)
        await open_first_bank(harness)
        await harness.press("down", "E")
        await harness.shows("Another project that failed.")
        assert read_text(noted) == "+9\n"
        await harness.press("u")
        await harness.wait_until(lambda: read_text(own_bank) == MINE)


async def test_an_editor_that_leaves_problems_is_offered_again_at_the_first(
    run_app: RunApp, own_bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = make_editor(
        tmp_path, """sed -i 's/target_s: 90/target_s: soon/' "$file" """, monkeypatch
    )
    async with run_app(WIDE) as harness:
        monkeypatch.setattr(harness.app, "suspend", nullcontext)
        await open_first_bank(harness)
        await harness.press("E")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("The file has problems:", "7:15", "found 'soon'")
        await harness.press("enter")
        await harness.wait_until(lambda: read_text(noted) == "+4\n+7\n")
        await harness.wait_for_screen(AskDialog)
        await harness.press("escape")
        await harness.wait_for_screen(BanksScreen)
        await harness.shows("1 problem; Enter opens the editor there")


async def test_e_in_the_list_opens_the_editor_where_a_text_may_be_cut_off(
    run_app: RunApp, own_bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own_bank.with_name("cut.yaml"), CUT)
    noted = make_editor(tmp_path, """sed -i 's/#/number /' "$file" """, monkeypatch)
    async with run_app(WIDE) as harness:
        monkeypatch.setattr(harness.app, "suspend", nullcontext)
        await open_banks(harness)
        await harness.shows("2 warnings")
        await harness.press("E")
        await harness.hides("2 warnings")
        assert read_text(noted) == "+4\n"
        await harness.shows("Why number 1 in the market?")


async def test_enter_on_a_problem_opens_the_editor_there(
    run_app: RunApp, own_bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own_bank, BROKEN)
    noted = make_editor(tmp_path, f"cp {tmp_path}/good $file", monkeypatch)
    write((tmp_path / "good"), MINE)
    async with run_app(WIDE) as harness:
        monkeypatch.setattr(harness.app, "suspend", nullcontext)
        screen = await open_first_bank(harness)
        await harness.press("down", "enter")
        await harness.shows("3 questions · yours")
        assert read_text(noted) == "+5\n"
        await harness.wait_until(lambda: screen.query_one("#questions").has_focus)


async def test_a_terminal_that_cannot_be_left_is_said(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("E")
        await harness.shows("the editor cannot open here")
        assert read_text(own_bank) == MINE


async def test_an_editor_that_fails_is_said(
    run_app: RunApp, own_bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_editor(tmp_path, "exit 3", monkeypatch)
    async with run_app(WIDE) as harness:
        monkeypatch.setattr(harness.app, "suspend", nullcontext)
        await open_first_bank(harness)
        await harness.press("E")
        await harness.shows("ended with code 3")


async def test_a_file_that_changed_underneath_is_shown_as_it_is_now(
    run_app: RunApp, own_bank: Path
) -> None:
    theirs = MINE.replace("Why this job?", "Why us?")
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        write(own_bank, theirs)
        await harness.press("ctrl+d")
        await harness.wait_for_screen(PickDialog)
        await harness.shows("changed by another program", "reload", "keep both")
        await harness.press("enter")
        await harness.shows("Why us?")
        assert read_text(own_bank) == theirs
        await harness.press("ctrl+d")
        await harness.wait_until(lambda: question_ids(own_bank) == ["one", "one-2", "two", "three"])


async def test_both_versions_of_a_file_can_be_kept(run_app: RunApp, own_bank: Path) -> None:
    theirs = MINE.replace("Why this job?", "Why us?")
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        write(own_bank, theirs)
        await harness.press("delete")
        await harness.wait_for_screen(PickDialog)
        await harness.press("down", "enter")
        await harness.shows("your version is the bank mine-2")
        assert read_text(own_bank) == theirs
        assert question_ids(own_bank.with_name("mine-2.yaml")) == ["two", "three"]
        assert screen.query_one(BankList).bank_name == "mine-2"


async def test_a_bank_that_is_gone_leaves_the_list(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        remove(own_bank)
        await harness.press("ctrl+d")
        await harness.wait_until(lambda: screen.query_one(BankList).bank_name == "basics")
        await harness.hides("My questions")


async def test_a_opens_an_empty_form_and_the_question_stands_behind(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.press("a")
        await harness.wait_for_screen(QuestionFormScreen)
        await harness.press(*"Who else?", "ctrl+s")
        await harness.wait_for_screen(BanksScreen)
        await harness.shows("added: Who else?", "4 questions")
        assert question_ids(own_bank) == ["one", "who-else", "two", "three"]
        assert chosen_question(screen) == "who-else"


async def test_enter_changes_the_question_under_the_cursor(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("down", "enter")
        await harness.wait_for_screen(QuestionFormScreen)
        await harness.shows("A question of My questions")
        await harness.press("end", *" Go on.", "ctrl+s")
        await harness.wait_for_screen(BanksScreen)
        await harness.shows("changed: Tell me about a conflict. Go on.")
        assert "# the first" in read_text(own_bank)
        assert read_bank(own_bank).questions[1].text == "Tell me about a conflict. Go on."


async def test_two_thousand_questions_are_scrolled_and_filtered(
    run_app: RunApp, own_bank: Path
) -> None:
    lines = [f"  - id: q-{n}\n    text: Question number {n}.\n" for n in range(2000)]
    write(own_bank, "title: Large\nquestions:\n" + "".join(lines))
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.shows("2,000 questions")
        await harness.press("end")
        await harness.shows("Question number 1999.")
        await harness.press("pageup")
        assert chosen_question(screen) != "q-1999"
        await harness.press("slash", *"1234")
        await harness.shows("Question number 1234.")
        assert screen.query_one("#questions", VirtualList).count == 1


async def test_a_click_moves_the_cursor_and_a_second_one_opens(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.pilot.click("#questions", offset=(5, 1))
        await harness.wait_until(lambda: chosen_question(screen) == "two")
        await harness.pilot.click("#questions", offset=(5, 1))
        await harness.wait_for_screen(QuestionFormScreen)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_text_from_a_bank_is_never_markup_nor_control(
    run_app: RunApp, own_bank: Path, size: tuple[int, int]
) -> None:
    markup = "a [/x] [RED] [$primary] \\"
    write(
        own_bank,
        f"title: '{markup}'\nquestions:\n  - text: '{markup}'\n    competency: '{markup}'\n"
        f"    key_points: ['{markup}']\n    follow_ups: ['{markup}']\n    notes: '{markup}'\n",
    )
    hostile = json.dumps(HOSTILE)
    file_name = HOSTILE.replace("/", "") + ".yaml"
    write(own_bank.with_name(file_name), f"title: {hostile}\nquestions:\n  - text: {hostile}\n")
    async with run_app(size) as harness:
        await open_first_bank(harness)
        await harness.shows(markup)
        await harness.press("ctrl+d")
        await harness.shows(f"duplicated: {markup}")
        await harness.press("M")
        await harness.wait_for_screen(PickDialog)
        await harness.press("escape", "p")
        await harness.wait_for_screen(QuestionPreviewScreen)
        await harness.shows(markup)
        await harness.press("escape", "enter")
        await harness.wait_for_screen(QuestionFormScreen)
        await harness.shows(markup)
        await harness.press("escape")
        await harness.wait_for_screen(BanksScreen)
        await harness.press("escape", "down")
        await harness.shows("problem")
        await harness.press("enter", "E")
        await harness.shows("the editor cannot open here")
        assert not [one for one in harness.text if ord(one) in {0x1B, 0x07, 0x9B}]


async def test_the_order_is_left_alone_while_questions_are_hidden(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app(WIDE) as harness:
        screen = await open_first_bank(harness)
        await harness.press("slash", *"o", "enter")
        await harness.wait_until(lambda: screen.query_one("#questions").has_focus)
        assert not screen.check_action("later", ())
        await harness.press("shift+down", "ctrl+d")
        await harness.shows("duplicated: Why this job?")
        assert question_ids(own_bank) == ["one", "one-2", "two", "three"]


async def test_a_shipped_bank_that_an_editor_did_not_change_stays_shipped(
    run_app: RunApp, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = make_editor(tmp_path, "true", monkeypatch)
    async with run_app(WIDE) as harness:
        monkeypatch.setattr(harness.app, "suspend", nullcontext)
        screen = await open_first_bank(harness)
        await harness.press("E")
        await harness.wait_until(noted.exists)
        await harness.press("ctrl+d")
        await harness.wait_until(lambda: chosen_question(screen) == "project-2")
        await harness.shows("you work on a copy of your own")
    assert len(question_ids(places().banks / "basics.yaml")) == 4


async def test_edits_that_wait_are_done_before_the_screen_is_left(
    run_app: RunApp, own_bank: Path
) -> None:
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("delete", "delete", "escape")
        await harness.pilot.pause()
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        assert question_ids(own_bank) == ["three"]


async def test_without_any_bank_the_ways_to_one_are_said(
    run_app: RunApp, home: Path, shipped: Path
) -> None:
    remove(shipped / "basics.yaml")
    async with run_app(NARROW) as harness:
        await harness.press("b")
        await harness.wait_for_screen(BanksScreen)
        await harness.shows("There is no bank yet: N begins one, I imports a list.")
        await harness.press("N")
        await harness.wait_for_screen(NewBankDialog)
        await harness.press(*"First", "enter")
        await harness.shows("Tell me about yourself.")


async def test_nothing_can_be_asked_for_before_the_banks_are_read(
    run_app: RunApp, own_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BanksScreen, "on_mount", lambda self: None)
    async with run_app(WIDE) as harness:
        await harness.wait_for_screen(TodayScreen)
        await harness.press("b")
        screen = await harness.wait_for_screen(BanksScreen)
        await harness.press(
            "enter", "a", "ctrl+d", "u", "N", "I", "X", "E", "s", "M", "p", "delete"
        )
        assert harness.app.screen is screen
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


async def test_a_bank_is_deleted_when_that_is_confirmed_and_comes_back(
    run_app: RunApp, own_bank: Path, services: Services
) -> None:
    library = services.workspace.library
    for _ in range(2):
        library.begin_take(QuestionSnapshot("one", "mine", "Why this job?"))
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        assert "Delete the bank My questions?" in harness.text
        assert "2 takes stay in the library" in harness.text
        await harness.press("enter")  # Enter is no: a tired hand presses it
        await harness.wait_for_screen(BanksScreen)
        assert is_there(own_bank)
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.press("y")
        await harness.shows("deleted: My questions · u brings it back")
        await harness.shows("Basics", "Tell me about a project")
        assert not is_there(own_bank)
        await harness.press("u")
        await harness.shows("back again: My questions", "Why this job?")
        assert read_text(own_bank) == MINE


async def test_a_shipped_bank_says_why_it_stays(run_app: RunApp) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("delete")
        await harness.shows("This bank comes with practice")


async def test_a_bank_is_renamed(run_app: RunApp, own_bank: Path) -> None:
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("f2")
        await harness.wait_for_screen(TitleDialog)
        await harness.press("home", *"For ", "enter")
        await harness.shows("renamed: For My questions")
        assert read_text(own_bank) == MINE.replace("My questions", "For My questions")


async def test_the_only_bank_leaves_nothing_behind(
    run_app: RunApp, own_bank: Path, services: Services, tmp_path: Path
) -> None:
    services.workspace.catalogue.shipped = tmp_path / "none"
    async with run_app(WIDE) as harness:
        await open_banks(harness)
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.press("y")
        await harness.shows("There is no bank yet")
        await harness.hides("Why this job?")


async def test_what_was_done_is_said_for_a_while_only(
    run_app: RunApp, own_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practice.tui.screens.banks.banks.SAID_S", 0.2)
    async with run_app(WIDE) as harness:
        await open_first_bank(harness)
        await harness.press("ctrl+d")
        await harness.wait_until(lambda: read_text(own_bank) != MINE)
        await harness.press("u")
        await harness.wait_until(lambda: read_text(own_bank) == MINE)
        await harness.hides("back again: ")
