"""A home with answers in every state, made once for all faults."""

from pathlib import Path

import pytest

from tests.faults import life


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with takes that wait, are reviewed, and are to be deleted; beside it `answer.wav`."""
    folder = tmp_path_factory.mktemp("answers")
    with life.opened(folder / "home") as interview:
        life.keep_answers(interview, folder)
    return folder / "home"
