from pathlib import Path

import pytest

from practice.base.errors import NotFoundError, TranscriptionError
from practice.library.takes import QuestionSnapshot, TakeState
from practice.speech.transcription import Progress
from practice.tui.messages import ReviewFailed, ReviewFinished, ReviewProgressed
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.dialogs.help import HelpDialog
from practice.tui.screens.dialogs.pick import PickDialog
from practice.tui.screens.dialogs.title import TitleDialog
from practice.tui.screens.library.library import FIRST, LibraryScreen
from practice.tui.screens.library.question_history import QuestionHistoryScreen
from practice.tui.screens.review.export import ExportDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.services import Services
from practice.tui.widgets.option_row import OptionRow
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.take_table import TakeTable
from tests.support.app_harness import HOSTILE, AppHarness, FakeSpeechWorker
from tests.support.clock import FakeClock
from tests.support.library_takes import SlowReads, TakeBuilder
from tests.support.takes import keep_take
from tests.support.weeks_harness import add_interview, note_question
from tests.tui.conftest import RunApp


@pytest.fixture
def take_builder(services: Services, clock: FakeClock) -> TakeBuilder:
    return TakeBuilder(services, clock)


@pytest.fixture
def three_takes(take_builder: TakeBuilder) -> list[str]:
    """Ids of three reviewed takes, the newest first; pace falls, words and banks differ."""
    return [
        take_builder.answer("Why this job?", "the customer asked", 180, question_id="job").id,
        take_builder.answer(
            "Night shifts?", "we slept", 150, question_id="n", bank="care", days_ago=1
        ).id,
        take_builder.answer("A conflict?", "the deadline moved", 120, days_ago=9).id,
    ]


async def open_library(harness: AppHarness, takes: int) -> LibraryScreen:
    await harness.shows("new to you")
    await harness.press("l")
    screen = await harness.wait_for_screen(LibraryScreen)
    await harness.wait_until(lambda: len(take_table(harness).takes) == takes)
    await harness.shows("first" if takes else "There is none yet")
    return screen


def take_table(harness: AppHarness) -> TakeTable:
    return harness.app.screen.query_one(TakeTable)


def listed_ids(harness: AppHarness) -> list[str]:
    return [take.id for take in take_table(harness).takes]


def chosen_id(harness: AppHarness) -> str:
    take = take_table(harness).chosen
    assert take is not None
    return take.id


async def type_filter(harness: AppHarness, typed: str) -> None:
    await harness.press("slash")
    harness.app.screen.query_one(PlainInput).value = typed


async def test_it_lists_every_take_newest_first_with_its_numbers(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        assert listed_ids(harness) == three_takes
        await harness.shows(
            "3 takes · newest first", "▸ 14:05  Why this job?", "1:01        3  180 wpm"
        )


async def test_an_empty_library_says_how_to_begin(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_library(harness, 0)
        assert not take_table(harness).display
        await harness.press("X", "delete", "f5", "h", "asterisk", "D")
        assert isinstance(harness.app.screen, LibraryScreen)


async def test_typing_filters_the_list(run_app: RunApp, three_takes: list[str]) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("slash", *"deadl")
        await harness.wait_until(lambda: listed_ids(harness) == three_takes[2:])
        await harness.shows("1 of 3 takes")


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("night", [1]),
        ("bank:care", [1]),
        ("today", [0]),
        (">2026-11-20", [0, 1]),
        ("2026-11-14", [2]),
    ],
)
async def test_the_filter_knows_questions_banks_and_days(
    run_app: RunApp, three_takes: list[str], typed: str, places: list[int]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await type_filter(harness, typed)
        await harness.wait_until(
            lambda: listed_ids(harness) == [three_takes[place] for place in places]
        )


async def test_interviews_with_the_words_are_named_and_one_key_away(
    run_app: RunApp, services: Services, three_takes: list[str]
) -> None:
    add_interview(services, 3, "Globex")
    acme = add_interview(services, -2)
    note_question(services, acme, "When did you miss a deadline?")
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.hides("i shows")
        await type_filter(harness, "deadline")
        await harness.shows("1 of 3 takes", "i shows 1 interview: Acme, panel")
        await type_filter(harness, "zebra")
        await harness.hides("i shows")
        await type_filter(harness, "deadline")
        await harness.shows("i shows 1 interview: Acme, panel")
        await harness.press("enter", "i")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("asked: When did you miss a deadline?")
        await harness.hides("Globex")
        await harness.press("escape")
        await harness.shows("Globex")
        await harness.press("escape")
        await harness.wait_for_screen(LibraryScreen)


async def test_words_that_only_an_interview_has_lead_there_too(
    run_app: RunApp, services: Services, three_takes: list[str]
) -> None:
    note_question(services, add_interview(services, -2), "Wie gehen Sie mit Störungen um?")
    async with run_app((40, 12)) as harness:
        await open_library(harness, 3)
        await type_filter(harness, "störungen")
        await harness.shows("i shows 1 interview: Acme")


async def test_what_the_filter_does_not_know_is_told(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await type_filter(harness, "is:red")
        await harness.shows("not understood: is:red · 3 takes")


async def test_a_filter_that_nothing_fits_says_so_and_esc_clears_it(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await type_filter(harness, "zebra")
        await harness.shows("No take fits.", "0 of 3 takes")
        await harness.press("escape")
        await harness.wait_until(lambda: listed_ids(harness) == three_takes)
        assert take_table(harness).has_focus
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


@pytest.mark.parametrize("key", ["enter", "down"])
@pytest.mark.usefixtures("three_takes")
async def test_a_key_leads_from_the_filter_into_the_list(run_app: RunApp, key: str) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("slash", key)
        await harness.wait_until(lambda: take_table(harness).has_focus)


async def test_letters_are_typed_in_the_filter_and_are_no_commands(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("slash", "d", "e", "x")
        await harness.shows("/ dex")
        assert isinstance(harness.app.screen, LibraryScreen)


async def test_the_keys_move_the_cursor_and_it_never_leaves_the_list(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        for key, place in (
            ("down", 1), ("down", 2), ("down", 2), ("up", 1), ("up", 0), ("up", 0),
            ("end", 2), ("home", 0), ("pagedown", 2), ("pageup", 0),
        ):  # fmt: skip
            await harness.press(key)
            await harness.pilot.pause()
            assert chosen_id(harness) == three_takes[place], key


async def test_a_click_goes_to_a_line_and_a_double_click_opens_it(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.pilot.click(TakeTable, offset=(20, 3))
        await harness.wait_until(lambda: chosen_id(harness) == three_takes[2])
        await harness.pilot.click(TakeTable, offset=(20, 0))
        await harness.pilot.click(TakeTable, offset=(20, 9), times=2)
        assert chosen_id(harness) == three_takes[2]
        await harness.pilot.click(TakeTable, offset=(20, 2), times=2)
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("Night shifts?")


async def test_the_list_scrolls_with_the_cursor(run_app: RunApp, take_builder: TakeBuilder) -> None:
    for number in range(40):
        take_builder.answer(f"Question {number}?", question_id=f"q{number}", days_ago=number)
    async with run_app() as harness:
        await open_library(harness, 40)
        await harness.press("end")
        await harness.shows("▸ 15 Oct", "Question 39?")
        await harness.press("home")
        await harness.shows("▸ 14:05", "Question 0?")


async def test_a_long_library_shows_its_newest_first_and_then_everything(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    for number in range(FIRST + 3):
        take_builder.record(days_ago=number)
    async with run_app() as harness:
        await open_library(harness, FIRST + 3)
        await harness.shows(f"{FIRST + 3} takes")


async def test_the_list_shows_though_reviews_end_faster_than_it_is_read(
    run_app: RunApp,
    take_builder: TakeBuilder,
    three_takes: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        reads = SlowReads(take_builder.library, monkeypatch)
        take_builder.library.annotations.star(three_takes[0], starred=True)
        harness.app.review_news.publish(ReviewFinished(three_takes[0]))
        await harness.wait_until(lambda: reads.begun == 1)
        harness.app.review_news.publish(ReviewFinished(three_takes[0]))
        await harness.pilot.pause()
        assert reads.begun == 1
        reads.finish(0)
        await harness.shows("★")
        await harness.wait_until(lambda: reads.begun == 2)
        take_builder.library.annotations.star(three_takes[0], starred=False)
        reads.finish(1)
        await harness.hides("★")


async def test_s_goes_through_the_orders_and_shift_s_turns_them_round(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("ctrl+o")
        await harness.shows("by question, A to Z")
        await harness.wait_until(
            lambda: listed_ids(harness) == [three_takes[2], three_takes[1], three_takes[0]]
        )
        await harness.press("O")
        await harness.shows("by question, Z to A")
        await harness.wait_until(lambda: listed_ids(harness) == three_takes)
        for said in ("longest", "most fillers", "fastest", "highest rating", "newest"):
            await harness.press("ctrl+o")
            await harness.shows(f"{said}")


async def test_enter_opens_the_review_and_esc_comes_back_to_the_same_line(
    run_app: RunApp, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("down", "enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("Night shifts?")
        await harness.press("escape")
        await harness.wait_for_screen(LibraryScreen)
        assert chosen_id(harness) == three_takes[1]


async def test_h_opens_the_history_of_the_question(run_app: RunApp, three_takes: list[str]) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("h")
        await harness.wait_for_screen(QuestionHistoryScreen)


async def test_a_star_is_given_and_taken_back(
    run_app: RunApp, take_builder: TakeBuilder, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("asterisk")
        await harness.shows("★")
        assert take_builder.library.take(three_takes[0]).starred
        await harness.press("asterisk")
        await harness.hides("★")
        assert not take_builder.library.take(three_takes[0]).starred


async def test_what_was_changed_shows_however_quickly_the_list_is_sorted(
    run_app: RunApp, take_builder: TakeBuilder, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("asterisk", "ctrl+o")
        await harness.shows("by question", "★")


@pytest.mark.parametrize("key", ["backspace", "delete"])
async def test_a_take_is_deleted_after_a_question(
    run_app: RunApp, take_builder: TakeBuilder, three_takes: list[str], key: str
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("down", key)
        await harness.wait_for_screen(AskDialog)
        await harness.shows("Delete this take for good?", "Night shifts?")
        await harness.press("y")
        await harness.wait_until(lambda: listed_ids(harness) == [three_takes[0], three_takes[2]])
        assert chosen_id(harness) == three_takes[2]
    with pytest.raises(NotFoundError):
        take_builder.library.take(three_takes[1])


async def test_a_take_stays_when_the_answer_is_no(
    run_app: RunApp, take_builder: TakeBuilder, three_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("delete", "escape")
        await harness.wait_for_screen(LibraryScreen)
        assert take_builder.library.take(three_takes[0]).audio is not None


async def test_the_sound_is_deleted_and_the_words_stay(
    run_app: RunApp, take_builder: TakeBuilder, three_takes: list[str]
) -> None:
    audio = take_builder.library.take(three_takes[0]).audio
    assert audio is not None
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("D")
        await harness.shows("Words, review and notes stay.")
        await harness.press("y")
        await harness.shows("· sound deleted ·")
        assert not audio.exists()
        assert take_builder.library.review(three_takes[0]) is not None
        await harness.press("D", "f5")
        assert isinstance(harness.app.screen, LibraryScreen)


async def test_it_warns_before_the_only_trace_of_an_answer_goes(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    take = take_builder.record()
    take_builder.library.fail(take.id, "the speech process stopped")
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.press("D")
        await harness.shows("without its sound it never will")


async def test_c_cancels_what_is_being_heard(
    run_app: RunApp,
    take_builder: TakeBuilder,
    worker: FakeSpeechWorker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take = take_builder.record()
    worker.progress = Progress(part=0.25, untranscribed_s=60.0, real_time_factor=1.5)
    worker.may_end.clear()

    def cancel() -> None:
        worker.refusal = TranscriptionError("it was cancelled")
        worker.may_end.set()

    monkeypatch.setattr(worker, "cancel", cancel)
    monkeypatch.setattr(
        worker, "transcribe", lambda audio, _, progress: worker.finish(audio, progress)
    )
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.shows("working 25%", "about 90 s left; F6 cancels")
        await harness.press("f6")
        await harness.shows("not transcribed: it was cancelled")
    assert take_builder.library.take(take.id).audio is not None


async def test_a_failed_take_says_why_and_r_hears_it_again(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    take = take_builder.record()
    take_builder.library.fail(take.id, "the speech process stopped")
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.shows(
            "not transcribed: the speech", "not transcribed: the speech process stopped"
        )
        await harness.press("f5")
        await harness.wait_until(lambda: bool(harness.messages(ReviewFinished)))
        await harness.wait_until(
            lambda: take_builder.library.take(take.id).state is TakeState.REVIEWED
        )
        await harness.hides("not transcribed")


async def test_a_retry_that_fails_says_so(
    run_app: RunApp, take_builder: TakeBuilder, worker: FakeSpeechWorker
) -> None:
    take = take_builder.record()
    take_builder.library.fail(take.id, "before")
    worker.refusal = TranscriptionError("it stopped twice", "try a smaller model")
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.press("f5")
        await harness.wait_until(lambda: bool(harness.messages(ReviewFailed)))
        await harness.shows("not transcribed: it stopped")


async def test_shift_r_hears_every_listed_take_without_words(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    takes = [take_builder.record(days_ago=days) for days in range(3)]
    take_builder.library.fail(takes[0].id, "before")
    take_builder.library.fail(takes[1].id, "before")
    take_builder.review(takes[2], model=None)
    reviewed = take_builder.answer("Done?", question_id="done", days_ago=5)
    async with run_app() as harness:
        await open_library(harness, 4)
        await harness.press("ctrl+r")
        await harness.wait_until(lambda: len(harness.messages(ReviewFinished)) == 3)
        heard = {news.take_id for news in harness.seen if isinstance(news, ReviewFinished)}
        assert heard == {take.id for take in takes}
        assert reviewed.id not in heard


async def test_progress_shows_in_the_line_and_below_it(
    run_app: RunApp, take_builder: TakeBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = take_builder.record()
    take_builder.library.fail(take.id, "before")
    async with run_app() as harness:
        await open_library(harness, 1)
        monkeypatch.setattr(harness.app.reviews, "part", lambda take_id: 0.6)
        monkeypatch.setattr(harness.app.reviews, "left_s", lambda take_id: 12.0)
        harness.app.review_news.publish(ReviewProgressed(take.id, 0.6, 12.0))
        await harness.shows("working 60%", "about 12 s left")


async def test_without_a_model_a_take_waits_and_r_says_what_to_do(
    run_app: RunApp, take_builder: TakeBuilder, services: Services
) -> None:
    take_builder.review(take_builder.record(), model=None)
    services.change_setting("model", "base.en")
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.shows("waits for words: no model")
        await harness.press("f5")
        await harness.shows("there is no model yet")


async def test_e_writes_a_private_file_in_the_chosen_form(
    run_app: RunApp, three_takes: list[str], services: Services
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("X")
        await harness.wait_for_screen(ExportDialog)
        await harness.press("right")
        path = services.places.data / "exports" / f"{three_takes[0]}.md"
        await harness.wait_until(
            lambda: harness.app.screen.query_one(PlainInput).value == str(path)
        )
        await harness.press("enter")
        await harness.wait_for_screen(LibraryScreen)
        await harness.wait_until(path.exists)
        assert "customer" in path.read_text()
        assert path.stat().st_mode & 0o777 == 0o600


async def test_a_quick_enter_writes_the_form_that_was_just_chosen(
    run_app: RunApp, three_takes: list[str], services: Services
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("X")
        box = await harness.wait_for_screen(ExportDialog)
        box.query_one(OptionRow).action_next()
        box.action_write()
        await harness.wait_for_screen(LibraryScreen)
        (written,) = (services.places.data / "exports").iterdir()
        assert written.suffix == ".md"
        assert written.read_text().startswith("---\ntitle: Why this job?\n")


async def test_an_export_tells_that_it_replaces_a_file(
    run_app: RunApp, three_takes: list[str], tmp_path: Path
) -> None:
    there = tmp_path / "mine.txt"
    there.write_text("before")
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("X", "down")
        harness.app.screen.query_one(PlainInput).value = str(there)
        await harness.shows("it will be replaced")
        await harness.press("enter")
        await harness.wait_for_screen(LibraryScreen)
        await harness.wait_until(lambda: "customer" in there.read_text())


async def test_an_export_that_fails_keeps_the_box_open(
    run_app: RunApp, three_takes: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press("X")
        harness.app.screen.query_one(PlainInput).value = str(tmp_path / "file" / "x.html")
        await harness.press("enter")
        await harness.shows("cannot create the folder")
        assert isinstance(harness.app.screen, ExportDialog)
        harness.app.screen.query_one(PlainInput).value = str(tmp_path / ("x" * 300))
        await harness.press("enter")
        await harness.shows("cannot write")
        harness.app.screen.query_one(PlainInput).value = ""
        await harness.press("enter")
        await harness.shows("Type where to write it.")
        await harness.press("down", "up")
        await harness.wait_until(lambda: harness.app.screen.query_one(OptionRow).has_focus)
        await harness.press("escape")
        await harness.wait_for_screen(LibraryScreen)


async def test_a_take_without_a_review_is_not_exported(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    take = take_builder.record()
    take_builder.library.fail(take.id, "before")
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.press("X", "enter")
        await harness.shows("has no review yet")


async def test_help_tells_the_filter_and_every_key(run_app: RunApp, three_takes: list[str]) -> None:
    async with run_app((120, 60)) as harness:
        await open_library(harness, 3)
        await harness.press("question_mark")
        await harness.wait_for_screen(HelpDialog)
        await harness.shows(">=2026-10", "is:silent", "Delete the sound for good")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_text_is_shown_as_it_is(
    run_app: RunApp, take_builder: TakeBuilder, size: tuple[int, int]
) -> None:
    take = take_builder.answer(HOSTILE, HOSTILE, question_id=HOSTILE, bank=HOSTILE)
    take_builder.library.annotations.note(take.id, HOSTILE)
    failed = take_builder.record(HOSTILE, days_ago=1)
    take_builder.library.fail(failed.id, HOSTILE)
    async with run_app(size) as harness:
        await open_library(harness, 2)
        await type_filter(harness, HOSTILE)
        await harness.shows("a [/x] [RED]")
        assert not any(ord(character) < 32 or 127 <= ord(character) < 160
                       for character in harness.text.replace("\n", ""))  # fmt: skip
        await harness.press("escape", "delete")
        await harness.shows("a [/x] [RED] [$primary] \\")


async def test_a_take_moves_to_another_question(run_app: RunApp, services: Services) -> None:
    take = keep_take(services.workspace)
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.press("M")
        await harness.wait_for_screen(PickDialog)
        await harness.press(*"missed")
        await harness.shows("Tell me about a time you missed a deadline. · Basics")
        await harness.press("enter")
        await harness.wait_for_screen(LibraryScreen)
        library = services.workspace.library
        await harness.wait_until(lambda: library.take(take.id).question_id == "deadline")
        await harness.shows("missed a deadline.")


async def test_questions_that_begin_alike_are_told_apart_where_there_is_little_room(
    run_app: RunApp, services: Services
) -> None:
    alike = ["you had to change a plan", "you had to change a colleague's mind"]
    lines = [f"  - text: Tell me about the last time that {each}.\n" for each in alike]
    services.places.banks.mkdir(parents=True)
    bank = services.places.banks / "mine.yaml"
    bank.write_text("title: Mine\nquestions:\n" + "".join(lines), encoding="utf-8")
    keep_take(services.workspace)
    async with run_app((40, 24)) as harness:
        await open_library(harness, 1)
        await harness.press("M")
        await harness.wait_for_screen(PickDialog)
        await harness.shows("… plan. · Mine", "… colleague's mind. · Mine")


async def test_a_take_without_a_question_is_renamed(
    run_app: RunApp, services: Services, take_builder: TakeBuilder
) -> None:
    library = services.workspace.library
    take = library.begin_take(None)
    library.fail(take.id, "nothing was heard")
    async with run_app() as harness:
        await open_library(harness, 1)
        await harness.press("h")
        await harness.shows("This take answers no question")
        await harness.press("f2")
        await harness.wait_for_screen(TitleDialog)
        await harness.press(*"Panel", "enter")
        await harness.wait_until(lambda: library.take(take.id).question == "Panel")


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("f2", "This take answers a question"),
        ("f6", "This take is not being transcribed."),
    ],
)
async def test_a_key_that_does_nothing_says_why(
    run_app: RunApp, three_takes: list[str], key: str, reason: str
) -> None:
    async with run_app() as harness:
        await open_library(harness, 3)
        await harness.press(key)
        await harness.shows(reason)


async def test_questions_that_begin_alike_can_be_told_apart_and_hours_are_shown(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    missed = "Tell me about a time you missed a deadline."
    take_builder.answer(missed, question_id="one")
    take_builder.answer("Tell me about a time you made a mistake.", question_id="two", days_ago=1)
    async with run_app() as harness:
        await open_library(harness, 2)
        await harness.shows("14:05  Tell me", "… missed a", "yest.  Tell me", "… made a")
    async with run_app((120, 30)) as harness:
        await open_library(harness, 2)
        await harness.shows("yesterday 14:05", missed)


async def test_a_line_of_80_columns_has_room_for_the_question_and_counts_fillers(
    run_app: RunApp, services: Services
) -> None:
    question = "Tell me about a time you missed a"
    keep_take(services.workspace, "Well um I uh no.", QuestionSnapshot("q", "mine", question))
    async with run_app((80, 24)) as harness:
        harness.app.navigator.open_library()
        await harness.shows("fillers", question)
        (line,) = (line for line in harness.text.splitlines() if f"▸ 14:05  {question}" in line)
        assert line.split()[-2] == "2"
