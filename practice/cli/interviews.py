"""`practice interviews`: real interviews, what was asked in them, and how they ended."""

import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from practice.base.clock import iso_utc
from practice.base.errors import UsageError
from practice.base.sentences import Sentence
from practice.base.text import clock_time, one_line
from practice.base.wall_time import local_zone, parse_wall_time
from practice.cli import options, output
from practice.cli.in_common import report
from practice.cli.letters import letter, templates
from practice.cli.outcome import outcome
from practice.cli.own_page import page
from practice.cli.services import open_workspace
from practice.core.offered_questions import describe_offered, find_offered
from practice.core.weeks import (
    DebriefPlan,
    delete_interview,
    describe_plan,
    finish_debrief,
    match_questions,
    now_in_zone,
)
from practice.core.workspace import Workspace
from practice.library.interviews import (
    RATINGS,
    ROUNDS,
    Debrief,
    Interview,
    InterviewFacts,
    NotedQuestion,
    Outcome,
    Rating,
)
from practice.questions.matching import Match, QuestionMatcher
from practice.schedule.days import describe_days_left

_LETTERS: dict[str, Rating] = {rating[0]: rating for rating in RATINGS}


def _with_facts(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what an interview is."""
    for option in (
        click.option("--notes", help="Yours to write."),
        click.option("--advert", type=click.File(), help="A file with the advert; - reads it."),
        click.option("--person", "people", multiple=True, help="Who asks; again for more."),
        click.option("--when", metavar="WHEN", help="2026-12-03 14:00, Thursday 2pm, 3 Dec, none."),
        click.option("--format", "form", help="Video, phone, on site."),
        click.option(
            "--round",
            "kind",
            type=click.Choice([each for each in ROUNDS if each]),
            help="Which round it is.",
        ),
        click.option("--role", help="What the work is."),
    ):
        command = option(command)
    return command


@click.group()
def interviews() -> None:
    """Keep your real interviews, write down what was asked, and note how they ended.

    An interview is named by its company, its id, `next` or `last`.

    \b
    practice interviews add Acme --round panel --when "3 Dec 14:00"
    practice interviews debrief last
    """


for _command in (letter, outcome, page, report, templates):
    interviews.add_command(_command)


@interviews.command("list")
@options.as_json
def list_interviews(as_json: bool) -> None:
    """List the interviews, the one that comes first at the top."""
    with open_workspace() as workspace:
        found = workspace.library.interviews.all()
        now = now_in_zone(workspace)
    if as_json:
        output.print_document({"interviews": [_describe(each) for each in found]})
    elif found:
        header = ("id", "company", "round", "when", "outcome", "asked")
        output.print_table([header, *(_to_row(each, now.date()) for each in found)])
    else:
        output.narrate("there is no interview yet: practice interviews add COMPANY")


@interviews.command()
@click.argument("company")
@_with_facts
@options.as_json
def add(company: str, as_json: bool, **typed: object) -> None:
    """Keep an interview at COMPANY; everything else may stay empty."""
    with open_workspace() as workspace:
        facts = _change(InterviewFacts(company), workspace, local_zone(), typed)
        _show_kept(workspace.library.interviews.add(facts, local_zone()), workspace, as_json)


@interviews.command()
@click.argument("interview")
@click.option("--company", help="Another name for it.")
@_with_facts
@options.as_json
def edit(interview: str, company: str | None, as_json: bool, **typed: object) -> None:
    """Change what is known of an INTERVIEW; what is not named stays."""
    with open_workspace() as workspace:
        known = workspace.library.interviews.get(interview)
        facts = _change(known.facts, workspace, known.zone, typed)
        if company is not None:
            facts = replace(facts, company=company)
        _show_kept(workspace.library.interviews.edit(known.id, facts), workspace, as_json)


@interviews.command()
@click.argument("interview")
@options.as_json
def show(interview: str, as_json: bool) -> None:
    """Show everything that is kept of an INTERVIEW."""
    with open_workspace() as workspace:
        store = workspace.library.interviews
        known = store.get(interview)
        debrief, asked, outcome = (
            store.debrief(known.id),
            store.asked(known.id),
            store.outcome(known.id),
        )
        today = now_in_zone(workspace).date()
    if as_json:
        output.print_document(
            {
                "interview": _describe(known),
                "debrief": _debrief_facts(debrief) if debrief else None,
                "asked": [asdict(each) for each in asked],
                "outcome": asdict(outcome) if outcome else None,
            }
        )
        return
    output.print_data("\n".join(_to_lines(known, debrief, asked, outcome, today)))


@interviews.command()
@click.argument("interview")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(interview: str, yes: bool) -> None:
    """Delete an INTERVIEW for good, with its debrief, outcome, page and what it opened.

    The questions that were asked stay in your bank `asked`.
    """
    with open_workspace() as workspace:
        known = workspace.library.interviews.get(interview)
        if not yes:
            what = f"Delete {known.name} for good, with its debrief, outcome, page, open questions?"
            click.confirm(what, abort=True, err=True)
        delete_interview(workspace, known.id)
    output.narrate(f"deleted {known.name}; what was asked stays in the bank asked")


@interviews.command()
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
    help="Offer the questions in a transcript: .txt, .md, .srt, .vtt or .json.",
)
@options.as_json
def debrief(
    interview: str,
    felt: int | None,
    went_well: str | None,
    asked: tuple[str, ...],
    said_about_me: str | None,
    surprises: str | None,
    source: Path | None,
    as_json: bool,
) -> None:
    """Write down what was asked in an INTERVIEW, while it is fresh: about three minutes.

    Without options it asks line by line; every line is kept at once, and what was begun goes on
    where it was left. An empty line goes on.

    With --from it offers the questions it finds in a transcript, one after the other, and you take
    those you were asked; with --json it only lists them, and --asked keeps the ones you choose.
    Record an interview only if everybody agreed. Speakers are not told apart.
    """
    with open_workspace() as workspace:
        known = workspace.library.interviews.get(interview)
        store = workspace.library.interviews
        draft = store.debrief(known.id) or Debrief()
        given = {
            "felt": felt, "went_well": went_well, "said_about_me": said_about_me,
            "surprises": surprises,
        }  # fmt: skip
        named = {name: value for name, value in given.items() if value is not None}
        if source is not None and (named or asked):
            raise UsageError("--from asks for the rest itself", "leave the other options out")
        offered = find_offered(workspace, known, source) if source is not None else []
        if source is not None and as_json:
            rows = [asdict(each) for each in offered]
            output.print_document({"interview": known.id, "plan": None, "offered": rows})
            return
        if named or asked:
            store.save_debrief(known.id, replace(draft, **named))  # type: ignore[arg-type]
            for text in asked:
                store.save_asked(known.id, _parse_asked(text))
        elif sys.stdin is not None and (sys.stdin.isatty() or not as_json):
            if source is not None:
                output.narrate(describe_offered(offered, source))
            _ask_line_by_line(workspace, known, draft, offered)
        plan = finish_debrief(workspace, known.id)
        today = now_in_zone(workspace).date()
    if as_json:
        facts: dict[str, object] = {"interview": known.id, "plan": _plan_facts(plan), "offered": []}
        output.print_document(facts)
    else:
        output.print_data(describe_plan(plan, today))


def _change(
    facts: InterviewFacts, workspace: Workspace, zone: str, typed: dict[str, object]
) -> InterviewFacts:
    """`facts` with what was typed in their place."""
    found: dict[str, object] = {}
    for option, name in (
        ("role", "role"),
        ("kind", "round"),
        ("form", "format"),
        ("notes", "notes"),
    ):
        if typed[option] is not None:
            found[name] = typed[option]
    if typed["people"]:
        found["people"] = typed["people"]
    if (advert := typed["advert"]) is not None:
        assert hasattr(advert, "read")
        found["advert"] = advert.read()
    if (when := typed["when"]) is not None:
        today = now_in_zone(workspace, zone).date()
        is_none = one_line(str(when)).casefold() in {"", "none"}
        found["when"] = None if is_none else parse_wall_time(str(when), today, zone)
    return replace(facts, **found)  # type: ignore[arg-type]


def _show_kept(interview: Interview, workspace: Workspace, as_json: bool) -> None:
    if as_json:
        output.print_document({"interview": _describe(interview)})
        return
    when = interview.facts.when
    today = now_in_zone(workspace).date()
    ahead = f", {describe_days_left(when.day, today)}: {when} {when.zone}" if when else ""
    output.print_data(f"{interview.id}  {interview.name}{ahead}")


def _ask_line_by_line(
    workspace: Workspace, interview: Interview, draft: Debrief, offered: list[Sentence]
) -> None:
    """Ask for everything in lines; each answer is kept before the next question."""
    store = workspace.library.interviews
    matcher = match_questions(workspace)

    def keep(**changed: object) -> None:
        nonlocal draft
        draft = replace(draft, **changed)  # type: ignore[arg-type]
        store.save_debrief(interview.id, draft)

    output.narrate(f"{interview.name}. Every line is kept as you go; Ctrl+C leaves, and keeps it.")
    if text := _ask("One thing that went well", draft.went_well):
        keep(went_well=text)
    felt = _ask("How did it feel, 1 (bad) to 5 (good)", str(draft.felt or ""))
    if felt in {"1", "2", "3", "4", "5"}:
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
        noted = store.save_asked(interview.id, _join(NotedQuestion(text), matcher))
        letter = _ask("How was your answer: s strong, o okay, r rough", "o").casefold()[:1]
        noted = store.save_asked(interview.id, replace(noted, rating=_LETTERS.get(letter, "okay")))
        if noted.rating == "rough" and (wish := _ask("What do you wish you had said", "")):
            store.save_asked(interview.id, replace(noted, wish=wish))

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


def _join(noted: NotedQuestion, matcher: QuestionMatcher) -> NotedQuestion:
    """The question joined to a known one, if the user says that it is one."""
    matches = matcher.find(noted.text)
    if not matches:
        return noted
    output.narrate("  known ones that look alike (a number takes one, Enter none):")
    for number, match in enumerate(matches, 1):
        output.narrate(f"    {number} {match.asked.question.text}")
    chosen = _ask("  Is it one of them", "")
    if chosen.isdigit() and 1 <= int(chosen) <= len(matches):
        return _take_known(noted, matches[int(chosen) - 1])
    return noted


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


def _to_row(interview: Interview, today: date) -> tuple[str, ...]:
    facts = interview.facts
    when = f"{facts.when} ({describe_days_left(facts.when.day, today)})" if facts.when else "-"
    asked = str(interview.asked) if interview.asked else "-"
    return interview.id, facts.company, facts.round or "-", when, interview.outcome or "-", asked


def _to_lines(
    interview: Interview,
    debrief: Debrief | None,
    asked: list[NotedQuestion],
    outcome: Outcome | None,
    today: date,
) -> list[str]:
    facts = interview.facts
    lines = [interview.name]
    when = f"{facts.when} {facts.when.zone}" if facts.when else ""
    if facts.when:
        when += f", {describe_days_left(facts.when.day, today)}"
    named = {
        "when": when, "role": facts.role, "format": facts.format,
        "people": ", ".join(facts.people), "notes": one_line(facts.notes),
    }  # fmt: skip
    if debrief is not None:
        named |= {
            "went well": debrief.went_well,
            "felt": f"{debrief.felt} of 5" if debrief.felt else "",
            "said about me": debrief.said_about_me,
            "surprises": debrief.surprises,
        }
    if outcome is not None:
        named |= {
            "outcome": outcome.state, "stage": outcome.stage, "their reason": outcome.reason,
            "their words": outcome.feedback, "my guess": outcome.guess,
        }  # fmt: skip
    lines += [f"  {name:14s} {one_line(text)}" for name, text in named.items() if text]
    if asked:
        lines += ["", "asked"]
    for each in asked:
        lines.append(f"  {each.rating or '-':6s} {one_line(each.text)}")
        if each.wish:
            lines.append(f"         I wish I had said: {one_line(each.wish)}")
    if debrief is not None and debrief.finished_at is None:
        lines += ["", f"The debrief is a draft: practice interviews debrief {interview.id}"]
    return lines


def _describe(interview: Interview) -> dict[str, object]:
    facts = interview.facts
    return {
        "id": interview.id,
        "company": facts.company,
        "role": facts.role,
        "round": facts.round,
        "format": facts.format,
        "when": str(facts.when) if facts.when else None,
        "zone": interview.zone,
        "begins_at": iso_utc(facts.when.begins) if facts.when else None,
        "people": list(facts.people),
        "advert": facts.advert,
        "notes": facts.notes,
        "outcome": interview.outcome,
        "debriefed": interview.debriefed,
        "asked": interview.asked,
    }


def _debrief_facts(debrief: Debrief) -> dict[str, object]:
    finished_at = iso_utc(debrief.finished_at) if debrief.finished_at else None
    return asdict(debrief) | {"finished_at": finished_at}


def _plan_facts(plan: DebriefPlan) -> dict[str, object]:
    return {
        "opened": [
            {"id": each.id, "bank": each.bank, "question_id": each.question_id, "text": each.text}
            for each in plan.opened
        ],
        "first_day": plan.first_day.isoformat(),
        "minutes": plan.minutes,
    }
