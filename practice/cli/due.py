"""`practice due` and `practice open`: what to practise today, and what is to be said well."""

import click

from practice.base.clock import iso_utc
from practice.base.text import clock_time, one_line
from practice.cli import options, output
from practice.cli.services import open_workspace
from practice.core.weeks import list_due, now_in_zone
from practice.library.open_questions import VERDICTS, OpenQuestion, Verdict
from practice.schedule.days import join_days

MOST_MINUTES = 240
"""Of a day's practice."""
MORE_MINUTES = 10
"""Offered to somebody who has practised what fits into the day's."""


@click.command()
@click.option(
    "--minutes",
    type=click.IntRange(1, MOST_MINUTES),
    help="How long you want to practise; the setting `minutes` when left out.",
)
@options.as_json
def due(minutes: int | None, as_json: bool) -> None:
    """Say what to practise today, in the order in which to do it.

    Open questions come first, then what belongs to the next interview, then answers whose time has
    come. On the day of an interview, and while you rest, nothing is due.
    """
    with open_workspace() as workspace:
        wanted = minutes or workspace.settings.minutes
        found = list_due(workspace, wanted)
        left = len(list_due(workspace, MOST_MINUTES)) if not found else 0
        rest_until = workspace.library.interviews.rest_until()
        today = now_in_zone(workspace).date()
        if workspace.stories.check().problems:
            output.narrate("your stories have problems and are left out: practice stories check")
    is_resting = rest_until is not None and today < rest_until
    if as_json:
        items = [
            {
                "kind": item.kind.name.casefold(),
                "bank": item.key[0] or None,
                "question_id": item.key[1],
                "text": item.text,
                "target_s": item.target_s,
                "why": item.why,
            }
            for item in found
        ]
        until = rest_until.isoformat() if rest_until and is_resting else None
        output.print_document({"due": items, "rest_until": until})
    elif found:
        header = ("answer", "why", "question")
        rows = [(clock_time(item.target_s), item.why, output.fit_cell(item.text)) for item in found]
        output.print_table([header, *rows])
    elif rest_until is not None and is_resting:
        output.narrate(f"Resting until {rest_until:%A}: nothing is due.")
    elif left:
        output.narrate(
            "What fits into today's minutes is practised. Whoever wants more: "
            f"practice due --minutes {min(wanted + MORE_MINUTES, MOST_MINUTES)}"
        )
    else:
        output.narrate("Nothing is due today.")


@click.group("open")
def open_questions() -> None:
    """List the questions that come back until you have said them well on two days.

    \b
    practice open list
    practice open say 3 well
    """


@open_questions.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Those that are closed too.")
@options.as_json
def list_open(with_closed: bool, as_json: bool) -> None:
    """List the open questions, the newest first."""
    with open_workspace() as workspace:
        found = [
            each
            for each in workspace.library.open_questions.all()
            if with_closed or each.closed_at is None
        ]
    if as_json:
        output.print_document({"open_questions": [_describe(each) for each in found]})
    elif found:
        rows = [(str(each.id), _state(each), output.fit_cell(each.text)) for each in found]
        output.print_table([("no.", "said well", "question"), *rows])
    else:
        output.narrate("No question is open.")


@open_questions.command()
@click.argument("question")
@click.option("--wish", default="", help="What you wish you had said.")
@options.as_json
def add(question: str, wish: str, as_json: bool) -> None:
    """Open a QUESTION of a bank: its id, or `bank/id`."""
    with open_workspace() as workspace:
        asked = workspace.question(question)
        opened = workspace.library.open_questions.open(
            asked.bank, asked.question.id, asked.question.text, wish=wish
        )
    _show(opened, as_json)


@open_questions.command()
@click.argument("number", type=int)
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--take", "take_id", metavar="ID", help="The take that you judge.")
@options.as_json
def say(number: int, verdict: Verdict, take_id: str | None, as_json: bool) -> None:
    """Note how an open question went today: well, again, or later (not today)."""
    with open_workspace() as workspace:
        take = workspace.library.take(take_id).id if take_id else None
        today = now_in_zone(workspace).date()
        judged = workspace.library.open_questions.judge(number, verdict, today, take)
    _show(judged, as_json)


@open_questions.command()
@click.argument("number", type=int)
@options.as_json
def close(number: int, as_json: bool) -> None:
    """Let an open question go."""
    with open_workspace() as workspace:
        closed = workspace.library.open_questions.close(number)
    _show(closed, as_json)


@open_questions.command()
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(number: int, yes: bool) -> None:
    """Delete an open question for good, with what was noted of it."""
    with open_workspace() as workspace:
        known = workspace.library.open_questions.get(number)
        if not yes:
            click.confirm(f"Delete “{one_line(known.text)}” for good?", abort=True, err=True)
        workspace.library.open_questions.delete(known.id)
    output.narrate(f"deleted open question {number}")


def _show(question: OpenQuestion, as_json: bool) -> None:
    if as_json:
        output.print_document({"open_question": _describe(question)})
    elif question.closed_at is not None:
        days = join_days(question.said_well_on)
        output.print_data(f"said well on {days}; let it go" if days else "closed")
    else:
        output.print_data(f"{question.id}  {one_line(question.text)}  ({_state(question)})")


def _state(question: OpenQuestion) -> str:
    days = join_days(question.said_well_on)
    if question.closed_at is not None:
        return f"closed: {days}" if days else "closed"
    return days or "not yet"


def _describe(question: OpenQuestion) -> dict[str, object]:
    return {
        "id": question.id,
        "bank": question.bank,
        "question_id": question.question_id,
        "text": question.text,
        "wish": question.wish,
        "interview_id": question.interview_id,
        "opened_at": iso_utc(question.opened_at),
        "closed_at": iso_utc(question.closed_at) if question.closed_at else None,
        "said_well_on": [day.isoformat() for day in question.said_well_on],
    }
