"""What is listed of words that may be fillers, and why nothing weighs them, on labelled uses."""

import numpy as np
import pytest

from benchmarks.findings.clips import CLIPS
from benchmarks.findings.discourse import Uses, calls, load_uses
from benchmarks.findings.habit_rule import (
    WORDS,
    Features,
    measure_gain,
    sound_and_place,
    with_neighbours,
)

WORTH_A_RULE = 0.05
"""The gain in F1 from which a rule would be worth what it costs."""


@pytest.fixture(scope="module")
def labelled_uses() -> dict[str, Uses]:
    return {found.phrase: found for found in load_uses(CLIPS)}


@pytest.mark.parametrize("phrase", ["like", "so", "well", "you know", "i mean", "kind of"])
def test_ordinary_phrases_take_out_no_use_that_was_marked(
    labelled_uses: dict[str, Uses], phrase: str
) -> None:
    found = labelled_uses[phrase]
    _, listed = calls(found)
    # One like is in "I feel like", a hedge, and one well in the phrase "oh well".
    in_another_entry = {"like": 1, "well": 1}.get(phrase, 0)
    assert (~listed & found.marked).sum() == in_another_entry
    assert found.marked[listed].mean() > found.marked.mean() + 0.01


@pytest.mark.parametrize(
    ("features", "left_out"), [(sound_and_place, "series"), (with_neighbours, "site")]
)
def test_no_rule_tells_habits_well_enough_where_it_was_not_fitted(
    labelled_uses: dict[str, Uses], features: Features, left_out: str
) -> None:
    phrases = [labelled_uses[word] for word in WORDS]
    assert measure_gain(phrases, features, left_out, is_noisy=True).value < WORTH_A_RULE


def test_the_rule_that_was_tried_can_find_what_is_there(labelled_uses: dict[str, Uses]) -> None:
    """Else its small gain would say nothing of the words."""
    so = labelled_uses["so"]
    rng = np.random.default_rng(0)

    def with_answer(tokens: object, at: int) -> list[float]:
        return [next(answers) + rng.normal(0, 0.5)]

    answers = iter(so.marked.astype(float))
    assert measure_gain([so], with_answer, "meeting", is_noisy=False).value > 0.2
