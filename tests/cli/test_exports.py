"""Deleting a take says what was exported of it, and deletes that where it is asked to."""

import pytest

from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.workspace import Workspace
from practice.library.takes import Take
from tests.support.cli import run
from tests.support.takes import keep_take


@pytest.fixture
def take(home: object) -> Take:
    """A take with a page to share beside it."""
    with Workspace(places(), Settings(model="demo")) as workspace:
        kept = keep_take(workspace)
    places().exports.mkdir()
    (places().exports / f"{kept.id}.html").write_text("the voice")
    (places().exports / f"{kept.id}0.html").write_text("another take")
    return kept


def test_a_page_that_stays_is_named(take: Take) -> None:
    done = run("takes", "delete", take.id, "--yes")
    assert done.code == 0
    assert f"{take.id}.html" in done.err
    assert (places().exports / f"{take.id}.html").exists()


def test_a_page_goes_with_its_take_where_that_is_asked_for(take: Take) -> None:
    done = run("takes", "delete", take.id, "--yes", "--exports")
    assert f"{take.id}.html" in done.err
    assert [path.name for path in places().exports.iterdir()] == [f"{take.id}0.html"]
