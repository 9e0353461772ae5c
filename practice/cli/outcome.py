"""`practice interviews outcome`: how an interview ended, and what is there after a rejection."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import click

from practice.cli import options, output
from practice.cli.services import open_workspace
from practice.core.weeks import first_look, now_in_zone
from practice.library.interviews import OUTCOMES, Interview, Outcome, OutcomeState
from practice.schedule.days import name_day

LONGEST_REST_DAYS = 14


@click.command()
@click.argument("interview")
@click.argument("state", type=click.Choice(OUTCOMES))
@click.option("--stage", help="At which stage.")
@click.option("--reason", help="The reason they gave, if any.")
@click.option("--feedback", help="What they said, in their words.")
@click.option("--guess", help="What you think; kept apart from what they said.")
@click.option(
    "--rest",
    type=click.IntRange(0, LONGEST_REST_DAYS),
    metavar="DAYS",
    help="Nothing is due for so many days; 0 ends a rest.",
)
@options.as_json
def outcome(
    interview: str,
    state: OutcomeState,
    stage: str | None,
    reason: str | None,
    feedback: str | None,
    guess: str | None,
    rest: int | None,
    as_json: bool,
) -> None:
    """Note how an INTERVIEW ended: waiting, next round, rejected, offer, withdrew, no answer."""
    with open_workspace() as workspace:
        store = workspace.library.interviews
        known = store.get(interview)
        before = store.outcome(known.id) or Outcome(state)
        typed = {"stage": stage, "reason": reason, "feedback": feedback, "guess": guess}
        noted = replace(
            before, state=state, **{name: text for name, text in typed.items() if text is not None}
        )
        store.note_outcome(known.id, noted)
        today = now_in_zone(workspace).date()
        look_day = first_look(workspace, known.id)
        until = None
        if rest is not None:
            until = today + timedelta(days=rest) if rest else None
            store.rest(until)
    if as_json:
        facts = asdict(noted) | {
            "rest_until": until.isoformat() if until else None,
            "look_from": look_day.isoformat() if look_day else None,
        }
        output.print_document({"interview": known.id, "outcome": facts})
        return
    output.narrate(f"noted: {known.name}, {state}")
    if look_day is not None:
        for line in _list_offers(known, look_day, today, is_resting=until is not None):
            output.narrate(line)
    if until is not None:
        output.narrate(f"Nothing is due until {until:%A}, {until.day} {until:%b}.")


def _list_offers(
    interview: Interview, look_day: date, today: date, *, is_resting: bool
) -> list[str]:
    """What is there after a rejection, for whoever wants it."""
    when = f", from {name_day(look_day, today)} on" if look_day > today else ""
    command = "practice interviews"
    rest = f"  rest: {command} outcome {interview.id} rejected --rest 2"
    return [
        "There is nothing you have to do today. These are here if you want them:",
        *([] if is_resting else [rest]),
        f"  a page for yourself: {command} page {interview.id} --edit",
        f"  a letter: {command} letter {interview.id} feedback",
        f"  look at it{when}: {command} show {interview.id}",
    ]
