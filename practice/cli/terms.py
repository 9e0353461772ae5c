"""`practice interviews terms`: what to say in an interview, and what its advert stresses."""

from dataclasses import asdict

import click

from practice.base.text import one_line
from practice.cli import options, output
from practice.cli.services import open_workspace
from practice.core.advert import (
    InterviewWords,
    describe_mentions,
    describe_use,
    read_interview_words,
)
from practice.core.workspace import Workspace
from practice.library.interviews import Interview


@click.command()
@click.argument("interview")
@click.option(
    "--add", "added", multiple=True, metavar="TERM", help="Mean to say it; again for more."
)
@click.option("--remove", "removed", multiple=True, metavar="TERM", help="Let it go.")
@click.option("--choose", is_flag=True, help="Ask for each term that the advert offers.")
@options.as_json
def terms(
    interview: str, added: tuple[str, ...], removed: tuple[str, ...], choose: bool, as_json: bool
) -> None:
    """Show what you mean to say in an INTERVIEW, and in which takes you have said it.

    Below it stands what the advert repeats or stresses, found by counting, without a model:
    --add keeps what you choose of it, or any words of your own. The takes that are looked at are
    those from the day on which you added the interview until it is over.

    \b
    practice interviews terms next --choose
    practice interviews terms next --add "stakeholder management"
    """
    with open_workspace() as workspace:
        known = workspace.library.interviews.get(interview)
        store = workspace.library.interview_terms
        for term in removed:
            if not store.remove(known.id, term):
                output.narrate(f"{one_line(term)!r} was not among them")
        for term in added:
            store.add(known.id, term)
        if choose:
            _choose(workspace, known)
        words = read_interview_words(workspace, known)
    if as_json:
        output.print_document(
            {
                "interview": known.id,
                "takes": words.takes,
                "terms": [asdict(use) for use in words.uses],
                "offered": [asdict(each) for each in words.offered],
            }
        )
        return
    _print_words(words)


def _choose(workspace: Workspace, interview: Interview) -> None:
    offered = read_interview_words(workspace, interview).offered
    if not offered:
        output.narrate("the advert offers nothing more")
    for number, each in enumerate(offered, start=1):
        question = f"{number} of {len(offered)}: {each.text} ({describe_mentions(each)})"
        answer = click.prompt(
            f"{question}; y takes it, Enter leaves it, q ends", default="", show_default=False,
            err=True,
        )  # fmt: skip
        if answer.strip().casefold() == "q":
            return
        if answer.strip().casefold() in {"y", "yes"}:
            workspace.library.interview_terms.add(interview.id, each.text)


def _print_words(words: InterviewWords) -> None:
    if words.uses:
        takes = "1 take" if words.takes == 1 else f"{words.takes} takes"
        output.print_data(f"to say, looked for in {takes}")
        for use in words.uses:
            output.print_data(f"  {use.term}: {describe_use(use, words.takes)}")
    if words.offered:
        output.print_data("the advert repeats or stresses")
        for each in words.offered:
            output.print_data(f"  {each.text} ({describe_mentions(each)})")
    if words.uses or words.offered:
        return
    if words.interview.facts.advert.strip():
        output.narrate("the advert offers no term; --add keeps words of your own")
    else:
        edit = f"practice interviews edit {words.interview.id} --advert FILE"
        output.narrate(f"there is no advert yet: {edit}")
