"""`practice warm-up`: the card for the last ten minutes before an interview."""

from dataclasses import asdict

import click

from practice.cli import options, output
from practice.cli.services import open_workspace
from practice.core.warm_up import list_parts, name_card, read_warm_up
from practice.core.weeks import now_in_zone
from practice.library.interviews import find_next


@click.command("warm-up")
@click.argument("interview", required=False)
@options.as_json
def warm_up(interview: str | None, as_json: bool) -> None:
    """Print a card for the last ten minutes before an INTERVIEW; without one, for the next.

    Names of the people, how three of your stories begin, three questions to ask them, and one
    sentence to say aloud. Nothing is recorded or measured. `practice takes play` plays your best
    take, whose id stands on the card.
    """
    with open_workspace() as workspace:
        store = workspace.library.interviews
        known = store.get(interview) if interview else None
        ahead = known or find_next(store.all(), now_in_zone(workspace))
        card = read_warm_up(workspace, ahead)
    if as_json:
        output.print_document(
            {
                "interview": card.interview.id if card.interview else None,
                "people": list(card.people),
                "best": card.best.id if card.best else None,
                "openings": [asdict(each) for each in card.openings],
                "ask_them": list(card.ask_them),
                "aloud": card.aloud,
            }
        )
        return
    if card.trouble:
        output.narrate(f"your stories are left out: {card.trouble}")
    output.print_data(name_card(card))
    play = f"practice takes play {card.best.id}" if card.best else ""
    for heading, lines in list_parts(card, play):
        output.print_data("\n".join(["", heading, *(f"  {line}" for line in lines)]))
