"""`practice interviews`: real interviews, what was asked in them, and how they ended."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click

from practice.base.clock import iso_utc
from practice.base.text import one_line
from practice.base.wall_time import local_zone, parse_wall_time
from practice.cli import options, output
from practice.cli.debrief import debrief
from practice.cli.in_common import report
from practice.cli.inputs import read_text
from practice.cli.letters import letter, templates
from practice.cli.outcome import outcome
from practice.cli.own_page import page
from practice.cli.services import open_workspace
from practice.cli.terms import terms
from practice.core.rehearsing import describe_rehearsals
from practice.core.stories import choose_stories
from practice.core.weeks import (
    delete_interview,
    now_in_zone,
)
from practice.core.workspace import Workspace
from practice.library.interviews import (
    ROUNDS,
    Debrief,
    Interview,
    InterviewFacts,
    NotedQuestion,
    Outcome,
    sort_for_list,
)
from practice.schedule.days import describe_days_left

_LARGEST_ADVERT = 200_000
"""Bytes."""


def _with_facts(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what an interview is."""
    for option in (
        click.option("--notes", help="Yours to write."),
        click.option(
            "--advert",
            type=click.Path(path_type=Path, allow_dash=True),
            metavar="FILE",
            help="A file with the advert; - reads it.",
        ),
        click.option(
            "--story",
            "stories",
            multiple=True,
            metavar="STORY",
            help="A story chosen for it; again for more; all when none is. `none` takes them out.",
        ),
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


for _command in (debrief, letter, outcome, page, report, templates, terms):
    interviews.add_command(_command)


@interviews.command("list")
@options.as_json
def list_interviews(as_json: bool) -> None:
    """List the interviews: those ahead, the next one first, then the past, the newest first."""
    with open_workspace() as workspace:
        now = now_in_zone(workspace)
        found = sort_for_list(workspace.library.interviews.all(), now)
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
        _show_kept(
            workspace.library.interviews.edit(known.id, facts, known.facts), workspace, as_json
        )


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
        rehearsals = workspace.library.rehearsals.count(known.id)
    if as_json:
        output.print_document(
            {
                "interview": _describe(known),
                "rehearsals": rehearsals,
                "debrief": _debrief_facts(debrief) if debrief else None,
                "asked": [asdict(each) for each in asked],
                "outcome": asdict(outcome) if outcome else None,
            }
        )
        return
    lines = _to_lines(known, debrief, asked, outcome, today)
    lines.insert(1, f"  {'rehearsals':14s} {describe_rehearsals(rehearsals)}")
    output.print_data("\n".join(lines))


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
    if isinstance(named := typed["stories"], tuple) and named:
        is_none = [one_line(each).casefold() for each in named] == ["none"]
        found["stories"] = () if is_none else choose_stories(workspace, named)
    if (advert := typed["advert"]) is not None:
        assert isinstance(advert, Path)
        found["advert"] = read_text(advert, _LARGEST_ADVERT)
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


def _to_row(interview: Interview, today: date) -> tuple[str, ...]:
    facts = interview.facts
    when = f"{facts.when} ({describe_days_left(facts.when.day, today)})" if facts.when else "-"
    asked = str(interview.asked) if interview.asked else "-"
    company = output.fit_cell(facts.company)
    return interview.id, company, facts.round or "-", when, interview.outcome or "-", asked


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
        "people": ", ".join(facts.people), "stories": ", ".join(facts.stories),
        "notes": facts.notes, "advert": facts.advert,
    }  # fmt: skip
    if debrief is not None:
        named |= {
            "went well": debrief.went_well,
            "felt": f"{debrief.felt} of 5" if debrief.felt else "",
            "said about me": debrief.said_about_me,
            "surprises": debrief.surprises,
            "task": debrief.task,
            "task minutes": str(debrief.task_minutes or ""),
            "went wrong": debrief.task_trouble,
        }
    if outcome is not None:
        named |= {
            "outcome": outcome.state, "stage": outcome.stage, "their reason": outcome.reason,
            "their words": outcome.feedback, "my guess": outcome.guess,
        }  # fmt: skip
    for name, text in named.items():
        lines += _indent(f"  {name:14s} ", text)
    if asked:
        lines += ["", "asked"]
    for each in asked:
        lines.append(f"  {each.rating or '-':6s} {one_line(each.text)}")
        lines += _indent("         I wish I had said: ", each.wish)
        lines += _indent("         story: ", each.story)
    if debrief is not None and debrief.finished_at is None:
        lines += ["", f"The debrief is a draft: practice interviews debrief {interview.id}"]
    return lines


def _indent(beginning: str, text: str) -> list[str]:
    """The lines of a text below each other behind its name; none where it is empty."""
    lines = [one_line(line) for line in text.strip().splitlines()]
    starts = [beginning, *(" " * len(beginning) for _ in lines[1:])]
    return [f"{start}{line}".rstrip() for start, line in zip(starts, lines, strict=False)]


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
        "stories": list(facts.stories),
        "advert": facts.advert,
        "notes": facts.notes,
        "outcome": interview.outcome,
        "debriefed": interview.debriefed,
        "asked": interview.asked,
    }


def _debrief_facts(debrief: Debrief) -> dict[str, object]:
    finished_at = iso_utc(debrief.finished_at) if debrief.finished_at else None
    return asdict(debrief) | {"finished_at": finished_at}
