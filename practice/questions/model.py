"""A bank and its questions: the one definition that reading, writing and the schema follow."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal, TypeVar, get_args

import msgspec
from msgspec import Meta

from practice.base.rounds import Round

QuestionKind = Literal["behavioural", "situational", "technical", "motivation", "logistics"]
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)

ID_PATTERN = "^[a-z0-9][a-z0-9-]*$"
LONGEST_ID = 64
_LONGEST_SLUG = 48

Id = Annotated[
    str,
    Meta(
        pattern=ID_PATTERN,
        max_length=LONGEST_ID,
        description="Stable name, unique in the bank: small letters, digits and hyphens. "
        "Derived from the text when it is missing.",
    ),
]
ListItem = Annotated[str, Meta(min_length=1, max_length=2000)]
TextList = tuple[ListItem, ...]


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a file holds a list of."""

    id: Id = ""

    @property
    def heading(self) -> str:
        """The text that its id is made of."""
        raise NotImplementedError


class Question(Item, frozen=True, kw_only=True, omit_defaults=True):
    """One question as it is asked, with what its owner wants to remember about it."""

    text: Annotated[
        str, Meta(min_length=1, max_length=2000, description="The question as it is asked.")
    ]
    kind: Annotated[QuestionKind | None, Meta(description="What sort of question it is.")] = None
    competency: Annotated[
        str, Meta(max_length=200, description="What it asks about, such as teamwork.")
    ] = ""
    tags: Annotated[TextList, Meta(description="Words to find it by.")] = ()
    rounds: Annotated[
        tuple[Round, ...], Meta(description="In which rounds it is asked, such as screen or panel.")
    ] = ()
    difficulty: Annotated[
        Annotated[int, Meta(ge=1, le=3)] | None, Meta(description="1 (easy) to 3 (hard).")
    ] = None
    target_s: Annotated[
        Annotated[int, Meta(ge=5, le=3600)] | None,
        Meta(description="How long an answer should take, in seconds."),
    ] = None
    prep_s: Annotated[
        Annotated[int, Meta(ge=0, le=3600)] | None,
        Meta(description="Time to think before the answer, in seconds."),
    ] = None
    follow_ups: Annotated[TextList, Meta(description="What an interviewer asks next.")] = ()
    pushbacks: Annotated[
        TextList, Meta(description="What an interviewer says who doubts the answer.")
    ] = ()
    key_points: Annotated[TextList, Meta(description="What a strong answer contains.")] = ()
    terms: Annotated[TextList, Meta(description="Words you want to hear yourself say.")] = ()
    notes: Annotated[str, Meta(description="Yours to write.")] = ""
    source: Annotated[str, Meta(max_length=2000, description="Where it came from.")] = ""
    url: Annotated[str, Meta(max_length=2000, description="The address it came from.")] = ""
    licence: Annotated[
        str, Meta(max_length=200, description="Its licence, where it differs from the bank's.")
    ] = ""

    @property
    def heading(self) -> str:
        """The question as it is asked."""
        return self.text


class Bank(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file of questions."""

    title: Annotated[
        str, Meta(min_length=1, max_length=200, description="What the bank is called.")
    ]
    language: Annotated[
        str,
        Meta(
            pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            description="The language of its questions, such as en or pt-BR.",
        ),
    ] = "en"
    licence: Annotated[
        str, Meta(max_length=200, description="The licence of the bank, such as CC-BY-4.0.")
    ] = ""
    subject_changes: Annotated[
        TextList, Meta(description="How an interviewer leaves one subject for another.")
    ] = ()
    ask_them: Annotated[TextList, Meta(description="What you can ask the interviewers.")] = ()
    questions: Annotated[tuple[Question, ...], Meta(description="The questions, in order.")] = ()

    def find(self, question_id: str) -> Question | None:
        """The question with that id, or None."""
        return next((item for item in self.questions if item.id == question_id), None)


ItemT = TypeVar("ItemT", bound=Item)


def slug(text: str) -> str:
    """A readable id made of the beginning of `text`; a short hash where no Latin letter is left."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    ascii_only = folded.encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", ascii_only)
    if not any(word.isalpha() for word in words):
        return "q-" + sha256(text.encode("utf-8")).hexdigest()[:8]
    joined = "-".join(words)
    if len(joined) <= _LONGEST_SLUG:
        return joined
    whole_words, _, _ = joined[: _LONGEST_SLUG + 1].rpartition("-")
    return whole_words or joined[:_LONGEST_SLUG]


def unused_id(text: str, taken: Iterable[str]) -> str:
    """`slug(text)`, with the first number that makes it differ from every id in `taken`."""
    wanted, used = slug(text), frozenset(taken)
    candidate, number = wanted, 1
    while candidate in used:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def assign_ids(items: Iterable[ItemT]) -> tuple[ItemT, ...]:
    """The items, with an id for each that has none; ids that are there are never changed."""
    given = tuple(items)
    taken = {item.id for item in given if item.id}
    # Where many questions begin alike, the next number is known: looking for it from 2 each time
    # would take time by the square of their count.
    numbers: dict[str, int] = {}
    result = []
    for item in given:
        if not item.id:
            wanted = slug(item.heading)
            number = numbers.get(wanted, 1)
            candidate = wanted if number == 1 else f"{wanted}-{number}"
            while candidate in taken:
                number += 1
                candidate = f"{wanted}-{number}"
            numbers[wanted] = number + 1
            taken.add(candidate)
            item = msgspec.structs.replace(item, id=candidate)
        result.append(item)
    return tuple(result)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is asked: it and the bank that it comes from."""

    bank: str
    """Its name; empty for a question of no bank, which has no id either."""
    question: Question
    asker: str = ""
    """Who asks it, where several people do."""
    voice: int = 0
    """The number of whoever asks, from 0."""
    opening: str = ""
    """What is said before it, such as a change of the subject."""
