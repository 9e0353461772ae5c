"""Takes and interviews by their words."""

from collections.abc import Iterable
from datetime import date, datetime

from practice.base.errors import UsageError
from practice.core.in_common import read_accounts
from practice.core.weeks import now_in_zone
from practice.core.workspace import Workspace
from practice.library.in_common import Account
from practice.library.interview_search import FoundInterview, find_interviews
from practice.library.search import TakeFilter, find_takes, parse_filter
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
    return takes, fit_interviews(read_accounts(workspace), wanted, now)


def fit_interviews(
    accounts: Iterable[Account], wanted: TakeFilter, now: datetime
) -> list[FoundInterview]:
    """The interviews that fit what is wanted of takes: its words, and its days.

    Args:
        accounts: Every interview with what was written down of it.
        wanted: What concerns takes alone, such as is:starred, fits no interview.
        now: In the user's own zone.
    """
    if wanted.banks or wanted.kinds or not wanted.demands:
        return []
    if wanted.phrases:
        found = find_interviews(accounts, wanted.phrases)
    else:
        found = [FoundInterview(account.interview, ()) for account in accounts]
    return [each for each in found if wanted.first <= _day_of(each, now) <= wanted.last]


def _day_of(found: FoundInterview, now: datetime) -> date:
    facts = found.interview.facts
    return facts.when.day if facts.when else found.interview.added_at.astimezone(now.tzinfo).date()
