"""Sound is deleted after so many days only when that was said, and it is said when it happens."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest

from practice.base.paths import places
from practice.base.settings import Settings, load_settings
from practice.core.workspace import Workspace
from practice.library.takes import Take
from tests.support.cli import COMMAND, run
from tests.support.clock import FakeClock
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.takes import keep_take

ASKED = "The sound of 1 take is older than 7 days and will be deleted at the next start."


@pytest.fixture
def old_take(home: object) -> Iterator[Take]:
    """A reviewed take from long ago."""
    clock = FakeClock()
    clock.advance(-timedelta(days=3650))
    with Workspace(places(), Settings(model="demo"), clock) as workspace:
        yield keep_take(workspace)


def kept_days() -> int:
    return load_settings(places().settings_file).keep_audio_days


def test_a_script_is_told_what_the_setting_deletes_and_later_that_it_did(old_take: Take) -> None:
    assert ASKED in run("settings", "keep_audio_days", "7").err
    assert kept_days() == 7
    assert old_take.audio is not None
    assert old_take.audio.exists()
    first, second = run("takes", "list"), run("takes", "list")
    assert "The sound of 1 take older than 7 days was deleted; the words stay." in first.err
    assert "deleted" not in second.err
    assert not old_take.audio.exists()


@pytest.mark.parametrize(("answer", "days"), [("y\n", 7), ("\n", 0)])
def test_a_person_is_asked_before_a_setting_is_kept_that_deletes(
    old_take: Take, answer: str, days: int
) -> None:
    command = [*COMMAND, "settings", "keep_audio_days", "7"]
    with PseudoTerminal(command, os.environ) as terminal:
        terminal.read_until("Keep this setting?")
        terminal.press(answer)
        assert (terminal.read_to_the_end() == 0) == bool(days)
    assert kept_days() == days


def test_more_days_delete_nothing_and_need_no_word(old_take: Take) -> None:
    run("settings", "keep_audio_days", "7")
    assert "older" not in run("settings", "keep_audio_days", "30").err
