"""What the interviews of a workspace have in common."""

from practice.core.weeks import list_questions
from practice.core.workspace import Workspace
from practice.library.in_common import (
    Account,
    InCommon,
    KnownQuestion,
    count_missing_debriefs,
    find_in_common,
)


def read_accounts(workspace: Workspace) -> list[Account]:
    """Every interview with its debrief, its questions and its outcome.

    Raises:
        StorageError: The library cannot be read.
    """
    store = workspace.library.interviews
    debriefs, asked, outcomes = store.all_debriefs(), store.all_asked(), store.all_outcomes()
    return [
        Account(each, debriefs.get(each.id), tuple(asked.get(each.id, ())), outcomes.get(each.id))
        for each in store.all()
    ]


def read_in_common(workspace: Workspace) -> tuple[InCommon, int]:
    """What the interviews have in common, and how many more debriefs it takes to say so.

    Raises:
        StorageError: The library or the banks cannot be read.
    """
    accounts = read_accounts(workspace)
    known = {
        (each.bank, each.question.id): KnownQuestion(
            each.question.text, each.question.kind or "", each.question.competency
        )
        for each in list_questions(workspace)
    }
    found = find_in_common(accounts, workspace.library.takes(), known)
    return found, count_missing_debriefs(accounts)
