"""The file of stories in an export of everything, and taken back from one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from practice.base.files import private_folder, write_atomic
from practice.core.archive import DamageError
from practice.questions.bank_file.reading import check_bytes_of
from practice.questions.stories.file import StoryBook
from practice.questions.stories.model import STORIES, StoriesError

STORIES_FILE = "stories.yaml"
"""Its name in an export."""
StoryFate = Literal["taken", "here_already", "kept_yours"]


def stage_stories(data: bytes, here: Path, staged: Path) -> Sequence[StoryFate]:
    """Write to `staged` the file that is to stand at `here`, where anything is new.

    Where there is no file, theirs is taken to the byte. Else the stories that are missing here are
    added to the end of yours, and one that has the id of another one of yours is left out.

    Args:
        data: Their file.
        here: Your file, which may not exist.
        staged: Where the new one is to wait; its folder exists.

    Returns:
        What becomes of each of their stories.

    Raises:
        DamageError: Their file has problems and cannot be added to yours, or yours has problems.
        StorageError: The disk refused.
    """
    theirs = check_bytes_of(STORIES, Path(STORIES_FILE), data)
    if not here.exists():
        write_atomic(staged, data)
        stories = theirs.whole.stories if theirs.whole else ()
        return ["taken"] * (len(stories) or 1)
    if theirs.whole is None or theirs.problems:
        raise DamageError(f"{theirs.problems[0]}")
    private_folder(staged.parent)
    write_atomic(staged, here.read_bytes())
    book = StoryBook(staged)
    try:
        mine = {story.id: story for story in book.all()}
        fates: list[StoryFate] = []
        for story in theirs.whole.stories:
            if story.id in mine:
                fates.append("here_already" if mine[story.id] == story else "kept_yours")
            else:
                book.add(story)
                fates.append("taken")
    except StoriesError as error:
        staged.unlink()
        raise DamageError(
            f"{STORIES_FILE} cannot be added to yours: practice stories check tells what is wrong"
        ) from error
    if "taken" not in fates:
        staged.unlink()
    return fates
