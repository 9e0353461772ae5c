"""The JSON documents of stories, as types; listed in `json_shapes`."""

from typing import Literal

import msgspec

from practice.library.interviews import Rating
from practice.library.tellings import Notes
from tools.json_document import Document


class StoryRow(msgspec.Struct, kw_only=True):
    """A story as it stands in the file."""

    id: str
    """Its name for other commands."""
    title: str
    """What it is called."""
    situation: str
    """Where and when it was."""
    task: str
    """What was yours to do."""
    action: str
    """What you did."""
    result: str
    """What came of it."""
    number: str
    """The number in it."""
    competencies: list[str]
    """What it answers questions about."""
    target_s: int | None
    """How long telling it should take; null for two minutes."""


class StoryDocument(Document, kw_only=True):
    """A story that was written."""

    story: StoryRow
    """As it stands in the file now."""


class TellingRow(msgspec.Struct, kw_only=True):
    """A take that tells a story."""

    take_id: str
    """The take."""
    story_id: str
    """The story."""
    duration_s: float | None
    """How long it is."""
    notes: Notes | None
    """Whether it was told without notes or with them; null where nobody said."""


class TellingDocument(Document, kw_only=True):
    """What was said of a telling."""

    telling: TellingRow
    """As it is kept now."""


class StoryUseRow(msgspec.Struct, kw_only=True):
    """A story as it was told in an interview."""

    interview_id: str
    """The interview."""
    question: str
    """What it answered."""
    rating: Rating | None
    """How that went."""


class StoryFacts(StoryRow, kw_only=True):
    """A story with how it was told."""

    first_sentence: str
    """Of the situation; empty where none is written."""
    takes: list[TellingRow]
    """Its tellings, the newest first; fragments are none."""
    interviews: list[StoryUseRow]
    """Where it was told, by the debriefs."""
    best_s: float | None
    """The length nearest to its target; null where it was not told yet."""
    without_notes: int
    """How often it was told without notes."""
    last_without_notes: str | None
    """The last day of those."""


class ShownStoryDocument(Document, kw_only=True):
    """A story with how it was told."""

    story: StoryFacts
    """Everything about it."""


class CompetencyRow(msgspec.Struct, kw_only=True):
    """A competency with the stories for it."""

    competency: str
    """What it is called."""
    stories: list[str]
    """The ids of the stories for it."""
    questions: int
    """How many questions of the next round, and open ones, ask about it."""
    is_gap: bool
    """Whether it is asked about and no story is for it."""


class StoriesDocument(Document, kw_only=True):
    """Every story, and where one is missing."""

    stories: list[StoryFacts]
    """In the order of the file."""
    competencies: list[CompetencyRow]
    """Gaps first."""
    interview_id: str | None
    """The next interview, whose round was looked at; null where none is ahead."""


PartName = Literal["situation", "task", "action", "result"]


class PartsRow(msgspec.Struct, kw_only=True):
    """What can be counted of an answer whose parts are marked."""

    starts_s: dict[PartName, float]
    """Where each marked part begins."""
    shares: dict[PartName, float]
    """The share of each in the spoken time, 0 to 1."""
    result_numbers: int | None
    """How many numbers were said in the result; null where that is not known."""
    i: int | None
    """How often I was said; null where the language does not let it be counted."""
    we: int | None
    """How often we was said."""
