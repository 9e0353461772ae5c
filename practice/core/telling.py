"""Stories as they are told: what is known of each, and which are due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from practice.base.text import one_line
from practice.core.workspace import Workspace
from practice.library.interviews import Interview
from practice.library.takes import Take
from practice.library.tellings import STORY_BANK, Telling
from practice.questions.stories.file import find_title
from practice.questions.stories.model import Story
from practice.schedule.due import LAST_DAYS, DueItem, DueKind, History, Practisable

USUAL_TELLING_S = 120.0
"""How long a story that names no target should take."""
TOLD_ENOUGH = 2
"""So often a story comes in the last days before an interview. One that was not chosen for it
counts as told so often."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a story, with its take."""

    take: Take
    telling: Telling

    @property
    def is_without_notes(self) -> bool:
        """Whether the user said so."""
        return self.telling.notes == "without"

    def day(self, zone: tzinfo | None) -> date:
        """The day on which it was recorded."""
        return self.take.recorded_at.astimezone(zone).date()


def target_of(story: Story) -> float:
    """How long telling it should take, in seconds."""
    return float(story.target_s or USUAL_TELLING_S)


def find_telling(workspace: Workspace, take_id: str) -> tuple[Telling | None, str]:
    """The story that a take tells, and its title; None where it tells none.

    Raises:
        StorageError: The library cannot be read.
    """
    telling = workspace.library.tellings.of_take(take_id)
    if telling is None:
        return None, ""
    return telling, find_title(workspace.stories.readable(), telling.story_id)


def describe_told(telling: Telling, title: str) -> str:
    """Which story a take tells, and whether without notes where the user has said so."""
    notes = f", {telling.notes} notes" if telling.notes else ""
    return f"Tells the story “{one_line(title)}”{notes}."


def group_by_story(takes: Iterable[Take], tellings: Iterable[Telling]) -> dict[str, list[Told]]:
    """The tellings of each story by its id, the newest first; fragments are none."""
    known = {telling.take_id: telling for telling in tellings}
    found: dict[str, list[Told]] = {}
    for take in sorted(takes, key=lambda take: (take.recorded_at, take.id), reverse=True):
        telling = known.get(take.id)
        if telling is not None and not take.is_fragment:
            found.setdefault(telling.story_id, []).append(Told(take, telling))
    return found


def list_tellable(
    stories: Sequence[Story],
    told: Mapping[str, Sequence[Told]],
    now: datetime,
    ahead: Interview | None,
) -> list[Practisable]:
    """Every story as something that can be due.

    Args:
        stories: All of them.
        told: Their tellings, as `group_by_story` has them.
        now: In the user's own zone, which says where a day begins.
        ahead: The next interview.
    """
    today, zone = now.date(), now.tzinfo
    interview_day = ahead.facts.when.day if ahead and ahead.facts.when else None
    chosen = ahead.facts.stories if ahead else ()
    is_near = interview_day is not None and (interview_day - today).days <= LAST_DAYS
    found = []
    for story in stories:
        is_chosen = interview_day is not None and (not chosen or story.id in chosen)
        history = _find_history(told.get(story.id, ()), today, zone, interview_day, is_chosen)
        for_it = ahead is not None and is_chosen and is_near
        why = f"a story for {ahead.name}" if for_it and ahead else "not told without notes yet"
        topic = next(iter(story.competencies), "")
        key = (STORY_BANK, story.id)
        text = story.as_question().text
        item = DueItem(DueKind.STORY, key, text, target_of(story), why, topic)
        found.append(Practisable(item, history, rank=0 if is_chosen else 1))
    return found


def _find_history(
    told: Sequence[Told],
    today: date,
    zone: tzinfo | None,
    interview_day: date | None,
    is_chosen: bool,
) -> History:
    """What is known of a story before today, and whether it was told today."""
    days = [each.day(zone) for each in told]
    well = sorted({each.day(zone) for each in told if each.is_without_notes})
    before = [day for day in days if day < today]
    well_before = [day for day in well if day < today]
    begins = interview_day - timedelta(days=LAST_DAYS) if interview_day else today
    in_window = sum(day >= begins for day in before)
    return History(
        max(before, default=None),
        len(well_before),
        well_before[-1] if well_before else None,
        in_window if is_chosen else TOLD_ENOUGH,
        done_today=today in days,
    )
