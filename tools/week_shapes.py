"""The JSON documents of interviews, open questions and what is due, as types.

They stand beside `json_shapes` and are listed there.
"""

from typing import Literal

import msgspec

from practice.core.advert import TermUse
from practice.letters.facts import LetterKind
from practice.library.interviews import OutcomeState, Rating, Round
from practice.questions.advert import AdvertTerm
from tools.json_document import Document


class InterviewRow(msgspec.Struct, kw_only=True):
    """A real interview."""

    id: str
    """Its name for other commands."""
    company: str
    """Where it is."""
    role: str
    """What the work is."""
    round: Round
    """Empty where it is not known."""
    format: str
    """How it is held."""
    when: str | None
    """The day, and the hour where it is known, as a clock there shows it."""
    zone: str
    """The time zone that `when` is meant in."""
    begins_at: str | None
    """The same moment in UTC."""
    people: list[str]
    """Who asks."""
    stories: list[str]
    """The ids of the stories chosen for it; none stands for all."""
    advert: str
    """The advert as it was pasted."""
    notes: str
    """The user's own."""
    outcome: OutcomeState | None
    """How it ended; null where nothing was noted."""
    debriefed: bool
    """Its debrief was finished."""
    asked: int
    """How many questions its debrief has."""


class DebriefFacts(msgspec.Struct, kw_only=True):
    """What was written down after an interview."""

    felt: int | None
    """How it felt, 1 to 5."""
    went_well: str
    """One thing that went well."""
    said_about_me: str
    """In their words."""
    surprises: str
    """What was not expected."""
    task: str
    """Of a test: what it was."""
    task_minutes: int | None
    """Of a test: how long it took."""
    task_trouble: str
    """Of a test: where it went wrong."""
    finished_at: str | None
    """When it was finished; null while it is a draft."""


class OpenedRow(msgspec.Struct, kw_only=True):
    """A question that a debrief opened."""

    id: int
    """Its number for `practice open`."""
    bank: str | None
    """The bank of the question."""
    question_id: str
    """The question's id in its bank."""
    text: str
    """The question."""


class OfferedRow(msgspec.Struct, kw_only=True):
    """A question that was found in a transcript."""

    text: str
    """The question."""
    start_s: float | None
    """When it was asked, in seconds from the beginning; null where the file does not say."""


class PlanFacts(msgspec.Struct, kw_only=True):
    """What comes of a debrief."""

    opened: list[OpenedRow]
    """The questions to say well."""
    first_day: str
    """The day on which the first of them is due."""
    minutes: int
    """How long the first of them takes."""


class OutcomeFacts(msgspec.Struct, kw_only=True):
    """How an interview ended."""

    state: OutcomeState
    """How it ended."""
    stage: str
    """At which stage."""
    reason: str
    """As they gave it."""
    feedback: str
    """In their words."""
    guess: str
    """The user's own, kept apart."""
    rest_until: str | None
    """The day on which the rest ends that was asked for."""
    look_from: str | None
    """After a rejection: the day from which it is offered to look at it; else null."""


class DueRow(msgspec.Struct, kw_only=True):
    """Something to practise today."""

    kind: Literal["open", "interview", "story", "review"]
    """Why it is due."""
    bank: str | None
    """The bank of the question."""
    question_id: str
    """The question's id in its bank."""
    text: str
    """The question."""
    target_s: float
    """How long the answer is to be."""
    why: str
    """The same as `kind`, in words."""


class OpenQuestionRow(msgspec.Struct, kw_only=True):
    """A question that comes back until it was said well on two days."""

    id: int
    """Its number for other commands."""
    bank: str | None
    """The bank of the question."""
    question_id: str
    """The question's id in its bank."""
    text: str
    """The question."""
    wish: str
    """What the user wishes to have said."""
    interview_id: str | None
    """The interview in which it was rough."""
    opened_at: str
    """When it was opened, in UTC."""
    closed_at: str | None
    """Null while it is open."""
    said_well_on: list[str]
    """The days on which it was said well."""


class AskedRow(msgspec.Struct, kw_only=True):
    """A question that was asked in an interview."""

    text: str
    """The question."""
    bank: str | None
    """Of the known question that it is."""
    question_id: str | None
    """The question's id in its bank."""
    rating: Rating | None
    """How the answer went."""
    wish: str
    """What the user wishes to have said."""
    story: str
    """Which story was told."""
    id: int
    """Its number in the debrief."""


class OutcomeRow(msgspec.Struct, kw_only=True):
    """How an interview ended."""

    state: OutcomeState
    """How it ended."""
    stage: str
    """At which stage."""
    reason: str
    """As they gave it."""
    feedback: str
    """In their words."""
    guess: str
    """The user's own, kept apart."""


class InterviewsDocument(Document, kw_only=True):
    """Every interview."""

    interviews: list[InterviewRow]
    """The one that comes first at the top, those without a day at the end."""


class InterviewDocument(Document, kw_only=True):
    """One interview."""

    interview: InterviewRow
    """As it is kept."""


class WholeInterviewDocument(Document, kw_only=True):
    """Everything that is kept of an interview."""

    interview: InterviewRow
    """Itself."""
    rehearsals: int
    """How many full practice interviews in a format were held for it."""
    debrief: DebriefFacts | None
    """Null before it is begun."""
    asked: list[AskedRow]
    """In the order in which they were written down."""
    outcome: OutcomeRow | None
    """Null where nothing was noted."""


class DebriefDocument(Document, kw_only=True):
    """What comes of a debrief."""

    interview: str
    """Its id."""
    plan: PlanFacts | None
    """What will happen; null with `--from`, which only offers."""
    offered: list[OfferedRow]
    """With `--from`: the questions in the file that are not noted yet, in their order."""


class OutcomeDocument(Document, kw_only=True):
    """What was noted of the end of an interview."""

    interview: str
    """Its id."""
    outcome: OutcomeFacts
    """As it is kept."""


class PageDocument(Document, kw_only=True):
    """The page that somebody wrote for themselves about an interview."""

    interview: str
    """Its id."""
    page: str
    """All of it; empty where nothing was written."""


class TermsDocument(Document, kw_only=True):
    """What somebody means to say in an interview, and what its advert offers."""

    interview: str
    """Its id."""
    takes: int
    """In how many takes the terms were looked for."""
    terms: list[TermUse]
    """What was picked."""
    offered: list[AdvertTerm]
    """What the advert repeats or stresses besides, the weightiest first."""


class LetterRow(msgspec.Struct, kw_only=True):
    """A letter about an interview."""

    interview: str
    """Its id."""
    kind: LetterKind
    """Which letter."""
    text: str
    """All of it."""
    path: str | None
    """The file that it was written to; null where none was asked for."""


class LetterDocument(Document, kw_only=True):
    """A letter made of what was noted."""

    letter: LetterRow
    """As it was printed or written."""


class TemplateRow(msgspec.Struct, kw_only=True):
    """What a letter is made of."""

    kind: LetterKind
    """Which letter."""
    purpose: str
    """What it is for."""
    path: str
    """Where a template of your own lies, or would lie."""
    is_own: bool
    """There is one."""
    problem: str | None
    """What is wrong with it, and what to do."""


class TemplatesDocument(Document, kw_only=True):
    """The templates of letters; with a problem in one of them, the exit code is 1."""

    templates: list[TemplateRow]
    """One for each letter, or for the one that was named."""
    facts: list[str]
    """What a template may name."""


class DueDocument(Document, kw_only=True):
    """What to practise today."""

    due: list[DueRow]
    """In the order in which to do it."""
    rest_until: str | None
    """The day on which the rest ends; null while nobody rests."""


class OpenQuestionsDocument(Document, kw_only=True):
    """The questions that are open."""

    open_questions: list[OpenQuestionRow]
    """The one that was opened last first."""


class OpenQuestionDocument(Document, kw_only=True):
    """One open question."""

    open_question: OpenQuestionRow
    """As it is kept."""
