"""What several interviews have in common: counts, each with how many it was counted in.

Nothing here is advice and nothing names a cause. A count of 3 of 5 is written so, never as a
percentage: a person's interviews are too few for one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from practice.base.text import one_line
from practice.library.interviews import Debrief, Interview, NotedQuestion, Outcome
from practice.library.takes import Take

FEWEST_DEBRIEFS = 3
"""Two interviews that are alike may be chance; the design of the weeks asks for three."""
NOT_NOTED = "not noted"

QuestionKey = tuple[str, str]
"""The bank of a question, empty where it has none, and its id."""


@dataclass(frozen=True, slots=True)
class Account:
    """An interview with everything that was written down of it."""

    interview: Interview
    debrief: Debrief | None = None
    asked: tuple[NotedQuestion, ...] = ()
    outcome: Outcome | None = None

    @property
    def is_debriefed(self) -> bool:
        """Whether its debrief was finished: only then is what was asked complete."""
        return self.debrief is not None and self.debrief.finished_at is not None

    @property
    def held_at(self) -> datetime:
        """When it began; where nobody noted that, when its debrief was finished or it was added."""
        if self.interview.facts.when is not None:
            return self.interview.facts.when.begins
        finished_at = self.debrief.finished_at if self.debrief else None
        return finished_at or self.interview.added_at


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """What a bank says of a question."""

    text: str
    kind: str = ""
    competency: str = ""


@dataclass(frozen=True, slots=True)
class TextCount:
    """A text and how often it was written."""

    text: str
    """In the spelling that is most frequent."""
    count: int


@dataclass(frozen=True, slots=True)
class StageCount:
    """A stage, how many interviews came to it, and how those ended."""

    stage: str
    """As the outcome names it, else the round."""
    interviews: int
    outcomes: tuple[TextCount, ...]
    """They add up to `interviews`."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How the answers to one kind of question went; the ratings add up to `asked`."""

    kind: str
    """As the bank has it."""
    asked: int
    strong: int
    okay: int
    rough: int
    not_rated: int


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was asked beside what had been practised before."""

    asked: int
    """Questions that were asked, one that came in two interviews twice."""
    asked_practised: int
    asked_not_practised: int
    practised: int
    """Different questions that were practised before the last of the interviews."""
    practised_asked: int
    practised_not_asked: int
    surprises: tuple[TextCount, ...]
    """The questions behind `asked_not_practised`."""
    unused: tuple[str, ...]
    """The questions behind `practised_not_asked`."""


@dataclass(frozen=True, slots=True)
class StoryCount:
    """A story that was told."""

    story: str
    """Its name."""
    told: int
    interviews: int
    """In how many of them."""
    again_at: tuple[str, ...]
    """Companies that heard it more than once."""


@dataclass(frozen=True, slots=True)
class InCommon:
    """What interviews have in common; every list has the highest count first."""

    debriefs: int
    """Finished debriefs: what was asked is counted in these."""
    ended: int
    """Interviews whose end was noted: stages are counted in these."""
    stages: tuple[StageCount, ...]
    kinds: tuple[KindCount, ...]
    competencies: tuple[KindCount, ...]
    """By what a question asks about, where its bank says it."""
    preparation: Preparation
    rejections: int
    reasons: tuple[TextCount, ...]
    """As they gave them; they add up to `rejections`."""
    guesses: tuple[TextCount, ...]
    """The user's own, apart from what was said."""
    stories_told: int
    """Questions that were answered with a story that has a name."""
    stories: tuple[StoryCount, ...]
    never_told: tuple[str, ...]
    """Stories that are kept and that no debrief names."""


def count_missing_debriefs(accounts: Iterable[Account]) -> int:
    """How many more finished debriefs it takes; 0 where there are enough."""
    return max(0, FEWEST_DEBRIEFS - sum(each.is_debriefed for each in accounts))


def find_in_common(
    accounts: Sequence[Account],
    takes: Iterable[Take],
    known: Mapping[QuestionKey, KnownQuestion],
    stories: Iterable[str] = (),
) -> InCommon:
    """Count what the interviews have in common.

    Args:
        accounts: The interviews, in any order.
        takes: What was practised; fragments and takes without a question of a bank do not count.
        known: The questions of the banks.
        stories: The names of the stories that are kept.
    """
    debriefed = [each for each in accounts if each.is_debriefed]
    ended = [each for each in accounts if each.outcome is not None]
    rejected = [each.outcome for each in ended if each.outcome and each.outcome.state == "rejected"]
    told = [
        (_fold(noted.story), noted.story, each)
        for each in debriefed
        for noted in each.asked
        if _fold(noted.story)
    ]
    names = {folded for folded, _, _ in told}
    return InCommon(
        debriefs=len(debriefed),
        ended=len(ended),
        stages=_count_stages(ended),
        kinds=_count_kinds(debriefed, known, "kind"),
        competencies=_count_kinds(debriefed, known, "competency"),
        preparation=_compare_preparation(debriefed, takes, known),
        rejections=len(rejected),
        reasons=_count_texts(each.reason or NOT_NOTED for each in rejected),
        guesses=_count_texts(each.guess for each in rejected if one_line(each.guess)),
        stories_told=len(told),
        stories=_count_stories(told),
        never_told=tuple(sorted({one_line(s) for s in stories if _fold(s) not in names} - {""})),
    )


def _fold(text: str) -> str:
    return one_line(text).casefold()


def _count_texts(texts: Iterable[str]) -> tuple[TextCount, ...]:
    """Each text once, without regard to case and spaces, in the spelling that is most frequent."""
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        spellings.setdefault(_fold(text) or NOT_NOTED, Counter())[one_line(text) or NOT_NOTED] += 1
    counts = [
        TextCount(min(found, key=lambda text: (-found[text], text)), found.total())
        for found in spellings.values()
    ]
    return tuple(sorted(counts, key=lambda each: (-each.count, each.text)))


def _count_stages(ended: Iterable[Account]) -> tuple[StageCount, ...]:
    """By the stage that the outcome names, else by the round of the interview."""
    stages: dict[str, list[tuple[str, str]]] = {}
    for each in ended:
        assert each.outcome is not None
        stage = each.outcome.stage if one_line(each.outcome.stage) else each.interview.facts.round
        stages.setdefault(_fold(stage), []).append((stage, each.outcome.state))
    rows = []
    for found in stages.values():
        (named,) = _count_texts(stage for stage, _ in found)
        rows.append(StageCount(named.text, named.count, _count_texts(state for _, state in found)))
    return tuple(sorted(rows, key=lambda row: (-row.interviews, row.stage)))


def _count_kinds(
    debriefed: Iterable[Account], known: Mapping[QuestionKey, KnownQuestion], what: str
) -> tuple[KindCount, ...]:
    """By the kind or the competency; a question whose kind nobody knows counts as not noted."""
    found: dict[str, Counter[str]] = {}
    for each in debriefed:
        for noted in each.asked:
            question = known.get(_key_of(noted))
            kind = one_line(getattr(question, what)) if question else ""
            if kind or what == "kind":
                found.setdefault(kind or NOT_NOTED, Counter())[noted.rating or ""] += 1
    rows = [
        KindCount(kind, each.total(), each["strong"], each["okay"], each["rough"], each[""])
        for kind, each in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.rough, -row.asked, row.kind)))


def _key_of(noted: NotedQuestion) -> QuestionKey:
    # What was never joined to a question is told apart by its text.
    return noted.bank or "", noted.question_id or f" {_fold(noted.text)}"


def _compare_preparation(
    debriefed: Sequence[Account],
    takes: Iterable[Take],
    known: Mapping[QuestionKey, KnownQuestion],
) -> Preparation:
    """What was practised counts as preparation only for the interviews after its first take."""
    first_take: dict[QuestionKey, datetime] = {}
    texts: dict[QuestionKey, str] = {}
    last_held = max((each.held_at for each in debriefed), default=None)
    for take in takes:
        is_before = last_held is not None and take.recorded_at < last_held
        if take.question_id is None or take.is_fragment or not is_before:
            continue
        key = (take.bank or "", take.question_id)
        first_take[key] = min(take.recorded_at, first_take.get(key, take.recorded_at))
        # The least of them, so that the order of the takes does not matter.
        text = one_line(take.question or "")
        texts[key] = min(text, texts.get(key, text))
    surprises: list[str] = []
    came: set[QuestionKey] = set()
    asked = 0
    for each in debriefed:
        for noted in each.asked:
            asked += 1
            key = _key_of(noted)
            if key in first_take and first_take[key] < each.held_at:
                came.add(key)
            else:
                surprises.append(noted.text)
    unused = [key for key in first_take if key not in came]
    shown = [one_line(known[key].text) if key in known else texts[key] or key[1] for key in unused]
    return Preparation(
        asked=asked,
        asked_practised=asked - len(surprises),
        asked_not_practised=len(surprises),
        practised=len(first_take),
        practised_asked=len(came),
        practised_not_asked=len(unused),
        surprises=_count_texts(surprises),
        unused=tuple(sorted(shown)),
    )


def _count_stories(told: Sequence[tuple[str, str, Account]]) -> tuple[StoryCount, ...]:
    rows = []
    for folded in {folded for folded, _, _ in told}:
        found = [(story, account) for name, story, account in told if name == folded]
        (named,) = _count_texts(story for story, _ in found)
        companies = _count_texts(account.interview.facts.company for _, account in found)
        rows.append(
            StoryCount(
                named.text,
                named.count,
                len({account.interview.id for _, account in found}),
                tuple(sorted(each.text for each in companies if each.count > 1)),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.told, row.story)))


DEFINITIONS: Mapping[str, str] = {
    "debriefs": "Interviews whose debrief was finished. What was asked is counted in these.",
    "ended": "Interviews with an outcome, `waiting` among them. Stages are counted in these.",
    "stages[].interviews": "Interviews that came to this stage: the one that the outcome names, "
    "else the round. They add up to `ended`.",
    "stages[].outcomes[].count": "How many of those ended so. They add up to `interviews`.",
    "kinds[].asked": "Questions of this kind, one that came in two interviews twice. The kind is "
    "the one in the question's bank; `not noted` where that has none.",
    "kinds[].strong": "How many of those you called strong.",
    "kinds[].okay": "How many of those you called okay.",
    "kinds[].rough": "How many of those you called rough.",
    "kinds[].not_rated": "How many of those you did not rate.",
    "competencies[].asked": "The same by what a question asks about, such as teamwork; questions "
    "whose bank does not say it are left out.",
    "competencies[].strong": "How many of those you called strong.",
    "competencies[].okay": "How many of those you called okay.",
    "competencies[].rough": "How many of those you called rough.",
    "competencies[].not_rated": "How many of those you did not rate.",
    "preparation.asked": "Questions that were asked, one that came in two interviews twice.",
    "preparation.asked_practised": "How many of those you had answered in a take before that "
    "interview began. A fragment (less than five seconds of speech) does not count as an answer.",
    "preparation.asked_not_practised": "The rest of them.",
    "preparation.practised": "Different questions of your banks that you answered in a take before "
    "the last of these interviews began.",
    "preparation.practised_asked": "How many of those were asked in an interview after their first "
    "take.",
    "preparation.practised_not_asked": "The rest of them.",
    "preparation.surprises[].count": "How often this question was asked that you had not "
    "practised. They add up to `asked_not_practised`.",
    "rejections": "Interviews with the outcome `rejected`.",
    "reasons[].count": "How many rejections gave this reason, case and spaces aside; `not noted` "
    "where you wrote down none. They add up to `rejections`.",
    "guesses[].count": "How many rejections you guessed this reason for. Never added to theirs.",
    "stories_told": "Questions in whose place of the debrief a story stands.",
    "stories[].told": "How often you told this story. They add up to `stories_told`.",
    "stories[].interviews": "In how many interviews you told it.",
}
"""What each number means, by its place in the JSON; docs/measures.md has them too."""
