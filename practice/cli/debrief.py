"""`practice interviews debrief`: what was asked, while it is fresh."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TextIO

import click

from practice.audio.microphone import choose_microphone
from practice.base.errors import UsageError
from practice.base.sentences import Sentence
from practice.base.text import clock_time, one_line
from practice.cli import options, output
from practice.cli.listening import listen
from practice.cli.services import open_workspace, say_model, transcription_progress
from practice.core.answering import begin_answer
from practice.core.offered_questions import (
    Offer,
    describe_offer,
    find_offered,
    find_offered_in_take,
)
from practice.core.reviewing import review_take
from practice.core.weeks import (
    DebriefPlan,
    describe_plan,
    finish_debrief,
    match_questions,
    now_in_zone,
)
from practice.core.workspace import Workspace
from practice.documents.interview_transcript import is_transcript
from practice.library.interviews import RATINGS, Debrief, Interview, NotedQuestion, Rating
from practice.library.takes import Take
from practice.questions.matching import Match, QuestionMatcher
from practice.questions.pasted_list import split_questions
from practice.questions.stories.file import match_stories
from practice.questions.stories.model import Story

_LETTERS: dict[str, Rating] = {rating[0]: rating for rating in RATINGS}


@click.command()
@click.argument("interview", default="last")
@click.option("--felt", type=click.IntRange(1, 5), help="How it felt, 1 to 5.")
@click.option("--went-well", help="One thing that went well.")
@click.option(
    "--asked",
    multiple=True,
    metavar="[s|o|r:]TEXT",
    help="A question, with s: strong, o: okay or r: rough before it; again for more.",
)
@click.option("--said-about-me", help="What they said about you, in their words.")
@click.option("--surprises", help="What you did not expect.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Offer the questions in a transcript (.txt, .md, .srt, .vtt, .json) or a recording.",
)
@click.option("--take", "told", metavar="TAKE", help="Offer the questions told of in a take.")
@click.option("--voice", is_flag=True, help="Tell it aloud, and take the questions from that.")
@options.device
@options.model
@options.language
@options.as_json
def debrief(
    interview: str,
    felt: int | None,
    went_well: str | None,
    asked: tuple[str, ...],
    said_about_me: str | None,
    surprises: str | None,
    source: Path | None,
    told: str | None,
    voice: bool,
    device: str | None,
    model: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Write down what was asked in an INTERVIEW, while it is fresh: about three minutes.

    Without options it asks line by line; every line is kept at once, and what was begun goes on
    where it was left. An empty line goes on.

    With --from it offers the questions it finds in a transcript or a recording, one after the
    other, and you take those you were asked; with --json it only lists them, and --asked keeps the
    ones you choose. A recording is transcribed first, and not kept. Record an interview only if
    everybody agreed. Speakers are not told apart.

    With --voice you tell how it went until you press Enter, and the questions you mention are
    offered; what you said is kept as a take, which --take names later.

    \b
    practice interviews debrief acme
    practice interviews debrief acme --felt 3 --asked "r: Why did you leave?"
    practice interviews debrief acme --from talk.m4a
    practice interviews debrief acme --voice
    """
    with open_workspace(model, language, records=voice) as workspace:
        known = workspace.library.interviews.get(interview)
        given: dict[str, object] = {"felt": felt, "went_well": went_well}
        given |= {"said_about_me": said_about_me, "surprises": surprises}
        named = {name: value for name, value in given.items() if value is not None}
        _check_one_way(source is not None, told is not None, voice, bool(named or asked))
        offer = None
        if source is not None:
            offer = _look_in_file(workspace, known, source)
        elif told is not None or voice:
            offer = _look_in_telling(workspace, known, told, device)
        if offer is not None and as_json:
            _print_facts(known, None, offer)
            return
        if named or asked:
            _keep_answers(workspace, known, named, asked)
        elif sys.stdin is not None and (sys.stdin.isatty() or not as_json):
            if offer is not None:
                output.narrate(describe_offer(offer))
            draft = workspace.library.interviews.debrief(known.id) or Debrief()
            _ask_line_by_line(workspace, known, draft, offer.questions if offer else [])
        plan = finish_debrief(workspace, known.id)
    if as_json:
        _print_facts(known, plan, None)
    else:
        output.print_data(describe_plan(plan, now_in_zone(workspace).date()))


def _keep_answers(
    workspace: Workspace, interview: Interview, named: dict[str, object], asked: Sequence[str]
) -> None:
    store = workspace.library.interviews
    store.change_debrief(interview.id, lambda kept: replace(kept, **named))  # type: ignore[arg-type]
    for text in asked:
        store.save_asked(interview.id, _parse_asked(text))


def _print_facts(interview: Interview, plan: DebriefPlan | None, offer: Offer | None) -> None:
    output.print_document(
        {
            "interview": interview.id,
            "plan": _plan_facts(plan) if plan else None,
            "offered": [asdict(each) for each in offer.questions] if offer else [],
        }
    )


def _check_one_way(*ways: bool) -> None:
    if sum(ways) > 1:
        raise UsageError(
            "--from, --take and --voice ask for the rest themselves",
            "give one of them, without other answers",
        )


def _look_in_telling(
    workspace: Workspace, interview: Interview, told: str | None, device: str | None
) -> Offer:
    """The questions that somebody tells of: in the take named, or aloud now."""
    take = _record_telling(workspace, device) if told is None else workspace.library.take(told)
    return find_offered_in_take(workspace, interview, take)


def _look_in_file(workspace: Workspace, interview: Interview, source: Path) -> Offer:
    """The questions in a transcript or a recording; how far a transcription is, is shown."""
    if not is_transcript(source) and workspace.model().missing is None:
        say_model(workspace)
    progress = transcription_progress(f"listening to {one_line(source.name)}")
    return find_offered(workspace, interview, source, progress)


def _record_telling(workspace: Workspace, device: str | None) -> Take:
    """Record how it went, keep it as a take, and transcribe it.

    Raises:
        ModelError: There is no model, so nothing is recorded.
        AudioError, StorageError: Nothing could be recorded.
    """
    if missing := workspace.model().missing:
        raise missing
    source = choose_microphone(device or workspace.settings.microphone)
    say_model(workspace)
    output.narrate("Tell how it went: what they asked, and what you said.")
    answer = begin_answer(workspace, source, None)
    listen(answer.recorder, None)
    take = answer.finish()
    if failure := answer.recorder.failure:
        output.narrate(f"the recording ended early: {failure.message}; what was said is kept")
    output.narrate(f"kept as take {take.id}, {take.duration_s or 0:.1f} s")
    review_take(workspace, take.id, live=answer.pop_live())
    return take


def _ask_line_by_line(
    workspace: Workspace, interview: Interview, draft: Debrief, offered: list[Sentence]
) -> None:
    """Ask for everything in lines; each answer is kept before the next question."""
    store = workspace.library.interviews
    matcher = match_questions(workspace)
    stories = workspace.stories.readable()

    def keep(**changed: object) -> None:
        store.change_debrief(interview.id, lambda kept: replace(kept, **changed))  # type: ignore[arg-type]

    output.narrate(f"{interview.name}. Every line is kept as you go; Ctrl+C leaves, and keeps it.")
    if text := _ask("One thing that went well", draft.went_well):
        keep(went_well=text)
    felt = _choose("How did it feel, 1 (bad) to 5 (good)", "12345", str(draft.felt or ""))
    if felt:
        keep(felt=int(felt))
    if interview.facts.round == "test or task":
        if text := _ask("What was the task", draft.task):
            keep(task=text)
        if (minutes := _ask("How many minutes did it take", "")).isdigit():
            keep(task_minutes=int(minutes))
        if text := _ask("Where did it go wrong", draft.task_trouble):
            keep(task_trouble=text)
    for noted in store.asked(interview.id):
        output.narrate(f"  kept: {noted.text} ({noted.rating or 'not rated'})")

    def note(text: str) -> None:
        pasted = [text]
        noted = store.save_asked(interview.id, _join(NotedQuestion(text), matcher, pasted))
        letter = _choose("How was your answer: s strong, o okay, r rough", "sor", "", pasted)
        first, *others = split_questions("\n".join(pasted)) or [text]
        if others and noted.question_id is None:
            noted = replace(noted, text=first)
        noted = store.save_asked(interview.id, replace(noted, rating=_LETTERS.get(letter)))
        if noted.rating == "rough" and (wish := _ask("What do you wish you had said", "")):
            noted = store.save_asked(interview.id, replace(noted, wish=wish))
        if stories and (story := _choose_story(stories)):
            store.save_asked(interview.id, replace(noted, story=story))
        for each in others:
            output.narrate(f"  pasted too: {each}")
        if others and _ask("Note these as questions: Enter yes, n no", "").casefold()[:1] != "n":
            for each in others:
                output.narrate(f"  {each}")
                note(each)

    for number, each in enumerate(offered, 1):
        at = f" {clock_time(each.start_s)}" if each.start_s is not None else ""
        output.narrate(f"  {number} of {len(offered)}{at}  {each.text}")
        if _ask("Were you asked this: y yes, Enter no", "").casefold()[:1] == "y":
            note(each.text)
    while text := _ask("A question they asked (empty: no more)", ""):
        note(text)
    if text := _ask("What did they say about you, in their words", draft.said_about_me):
        keep(said_about_me=text)
    if text := _ask("What surprised you", draft.surprises):
        keep(surprises=text)


def _ask(prompt: str, known: str) -> str:
    """One line; empty where nothing was typed, or no more comes."""
    shown = f"{prompt} [{one_line(known)}]: " if known else f"{prompt}: "
    click.echo(shown, err=True, nl=False)
    stream: TextIO = sys.stdin
    return one_line(stream.readline()) or known


def _choose(prompt: str, answers: str, known: str, pasted: list[str] | None = None) -> str:
    """One of the letters or digits `answers`, or nothing; anything else is asked again.

    Args:
        prompt: What is asked.
        answers: Letters or digits.
        known: What an empty line means.
        pasted: Takes a line that answers nothing and reads like a question: a whole list was
            pasted where one question was asked for.
    """
    typed = _ask(prompt, known)
    while (short := typed.casefold()) and (
        short[0] not in answers or len(short.split()) > 1 or (short[0].isdigit() and len(short) > 1)
    ):
        if pasted is not None and _reads_like_question(typed):
            pasted.append(typed)
        else:
            output.narrate(f"  {short!r} is none of these: {', '.join(answers)}, or Enter")
        typed = _ask(prompt, "")
    return typed.casefold()[:1]


def _reads_like_question(line: str) -> bool:
    (words, *_) = [*split_questions(line), ""]
    return len(words.split()) > 1 or words.endswith(("?", "？", "؟"))


def _join(noted: NotedQuestion, matcher: QuestionMatcher, pasted: list[str]) -> NotedQuestion:
    """The question joined to a known one, if the user says that it is one."""
    matches = matcher.find(noted.text)
    if not matches:
        return noted
    output.narrate("  known ones that look alike (a number takes one, Enter none):")
    for number, match in enumerate(matches, 1):
        output.narrate(f"    {number} {match.asked.question.text}")
    chosen = _ask("  Is it one of them", "")
    while _reads_like_question(chosen):
        pasted.append(chosen)
        chosen = _ask("  Is it one of them", "")
    if chosen.isdigit() and 1 <= int(chosen) <= len(matches):
        return _take_known(noted, matches[int(chosen) - 1])
    return noted


def _choose_story(stories: Sequence[Story]) -> str:
    """Which story was told: the title of one of yours, or what was typed; empty for none."""
    typed = _ask("Which story did you tell: words of its title, Enter none", "")
    found = match_stories(stories, typed) if typed else []
    if len(found) > 1:
        for number, story in enumerate(found, 1):
            output.narrate(f"    {number} {story.title}")
        chosen = _ask("  Which one: a number, Enter keeps what you typed", "")
        is_number = chosen.isdecimal() and 1 <= int(chosen) <= len(found)
        return found[int(chosen) - 1].title if is_number else typed
    return found[0].title if found else typed


def _take_known(noted: NotedQuestion, match: Match) -> NotedQuestion:
    return replace(noted, bank=match.asked.bank, question_id=match.asked.question.id)


def _parse_asked(text: str) -> NotedQuestion:
    letter, colon, rest = text.partition(":")
    if colon and letter.strip().casefold() in _LETTERS:
        text, rating = rest, _LETTERS[letter.strip().casefold()]
    else:
        rating = None
    if not text.strip():
        raise UsageError("a question that was asked has no text", 'write --asked "r: Why us?"')
    return NotedQuestion(one_line(text), rating=rating)


def _plan_facts(plan: DebriefPlan) -> dict[str, object]:
    return {
        "opened": [
            {"id": each.id, "bank": each.bank, "question_id": each.question_id, "text": each.text}
            for each in plan.opened
        ],
        "first_day": plan.first_day.isoformat(),
        "minutes": plan.minutes,
    }
