"""`practice feedback`: what readers of a shared page answered."""

from pathlib import Path

import click

from practice.base.clock import iso_utc
from practice.base.text import clock_time
from practice.cli import options, output
from practice.cli.inputs import read_input
from practice.cli.services import open_workspace
from practice.core.feedback import (
    LARGEST_BYTES,
    TakeFeedback,
    add_feedback,
    decode_feedback,
    find_feedback,
    list_feedback,
)
from practice.documents.feedback import describe_feedback, is_beyond, name_reader


@click.group()
def feedback() -> None:
    """What readers answered on the pages that you shared, beside the takes that they heard.

    \b
    practice report last --share -o for-ana.html
    practice feedback add answer-from-ana.txt
    """


@feedback.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@options.as_json
def add(file: Path, as_json: bool) -> None:
    """Put what the form of a shared page made beside its take; - reads pasted text.

    A mail with it in the middle will do.
    """
    text = decode_feedback(read_input(file, LARGEST_BYTES))
    with open_workspace() as workspace:
        added = add_feedback(workspace, text)
    if as_json:
        output.print_document({"feedback": [feedback_facts(each) for each in added]})
        return
    for each in added:
        state = "kept" if each.is_new else "was kept already"
        reader = name_reader(each.feedback.reader)
        output.print_data(f"{each.id}  {reader}, about the take {each.feedback.take_id}: {state}")
        for comment in each.feedback.comments:
            if is_beyond(comment, each.take_s):
                at, end = clock_time(comment.at_s), clock_time(each.take_s or 0.0)
                output.narrate(
                    f"the comment on “{comment.word}” at {at} lies after the end of the take,"
                    f" {end}; it is kept"
                )


@feedback.command("list")
@options.as_json
def list_all(as_json: bool) -> None:
    """List what readers answered, the newest first."""
    with open_workspace() as workspace:
        found = list_feedback(workspace)
    if as_json:
        output.print_document({"feedback": [feedback_facts(each) for each in found]})
    elif found:
        header = ("id", "take", "from", "added", "answers", "comments")
        output.print_table([header, *map(_to_row, found)])
    else:
        output.narrate("nobody has answered yet: practice report last --share -o page.html")


@feedback.command()
@click.argument("number", metavar="ID", type=int)
@options.as_json
def show(number: int, as_json: bool) -> None:
    """Show what one reader answered."""
    with open_workspace() as workspace:
        found = find_feedback(workspace, number)
    if as_json:
        output.print_document({"feedback": feedback_facts(found)})
    else:
        output.print_data("\n".join(feedback_lines(found)))


@feedback.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(number: int, yes: bool) -> None:
    """Delete what one reader answered, for good."""
    with open_workspace() as workspace:
        reader = name_reader(find_feedback(workspace, number).feedback.reader)
        if not yes:
            click.confirm(f"Delete what {reader} answered, for good?", abort=True, err=True)
        workspace.library.feedback.delete(number)
    output.narrate(f"deleted what {reader} answered")


def feedback_lines(found: TakeFeedback) -> list[str]:
    """What one reader answered, under their name."""
    heading = f"{name_reader(found.feedback.reader)}, {found.added_at.astimezone():%d %b %Y}"
    return [heading, *(f"  {line}" for line in describe_feedback(found.feedback, found.take_s))]


def feedback_facts(found: TakeFeedback) -> dict[str, object]:
    """As the JSON has it."""
    return {
        "id": found.id,
        "take": found.feedback.take_id,
        "reader": found.feedback.reader,
        "added_at": iso_utc(found.added_at),
        **found.feedback.document,
    }


def _to_row(found: TakeFeedback) -> tuple[str, ...]:
    feedback = found.feedback
    return (
        str(found.id),
        feedback.take_id,
        feedback.reader or "-",
        f"{found.added_at.astimezone():%Y-%m-%d}",
        str(len(feedback.replies)),
        str(len(feedback.comments)),
    )
