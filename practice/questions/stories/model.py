"""A story and the file of them: the one definition that reading, writing and the schema follow."""

from typing import Annotated

import msgspec
from msgspec import Meta

from practice.base.errors import PracticeError
from practice.base.sentences import split_sentences
from practice.questions.bank_file.problems import FileChangedError, InvalidFileError
from practice.questions.bank_file.shape import Shape
from practice.questions.model import Item, Question, TextList

Part = Annotated[str, Meta(max_length=4000)]


class Story(Item, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened, as its owner tells it in interviews."""

    title: Annotated[
        str, Meta(min_length=1, max_length=200, description="What you call the story.")
    ]
    situation: Annotated[Part, Meta(description="Where and when it was, and what was wrong.")] = ""
    task: Annotated[Part, Meta(description="What was yours to do.")] = ""
    action: Annotated[Part, Meta(description="What you did.")] = ""
    result: Annotated[Part, Meta(description="What came of it.")] = ""
    number: Annotated[
        str, Meta(max_length=200, description="The number in it, such as: from 9 to 4 hours.")
    ] = ""
    competencies: Annotated[
        TextList, Meta(description="What it answers questions about, such as teamwork.")
    ] = ()
    target_s: Annotated[
        Annotated[int, Meta(ge=5, le=3600)] | None,
        Meta(description="How long telling it should take, in seconds."),
    ] = None

    @property
    def heading(self) -> str:
        """Its title."""
        return self.title

    def as_question(self) -> Question:
        """The story as a question that is answered by telling it."""
        return Question(
            id=self.id,
            text=f"Tell the story: {self.title}",
            competency=next(iter(self.competencies), "")[:200],
            target_s=self.target_s,
        )

    @property
    def first_sentence(self) -> str:
        """How it begins: the first sentence of the situation; empty where none is written."""
        return next(iter(split_sentences(self.situation)), "")


class Stories(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The file of stories."""

    stories: Annotated[tuple[Story, ...], Meta(description="The stories, in order.")] = ()


class StoriesError(PracticeError):
    """The file of stories cannot be read or written."""

    code = "stories"


class InvalidStoriesError(StoriesError, InvalidFileError):
    """The file of stories has problems."""


class StoriesChangedError(StoriesError, FileChangedError):
    """The file of stories changed on disk since it was read."""

    code = "stories_changed"


STORIES: Shape[Stories, Story] = Shape(
    Stories,
    Story,
    whole_name="stories",
    valid="a valid file of stories",
    item_name="story",
    list_key="stories",
    heading="title",
    beginning="a file of stories begins with `stories:`",
    list_of_all="stories",
    commands="practice stories",
    error=StoriesError,
    invalid_error=InvalidStoriesError,
    changed_error=StoriesChangedError,
)
