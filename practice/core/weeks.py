"""The way through the weeks: from a debrief to open questions, and from those to what is due."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from practice.base.errors import BankError, NotFoundError
from practice.base.files import private_folder
from practice.base.scratch import sweep
from practice.base.system.locks import hold_lock
from practice.base.wall_time import local_zone
from practice.base.words import Word
from practice.core.telling import group_by_story, list_tellable
from practice.core.workspace import Workspace
from practice.delivery.transcript.coverage import CoverageItem, find_key_point
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import tokens_of
from practice.library.interviews import Interview, NotedQuestion, find_next
from practice.library.open_questions import OpenQuestion, Verdict
from practice.library.takes import Take
from practice.library.tellings import STORY_BANK
from practice.questions.bank_file.rendering import bank_text
from practice.questions.bank_file.writing import write_new
from practice.questions.matching import QuestionMatcher
from practice.questions.model import AskedQuestion, Bank, Question, QuestionKind, assign_ids
from practice.questions.stories.model import StoriesError
from practice.schedule.days import name_day
from practice.schedule.due import (
    DueItem,
    DueKind,
    History,
    Practisable,
    plan_due,
)
from practice.schedule.proposal import Candidate

ASKED_BANK = "asked"
"""The user's own bank of what was asked in interviews."""
ASKED_TITLE = "Asked in my interviews"
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？])|\n+")
USUAL_ANSWER_S = 120.0
"""The target of a question that names none."""
KINDS_OF_ROUND: Mapping[str, frozenset[QuestionKind]] = {
    "screen": frozenset({"motivation", "logistics"}),
    "hiring manager": frozenset({"motivation", "behavioural", "situational"}),
    "technical": frozenset({"technical"}),
    "panel": frozenset({"behavioural", "situational"}),
    "one-way": frozenset({"motivation", "behavioural"}),
    "final": frozenset({"motivation", "behavioural", "situational"}),
}
"""The sorts of question that a round mostly has, for questions that name no round themselves; of
the other rounds nothing is chosen for anybody."""


@dataclass(frozen=True, slots=True)
class DebriefPlan:
    """What comes of a debrief, said at its end."""

    opened: tuple[OpenQuestion, ...]
    first_day: date
    """The day on which the first of them is due."""
    minutes: int
    """How long the first of them takes."""


def now_in_zone(workspace: Workspace, zone: str | None = None) -> datetime:
    """The time now on the clock of the user's wall."""
    return workspace.clock.now().astimezone(ZoneInfo(zone or local_zone()))


def match_questions(workspace: Workspace) -> QuestionMatcher:
    """Every question of every readable bank, to find by what was remembered of it."""
    return QuestionMatcher(list_questions(workspace))


def keep_asked(workspace: Workspace, interview: Interview, noted: NotedQuestion) -> NotedQuestion:
    """Give a question of a debrief its place in a bank: the one it was joined to, or `asked.yaml`.

    Comments and order of that file stay; a question that is in it already is not put in twice.

    Raises:
        BankError: The file has problems, or was changed meanwhile.
        StorageError: The disk refused.
    """
    if noted.question_id is not None:
        return workspace.library.interviews.save_asked(interview.id, noted)
    question = Question(text=noted.text.strip(), source=describe_source(interview))
    # Of two windows that finish a debrief at once, one waits for the other.
    with hold_lock(private_folder(workspace.catalogue.own), wait=True):
        kept = _add_to_asked(workspace, question)
    joined = replace(noted, bank=ASKED_BANK, question_id=kept.id)
    return workspace.library.interviews.save_asked(interview.id, joined)


def _add_to_asked(workspace: Workspace, question: Question) -> Question:
    catalogue = workspace.catalogue
    try:
        file = catalogue.open(ASKED_BANK)
    except NotFoundError:
        (first,) = assign_ids([question])
        bank = Bank(title=ASKED_TITLE, language=workspace.language[:2], questions=(first,))
        write_new(private_folder(catalogue.own) / f"{ASKED_BANK}.yaml", bank_text(bank))
        return first
    same = (each for each in file.bank.questions if each.text.strip() == question.text)
    return next(same, None) or file.add(question)


def describe_source(interview: Interview) -> str:
    """Where a question was asked: `Acme, panel, 3 Dec 2026`."""
    when = interview.facts.when
    day = f"{when.day.day} {when.day:%b %Y}" if when else ""
    return ", ".join(filter(None, (interview.name, day)))


def finish_debrief(workspace: Workspace, interview_id: str) -> DebriefPlan:
    """Close a debrief: its questions get their places, and the rough ones are opened.

    Raises:
        NotFoundError: There is no such interview.
        BankError: `asked.yaml` has problems; what was typed is kept.
        StorageError: The disk refused.
    """
    library = workspace.library
    interview = library.interviews.get(interview_id)
    opened = []
    # A debrief may be finished again after something was added: what was let go stays so.
    let_go = {
        (each.bank, each.question_id)
        for each in library.open_questions.all()
        if each.interview_id == interview.id and each.closed_at is not None
    }
    for noted in library.interviews.asked(interview.id):
        if not noted.text.strip():
            library.interviews.remove_asked(interview.id, noted.id)
            continue
        kept = keep_asked(workspace, interview, noted)
        if (kept.bank, kept.question_id) in let_go or kept.question_id is None:
            continue
        if kept.rating == "rough":
            opened.append(
                library.open_questions.open(
                    kept.bank, kept.question_id, kept.text, wish=kept.wish,
                    interview_id=interview.id,
                )
            )  # fmt: skip
    now = workspace.clock.now()
    library.interviews.change_debrief(interview.id, lambda kept: replace(kept, finished_at=now))
    tomorrow = now_in_zone(workspace).date() + timedelta(days=1)
    first_day = max(tomorrow, library.interviews.rest_until() or tomorrow)
    return DebriefPlan(tuple(opened), first_day, round((USUAL_ANSWER_S + 60) / 60))


def describe_plan(plan: DebriefPlan, today: date) -> str:
    """What comes of a debrief, as a sentence."""
    count = len(plan.opened)
    if not count:
        return "Nothing was rough: nothing is planned."
    day = name_day(plan.first_day, today)
    day = f"on {day}" if day[:1].isupper() or day[:1].isdigit() else day
    if count == 1:
        return f"1 question to say well: {day}, {plan.minutes} minutes."
    return f"{count} questions to say well: the first {day}, {plan.minutes} minutes each."


def delete_interview(workspace: Workspace, interview_id: str) -> None:
    """Delete an interview for good, with all that hangs on it.

    Raises:
        NotFoundError: There is no such interview.
        StorageError: The disk refused.
    """
    # An editor that was killed may have left a copy of its page there.
    sweep(workspace.places.scratch)
    workspace.library.interviews.delete(interview_id)


DAYS_BEFORE_LOOKING = 2
"""Advice for job seekers on the day of a rejection: feel first, look at it after 24 to 48 hours
(jobtact.app, acehired.com)."""


def first_look(workspace: Workspace, interview_id: str) -> date | None:
    """The day from which it is offered to look at a rejection; None where it is none.

    Raises:
        NotFoundError: There is no such interview.
        StorageError: The library cannot be read.
    """
    store = workspace.library.interviews
    outcome, since = store.outcome(interview_id), store.outcome_since(interview_id)
    if outcome is None or outcome.state != "rejected" or since is None:
        return None
    day = since.astimezone(ZoneInfo(local_zone())).date()
    return day + timedelta(days=DAYS_BEFORE_LOOKING)


def find_open(workspace: Workspace, bank: str | None, question_id: str) -> OpenQuestion | None:
    """What a question is among the open ones, closed or not; None where it was never open.

    Raises:
        StorageError: The library cannot be read.
    """
    found = workspace.library.open_questions.all()
    same = [each for each in found if (each.bank, each.question_id) == (bank, question_id)]
    return min(same, key=lambda each: each.closed_at is not None, default=None)


def open_question(
    workspace: Workspace, bank: str | None, question_id: str, text: str
) -> tuple[OpenQuestion, bool]:
    """Let a question come back until it is said well; and whether it was not open before.

    Raises:
        StorageError: The disk refused.
    """
    known = find_open(workspace, bank, question_id)
    if known is not None and known.closed_at is None:
        return known, False
    return workspace.library.open_questions.open(bank, question_id, text), True


def find_candidate(
    workspace: Workspace, bank: str | None, question_id: str, text: str
) -> Candidate:
    """The question as its bank has it now; with its text alone where no bank has it any more.

    Raises:
        StorageError: The banks cannot be read.
    """
    if bank == STORY_BANK:
        with suppress(NotFoundError, StoriesError):
            return Candidate(bank, "your stories", workspace.stories.get(question_id).as_question())
        return Candidate(bank, "your stories", Question(id=question_id, text=text))
    try:
        found = workspace.catalogue.bank(bank or "")
        question = found.find(question_id)
        if question is not None:
            return Candidate(bank or "", found.title, question)
    except (BankError, NotFoundError):
        pass  # the text is kept with the open question for this
    return Candidate(bank or "", bank or "", Question(id=question_id, text=text))


def judge_today(
    workspace: Workspace, open_id: int, verdict: Verdict, take_id: str | None = None
) -> OpenQuestion:
    """Note how an open question went today, in place of what was noted today before.

    Raises:
        NotFoundError: It was deleted.
        StorageError: The disk refused.
    """
    today = now_in_zone(workspace).date()
    return workspace.library.open_questions.judge(open_id, verdict, today, take_id)


def find_wish(
    workspace: Workspace, wish: str, words: Sequence[Word], language: str | None
) -> tuple[CoverageItem, ...]:
    """Each sentence of what the user wishes to have said, and whether `words` have it.

    It is looked for as a key point is: by its words, not by its meaning.
    """
    lexicon = load_lexicon(language or workspace.language, workspace.places.lexicon)
    tokens = tokens_of(words)
    sentences = [sentence.strip() for sentence in _SENTENCE_END.split(wish)]
    return tuple(find_key_point(each, tokens, lexicon) for each in sentences if each)


def list_due(
    workspace: Workspace,
    minutes: float,
    zone: str | None = None,
    takes: Sequence[Take] | None = None,
) -> list[DueItem]:
    """What is due today, in order.

    Args:
        workspace: Whose.
        minutes: How long to practise.
        zone: Of the user; None for the machine's own.
        takes: All of the library, where they were read already.

    Raises:
        StorageError: The library cannot be read.
    """
    library = workspace.library
    now = now_in_zone(workspace, zone)
    interviews = library.interviews.all()
    ahead = find_next(interviews, now)
    days = [each.facts.when.day for each in interviews if each.facts.when and each.is_open]
    # Also after the hour of it: the day of an interview is no day to practise.
    is_today = now.date() in days
    next_day = ahead.facts.when.day if ahead and ahead.facts.when else None
    known_takes = library.takes() if takes is None else takes
    told = group_by_story(known_takes, library.tellings.all())
    return plan_due(
        [
            *find_practisable(
                library.open_questions.all(),
                interviews,
                known_takes,
                list_questions(workspace),
                now,
                ahead,
            ),
            *list_tellable(workspace.stories.readable(), told, now, ahead),
        ],
        now.date(),
        minutes,
        interview_day=now.date() if is_today else next_day,
        rest_until=library.interviews.rest_until(),
    )


def find_practisable(
    opened: Sequence[OpenQuestion],
    interviews: Sequence[Interview],
    takes: Sequence[Take],
    questions: Sequence[AskedQuestion],
    now: datetime,
    ahead: Interview | None,
) -> list[Practisable]:
    """Every question that could be due; stories are those of `telling.list_tellable`.

    Args:
        opened: Open and closed ones.
        interviews: All of them, the first one first.
        takes: All of them; fragments count for nothing.
        questions: Of all banks.
        now: In the user's own zone, which says where a day begins.
        ahead: The next interview.
    """
    today, zone = now.date(), now.tzinfo
    answered = _days_answered(takes, zone)
    known = {(each.bank, each.question.id): each.question for each in questions}
    names = {each.id: each.facts.company for each in interviews}
    newest = [each.id for each in reversed(interviews)]
    found: list[Practisable] = []
    taken: set[tuple[str, str]] = set()
    for each in opened:
        key = (each.bank or "", each.question_id)
        if each.closed_at is not None or key in taken:
            continue
        taken.add(key)
        # What is opened today comes tomorrow: the day's list is made when the day begins.
        if each.opened_at.astimezone(zone).date() == today:
            continue
        question = known.get(key)
        where = names.get(each.interview_id or "")
        why = f"rough at {where}" if where else "open"
        item = _make_item(DueKind.OPEN, key, question, each.text, why)
        rank = newest.index(each.interview_id) if each.interview_id in newest else len(newest)
        found.append(Practisable(item, _find_history(answered.get(key), [each], today), rank))
    closed: dict[tuple[str, str], list[OpenQuestion]] = {}
    for each in opened:
        if each.closed_at is not None:
            closed.setdefault((each.bank or "", each.question_id), []).append(each)
    for key, question in known.items():
        if key in taken:
            continue
        history = _find_history(answered.get(key), closed.get(key, []), today)
        if ahead is not None and belongs_to_round_of(question, ahead):
            item = _make_item(DueKind.INTERVIEW, key, question, "", f"for {ahead.name}")
        elif history.last is not None or history.done_today:
            days = (today - (history.last or today)).days
            item = _make_item(DueKind.REVIEW, key, question, "", f"{days} days ago")
        else:
            continue
        found.append(Practisable(item, history))
    return found


def belongs_to_round_of(question: Question, interview: Interview) -> bool:
    """Whether the round of an interview is one in which the question is asked."""
    if question.rounds:
        return interview.facts.round in question.rounds
    return question.kind in KINDS_OF_ROUND.get(interview.facts.round, frozenset())


def _make_item(
    kind: DueKind, key: tuple[str, str], question: Question | None, text: str, why: str
) -> DueItem:
    target_s = float(question.target_s) if question and question.target_s else USUAL_ANSWER_S
    topic = (question.competency or question.kind or "") if question else ""
    return DueItem(kind, key, question.text if question else text, target_s, why, topic)


def _days_answered(takes: Iterable[Take], zone: tzinfo | None) -> dict[tuple[str, str], list[date]]:
    days: dict[tuple[str, str], list[date]] = {}
    for take in takes:
        if take.question_id is not None and not take.is_fragment:
            key = (take.bank or "", take.question_id)
            days.setdefault(key, []).append(take.recorded_at.astimezone(zone).date())
    return days


def _find_history(
    answered: Sequence[date] | None, opened: Sequence[OpenQuestion], today: date
) -> History:
    """What is known of a question before today, and whether something was done today."""
    judged = {day for each in opened for day in each.days}
    well = sorted(day for each in opened for day in each.said_well_on if day < today)
    days = {*(answered or ()), *judged}
    before = [day for day in days if day < today]
    return History(
        max(before, default=None),
        len(set(well)),
        well[-1] if well else None,
        done_today=today in days,
    )


def list_questions(workspace: Workspace) -> list[AskedQuestion]:
    """The questions of every bank that can be read, the user's own first."""
    found = []
    entries = sorted(workspace.catalogue.banks(), key=lambda entry: not entry.own)
    for entry in entries:
        try:
            bank = workspace.catalogue.bank(entry.name)
        except (BankError, NotFoundError):
            continue  # `banks check` says what is wrong with it
        found += [AskedQuestion(entry.name, question) for question in bank.questions]
    return found
