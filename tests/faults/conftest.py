"""A home with answers in every state, made once for all faults."""

from pathlib import Path

import pytest

from tests.faults import kill_stages


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with takes that wait, are reviewed, and are to be deleted; beside it `answer.wav`."""
    folder = tmp_path_factory.mktemp("answers")
    with kill_stages.open_workspace(folder / "home") as workspace:
        kill_stages.keep_answers(workspace, folder)
    return folder / "home"
