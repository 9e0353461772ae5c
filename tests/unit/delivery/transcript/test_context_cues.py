"""The points of ambiguous words, on the labelled uses that they were fitted to."""

import numpy as np
import pytest

from benchmarks.findings.clips import CLIPS
from benchmarks.findings.discourse import Uses, calls, changed, f1, refitted, uses
from practice.delivery.transcript import tokens

BARS = {"like": 0.15, "kind of": 0.12, "well": 0.05}
"""How far F1 stays above calling every use, with points fitted to other meetings too."""

ENOUGH_MARKED = 30
"""Of fewer (actually, basically, right) a single use moves F1 by several points."""


@pytest.fixture(scope="module")
def labelled_uses() -> dict[str, Uses]:
    return {found.phrase: found for found in uses(CLIPS)}


@pytest.mark.parametrize("phrase", BARS)
def test_cues_tell_more_than_calling_every_use(labelled_uses: dict[str, Uses], phrase: str) -> None:
    found = labelled_uses[phrase]
    every = f1(np.ones_like(found.marked), found.marked)
    assert f1(calls(found)[1], found.marked) >= every + BARS[phrase]
    assert f1(refitted(found), found.marked) >= every + BARS[phrase]


@pytest.mark.parametrize("phrase", ["you know", "i mean"])
def test_phrases_that_are_nearly_always_habits_are_not_missed(
    labelled_uses: dict[str, Uses], phrase: str
) -> None:
    found = labelled_uses[phrase]
    assert (calls(found)[1] & found.marked).sum() >= 0.95 * found.marked.sum()


@pytest.mark.parametrize("phrase", ["like", "so", "well", "you know", "i mean", "kind of"])
@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_a_tenth_more_or_less_of_every_point_changes_little(
    labelled_uses: dict[str, Uses], phrase: str, factor: float
) -> None:
    found = labelled_uses[phrase]
    assert abs(changed(found, factor) - f1(calls(found)[1], found.marked)) <= 0.03


@pytest.mark.parametrize("limit", ["CLAUSE_GAP_S", "STRETCH_GAP_S"])
@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_a_tenth_longer_or_shorter_silences_change_little(
    labelled_uses: dict[str, Uses], monkeypatch: pytest.MonkeyPatch, limit: str, factor: float
) -> None:
    monkeypatch.setattr(tokens, limit, factor * getattr(tokens, limit))
    for found in uses(CLIPS):
        if found.marked.sum() < ENOUGH_MARKED:
            continue
        usual = labelled_uses[found.phrase]
        before = f1(calls(usual)[1], usual.marked)
        assert abs(f1(calls(found)[1], found.marked) - before) <= 0.02
