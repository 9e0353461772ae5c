"""`stories.yaml`: read, checked and changed with its comments and order kept."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from practice.base.errors import NotFoundError
from practice.base.files import private_folder, write_atomic
from practice.base.paths import PRIVATE_FILE
from practice.base.system.locks import hold_lock
from practice.base.text import did_you_mean, near_names, one_line
from practice.questions.bank_file.item_editing import RemovedItem
from practice.questions.bank_file.reading import FileCheck, check_file_of
from practice.questions.bank_file.writing import ItemFile
from practice.questions.stories.model import (
    STORIES,
    Stories,
    StoriesChangedError,
    StoriesError,
    Story,
)

SCHEMA_LINE = "# yaml-language-server: $schema=stories.schema.json"
NEW_FILE = f"""\
{SCHEMA_LINE}
#
# Your stories. Only `title` is required.
# Text that holds a colon and a space, or begins with one of * & ! @ % [ {{ " must be in quotes.
# `practice stories check` tells what is wrong and where.
stories:
"""


class StoryFile(ItemFile[Stories, Story]):
    """The file of stories open for editing."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            NotFoundError: There is no such file.
            InvalidStoriesError: It has problems.
        """
        super().__init__(STORIES, path)


class StoryBook:
    """The stories of one person, in one file that need not exist yet.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> FileCheck[Stories]:
        """What is in the file, as far as it can be read; no file is a file without stories."""
        if not self.path.exists():
            return FileCheck("", None, Stories(), [])
        return check_file_of(STORIES, self.path)

    def all(self) -> tuple[Story, ...]:
        """Every story, in the order of the file.

        Raises:
            InvalidStoriesError: The file has problems.
        """
        checked = self.check()
        if checked.whole is None or checked.problems:
            raise STORIES.invalid(checked.problems)
        return checked.whole.stories

    def readable(self) -> tuple[Story, ...]:
        """Every story; none where the file has problems, which `check` tells."""
        try:
            return self.all()
        except StoriesError:
            return ()

    def get(self, named: str) -> Story:
        """The story with this id or title.

        Raises:
            NotFoundError: There is none; near names are in the hint.
            InvalidStoriesError: The file has problems.
        """
        return find_story(self.all(), named)

    def ensure(self) -> Path:
        """The path of the file, which is written where there is none.

        Raises:
            StorageError: The disk refused.
        """
        if not self.path.exists():
            private_folder(self.path.parent)
            write_atomic(self.path, NEW_FILE.encode(), PRIVATE_FILE)
        return self.path

    def add(self, story: Story) -> Story:
        """Put a story in at the end; an id that is missing or taken is made.

        Raises:
            StoriesError: The file has problems, or does not take the story; nothing was written.
            StorageError: The disk refused.
        """
        with self._edit() as file:
            return file.add(story)

    def change(self, begun: Story, new: Story) -> Story:
        """Make a story the same as `new`, where it still is as it was when the change was begun.

        Args:
            begun: The story as it was read.
            new: As it is to be.

        Raises:
            NotFoundError: It is not there any more.
            StoriesError: It was changed elsewhere meanwhile, or does not fit; nothing was written.
            StorageError: The disk refused.
        """
        with self._edit() as file:
            now = find_story(file.items, begun.id)
            if now != begun:
                raise StoriesChangedError(
                    f"{one_line(begun.title)} was changed elsewhere since it was opened",
                    "open it again to see how it is now; nothing was written",
                )
            return file.change(begun.id, msgspec.structs.replace(new, id=begun.id))

    def delete(self, story_id: str) -> RemovedItem[Story]:
        """Take a story out of the file; its takes stay.

        Raises:
            NotFoundError: It is not there.
            StoriesError: The file has problems; nothing was written.
            StorageError: The disk refused.
        """
        with self._edit() as file:
            return file.delete(story_id)

    def restore(self, removed: RemovedItem[Story]) -> Story:
        """Put a deleted story back where it was, as it was written.

        Raises:
            StoriesError: The file has problems; nothing was written.
            StorageError: The disk refused.
        """
        with self._edit() as file:
            return file.restore(removed)

    def line_of(self, story_id: str) -> int:
        """The line, from 1, at which a story begins; for an editor.

        Raises:
            NotFoundError: It is not there.
            InvalidStoriesError: The file has problems.
        """
        return StoryFile(self.path).line_of(story_id)

    @contextmanager
    def _edit(self) -> Iterator[StoryFile]:
        """The file open for one edit; an empty one is written where there is none."""
        # Of two windows that change it at once, one waits for the other.
        with hold_lock(private_folder(self.path.parent), wait=True):
            yield StoryFile(self.ensure())


def find_title(stories: Sequence[Story], story_id: str) -> str:
    """The title of a story; its id where it is not among them any more."""
    return next((story.title for story in stories if story.id == story_id), story_id)


def match_stories(stories: Sequence[Story], typed: str) -> list[Story]:
    """The stories that somebody may mean who typed some words of a title; all for no words."""
    words = one_line(typed).casefold().split()
    titles = {one_line(story.title).casefold(): story for story in stories}
    found = [story for title, story in titles.items() if all(word in title for word in words)]
    return found or [titles[near] for near in near_names(" ".join(words), titles)]


def find_story(stories: tuple[Story, ...], named: str) -> Story:
    """The story with this id, or else the only one with this title.

    Raises:
        NotFoundError: There is none; near names are in the hint.
    """
    same = [story for story in stories if story.id == named]
    wanted = one_line(named).casefold()
    same = same or [story for story in stories if one_line(story.title).casefold() == wanted]
    if len(same) == 1:
        return same[0]
    ids = [story.id for story in stories]
    hint = did_you_mean(named, ids) or "`practice stories list` shows the stories there are"
    if same:
        hint = f"name one by its id: {' or '.join(story.id for story in same)}"
    raise NotFoundError(f"there is no story {one_line(named)!r}", hint)
