from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.errors import NotFoundError, UsageError
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.filing import move_take, rename_take
from practice.core.workspace import Workspace
from practice.library.takes import QuestionSnapshot
from tests.support.takes import keep_take

BANK = """\
title: Mine
questions:
  - id: split
    text: Tell me about a split.
    key_points: [the platform team, a marching band]
    terms: [trade-off]
  - id: other
    text: Another one.
"""


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    folder = places().banks
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(BANK)
    with Workspace(places(), Settings(model="demo")) as opened:
        yield opened


def test_the_review_of_a_moved_take_has_the_points_of_its_new_question(
    workspace: Workspace,
) -> None:
    take = keep_take(workspace)
    moved = move_take(workspace, take.id, workspace.question("mine/split"))
    review = workspace.review_of(moved)
    assert [(item.text, item.said) for item in review.coverage.key_points] == [
        ("the platform team", True),
        ("a marching band", False),
    ]
    assert review.take is not None
    assert (review.take.question_id, review.take.number) == ("split", 1)


def test_without_its_sound_a_moved_take_keeps_no_points_of_the_old_question(
    workspace: Workspace,
) -> None:
    asked = QuestionSnapshot("split", "mine", "Tell me about a split.")
    take = keep_take(workspace, asked=asked)
    assert workspace.review_of(take).coverage.key_points
    workspace.library.delete_audio(take.id)
    moved = move_take(workspace, take.id, workspace.question("mine/other"))
    review = workspace.review_of(moved)
    assert review.coverage.key_points == ()
    assert review.words


def test_a_question_that_is_not_there_moves_nothing(workspace: Workspace) -> None:
    take = keep_take(workspace)
    with pytest.raises(NotFoundError):
        move_take(workspace, take.id, workspace.question("mine/nothing"))
    assert workspace.library.take(take.id) == take


def test_a_take_without_a_question_gets_a_title_that_its_review_has_too(
    workspace: Workspace,
) -> None:
    take = keep_take(workspace)
    renamed = rename_take(workspace, take.id, "Panel, second round")
    assert renamed.question == "Panel, second round"
    review = workspace.review_of(renamed)
    assert review.take is not None
    assert review.take.question == "Panel, second round"
    assert [found.id for found in workspace.library.takes(containing="second round")] == [take.id]
    with pytest.raises(UsageError, match="empty"):
        rename_take(workspace, take.id, " ")
