"""`practice drill`: short exercises that end by themselves, in lines."""

import time
from collections.abc import Callable
from dataclasses import asdict

import click

from practice.audio.microphone import choose_microphone
from practice.audio.player import Player
from practice.audio.source import Source
from practice.base.errors import NotFoundError
from practice.base.text import one_line
from practice.cli import options, output
from practice.cli.lines import Lines
from practice.cli.plain_session import QUIT, TICK_S, PlainSession
from practice.cli.services import open_workspace, say_model
from practice.core.drills import (
    RETRIEVAL_S,
    Retrieval,
    choose_retrieval_questions,
    sum_up_retrieval,
)
from practice.core.habit import (
    ENOUGH,
    HABITS,
    HabitKind,
    MinuteFacts,
    ask_for_minute,
    compare_marks,
    describe_agreement,
    describe_minute,
    find_old_answer,
    is_enough,
    marks_of_machine,
    read_minute,
)
from practice.core.ladder import list_rungs
from practice.core.session import Mode, SessionRun
from practice.core.workspace import Workspace
from practice.library.takes import Take, TakeState, sound_of
from practice.questions.model import AskedQuestion


@click.group()
def drill() -> None:
    """Short exercises. Each ends by itself and says what it has looked at.

    Which story answers ten questions; one story in less and less time; one habit, heard in an old
    take and left out for a minute.

    \b
    practice drill retrieval
    practice drill ladder the-night-shift
    practice drill habit --habit hurrying
    """


@drill.command()
@options.as_json
def retrieval(as_json: bool) -> None:
    """Choose a story for each of ten questions, and say its first sentence aloud.

    Type the number of the story and Enter; Enter alone goes on. Ten seconds each. Nothing is
    recorded or kept: only your choice and its time are looked at.
    """
    with open_workspace() as workspace:
        titles = [one_line(story.title) for story in workspace.stories.all()]
        if not titles:
            raise NotFoundError("there is no story yet", "practice stories new TITLE")
        run = Retrieval(choose_retrieval_questions(workspace), titles, time.monotonic)
    for number, title in enumerate(titles, start=1):
        output.narrate(f"{number:3d}  {title}")
    _ask_each(run)
    if as_json:
        output.print_document({"choices": [asdict(choice) for choice in run.choices]})
        return
    output.narrate("")
    output.print_data("\n".join(sum_up_retrieval(run.choices, titles)))


def _ask_each(run: Retrieval) -> None:
    """Ask until every question was asked, the user leaves, or nothing more is typed."""
    lines, shown = Lines(), -1
    while (number := run.number) < len(run.questions):
        if number != shown:
            shown = number
            output.narrate(f"\n{number + 1} of {len(run.questions)}, {RETRIEVAL_S:.0f} seconds")
            output.narrate(run.questions[number])
        typed = lines.next(TICK_S)
        if typed == QUIT or (typed is None and lines.ended):
            return
        if typed == "":
            run.go_on()
        elif typed is not None:
            _choose(run, typed)


def _choose(run: Retrieval, typed: str) -> None:
    if not typed.isdecimal() or not 0 < int(typed) <= len(run.stories):
        output.narrate(f"type a number from 1 to {len(run.stories)}")
        return
    run.choose(int(typed) - 1)
    if run.chosen:
        output.narrate(f"{run.chosen}: say its first sentence; Enter goes on")


@drill.command()
@click.argument("story")
@options.device
@options.model
@options.language
def ladder(story: str, device: str | None, model: str | None, language: str | None) -> None:
    """Tell a STORY in 180, 90, 60 and 30 seconds, each time with a hard stop.

    The four tellings are kept as takes of the story and reviewed at the end.
    """
    with open_workspace(model, language, records=True) as workspace:
        rungs = list_rungs(workspace.stories.get(story))
        say_model(workspace)
        run = SessionRun(workspace, rungs, Mode.INTERVIEW, _microphone(workspace, device))
        PlainSession(workspace, run).run()


@drill.command()
@click.option(
    "--habit",
    "kind",
    type=click.Choice(HABITS),
    default="fillers",
    show_default=True,
    help="What to listen for.",
)
@click.option("--take", "take_id", help="Which take to hear; your last answer when left out.")
@options.device
@options.model
@options.language
def habit(
    kind: HabitKind,
    take_id: str | None,
    device: str | None,
    model: str | None,
    language: str | None,
) -> None:
    """Hear a habit in an old take, speak a minute without it, and answer that question again.

    While the take plays, Enter marks each place where you hear the habit. Then your marks stand
    beside the machine's; a minute with something else in its place follows, and a retake.
    """
    with open_workspace(model, language, records=True) as workspace:
        library = workspace.library
        take = library.take(take_id) if take_id else find_old_answer(library.takes())
        if take is None:
            raise NotFoundError("there is no answer to hear yet", "practice record")
        before = workspace.review_of(take)
        lines = Lines()
        own, heard_s = _mark_by_ear(take, kind, lines)
        agreement = compare_marks(own, marks_of_machine(before, kind), heard_s)
        output.print_data(describe_agreement(agreement))
        facts = read_minute(before)
        output.print_data(f"in that take: {describe_minute(facts)}")
        if is_enough(facts, kind):
            output.print_data(ENOUGH)
            return
        say_model(workspace)
        asked = [("the minute", ask_for_minute(kind))]
        question = workspace.question_of(take)
        if question is not None:
            asked.append(("the retake", AskedQuestion(take.bank or "", question)))
        for name, each in asked:
            output.narrate(f"\n{name}: Enter begins, q leaves")
            if _wait_for_line(lines) != "":
                return
            found = _say(workspace, each, device, lines)
            if found is None:
                return
            output.print_data(f"{name}: {describe_minute(found)}")


def _wait_for_line(lines: Lines) -> str | None:
    """The next line; None at the end of the input."""
    while True:
        typed = lines.next(TICK_S)
        if typed is not None or lines.ended:
            return typed


def _mark_by_ear(take: Take, kind: HabitKind, lines: Lines) -> tuple[list[float], float | None]:
    """Where Enter was pressed while the take played, in seconds of it, and where it was ended.

    The second is None where it was heard to its end.
    """
    output.narrate(f"take {take.id} plays; Enter marks {kind}, q and Enter ends it")
    player = Player()
    marks: list[float] = []
    player.play(sound_of(take))
    try:
        while player.playing:
            at_s = player.position_s
            typed = lines.next(TICK_S)
            if typed == QUIT or (typed is None and lines.ended):
                return marks, at_s
            if typed is not None:
                marks.append(at_s)
        return marks, None if player.failure is None else player.position_s
    finally:
        player.stop()


def _say(
    workspace: Workspace, asked: AskedQuestion, device: str | None, lines: Lines
) -> MinuteFacts | None:
    """Record one answer with a hard stop, and what was observed in it; None where there is none."""
    run = SessionRun(workspace, [asked], Mode.INTERVIEW, _microphone(workspace, device))
    PlainSession(workspace, run, lines).run()
    takes = run.summary().takes
    if not takes or takes[-1].state != TakeState.REVIEWED:
        return None
    return read_minute(workspace.review_of(takes[-1]))


def _microphone(workspace: Workspace, device: str | None) -> Callable[[], Source]:
    return lambda: choose_microphone(device or workspace.settings.microphone)
