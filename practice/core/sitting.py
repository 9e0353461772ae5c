"""How a session is held: the rules of its format, and what is asked by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from practice.base.errors import BankError
from practice.base.settings import Settings
from practice.core.workspace import Workspace
from practice.library.interviews import Interview
from practice.library.tellings import STORY_BANK
from practice.questions.formats.model import SessionFormat
from practice.questions.model import LONGEST_ID, AskedQuestion, Question
from practice.schedule.proposal import Candidate

BREATH_S = 3
"""Before a retake or a follow-up there is no time to think, only to breathe in."""
FOLLOW_UP_SUFFIX = "-follow-up"
"""What the id of a follow-up ends with: its takes are not takes of the question itself."""
PUSHBACK_SUFFIX = "-pushback"
"""What the id of a doubt ends with, likewise."""
NOBODY_NAMED = ("Interviewer 1", "Interviewer 2", "Interviewer 3")
"""Who asks in turn where an interview names nobody."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A format that was chosen for a session."""

    name: str
    """Of the format."""
    rules: SessionFormat
    interview: Interview | None = None
    """The real interview that it is held for."""
    subject_changes: tuple[str, ...] = ()
    """How an interviewer may change the subject."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who asks in turn; empty where nobody is named."""
        if not self.rules.people:
            return ()
        named = self.interview.facts.people if self.interview else ()
        return named or NOBODY_NAMED

    def fits(self, question: Question) -> bool:
        """Whether the format asks such a question: one that names no round fits every one."""
        rules = self.rules
        in_round = not question.rounds or not rules.rounds
        of_kind = question.kind is None or not rules.kinds
        return (in_round or bool({*question.rounds} & {*rules.rounds})) and (
            of_kind or question.kind in rules.kinds
        )

    def choose(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The questions to ask, out of `candidates` in their order; those of the round first."""
        # A story is told on its own, and is nothing that an interviewer asks.
        fitting = [one for one in candidates if one.bank != STORY_BANK and self.fits(one.question)]
        fitting.sort(key=lambda one: not {*one.question.rounds} & {*self.rules.rounds})
        return fitting[: self.rules.questions]

    def is_full(self, questions: int) -> bool:
        """Whether so many questions are all that the format asks."""
        return questions >= self.rules.questions


def prepare_sitting(
    workspace: Workspace, name: str, interview: str | None = None, slides: int | None = None
) -> Sitting:
    """The format called `name`, made ready for a session.

    Args:
        workspace: Has formats, interviews and banks.
        name: The name of the format.
        interview: Which interview it is for, as `practice interviews` takes it.
        slides: How many slides a presentation has; the number of the format when left out.

    Raises:
        NotFoundError: There is no such format or interview.
        FormatError: The file of the format has problems.
    """
    rules = workspace.formats.find(name)
    if slides and rules.slides:
        rules = msgspec.structs.replace(rules, slides=slides)
    known = workspace.library.interviews.get(interview) if interview else None
    return Sitting(name, rules, known, find_subject_changes(workspace))


def find_subject_changes(workspace: Workspace) -> tuple[str, ...]:
    """What the banks in the language that is spoken have, each once."""
    seen: dict[str, None] = {}
    for entry in workspace.catalogue.banks():
        try:
            bank = workspace.catalogue.bank(entry.name)
        except BankError:
            continue  # whoever opens the banks is told what is wrong with it
        if bank.language.split("-")[0].lower() == workspace.language:
            seen |= dict.fromkeys(bank.subject_changes)
    return tuple(seen)


def reads_aloud(rules: SessionFormat, settings: Settings) -> bool:
    """Whether questions are read aloud: where the format says so, always, or never."""
    choices: Mapping[str, bool] = {"always": True, "never": False}
    return choices.get(settings.read_aloud, rules.read_aloud)


def follow_up_of(question: Question) -> Question | None:
    """What an interviewer would ask next, as a question of its own; None when there is none."""
    if not question.follow_ups:
        return None
    first, *others = question.follow_ups
    return _derive(question, first, FOLLOW_UP_SUFFIX, tuple(others))


def pushback_of(question: Question) -> Question | None:
    """What an interviewer says who doubts the answer, likewise."""
    if not question.pushbacks:
        return None
    return _derive(question, question.pushbacks[0], PUSHBACK_SUFFIX, ())


def _derive(question: Question, text: str, suffix: str, follow_ups: tuple[str, ...]) -> Question:
    return msgspec.structs.replace(
        question,
        id=question.id[: LONGEST_ID - len(suffix)] + suffix,
        text=text,
        follow_ups=follow_ups,
        # These belong to the answer of the question itself.
        pushbacks=(),
        key_points=(),
        terms=(),
    )


def plan_asking(sitting: Sitting, questions: Sequence[AskedQuestion]) -> list[AskedQuestion]:
    """Everything that is asked in a session, in order, with the times that the format gives.

    A presentation comes first. People ask in turn; a follow-up comes from whoever asked, a doubt
    from the next one. After an answer comes one of both at most, and a doubt goes first where
    there is one, for fewer questions have it. The subject is changed in front of a question that
    no follow-up or doubt of the one before leads to.
    """
    rules, people = sitting.rules, sitting.people
    left = {"follow-up": rules.follow_ups, "pushback": rules.pushbacks}
    changes = list(sitting.subject_changes[: rules.subject_changes])
    planned: list[AskedQuestion] = [_plan_talk(rules)] if rules.talk_s else []
    voice = 0
    for index, asked in enumerate(questions):
        follows_up = bool(planned) and planned[-1].question.id.endswith(
            (FOLLOW_UP_SUFFIX, PUSHBACK_SUFFIX)
        )
        opening = changes.pop(0) if index and changes and not follows_up else ""
        first = replace(asked, opening=opening)
        planned.append(_by(first, people, voice, _set_times(asked.question, rules)))
        doubt, further = pushback_of(asked.question), follow_up_of(asked.question)
        if left["pushback"] and doubt is not None:
            left["pushback"] -= 1
            voice += 1
            planned.append(_by(asked, people, voice, _set_times(doubt, rules, BREATH_S)))
        elif left["follow-up"] and further is not None:
            left["follow-up"] -= 1
            planned.append(_by(asked, people, voice, _set_times(further, rules, BREATH_S)))
        voice += 1
    return planned


def _plan_talk(rules: SessionFormat) -> AskedQuestion:
    talk = Question(text=rules.task, target_s=rules.talk_s, prep_s=rules.think_s)
    return AskedQuestion("", talk)


def _by(
    asked: AskedQuestion, people: Sequence[str], voice: int, question: Question
) -> AskedQuestion:
    if not people:
        return replace(asked, question=question)
    number = voice % len(people)
    return replace(asked, question=question, asker=people[number], voice=number)


def _set_times(question: Question, rules: SessionFormat, prep_s: int | None = None) -> Question:
    """`question` with the times of the format; its own follow-ups are asked by nobody else."""
    given = rules.time_for_each_s
    wanted = rules.think_s if prep_s is None else prep_s
    return msgspec.structs.replace(
        question,
        target_s=question.target_s if given is None else given,
        prep_s=question.prep_s if wanted is None else wanted,
        follow_ups=() if rules.follow_ups else question.follow_ups,
    )
