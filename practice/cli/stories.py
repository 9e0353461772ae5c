"""`practice stories`."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import click
import msgspec

from practice.audio.microphone import choose_microphone
from practice.audio.source import Source
from practice.base.exit_codes import ExitCode
from practice.base.paths import places
from practice.base.text import clock_time, one_line, plain
from practice.cli import options, output
from practice.cli.lines import Lines
from practice.cli.plain_session import TICK_S, PlainSession
from practice.cli.problems import edit_until_good, print_checks
from practice.cli.services import open_workspace, say_model
from practice.core.session import Mode, SessionRun
from practice.core.stories import StoriesOverview, StoryStanding, read_overview
from practice.core.telling import target_of
from practice.core.workspace import Workspace
from practice.library.takes import Take
from practice.library.tellings import Notes, Telling
from practice.questions.bank_file.reading import FileCheck, check_file_of
from practice.questions.model import AskedQuestion
from practice.questions.stories.file import StoryBook, find_story
from practice.questions.stories.model import STORIES, Stories, StoriesError, Story

FIELDS = ("situation", "task", "action", "result", "number")
MOST_GAPS = 8
"""Competencies without a story that a list names; the JSON has all."""
_SAID: dict[str, Notes | None] = {**{each: each for each in get_args(Notes)}, "nothing": None}


def _with_fields(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what is in a story."""
    for option in (
        click.option(
            "--target",
            "target_s",
            type=click.IntRange(5, 3600),
            metavar="SECONDS",
            help="How long telling it should take; two minutes when left out.",
        ),
        click.option(
            "--competency",
            "competencies",
            multiple=True,
            metavar="TEXT",
            help="What it answers questions about; again for more.",
        ),
        click.option("--number", help="The number in it."),
        click.option("--result", help="What came of it."),
        click.option("--action", help="What you did."),
        click.option("--task", help="What was yours to do."),
        click.option("--situation", help="Where and when it was, and what was wrong."),
    ):
        command = option(command)
    return command


@click.group()
def stories() -> None:
    """Keep the stories that you tell in interviews, and tell them until they need no notes.

    They are in one plain file, which you can edit as you like. A story is named by its id or title.

    \b
    practice stories new "The night shift" --competency teamwork
    practice stories tell the-night-shift
    """


@stories.command("list")
@options.as_json
def list_stories(as_json: bool) -> None:
    """List the stories: how often you told each, how long, and where a story is missing."""
    with open_workspace() as workspace:
        overview = read_overview(workspace)
    if as_json:
        output.print_document(_overview_facts(overview))
        return
    if overview.stories:
        header = ("id", "takes", "interviews", "best", "without notes", "title")
        output.print_table([header, *(_to_row(each, overview) for each in overview.stories)])
    else:
        output.narrate("there is no story yet: practice stories new TITLE")
    if covered := [row for row in overview.competencies if row.story_ids]:
        rows = [(one_line(row.competency), f"{row.questions}", ", ".join(row.story_ids))
                for row in covered]  # fmt: skip
        output.print_data("")
        output.print_table([("for", "questions", "stories"), *rows])
    if overview.gaps:
        shown = [
            f"{one_line(row.competency)} ({row.questions})" for row in overview.gaps[:MOST_GAPS]
        ]
        more = len(overview.gaps) - len(shown)
        named = ", ".join(shown) + (f", and {more} more" if more else "")
        output.narrate(f"asked about, and no story for it: {named}")


@stories.command()
@click.argument("story")
@options.as_json
def show(story: str, as_json: bool) -> None:
    """Show a STORY and how it was told."""
    with open_workspace() as workspace:
        overview = read_overview(workspace)
    standing = _find_standing(overview, story)
    if as_json:
        output.print_document({"story": _standing_facts(standing, overview)})
    else:
        output.print_data(plain("\n".join(_to_lines(standing, overview))))


@stories.command()
@click.argument("title")
@_with_fields
@options.as_json
def new(title: str, as_json: bool, **typed: object) -> None:
    """Put a new story with this TITLE into the file; everything else may stay empty."""
    added = _open_book().add(_change(Story(title=one_line(title)), typed))
    _show_kept(added, as_json)


@stories.command()
@click.argument("story", required=False)
@click.option("--title", help="Another title; its id stays.")
@_with_fields
@options.as_json
@click.pass_context
def edit(
    ctx: click.Context, /, story: str | None, title: str | None, as_json: bool, **typed: object
) -> None:
    """Change a STORY; without options, open the file in your editor and check what comes back."""
    book = _open_book()
    if story is not None and (title is not None or any(typed.values())):
        known = book.get(story)
        renamed = known if title is None else msgspec.structs.replace(known, title=title)
        _show_kept(book.change(known, _change(renamed, typed)), as_json)
        return
    path = book.ensure()
    checked = book.check()
    line = checked.problems[0].line if checked.problems else 1
    if story is not None and not checked.problems:
        line = book.line_of(book.get(story).id)
    if not edit_until_good(path, line, path.read_bytes(), _check):
        ctx.exit(ExitCode.FAILED)


@stories.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@options.as_json
@click.pass_context
def check(ctx: click.Context, path: Path | None, as_json: bool) -> None:
    """List every problem of your stories, or of the file PATH, each with its place."""
    checked = _open_book().check() if path is None else _check(path)
    if not print_checks([checked], as_json):
        ctx.exit(ExitCode.FAILED)


@stories.command()
@click.argument("story")
@click.option("--plain", is_flag=True, help="Lines of text, as it always is here.")
@options.device
@options.model
@options.language
def tell(
    story: str, plain: bool, device: str | None, model: str | None, language: str | None
) -> None:
    """Record a telling of a STORY, and say whether you needed notes.

    It asks in lines of text; in the app, y on the first screen lists the stories and t tells one.
    """
    del plain
    with open_workspace(model, language, records=True) as workspace:
        known = workspace.stories.get(story)
        say_model(workspace)

        def microphone() -> Source:
            return choose_microphone(device or workspace.settings.microphone)

        asked = AskedQuestion("stories", known.as_question())
        session_run = SessionRun(workspace, [asked], Mode.PRACTICE, microphone)
        lines = Lines()
        PlainSession(workspace, session_run, lines).run()
        for take in session_run.summary().takes:
            _ask_about_notes(workspace, take, lines)


@stories.command()
@click.argument("take_id", metavar="TAKE")
@click.argument("notes", type=click.Choice(list(_SAID)))
@click.option("--story", metavar="STORY", help="The story that it tells.")
@options.as_json
def say(take_id: str, notes: str, story: str | None, as_json: bool) -> None:
    """Say whether a TAKE was told without notes, with them, or nothing.

    With --story any take becomes a telling of that story, whatever it answers.
    """
    with open_workspace() as workspace:
        take = workspace.library.take(take_id)
        if story is not None:
            workspace.library.tellings.mark(take, workspace.stories.get(story).id)
        said = workspace.library.tellings.say(take, _SAID[notes])
    if as_json:
        output.print_document({"telling": _telling_facts(take, said)})
    else:
        output.print_data(f"{take.id}  {said.story_id}  {_describe_notes(said)}".rstrip())


@stories.command()
@click.argument("story")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(story: str, yes: bool) -> None:
    """Take a STORY out of the file; its takes stay."""
    book = _open_book()
    known = book.get(story)
    if not yes:
        what = f"Delete the story “{one_line(known.title)}”? Its takes stay."
        click.confirm(what, abort=True, err=True)
    book.delete(known.id)
    output.narrate(f"deleted the story {one_line(known.title)}; its takes stay")


def _open_book() -> StoryBook:
    return StoryBook(places().stories)


def _check(path: Path) -> FileCheck[Stories]:
    return check_file_of(STORIES, path)


def _change(story: Story, typed: dict[str, object]) -> Story:
    """`story` with what was typed in its place; what was not typed stays."""
    found = {name: value for name, value in typed.items() if value not in (None, ())}
    if story.title == "":
        raise StoriesError("a story needs a title", 'practice stories new "The night shift"')
    return msgspec.structs.replace(story, **found)


def _ask_about_notes(workspace: Workspace, take: Take, lines: Lines) -> None:
    """Ask whether a telling was without notes; the end of the input says nothing."""
    output.narrate("told without notes? n without, w with notes, Enter says nothing")
    typed = None
    while typed is None and not lines.ended:
        typed = lines.next(TICK_S)
    said: dict[str, Notes] = {"n": "without", "w": "with"}
    if (notes := said.get((typed or "").strip().casefold())) is not None:
        workspace.library.tellings.say(take, notes)
        output.narrate(f"told {notes} notes")


def _find_standing(overview: StoriesOverview, named: str) -> StoryStanding:
    known = find_story(tuple(each.story for each in overview.stories), named)
    return next(each for each in overview.stories if each.story.id == known.id)


def _show_kept(story: Story, as_json: bool) -> None:
    if as_json:
        output.print_document({"story": msgspec.structs.asdict(story)})
    else:
        output.print_data(f"{story.id}  {one_line(story.title)}")


def _to_row(standing: StoryStanding, overview: StoriesOverview) -> tuple[str, ...]:
    last = standing.last_without_notes(overview.now)
    without = f"{standing.without_notes}, last {last}" if last else "not yet"
    best = clock_time(standing.best_s) if standing.best_s else "-"
    counts = str(len(standing.told)), str(len(standing.in_interviews))
    return standing.story.id, *counts, best, without, output.fit_cell(standing.story.title)


def _to_lines(standing: StoryStanding, overview: StoriesOverview) -> list[str]:
    story = standing.story
    lines = [one_line(story.title)]
    for name in FIELDS:
        if text := getattr(story, name):
            lines += [f"  {name}", *(f"    {line}" for line in text.splitlines())]
    if story.competencies:
        lines.append(f"  for: {', '.join(map(one_line, story.competencies))}")
    lines.append(f"  target: {clock_time(target_of(story))}")
    zone = overview.now.tzinfo
    lines += ["", "told" if standing.told else "not told yet"]
    lines += [
        f"  {told.take.id}  {told.day(zone)}  {clock_time(told.take.duration_s or 0)}"
        f"  {_describe_notes(told.telling)}".rstrip()
        for told in standing.told
    ]
    if standing.in_interviews:
        lines += ["", "in interviews"]
    for each in standing.in_interviews:
        rating = each.asked.rating or "-"
        lines.append(f"  {each.interview.name}  {rating}  {one_line(each.asked.text)}")
    return lines


def _describe_notes(telling: Telling) -> str:
    return f"{telling.notes} notes" if telling.notes else ""


def _telling_facts(take: Take, telling: Telling) -> dict[str, object]:
    return {
        "take_id": take.id,
        "story_id": telling.story_id,
        "duration_s": take.duration_s,
        "notes": telling.notes,
    }


def _standing_facts(standing: StoryStanding, overview: StoriesOverview) -> dict[str, object]:
    last = standing.last_without_notes(overview.now)
    return {
        **msgspec.structs.asdict(standing.story),
        "first_sentence": standing.story.first_sentence,
        "takes": [_telling_facts(told.take, told.telling) for told in standing.told],
        "interviews": [
            {"interview_id": each.interview.id, "question": each.asked.text,
             "rating": each.asked.rating}
            for each in standing.in_interviews
        ],
        "best_s": standing.best_s,
        "without_notes": standing.without_notes,
        "last_without_notes": last.isoformat() if last else None,
    }  # fmt: skip


def _overview_facts(overview: StoriesOverview) -> dict[str, object]:
    return {
        "stories": [_standing_facts(each, overview) for each in overview.stories],
        "competencies": [
            {
                "competency": row.competency,
                "stories": list(row.story_ids),
                "questions": row.questions,
                "is_gap": row.is_gap,
            }
            for row in overview.competencies
        ],
        "interview_id": overview.ahead.id if overview.ahead else None,
    }
