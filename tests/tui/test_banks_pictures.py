"""How the banks look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from practice.tui.widgets.bank_view import BankView
from tests.support.app_harness import AppHarness, follow_steps, shown

SMALL, LARGE = (80, 24), (120, 36)
MINE = """\
title: Questions from my last interviews
questions:
  - id: move
    text: Why did you move from banking into public transport, and what did you give up for it?
    competency: motivation
    kind: motivation
    tags: [career, change]
    difficulty: 2
    target_s: 90
    prep_s: 20
    follow_ups: [What would have kept you?]
    key_points: [what you were looking for, what it cost, what you would do again]
  - id: outage
    text: Walk me through an outage that you caused.
    competency: ownership
    target_s: 150
  - id: no
    text: When did you last say no to a customer?
"""
CUT = "title: Cut\nquestions:\n  - text: Why #1 in the market?\n  - text: Q #2\n  - text: And us?\n"
BROKEN = "title: From the forum\nquestions:\n  - txt: Why?\n  - text: Fine.\n    difficulty: 7\n"
Compare = Callable[..., bool]
BANKS = (shown("new to you"), "b", shown("From the forum"), shown("2 problems"))


@pytest.fixture
def services_with_banks(home: Path, services: Services) -> Services:
    """Services on two own banks, one of them with problems, and a shipped one."""
    folder = places().banks
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(MINE)
    (folder / "forum.yaml").write_text(BROKEN)
    return services


def is_mine_shown(harness: AppHarness) -> bool:
    return harness.app.screen.query_one(BankView).bank_name == "mine"


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture(autouse=True)
def _hide_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's notice of banks with problems would still be there."""
    monkeypatch.setattr(PracticeApp, "notify", lambda self, *said, **how: None)


def test_the_banks(
    snap_compare: Compare, services_with_banks: Services, size: tuple[int, int]
) -> None:
    steps = follow_steps(
        *BANKS, "down", is_mine_shown, "enter", "down", shown("Walk me through an outage")
    )
    assert snap_compare(PracticeApp(services_with_banks), terminal_size=size, run_before=steps)


def test_a_bank_with_problems(snap_compare: Compare, services_with_banks: Services) -> None:
    steps = follow_steps(*BANKS, "enter", shown("did you mean 'text'?"))
    assert snap_compare(PracticeApp(services_with_banks), terminal_size=LARGE, run_before=steps)


def test_a_bank_with_texts_that_may_be_cut_off(
    snap_compare: Compare, services_with_banks: Services, size: tuple[int, int]
) -> None:
    (places().banks / "mine.yaml").unlink()
    (places().banks / "cut.yaml").write_text(CUT)
    steps = follow_steps(
        shown("new to you"), "b", shown("2 warnings"), "enter", shown("line 3: the text ends")
    )
    assert snap_compare(PracticeApp(services_with_banks), terminal_size=size, run_before=steps)


def test_the_form_of_a_question(
    snap_compare: Compare, services_with_banks: Services, size: tuple[int, int]
) -> None:
    steps = follow_steps(
        *BANKS, "down", is_mine_shown, "enter", "enter", shown("A question of Questions from")
    )
    assert snap_compare(PracticeApp(services_with_banks), terminal_size=size, run_before=steps)


def test_a_preview_on_light_ground(snap_compare: Compare, services_with_banks: Services) -> None:
    services_with_banks.change_setting("theme", "practice-light")
    steps = follow_steps(
        *BANKS, "down", is_mine_shown, "enter", "p", shown("a strong answer contains")
    )
    assert snap_compare(PracticeApp(services_with_banks), terminal_size=SMALL, run_before=steps)
