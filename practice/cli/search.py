"""`practice search`: takes and interviews by their words."""

import click

from practice.base.clock import iso_utc
from practice.cli import options, output
from practice.cli.services import open_workspace
from practice.core.search import find_everywhere
from practice.library.interview_search import FoundInterview
from practice.library.takes import Take


@click.command()
@click.argument("words", nargs=-1, required=True)
@options.as_json
def search(words: tuple[str, ...], as_json: bool) -> None:
    """Find WORDS in takes, interviews and debriefs; all of them must be there.

    Of a take the question and what you said are looked at; of an interview what was asked, your
    notes, the advert, what they said, and how it ended.

    \b
    practice search notice period
    practice search '"side by side"'
    """
    with open_workspace() as workspace:
        takes, interviews = find_everywhere(workspace, " ".join(words))
    if as_json:
        output.print_document(
            {
                "takes": [_describe_take(take) for take in takes],
                "interviews": [_describe_interview(found) for found in interviews],
            }
        )
        return
    lines = [
        f"{take.id}  take  {output.fit_cell(take.question or 'no question')}" for take in takes
    ]
    for found in interviews:
        lines.append(f"{found.interview.id}  interview  {output.fit_cell(found.interview.name)}")
        lines += [f"    {line.field}: {line.text}" for line in found.lines]
    if lines:
        output.print_data("\n".join(lines))
    else:
        output.narrate("nothing has these words")


def _describe_take(take: Take) -> dict[str, object]:
    return {
        "id": take.id,
        "question_id": take.question_id,
        "question": take.question,
        "recorded_at": iso_utc(take.recorded_at),
    }


def _describe_interview(found: FoundInterview) -> dict[str, object]:
    return {
        "id": found.interview.id,
        "company": found.interview.facts.company,
        "round": found.interview.facts.round,
        "lines": [{"field": line.field, "text": line.text} for line in found.lines],
    }
