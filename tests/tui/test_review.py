from collections.abc import Iterator

import pytest

from practice.base.errors import TranscriptionError
from practice.library.takes import Take, TakeState
from practice.tui.messages import ReviewFailed, ReviewFinished
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.review.dialogs import MeaningDialog, NotesDialog
from practice.tui.screens.review.messages import SoundRead
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.services import Services
from practice.tui.widgets.measures_panel import MeasuresPanel
from practice.tui.widgets.timeline import Timeline
from tests.support.app_harness import (
    HOSTILE,
    AppHarness,
    FakeDevices,
    FakePlayer,
    FakeSpeechWorker,
    PlayRequest,
)
from tests.support.review_harness import BANK, keep_bank, keep_conflict_take, open_review
from tests.support.takes import ANSWER
from tests.tui.conftest import RunApp


@pytest.fixture
def player(devices: FakeDevices) -> FakePlayer:
    return devices.output


@pytest.fixture
def take(services: Services) -> Iterator[Take]:
    keep_bank(services)
    yield keep_conflict_take(services)
    services.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 50)])
async def test_words_marks_numbers_and_timeline_are_on_screen(
    run_app: RunApp, services: Services, take: Take, size: tuple[int, int]
) -> None:
    async with run_app(size) as harness:
        await open_review(harness, services, take)
        await harness.shows("Tell me about a conflict.", "take 1 of 1 · today")
        await harness.shows("⟨um⟩", "‹like›?", "[I", "·1.4s·", "0:00 / 0:")
        await harness.shows("sound", "marks", "pace", "Terms: 1 of 2 said. Missing: tokenizer.")
        await review_shows_numbers(harness)


async def review_shows_numbers(harness: AppHarness) -> None:
    """The numbers are there, or one key away."""
    if "words a minute" not in harness.text:
        await harness.press("number_sign")
    await harness.shows("words a minute", "fillers")


async def test_the_places_worth_hearing_are_named_first_and_missing_points_by_name(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((80, 24)) as harness:
        await open_review(harness, services, take)
        shown = " ".join(harness.text.split())
        assert "Listen to 0:11 (a pause of 3.2 s) and 0:21 (three fillers in six seconds)." in shown
        assert "Key points: 2 of 2 found." in shown
        assert "Terms: 1 of 2 said. Missing: tokenizer." in shown


POINTS = (
    "what the disagreement was about in one sentence",
    "what the other person wanted and why that was so",
    "how it ended for everybody who was there",
)


@pytest.mark.parametrize(("answer", "is_whole"), [("Well um no.", True), (ANSWER * 3, False)])
async def test_missing_key_points_are_named_whole_where_the_words_leave_room(
    run_app: RunApp, services: Services, answer: str, is_whole: bool
) -> None:
    services.places.banks.mkdir(parents=True)
    bank = BANK.replace("the platform team owned the service, how it ended", ", ".join(POINTS))
    (services.places.banks / "mine.yaml").write_text(bank)
    take = keep_conflict_take(services, answer)
    async with run_app((80, 24)) as harness:
        await open_review(harness, services, take)
        await harness.shows("Key points: 0 of 3 found. Missing:")
        await harness.wait_until(lambda: (POINTS[2] in harness.text) == is_whole)
        assert all((f"  · {point}" in harness.text) == is_whole for point in POINTS)


async def test_enter_plays_the_first_place_and_the_bracket_goes_on_to_the_next(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        assert review.transcript.text is not None
        places = review.transcript.text.document.highlights.places
        assert len(places) >= 2
        await review.press("enter")
        await harness.wait_until(lambda: len(player.requests) == 1)
        assert player.requests[0].start_s < places[0].start_s < (player.requests[0].stop_s or 0)
        assert "3.2s" in review.word
        await review.press("right_square_bracket")
        await harness.wait_until(lambda: len(player.requests) == 2)
        assert player.requests[1].start_s < places[1].start_s < (player.requests[1].stop_s or 0)
        await review.press("left_square_bracket")
        await harness.wait_until(lambda: len(player.requests) == 3)
        assert player.requests[2] == player.requests[0]


async def test_whoever_moves_the_cursor_plays_from_there(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("enter", "ctrl+right", "enter")
        await harness.wait_until(lambda: len(player.requests) == 2)
        assert review.transcript.text is not None
        start_s, _ = review.transcript.text.span_s(review.transcript.cursor)
        assert player.requests[1].start_s == start_s
        assert player.requests[1].stop_s is None


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_one_key_turns_from_words_to_numbers_and_back(
    run_app: RunApp, services: Services, take: Take, size: tuple[int, int]
) -> None:
    async with run_app(size) as harness:
        review = await open_review(harness, services, take)
        assert "how fast" not in harness.text
        await review.press("number_sign")
        await harness.shows("how fast")
        assert "⟨um⟩" not in harness.text
        if size[0] >= 80:  # a narrow foot has no room for it
            await harness.shows("# words")
        await review.press("number_sign")
        await harness.shows("⟨um⟩")
        await review.press("number_sign", "escape")
        await harness.shows("⟨um⟩")
        assert isinstance(harness.app.screen, ReviewScreen)


async def test_the_numbers_scroll_by_keys_to_the_last_one(
    run_app: RunApp, services: Services, take: Take
) -> None:
    services.workspace.library.annotations.note(take.id, "the very last line")
    async with run_app((100, 24)) as harness:
        review = await open_review(harness, services, take)
        assert "very last line" not in harness.text
        await review.press("number_sign", "end")
        await harness.shows("the very last line")
        await review.press("home")
        await harness.shows("how fast")
        await harness.hides("the very last line")


async def test_the_cursor_of_the_numbers_reaches_each_of_them(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((80, 24)) as harness:
        review = await open_review(harness, services, take)
        await review.press("number_sign")
        panel = review.screen.query_one(MeasuresPanel)
        seen = [panel.chosen]
        for _ in range(40):
            await review.press("down")
            seen.append(panel.chosen)
        names = [entry.name for entry in dict.fromkeys(seen) if entry is not None]
        assert names[0] == "words a minute"
        assert {"fillers", "pauses", "Key points: 2 of 2 found", "repeated words"} <= set(names)


async def test_the_cursor_goes_by_word_and_says_what_it_is_on(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        assert review.word == "‹So›?,"
        assert "may be ordinary speech" in review.explanation
        await review.press("ctrl+right", "ctrl+right")
        assert review.word == "when"
        await harness.shows("“when” at 0:01.2, the model is 90% sure of it")
        await review.press("ctrl+left")
        assert review.word == "⟨um⟩,"
        await review.press("end")
        assert review.word == "good."
        await review.press("home")
        assert review.word == "‹So›?,"


async def test_the_cursor_goes_by_row_and_stays_in_its_column(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        rows = review.transcript.page.row_of
        await review.press("ctrl+right", "ctrl+right", "ctrl+right", "down", "down")
        assert rows[review.transcript.cursor] == 2
        await review.press("up", "up")
        assert rows[review.transcript.cursor] == 0
        await review.press("pagedown")
        assert rows[review.transcript.cursor] == rows[-1]
        await review.press("pageup")
        assert rows[review.transcript.cursor] == 0


async def test_tab_goes_from_finding_to_finding_without_a_sound(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("tab", "tab")
        assert review.word == "⟨uh⟩"
        await review.press("shift+tab")
        assert review.word == "⟨um⟩,"
        assert player.requests == []


async def test_brackets_play_three_seconds_around_the_finding(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("right_square_bracket", "right_square_bracket")
        assert review.word == "⟨uh⟩"
        await harness.wait_until(lambda: len(player.requests) >= 1 and player.playing)
        last = player.requests[-1]
        assert last.stop_s is not None
        assert last.stop_s - last.start_s == pytest.approx(3.0)
        player.reach_the_end()
        await harness.wait_until(lambda: not review.bar.playing)
        assert review.word == "⟨uh⟩"
        await review.press("left_square_bracket")
        assert review.word == "⟨um⟩,"


async def test_a_pause_longer_than_three_seconds_is_played_whole(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.go_to("it.")
        await review.press("right_square_bracket")
        assert "3.2s" in review.word
        await harness.wait_until(lambda: bool(player.requests))
        assert (player.requests[-1].stop_s or 0) - player.requests[-1].start_s > 4.0


async def test_at_the_last_finding_it_says_so(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("end", "right_square_bracket")
        await harness.shows("the last mark that way")


async def test_space_plays_and_the_pointer_and_cursor_follow_the_words(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("space")
        await harness.wait_until(lambda: player.playing)
        player.position_s = 5.0
        await harness.wait_until(lambda: review.transcript.now is not None)
        assert review.transcript.now == review.transcript.cursor
        await harness.shows("▶ 0:05")
        await review.press("space")
        await harness.wait_until(lambda: not player.playing)
        assert review.transcript.now is None
        await harness.shows("‖ 0:05")


async def test_a_cursor_that_is_moved_while_it_plays_is_let_go(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("space")
        await harness.wait_until(lambda: player.playing)
        await review.press("end")
        player.position_s = 3.0
        await harness.wait_until(lambda: review.bar.playhead_s == 3.0)
        assert review.word == "good."
        assert review.transcript.now not in {None, review.transcript.cursor}


async def test_enter_plays_from_the_word(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.go_to("wanted")
        await review.press("enter")
        await harness.wait_until(lambda: bool(player.requests))
        assert review.transcript.text is not None
        start_s, _ = review.transcript.text.span_s(review.transcript.cursor)
        assert take.audio
        assert player.requests == [PlayRequest(take.audio, start_s)]


async def test_arrows_seek_five_seconds_and_stop_at_the_ends(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("left")
        assert review.bar.playhead_s == pytest.approx(0.5, abs=0.51)
        before_s = review.bar.playhead_s
        await review.press("right")
        assert review.bar.playhead_s == pytest.approx(before_s + 5, abs=0.4)
        for _ in range(10):
            await review.press("right")
        assert review.word == "good."


async def test_a_seek_while_it_plays_goes_on_playing_there(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("space")
        await harness.wait_until(lambda: player.playing)
        player.position_s = 4.0
        await harness.wait_until(lambda: review.bar.playhead_s == 4.0)
        await review.press("right")
        await harness.wait_until(lambda: player.requests[-1].start_s == pytest.approx(9.0))
        assert review.bar.playing


async def test_speed_goes_from_three_quarters_to_double(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("less_than_sign", "less_than_sign")
        await harness.shows("0.75×")
        for _ in range(9):
            await review.press("greater_than_sign")
        await harness.shows("2×")
        await review.press("space")
        await harness.wait_until(lambda: bool(player.requests))
        assert player.requests[-1].speed == 2.0


async def test_without_a_sound_device_everything_but_playing_works(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    player.failure = "there is no output"
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("space")
        await harness.shows("there is no output", "no sound")
        assert not review.bar.playing
        await review.press("tab", "3")
        assert review.word == "⟨um⟩,"
        await harness.shows("rated 3 of 4")


async def test_without_its_recording_the_words_are_there_and_it_says_why_nothing_plays(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    services.workspace.library.delete_audio(take.id)
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await harness.shows("the audio was deleted", "⟨um⟩")
        await review.press("space")
        assert player.requests == []
        assert not review.bar.playing


async def test_a_rating_is_kept_and_the_same_again_takes_it_back(
    run_app: RunApp, services: Services, take: Take
) -> None:
    library = services.workspace.library
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        for key in "1234":
            await review.press(key)
            assert library.take(take.id).rating == int(key)
        await review.press("4")
        assert library.take(take.id).rating is None


async def test_a_star_is_kept(run_app: RunApp, services: Services, take: Take) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("asterisk")
        await harness.shows("★")
        assert services.workspace.library.take(take.id).starred


async def test_notes_are_kept_when_their_box_closes(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("w")
        await harness.wait_for_screen(NotesDialog)
        await review.press(*"slow", "escape")
        await harness.wait_for_screen(ReviewScreen)
        assert services.workspace.library.take(take.id).notes == "slow"
        assert "slow" in review.numbers


async def test_parts_are_marked_at_the_cursor_and_drawn_beside_the_usual_split(
    run_app: RunApp, services: Services, take: Take
) -> None:
    marks = services.workspace.library.annotations
    async with run_app((120, 50)) as harness:
        review = await open_review(harness, services, take)
        for word, key in (("‹So›?,", "S"), ("wanted", "T"), ("We", "A"), ("end", "R")):
            await review.go_to(word)
            await review.press(key)
        assert list(marks.parts(take.id)) == ["situation", "task", "action", "result"]
        assert "situation 32%, usually 20%" in review.numbers
        await harness.shows("S 32% ─")
        await review.press("R")
        assert list(marks.parts(take.id)) == ["situation", "task", "action"]
        # Two that begin in one row both stand beside it.
        await review.go_to("when")
        await review.press("T")
        await harness.shows("0:00ST")


async def test_what_the_numbers_mean_is_one_key_away(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 50)) as harness:
        review = await open_review(harness, services, take)
        await review.press("equals_sign")
        await harness.wait_for_screen(MeaningDialog)
        await harness.shows("Words over the whole take,")
        assert "Silences of at least" not in harness.text
        await review.press("escape", "down", "down", "down", "equals_sign")
        await harness.wait_for_screen(MeaningDialog)
        await harness.shows("Sounds like um and phrases")
        await review.press("escape")
        await harness.wait_for_screen(ReviewScreen)


async def test_key_points_and_terms_are_said_or_not_with_their_place(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 50)) as harness:
        review = await open_review(harness, services, take)
        await harness.wait_until(lambda: "trade-off" in review.numbers)
        assert "platform team owned the service" in " ".join(review.numbers.split())
        assert "✗" in review.numbers
        assert "✓" in review.numbers


async def test_compare_waits_for_a_second_take_and_opens_it(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("c")
        assert isinstance(harness.app.screen, ReviewScreen)
        await review.press("escape")
        second = keep_conflict_take(services)
        review = await open_review(harness, services, second)
        await review.press("c")
        await harness.wait_for_screen(CompareScreen)


async def test_retake_opens_a_session_on_the_same_question(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("r")
        session = await harness.wait_for_screen(SessionScreen)
        assert session.session_run.asked.question.id == "conflict"


async def test_a_retake_of_a_question_that_is_gone_says_so(
    run_app: RunApp, services: Services, take: Take
) -> None:
    (services.places.banks / "mine.yaml").unlink()
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("r")
        await harness.shows("conflict")
        assert isinstance(harness.app.screen, ReviewScreen)


async def test_a_take_that_waits_shows_its_review_once_it_is_there(
    run_app: RunApp, services: Services, take: Take
) -> None:
    library = services.workspace.library
    kept = library.review(take.id)
    assert kept is not None
    transcript = library.transcript(take.id)
    assert transcript is not None
    library.save_transcript(take.id, transcript)
    library.fail(take.id, "the speech process stopped")
    async with run_app((120, 36)) as harness:
        harness.app.navigator.open_review(take.id)
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("not transcribed: the speech process stopped")
        await harness.press("x", "space", "e", "S", "equals_sign")
        assert isinstance(harness.app.screen, ReviewScreen)
        library.save_review(take.id, kept)
        harness.app.post_message(ReviewFinished(take.id))
        await harness.shows("⟨um⟩")


async def test_f5_transcribes_again_and_f6_cancels_that(
    run_app: RunApp,
    services: Services,
    take: Take,
    worker: FakeSpeechWorker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker.may_end.clear()

    def cancel() -> None:
        worker.refusal = TranscriptionError("it was cancelled")
        worker.may_end.set()

    monkeypatch.setattr(worker, "cancel", cancel)
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("f5")
        await harness.wait_until(lambda: worker.has_begun)
        await review.press("f6")
        await harness.wait_until(lambda: bool(harness.messages(ReviewFailed)))
        await harness.shows("⟨um⟩")
    kept = services.workspace.library.take(take.id)
    assert kept.state is TakeState.REVIEWED
    assert kept.failure == "it was cancelled"


@pytest.mark.parametrize("key", ["1", "2", "3", "4"])
async def test_a_figure_rates_the_take(
    run_app: RunApp, services: Services, take: Take, key: str
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press(key)
        await harness.shows(f"rated {key} of 4")


async def test_the_sound_is_drawn_once_it_is_read(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await harness.wait_until(lambda: bool(harness.messages(SoundRead)))
        await harness.shows("█")
        timeline = review.screen.query_one(Timeline)
        await review.press("end")
        assert timeline.column == timeline.columns - 1 or timeline.column > 0


async def test_a_resize_keeps_the_cursor_and_brings_it_into_view(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("end")
        await harness.pilot.resize_terminal(60, 20)
        await harness.pilot.pause()
        assert review.word == "good."
        await harness.shows("good.")


async def test_a_click_goes_to_the_word_and_a_second_one_plays_it(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await harness.pilot.click(review.transcript, offset=(9, 1))
        assert review.transcript.page.row_of[review.transcript.cursor] == 1
        await harness.pilot.click(review.transcript, offset=(9, 1), times=2)
        await harness.wait_until(lambda: bool(player.requests))


async def test_a_click_on_the_timeline_seeks(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await harness.pilot.click(review.screen.query_one(Timeline), offset=(70, 0))
        assert review.bar.playhead_s > 20


async def test_nothing_plays_under_another_screen(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("space")
        await harness.wait_until(lambda: player.playing)
        await review.press("question_mark")
        await harness.wait_until(lambda: not player.playing)
        assert not review.bar.playing


async def test_hostile_words_questions_and_notes_are_shown_as_they_are(
    run_app: RunApp, services: Services, take: Take
) -> None:
    evil = keep_conflict_take(
        services, f"{HOSTILE} um {HOSTILE} then we all went home and said it was fine"
    )
    services.workspace.library.annotations.note(evil.id, HOSTILE)
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, evil)
        await harness.shows("[/x]", "[RED]", "[$primary]")
        assert not any(char in harness.text for char in "\x1b\x07\x9b")
        for key in ("e", "escape", "w", "escape", "m", "escape", "equals_sign", "escape", "end"):
            await review.press(key)
            assert not any(char in harness.text for char in "\x1b\x07\x9b")


async def test_quitting_while_it_plays_falls_silent(
    run_app: RunApp, services: Services, take: Take, player: FakePlayer
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.press("space")
        await harness.wait_until(lambda: player.playing)
        await review.press("escape")
        await harness.wait_until(lambda: not player.playing)


def test_the_answer_of_these_tests_has_a_mark_of_nearly_every_kind() -> None:
    assert {"um,", "uh", "like,", "|3.2"} <= set(ANSWER.split())
