"""Stories in words: how often each was told, and for what there is none."""

from collections.abc import Sequence
from datetime import datetime

from practice.base.text import clock_time, one_line
from practice.core.stories import CompetencyRow, StoryStanding
from practice.core.telling import Told, target_of
from practice.questions.stories.model import Story
from practice.reports.parts import PARTS, PartFacts, describe_counts
from practice.schedule.days import name_day

MOST_NAMED = 5
"""Competencies without a story that are named."""


def describe_without_notes(standing: StoryStanding, now: datetime) -> str:
    """How often it was told without notes, and when last: `2, yesterday`."""
    last = standing.last_without_notes(now)
    return f"{standing.without_notes}, {name_day(last, now.date())}" if last else "not yet"


def describe_best(standing: StoryStanding) -> str:
    """The length nearest to its target."""
    return clock_time(standing.best_s) if standing.best_s else ""


def describe_gaps(gaps: Sequence[CompetencyRow]) -> str:
    """What is asked about and has no story; empty where everything has one."""
    if not gaps:
        return ""
    named = ", ".join(f"{one_line(row.competency)} ({row.questions})" for row in gaps[:MOST_NAMED])
    more = f", and {len(gaps) - MOST_NAMED} more" if len(gaps) > MOST_NAMED else ""
    return f"asked about, and no story for it: {named}{more}"


def describe_story(standing: StoryStanding, rows: Sequence[CompetencyRow]) -> str:
    """What no column has: what it is for, how it begins, and how it went in interviews.

    Args:
        standing: The story.
        rows: Every competency, with how many questions ask about it.
    """
    story = standing.story
    for_what = ", ".join(
        f"{row.competency} ({row.questions})" if row.questions else row.competency
        for row in rows
        if story.id in row.story_ids
    )
    lines = [
        f"for {for_what}" if for_what else "",
        one_line(story.first_sentence),
        describe_ratings(standing),
    ]
    return "\n".join(filter(None, lines))


def describe_ratings(standing: StoryStanding) -> str:
    """How the questions went that it answered in interviews; empty where it was in none."""
    if not standing.in_interviews:
        return ""
    counts = [f"{count} {rating}" for rating, count in sorted(standing.ratings.items())]
    where = ", ".join(dict.fromkeys(each.interview.name for each in standing.in_interviews))
    return f"told in interviews: {where}" + (f" ({', '.join(counts)})" if counts else "")


def describe_text(story: Story) -> str:
    """The story as it is written, part by part."""
    blocks = [
        f"{name}\n{text}" for name in (*PARTS, "number") if (text := getattr(story, name).strip())
    ]
    if story.competencies:
        blocks.append(f"for\n{', '.join(map(one_line, story.competencies))}")
    target = f"target: {clock_time(target_of(story))}"
    return "\n\n".join([*blocks, target])


def describe_notes(told: Told) -> str:
    """Whether it was told without notes."""
    return f"{told.telling.notes} notes" if told.telling.notes else ""


def describe_split(facts: PartFacts | None) -> str:
    """The shares of the parts and what was counted, on one line; how to mark them without any."""
    if facts is None:
        return "parts not marked"
    shares = " ".join(f"{part[0].upper()} {facts.shares.get(part, 0):.0%}" for part in PARTS)
    return " · ".join([shares, *describe_counts(facts)])
