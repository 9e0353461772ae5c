"""What a reader of a shared page answered, as the text that the page's form makes.

It is meant to come back through any mail program: lines of plain words, so that whoever sends it
sees what it says, and whoever reads it finds it among quotation marks and greetings.

    --- practice feedback 1 ---
    from: Ana
    take: 20261123-1405-k3f9
    question: Where did you lose me?
      When the migration began.
    word at 12.4: migration
      I did not know which one.
    --- end ---
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from practice.base.errors import FeedbackError, StorageError
from practice.base.text import clock_time, one_line, plain

FORMAT = 1
LONGEST_TEXT = 10_000
LONGEST_NAME = 200
MOST_PARTS = 500
"""Answers and comments of one reader about one take. The page has three questions."""
BEYOND = "after the end of the take"
LONGEST_TAKE_S = 24 * 3600.0
# A mail program may turn hyphens into dashes, quote each line, and pad them.
_BEGIN = re.compile(r"[-–—]+ *practice feedback (\d{1,9}) *[-–—]+", re.IGNORECASE)
_END = re.compile(r"[-–—]+ *end *[-–—]+", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:[ \t]*[>|])+ ?")
_FIELD = re.compile(r"(from|take|question|word at ([^:]{1,40})):(.*)")


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered to one question."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What was said about a word."""

    at_s: float
    """Where the word begins, in seconds from the start of the take."""
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one reader answered about one take."""

    take_id: str
    reader: str = ""
    replies: tuple[Reply, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def document(self) -> dict[str, object]:
        """As the library keeps it."""
        return {
            "replies": [asdict(each) for each in self.replies],
            "comments": [asdict(each) for each in self.comments],
        }


@dataclass(slots=True)
class _Field:
    """A line with a name, and the lines below it."""

    line: int
    name: str
    at: str
    value: str
    text: list[str] = field(default_factory=list)


def parse_feedback(text: str) -> tuple[Feedback, ...]:
    """Everything that readers answered in `text`; what stands around it is left alone.

    Raises:
        FeedbackError: There is nothing, or it makes no sense in some line.
    """
    lines = [line.replace("\xa0", " ").rstrip() for line in plain(_unify(text)).split("\n")]
    found: list[Feedback] = []
    number = 0
    while number < len(lines):
        begun = _BEGIN.fullmatch(_QUOTED.sub("", lines[number]).strip())
        number += 1
        if begun is None:
            continue
        if int(begun[1]) > FORMAT:
            raise FeedbackError(
                f"line {number}: this was made by the page of a newer practice", "update practice"
            )
        is_quoted = _QUOTED.match(lines[number - 1]) is not None
        block, end = _read_block(lines, number, is_quoted=is_quoted)
        found += _read_fields(block, number)
        number = end
    if not found:
        raise FeedbackError(
            "there is no reader's answer in it",
            "give all that the form of the page made, from “--- practice feedback” to “--- end”",
        )
    # A reply may quote the mail that it answers.
    return tuple(dict.fromkeys(found))


def _unify(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\N{BOM}")


def _read_block(
    lines: Sequence[str], first: int, *, is_quoted: bool
) -> tuple[list[tuple[int, str]], int]:
    """The numbered lines up to the end of a block, and the index of the line behind it."""
    block: list[tuple[int, str]] = []
    for index in range(first, len(lines)):
        line = _QUOTED.sub("", lines[index]) if is_quoted else lines[index]
        # What somebody answers is indented, so that no line of theirs can end it.
        if _END.fullmatch(line):
            return block, index + 1
        block.append((index + 1, line))
    raise FeedbackError(
        f"line {len(lines)}: it breaks off before “--- end ---”", "give all that the form made"
    )


def _read_fields(block: Sequence[tuple[int, str]], begun: int) -> list[Feedback]:
    """One feedback for each take that the block names; the reader is the same for all."""
    fields: list[_Field] = []
    for number, line in block:
        match = _FIELD.fullmatch(line)
        if match is not None:
            name = "word" if match[2] else match[1]
            fields.append(_Field(number, name, match[2] or "", one_line(match[3])))
        elif fields:
            # The form indents by two; a mail program that wraps or trims a line may not.
            fields[-1].text.append(line.removeprefix("  "))
        elif line.strip():
            raise FeedbackError(
                f"line {number}: “from:” or “take:” should stand here", "give what the form made"
            )
    reader = next((each.value for each in fields if each.name == "from"), "")
    if len(reader) > LONGEST_NAME:
        raise FeedbackError(f"line {begun}: the name is too long", "shorten it")
    takes: list[tuple[str, list[_Field]]] = []
    for each in fields:
        if each.name == "take":
            if not each.value:
                raise FeedbackError(f"line {each.line}: the take is not named", "copy it again")
            takes.append((each.value, []))
        elif each.name != "from":
            if not takes:
                raise FeedbackError(
                    f"line {each.line}: it does not say of which take", "put “take:” before it"
                )
            takes[-1][1].append(each)
    if not takes:
        raise FeedbackError(f"line {begun}: no take is named in it", "copy all that the form made")
    return [_make_feedback(take_id, reader, parts) for take_id, parts in takes]


def _make_feedback(take_id: str, reader: str, parts: Sequence[_Field]) -> Feedback:
    if len(parts) > MOST_PARTS:
        raise FeedbackError(
            f"line {parts[MOST_PARTS].line}: there are more than {MOST_PARTS} answers and comments",
            "leave some out",
        )
    replies, comments = [], []
    for part in parts:
        text = "\n".join(part.text).strip()
        if len(text) > LONGEST_TEXT or len(part.value) > LONGEST_TEXT:
            raise FeedbackError(
                f"line {part.line}: the text has more than {LONGEST_TEXT} characters", "shorten it"
            )
        if not text:
            continue
        if part.name == "question":
            replies.append(Reply(part.value, text))
        else:
            comments.append(Comment(_read_time(part), part.value, text))
    in_order = sorted(comments, key=lambda comment: comment.at_s)
    return Feedback(take_id, reader, tuple(replies), tuple(in_order))


def _read_time(part: _Field) -> float:
    try:
        at_s = float(part.at)
    except ValueError:
        at_s = math.nan
    if not 0 <= at_s <= LONGEST_TAKE_S:
        raise FeedbackError(
            f"line {part.line}: {one_line(part.at)!r} is not a place in a take",
            "seconds are meant: word at 12.4",
        )
    return at_s


def read_document(take_id: str, reader: str, document: Mapping[str, object]) -> Feedback:
    """What the library kept.

    Raises:
        StorageError: It is damaged.
    """
    try:
        replies, comments = document["replies"], document["comments"]
        assert isinstance(replies, list)
        assert isinstance(comments, list)
        return Feedback(
            take_id,
            one_line(reader),
            tuple(Reply(one_line(each["question"]), plain(each["text"])) for each in replies),
            tuple(
                Comment(float(each["at_s"]), one_line(each["word"]), plain(each["text"]))
                for each in comments
            ),
        )
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise StorageError(
            f"the feedback of take {one_line(take_id)} is damaged", "run practice doctor"
        ) from error


def is_beyond(comment: Comment, take_s: float | None) -> bool:
    """Whether a comment names a place behind the end of its take."""
    return take_s is not None and comment.at_s > take_s


def describe_feedback(feedback: Feedback, take_s: float | None = None) -> list[str]:
    """What a reader answered, as lines.

    Args:
        feedback: What was answered.
        take_s: How long the take is; None where that is not known.
    """
    lines = []
    for reply in feedback.replies:
        lines += [reply.question, *(f"  {line}" for line in reply.text.splitlines())]
    for comment in feedback.comments:
        beyond = f"  ({BEYOND})" if is_beyond(comment, take_s) else ""
        lines.append(f"{clock_time(comment.at_s)}  “{comment.word}”{beyond}")
        lines += [f"  {line}" for line in comment.text.splitlines()]
    return lines


def name_reader(reader: str) -> str:
    """The name of a reader, who need not have given one."""
    return reader or "a reader"
