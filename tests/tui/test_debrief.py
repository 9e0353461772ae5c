"""The debrief: six questions in few keys, kept at every key, gone on with where it was left."""

from dataclasses import replace

import pytest
from textual.events import Paste

from practice.base.paths import places
from practice.library.interviews import Debrief, Interview, NotedQuestion
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.weeks.debrief import DebriefScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.services import Services
from practice.tui.widgets.answer_box import AnswerBox
from tests.support.app_harness import AppHarness
from tests.support.weeks_harness import add_interview, note_question
from tests.tui.conftest import RunApp


class Typist:
    """Presses keys, and counts those that are not letters of a text."""

    def __init__(self, harness: AppHarness) -> None:
        self.harness = harness
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.harness.press(*keys)

    async def type(self, text: str) -> None:
        await self.harness.press(*text)


async def open_debrief(harness: AppHarness, prompt: str = "One thing that went well") -> None:
    await harness.shows("d: three minutes")
    await harness.press("d")
    await harness.wait_for_screen(DebriefScreen)
    await harness.shows(prompt)


def noted(services: Services, interview: Interview) -> list[NotedQuestion]:
    return [
        replace(each, id=0) for each in services.workspace.library.interviews.asked(interview.id)
    ]


async def test_six_questions_take_at_most_forty_keys_beside_their_texts(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    async with run_app() as harness:
        await harness.shows("How did Acme go? d: three minutes")
        typist = Typist(harness)
        await typist.press("d")
        await harness.shows("One thing that went well")
        await typist.type("the numbers")
        await typist.press("enter")
        await harness.shows("How did it feel?")
        await typist.press("2")
        for number, (text, rating, wish) in enumerate(
            [
                ("Why us?", "s", ""),
                ("a disagreement with my manager", "r", "I listened first."),
                ("How do you test?", "r", "We had 40 tests."),
                ("a project i am proud of", "o", ""),
                ("Where will you be in five years?", "r", ""),
                ("What are your questions?", "s", ""),
            ]
        ):
            await harness.shows("What else were you asked?" if number else "What were you asked?")
            await typist.type(text)
            if number in {1, 3}:
                await harness.shows("it was one of these")
                await typist.press("down")
            await typist.press("enter")
            await harness.shows("How did it go?")
            await typist.press(rating)
            if wish:
                await typist.press("w")
                await harness.shows("What do you wish you had said?")
                await typist.type(wish)
            await typist.press("enter")
        await harness.shows("What else were you asked?")
        await typist.press("enter")
        await harness.shows("What did they say about you")
        await typist.type("clear")
        await typist.press("enter")
        await harness.shows("What surprised you?")
        await typist.press("enter")
        await harness.shows("3 questions to say well: the first tomorrow, 3 minutes each.")
        assert typist.keys == 28
        await harness.press("enter")
        await harness.wait_for_screen(TodayScreen)
        await harness.hides("How did Acme go?")
    found = noted(services, interview)
    assert [(each.bank, each.rating, each.wish) for each in found] == [
        ("asked", "strong", ""), ("basics", "rough", "I listened first."),
        ("asked", "rough", "We had 40 tests."), ("basics", "okay", ""), ("asked", "rough", ""),
        ("asked", "strong", ""),
    ]  # fmt: skip
    assert found[1].text == "Tell me about a disagreement with your manager."
    debrief = services.workspace.library.interviews.debrief(interview.id)
    assert debrief is not None
    assert (debrief.felt, debrief.went_well, debrief.said_about_me) == (2, "the numbers", "clear")


async def test_a_key_that_does_something_does_not_say_why_it_does_nothing(
    run_app: RunApp, services: Services
) -> None:
    add_interview(services, 0)
    async with run_app() as harness:
        await open_debrief(harness)
        assert not harness.app._notifications


async def test_a_known_question_is_shown_and_can_be_refused(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press("enter", "enter", *"a disagreement with my boss")
        await harness.shows("Tell me about a disagreement with your manager.")
        await harness.press("down")
        await harness.shows("▸ Tell me about a disagreement")
        await harness.press("up", "enter")
        await harness.shows("How did it go?")
        await harness.press("r", "escape")
        await harness.wait_for_screen(TodayScreen)
    assert noted(services, interview) == [
        NotedQuestion("a disagreement with my boss", rating="rough")
    ]


async def test_every_key_is_kept_before_anything_is_finished(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    interviews = services.workspace.library.interviews
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press(*"num")
        await harness.wait_until(
            lambda: interviews.debrief(interview.id) == Debrief(went_well="num")
        )
        await harness.press("enter", "4", *"Why")
        await harness.wait_until(lambda: noted(services, interview) == [NotedQuestion("Why")])
        await harness.press("backspace")
        await harness.wait_until(lambda: noted(services, interview) == [NotedQuestion("Wh")])
        # Nothing was left in an orderly way: the app goes down as at a kill.
    assert not interviews.get(interview.id).debriefed


@pytest.mark.parametrize(
    ("draft", "asked", "prompt", "text"),
    [
        (Debrief(went_well="the numb"), None, "One thing that went well", "the numb"),
        (Debrief(felt=2), None, "What were you asked?", ""),
        (Debrief(felt=2), ("Why us", None), "asked?", "Why us"),
        (Debrief(felt=2), ("Why us?", "rough"), "What else were you asked?", ""),
        (
            Debrief(felt=2, surprises="the hal"),
            ("Why us?", "okay"),
            "What surprised you?",
            "the hal",
        ),
    ],
)
async def test_it_opens_again_where_it_was_left(
    run_app: RunApp,
    services: Services,
    draft: Debrief,
    asked: tuple[str, None] | None,
    prompt: str,
    text: str,
) -> None:
    interview = add_interview(services, 0)
    services.workspace.library.interviews.save_debrief(interview.id, draft)
    if asked is not None:
        note_question(services, interview, asked[0], asked[1])
    async with run_app() as harness:
        await open_debrief(harness, prompt)
        box = harness.app.screen.query_one(AnswerBox)
        await harness.wait_until(lambda: box.has_focus and box.text == text)


async def test_up_goes_back_to_what_was_asked_before(run_app: RunApp, services: Services) -> None:
    interview = add_interview(services, 0)
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press("enter", "enter", *"Why us?", "enter", "s", "enter")
        await harness.shows("strong  Why us?")
        await harness.press("up")
        await harness.press("end", *" Really?", "enter", "r")
        await harness.shows("Rough")
        await harness.press("enter", "up", "up")
        await harness.shows("How did it feel?")
        await harness.press("up")
        await harness.shows("One thing that went well")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    assert noted(services, interview) == [NotedQuestion("Why us? Really?", rating="rough")]


async def test_a_question_of_which_nothing_is_left_is_none(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press("enter", "enter", "W", "backspace", "enter", "enter", "enter")
        await harness.shows("Nothing was rough: nothing is planned.")
    assert noted(services, interview) == []


async def test_after_a_test_it_asks_what_it_was_how_long_and_where_it_went_wrong(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0, kind="test or task")
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press("enter", "enter", "enter", "enter", "enter")
        await harness.shows("What was the task?")
        await harness.press(*"a cache", "enter", *"90", "enter", *"eviction", "enter")
        await harness.shows("Nothing was rough")
    debrief = services.workspace.library.interviews.debrief(interview.id)
    assert debrief is not None
    assert (debrief.task, debrief.task_minutes) == ("a cache", 90)
    assert debrief.task_trouble == "eviction"


async def test_a_bank_that_cannot_be_written_leaves_the_debrief_as_it_is(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    folder = places().banks
    folder.mkdir(parents=True)
    (folder / "asked.yaml").write_text("title: [\n")
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press("enter", "enter", *"Why us?", "enter", "r", "enter", "enter", "enter")
        await harness.press("enter")
        await harness.wait_until(
            lambda: any("banks check" in each.message for each in harness.app._notifications)
        )
        assert isinstance(harness.app.screen, DebriefScreen)
    assert noted(services, interview) == [NotedQuestion("Why us?", rating="rough")]


async def test_enter_that_is_held_at_the_end_leaves_the_debrief_once(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    async with run_app() as harness:
        await open_debrief(harness)
        await harness.press("enter", "2", "enter", "enter")
        await harness.shows("What surprised you?")
        # What a terminal sends faster than the screen goes on.
        box = harness.app.screen.query_one(AnswerBox)
        for _ in range(9):
            box.post_message(AnswerBox.Submitted())
        await harness.shows("Nothing was rough")
        screen = harness.app.screen
        assert isinstance(screen, DebriefScreen)
        screen.action_next()
        screen.action_next()
        await harness.wait_for_screen(TodayScreen)
    assert services.workspace.library.interviews.get(interview.id).debriefed


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_what_is_asked_and_how_to_answer_fit_every_size(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    add_interview(services, 0)
    async with run_app(size) as harness:
        await harness.shows("How did Acme go?")
        await harness.press("i")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme")
        await harness.press("d")
        await harness.shows("One thing that went well", "Esc")
        await harness.press("enter", "enter", *"a disagreement with my manager")
        await harness.shows("asked?", "it was one of these", "Tell me about a disagreement", "Esc")
        await harness.press("enter", "r")
        await harness.shows("Rough", "I wish I had said")


PASTED = "1. Why do you want to leave?\n2. Tell me about a zeppelin\n- Wie testen Sie das?\n"


async def paste_questions(harness: AppHarness, prompt: str) -> None:
    await open_debrief(harness, prompt)
    harness.app.screen.query_one(AnswerBox).post_message(Paste(PASTED))
    await harness.shows("Enter notes 3 questions, one a line.")
    await harness.press("enter")
    await harness.shows("How did it go?", "Why do you want to leave?")


async def test_a_pasted_list_is_noted_a_question_a_line_and_rated_one_by_one(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    services.workspace.library.interviews.save_debrief(interview.id, Debrief(felt=3))
    async with run_app() as harness:
        await paste_questions(harness, "What were you asked?")
        await harness.press("r", "enter")
        await harness.shows("Tell me about a zeppelin")
        await harness.press("s", "enter", "o", "enter")
        await harness.shows("What else were you asked?")
        await harness.press("enter")
        await harness.shows("What did they say about you")
    assert noted(services, interview) == [
        NotedQuestion("Why do you want to leave?", rating="rough"),
        NotedQuestion("Tell me about a zeppelin", rating="strong"),
        NotedQuestion("Wie testen Sie das?", rating="okay"),
    ]


async def test_u_makes_one_question_of_the_pasted_lines_again(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    services.workspace.library.interviews.save_debrief(interview.id, Debrief(felt=3))
    async with run_app() as harness:
        await paste_questions(harness, "What were you asked?")
        await harness.press("r", "u")
        await harness.shows("What else were you asked?", "Wie testen Sie das?")
        await harness.press("enter", "enter")
        await harness.shows("What else were you asked?")
    (one,) = noted(services, interview)
    assert one.text == "Why do you want to leave? Tell me about a zeppelin Wie testen Sie das?"
