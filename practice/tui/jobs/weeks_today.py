"""What the weeks between interviews have to say on the first screen: one line, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from practice.core.weeks import find_candidate, list_due, now_in_zone
from practice.core.workspace import Workspace
from practice.library.interviews import Interview, find_next
from practice.schedule.days import name_day
from practice.schedule.due import DueItem, DueKind
from practice.schedule.proposal import Proposal, QuestionKey, Turn
from practice.schedule.serving import Offer
from practice.tui.presentation import interview_text

MINUTES = (5, 10, 15)
"""How long one may want to practise; a key goes from one to the next."""


@dataclass(frozen=True, slots=True)
class WeeksToday:
    """What stands above the question, and the questions in the order of this day."""

    line: str
    """Empty where there is nothing to say."""
    to_debrief: Interview | None
    """The interview whose debrief is offered."""
    proposals: Sequence[Proposal]
    """What is due comes first."""
    due: int
    """So many of the proposals are due."""
    open_ids: "dict[QuestionKey, int]"
    """The open questions among those that are due, by their question."""


def read_weeks(workspace: Workspace, minutes: int, offer: Offer) -> WeeksToday:
    """Put what is due today before the other proposals, each with its reason.

    Raises:
        StorageError: The library cannot be read.
    """
    proposals = offer.proposals
    if workspace.stories.check().problems:
        offer.unreadable.append(workspace.places.stories.name)
    due = list_due(workspace, minutes, takes=offer.takes)
    known = {proposal.candidate.key: proposal for proposal in proposals}
    first = [_propose(workspace, item, known.get(item.key)) for item in due]
    keys = {proposal.candidate.key for proposal in first}
    others = [proposal for proposal in proposals if proposal.candidate.key not in keys]
    open_keys = {item.key for item in due if item.kind is DueKind.OPEN}
    open_ids = {
        (each.bank or "", each.question_id): each.id
        for each in workspace.library.open_questions.all()
        if each.closed_at is None
    }
    line, to_debrief = _find_line(workspace)
    return WeeksToday(
        line,
        to_debrief,
        [*first, *others],
        len(first),
        {key: open_ids[key] for key in open_keys if key in open_ids},
    )


def next_minutes(minutes: int) -> int:
    """The number of minutes after this one; after the last comes the first."""
    return next((each for each in MINUTES if each > minutes), MINUTES[0])


def _propose(workspace: Workspace, item: DueItem, known: Proposal | None) -> Proposal:
    if known is None:
        bank, question_id = item.key
        candidate = find_candidate(workspace, bank, question_id, item.text)
        return Proposal(candidate, Turn.DUE, item.why)
    # What was answered before has its reason already, in the words that people know.
    return known if item.kind is DueKind.REVIEW else replace(known, why=item.why)


def _find_line(workspace: Workspace) -> tuple[str, Interview | None]:
    """The one line: rest, else a debrief to make, else the next interview."""
    interviews = workspace.library.interviews
    now = now_in_zone(workspace)
    found = interviews.all()
    until = interviews.rest_until()
    to_debrief = interview_text.find_debrief_to_offer(found, now)
    if until is not None and now.date() < until:
        return f"resting until {name_day(until, now.date())}", None
    if to_debrief is not None:
        company = to_debrief.facts.company
        return f"How did {company} go? d: three minutes", to_debrief
    ahead = find_next(found, now)
    return (interview_text.describe_ahead(ahead, now) if ahead else ""), None
