"""What a file of items is made of: of questions in a bank, of stories in `stories.yaml`.

Reading, checking and writing are the same for both; where they differ stands here.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import msgspec

from practice.base.errors import BankError, PracticeError
from practice.questions.bank_file.problems import (
    BankChangedError,
    FileChangedError,
    InvalidBankError,
    InvalidFileError,
    Problem,
)
from practice.questions.model import Bank, Item, Question

WholeT = TypeVar("WholeT", bound=msgspec.Struct)
ItemT = TypeVar("ItemT", bound=Item)


@dataclass(frozen=True)
class Shape(Generic[WholeT, ItemT]):
    """One kind of file that holds a list of items."""

    whole: type[WholeT]
    item: type[ItemT]
    whole_name: str
    """What the file is called in messages: `bank`."""
    valid: str
    """What it has to stay: `a valid bank`."""
    item_name: str
    """What an item is called in messages: `question`."""
    list_key: str
    """The key of the list; also the field of `whole`."""
    heading: str
    """The key that an item cannot lack, and that its id is made of."""
    beginning: str
    """How such a file begins, for one that does not."""
    list_of_all: str
    """What its command lists: `banks`."""
    commands: str
    """The commands about it: `practice banks`."""
    error: type[PracticeError]
    invalid_error: type[InvalidFileError]
    changed_error: type[FileChangedError]

    def items_of(self, whole: WholeT) -> tuple[ItemT, ...]:
        """The items of a file, in order."""
        return cast("tuple[ItemT, ...]", getattr(whole, self.list_key))

    def with_items(self, whole: WholeT, items: tuple[ItemT, ...]) -> WholeT:
        """The same file with other items."""
        return msgspec.structs.replace(whole, **{self.list_key: items})

    def invalid(self, problems: list[Problem]) -> InvalidFileError:
        """The error that stands for these problems: the first in full, the others counted."""
        others = len(problems) - 1
        more = f" (and {others} more)" if others else ""
        error = self.invalid_error(
            f"{problems[0]}{more}",
            f"`{self.commands} check {problems[0].path}` lists every problem",
        )
        error.problems = tuple(problems)
        return error


BANK: Shape[Bank, Question] = Shape(
    Bank,
    Question,
    whole_name="bank",
    valid="a valid bank",
    item_name="question",
    list_key="questions",
    heading="text",
    beginning="a bank begins with `title:` and `questions:`",
    list_of_all="banks",
    commands="practice banks",
    error=BankError,
    invalid_error=InvalidBankError,
    changed_error=BankChangedError,
)
