"""Takes and interviews by their words."""

from datetime import date, datetime

from practice.base.errors import UsageError
from practice.core.in_common import read_accounts
from practice.core.weeks import now_in_zone
from practice.core.workspace import Workspace
from practice.library.interview_search import FoundInterview, find_interviews
from practice.library.search import find_takes, parse_filter
from practice.library.takes import Take


def find_everywhere(workspace: Workspace, words: str) -> tuple[list[Take], list[FoundInterview]]:
    """The takes and the interviews that have all the words; days limit both.

    Raises:
        UsageError: There is nothing to look for in `words`.
        StorageError: The library cannot be read.
    """
    now = now_in_zone(workspace)
    wanted = parse_filter(words, now.date())
    if not wanted.demands:
        raise UsageError("there is no word to look for", "practice search notice period")
    library = workspace.library
    takes = find_takes(library, wanted, library.takes(), now.tzinfo)
    # What concerns takes alone, such as is:starred, fits no interview.
    if wanted.banks or wanted.kinds:
        return takes, []
    found = find_interviews(read_accounts(workspace), wanted.phrases)
    return takes, [each for each in found if wanted.first <= _day_of(each, now) <= wanted.last]


def _day_of(found: FoundInterview, now: datetime) -> date:
    facts = found.interview.facts
    return facts.when.day if facts.when else found.interview.added_at.astimezone(now.tzinfo).date()
