"""All stories at once: how each was told and used, and for which competencies there is none."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from practice.base.errors import UsageError
from practice.base.text import one_line
from practice.core.telling import Told, group_by_story, target_of
from practice.core.weeks import belongs_to_round_of, list_questions, now_in_zone
from practice.core.workspace import Workspace
from practice.library.interviews import Interview, NotedQuestion, find_next
from practice.questions.stories.file import match_stories
from practice.questions.stories.model import Story


@dataclass(frozen=True, slots=True)
class InInterview:
    """A story as it was told in a real interview, by its debrief."""

    interview: Interview
    asked: NotedQuestion


@dataclass(frozen=True, slots=True)
class StoryStanding:
    """A story with everything that is known of how it was told."""

    story: Story
    told: tuple[Told, ...]
    """Its tellings, the newest first; fragments are none."""
    in_interviews: tuple[InInterview, ...]
    """The one that was noted last comes last."""

    @property
    def best_s(self) -> float | None:
        """The length nearest to its target among the tellings, in seconds; None without one."""
        lengths = [told.take.duration_s for told in self.told if told.take.duration_s]
        return min(lengths, key=lambda each: abs(each - target_of(self.story)), default=None)

    @property
    def without_notes(self) -> int:
        """How often it was told without notes, as the user says."""
        return sum(each.is_without_notes for each in self.told)

    def last_without_notes(self, now: datetime) -> date | None:
        """The last day on which it was told without notes; `now` has the user's own zone."""
        days = (each.day(now.tzinfo) for each in self.told if each.is_without_notes)
        return max(days, default=None)

    @property
    def ratings(self) -> dict[str, int]:
        """How often the questions that it answered in interviews went strong, okay, rough."""
        return dict(Counter(each.asked.rating for each in self.in_interviews if each.asked.rating))


@dataclass(frozen=True, slots=True)
class CompetencyRow:
    """A competency with the stories for it."""

    competency: str
    story_ids: tuple[str, ...]
    questions: int
    """How many questions that may come ask about it."""

    @property
    def is_gap(self) -> bool:
        """Whether it is asked about and no story is for it."""
        return bool(self.questions) and not self.story_ids


@dataclass(frozen=True, slots=True)
class StoriesOverview:
    """What the list of stories shows."""

    stories: tuple[StoryStanding, ...]
    """In the order of their file."""
    competencies: tuple[CompetencyRow, ...]
    """Gaps first, the one that most questions ask about first of all."""
    ahead: Interview | None
    now: datetime
    """In the user's own zone."""

    @property
    def gaps(self) -> tuple[CompetencyRow, ...]:
        """The competencies that are asked about and have no story."""
        return tuple(row for row in self.competencies if row.is_gap)


def read_overview(workspace: Workspace) -> StoriesOverview:
    """Everything about the stories.

    Raises:
        InvalidStoriesError: Their file has problems.
        StorageError: The library cannot be read.
    """
    library = workspace.library
    stories = workspace.stories.all()
    told = group_by_story(library.takes(), library.tellings.all())
    interviews = library.interviews.all()
    asked = library.interviews.all_asked()
    now = now_in_zone(workspace)
    ahead = find_next(interviews, now)
    by_name = _group_by_name(interviews, asked.get)
    standings = tuple(
        StoryStanding(
            story,
            tuple(told.get(story.id, ())),
            tuple(by_name.get(_fold(story.title), ()) or by_name.get(_fold(story.id), ())),
        )
        for story in stories
    )
    wanted = _count_wanted(workspace, ahead)
    return StoriesOverview(standings, _lay_out(stories, wanted), ahead, now)


def choose_stories(
    workspace: Workspace, named: Sequence[str], known: Sequence[str] = ()
) -> tuple[str, ...]:
    """The ids of stories that were named by id, by title or by words of it.

    Args:
        workspace: Whose stories.
        named: As they were typed.
        known: Ids that stay although no story has them any more.

    Raises:
        UsageError: One of them is no story, or may be several.
        InvalidStoriesError: The file of stories has problems.
    """
    found = []
    stories = workspace.stories.all() if set(named) - set(known) else ()
    for name in named:
        if name in known or name in {story.id for story in stories}:
            found.append(name)
            continue
        fitting = match_stories(stories, name)
        if len(fitting) != 1:
            near = ", ".join(story.id for story in fitting or stories)
            raise UsageError(
                f"{one_line(name)!r} is not the name of one story",
                f"name one: {near}" if near else "practice stories new TITLE writes one",
            )
        found.append(fitting[0].id)
    return tuple(dict.fromkeys(found))


def _group_by_name(
    interviews: Iterable[Interview], asked: Callable[[str], list[NotedQuestion] | None]
) -> dict[str, list[InInterview]]:
    """What was answered with a story in interviews, by the name that the debrief has for it."""
    found: dict[str, list[InInterview]] = {}
    for interview in interviews:
        for noted in asked(interview.id) or ():
            if name := _fold(noted.story):
                found.setdefault(name, []).append(InInterview(interview, noted))
    return found


def _count_wanted(workspace: Workspace, ahead: Interview | None) -> Counter[str]:
    """How many questions ask about each competency: of the next round, and open ones."""
    opened = {
        (each.bank or "", each.question_id)
        for each in workspace.library.open_questions.all()
        if each.closed_at is None
    }
    return Counter(
        one_line(each.question.competency)
        for each in list_questions(workspace)
        if each.question.competency
        and (
            (ahead is not None and belongs_to_round_of(each.question, ahead))
            or (each.bank, each.question.id) in opened
        )
    )


def _lay_out(stories: Sequence[Story], wanted: Counter[str]) -> tuple[CompetencyRow, ...]:
    names: dict[str, str] = {}
    for name in (*wanted, *(one_line(each) for story in stories for each in story.competencies)):
        names.setdefault(_fold(name), name)
    counts: Counter[str] = Counter()
    for name, count in wanted.items():
        counts[_fold(name)] += count
    rows = [
        CompetencyRow(
            name,
            tuple(each.id for each in stories if folded in map(_fold, each.competencies)),
            counts[folded],
        )
        for folded, name in names.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_gap, -row.questions, row.competency)))


def _fold(name: str) -> str:
    return one_line(name).casefold()
