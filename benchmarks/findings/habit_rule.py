"""Whether sound, place and neighbours tell a habit: a rule that is tried, and not in the app.

For each of like, so and well a ridge logistic regression is fitted, and judges only meetings that
it has not seen. The limit from which it calls a use is set within the meetings of the fit. It is
tried with the times as they are, and with times as a recogniser has them: every edge is moved by a
normal error of 0.1 to 0.3 s, and words that are less than 0.5 s apart touch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.findings import discourse
from benchmarks.findings.discourse import (
    Flags,
    Use,
    Uses,
    calls,
    draw_meetings,
    f1,
    f1_interval,
    load_uses,
)
from practice.base.words import Word
from practice.delivery.transcript.tokens import Break, Token, tokens_of

WORDS = ("like", "so", "well")
LEFT_OUT = {"meeting": 7, "series": 6, "site": 2}
"""How much of a meeting's name two meetings share that are left out together."""
RUN_GAP_S = 0.5
_TOUCH_S = 0.5
_FARTHEST = 8
_RIDGE = 10.0
_STEPS = 12

_CLASSES = [
    frozenset(words.split())
    for words in (
        "um uh er erm hmm umm uhh ah eh mm",
        "i you we they he she it who that this there what everybody people i'd you'd we'd they'd"
        " i've you've we've they've i'm you're we're they're he's she's it's that's there's what's"
        " i'll you'll we'll they'll it'll let's",
        "is was are were be been being it's that's there's he's she's i'm you're we're they're",
        "have has had got get having gotten",
        "a an the this that these those my your our his her their its some any",
        "with for in on at from by about into of than",
        "and but or because 'cause then so if when while though although",
        "yeah yes yep okay ok oh right alright no sure ah mm-hmm",
        "would could should might can will to",
        "like so well",
    )
]
"""Hesitations, subjects, be, have, determiners, prepositions, links, answers, modals, habits."""

Matrix = NDArray[np.float64]
Names = NDArray[np.str_]
Features = Callable[[Sequence[Token], int], list[float]]


@dataclass(frozen=True, slots=True)
class Gain:
    """How much more F1 there is than calling every use, with its 95 % interval over meetings."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:+.3f} ({self.low:+.3f} to {self.high:+.3f})"


def report(data: Path) -> None:
    """Print what is listed, and what a rule for like, so and well gains over calling every use."""
    discourse.report(data)
    phrases = [found for found in load_uses(data) if found.phrase in WORDS]
    if not phrases:
        return
    marked, names = _join(phrases)
    every = f1_interval(np.ones_like(marked), marked, names)
    listed = np.concatenate([calls(phrase)[1] for phrase in phrases])
    print(f"like, so, well together: F1 of calling every use {every}; gain over it")
    print(f"  what is listed, without ordinary phrases: {_gain(listed, marked, names)}")
    for title, features in (
        ("sound and place", sound_and_place),
        ("sound, place and neighbours", with_neighbours),
    ):
        for times in ("exact", "noisy"):
            for left_out in LEFT_OUT:
                gain = measure_gain(phrases, features, left_out, is_noisy=times == "noisy")
                print(f"  {title}, {times} times, each {left_out} left out: {gain}")


def measure_gain(
    phrases: Sequence[Uses], features: Features, left_out: str, *, is_noisy: bool
) -> Gain:
    """The gain of a rule on what is left out of its fit: a "meeting", "series" or "site"."""
    called = [judge_unseen(phrase, features, left_out, is_noisy) for phrase in phrases]
    return _gain(np.concatenate(called), *_join(phrases))


def _gain(called: Flags, marked: Flags, names: Names) -> Gain:
    every = np.ones_like(marked)
    gains = [
        f1(called[rows], marked[rows]) - f1(every[rows], marked[rows])
        for rows in draw_meetings(names)
    ]
    low, high = np.quantile(gains, [0.025, 0.975])
    return Gain(f1(called, marked) - f1(every, marked), float(low), float(high))


def _join(phrases: Sequence[Uses]) -> tuple[Flags, Names]:
    return (
        np.concatenate([phrase.marked for phrase in phrases]),
        np.concatenate([phrase.meetings for phrase in phrases]),
    )


def judge_unseen(phrase: Uses, features: Features, left_out: str, is_noisy: bool) -> Flags:
    """Each use called by a rule that was fitted without its meeting, series or site."""
    rng = np.random.default_rng(0)
    table = np.array([_describe(use, features, rng if is_noisy else None) for use in phrase.uses])
    groups = np.array([name[: LEFT_OUT[left_out]] for name in phrase.meetings])
    called = np.zeros_like(phrase.marked)
    for name in np.unique(groups):
        test = groups == name
        seen, marked = table[~test], phrase.marked[~test]
        limit = _best_limit(_score_unseen(seen, marked, phrase.meetings[~test]), marked)
        called[test] = _fit(seen, marked)(table[test]) >= limit
    return called


def _describe(use: Use, features: Features, rng: np.random.Generator | None) -> list[float]:
    words = use.words if rng is None else move_times(use.words, rng)
    return features(tokens_of(words), use.first)


def move_times(words: Sequence[Word], rng: np.random.Generator) -> list[Word]:
    """`words` with times as a recogniser has them: off, and touching over short silences."""
    error_s = rng.uniform(0.1, 0.3)
    edges = np.array([(word.start_s, word.end_s) for word in words])
    touching = edges[1:, 0] - edges[:-1, 1] < 1e-3
    edges += rng.normal(0, error_s, edges.shape)
    for index in range(len(words)):
        if index:
            before = edges[index - 1]
            gap_s = edges[index, 0] - before[1]
            if touching[index - 1] or gap_s < 0:
                edges[index, 0] = before[1]
            elif gap_s < _TOUCH_S:
                before[1] = edges[index, 0] = before[1] + rng.uniform() * gap_s
        edges[index, 1] = max(edges[index, 1], edges[index, 0] + 0.02)
    return [
        Word(word.text, float(start), float(end))
        for word, (start, end) in zip(words, edges, strict=True)
    ]


def sound_and_place(tokens: Sequence[Token], at: int) -> list[float]:
    """The pauses beside a word, its length, and its place in the run and in the sentence."""
    gaps = [3.0, *(max(b.start_s - a.end_s, 0.0) for a, b in pairwise(tokens)), 3.0]
    before_s, after_s = (min(gap_s, 3.0) for gap_s in gaps[at : at + 2])
    lengths = [max(token.span.duration_s, 0.05) for token in tokens]
    others = [length for index, length in enumerate(lengths) if index != at]
    usual_s = float(np.median(others)) if others else lengths[at]
    breaks = [Break.STRETCH, *(token.before for token in tokens[1:]), Break.STRETCH]
    found = [np.log1p(before_s / 0.1), np.log1p(after_s / 0.1)]
    found += [float(gap_s >= least) for gap_s in (before_s, after_s) for least in (0.15, 0.5, 1, 2)]
    found += [float(min(before_s, after_s) >= 0.3)]
    found += [np.log(lengths[at] / 0.3), np.log(lengths[at] / 0.3) ** 2]
    found += [np.log(lengths[at] / usual_s)]
    for cuts in ([gap_s >= RUN_GAP_S for gap_s in gaps], [b >= Break.SENTENCE for b in breaks]):
        behind, ahead = cuts[at::-1].index(True), cuts[at + 1 :].index(True)
        found += [float(behind == 0), float(behind == 1), float(ahead == 0)]
        found += [float(behind == ahead == 0)]
        found += [min(behind, _FARTHEST) / _FARTHEST, min(ahead, _FARTHEST) / _FARTHEST]
    return [float(value) for value in found]


def with_neighbours(tokens: Sequence[Token], at: int) -> list[float]:
    """Sound and place, and which kinds of small words stand beside it in the same sentence."""
    is_cut = tokens[at].before >= Break.SENTENCE
    previous = "" if is_cut or not at else tokens[at - 1].text
    rest = tokens[at + 1 : at + 2]
    following = rest[0].text if rest and rest[0].before < Break.SENTENCE else ""
    beside = [float(word in some) for word in (previous, following) for some in _CLASSES]
    return sound_and_place(tokens, at) + beside


def _score_unseen(table: Matrix, marked: Flags, meetings: Names) -> Matrix:
    """The scores of the fit's own uses, each without a quarter of the meetings: for the limit."""
    scores = np.zeros(len(marked))
    order = np.unique(meetings)
    for part in range(4):
        held = np.isin(meetings, order[part::4])
        scores[held] = _fit(table[~held], marked[~held])(table[held])
    return scores


def _fit(table: Matrix, marked: Flags) -> Callable[[Matrix], Matrix]:
    """A ridge logistic regression by Newton's method: log odds for the rows of a table."""
    middle, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 0.1)

    def standardise(rows: Matrix) -> Matrix:
        return np.column_stack([np.ones(len(rows)), (rows - middle) / scale])

    design = standardise(table)
    penalty = np.diag([1e-9] + [_RIDGE] * table.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -20, 20)))
        slope = design.T @ (marked - chance) - penalty @ weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        weights += np.linalg.solve(curve, slope)
    return lambda rows: standardise(rows) @ weights


def _best_limit(scores: Matrix, marked: Flags) -> float:
    """The score from which calling a use gives the best F1."""
    order = np.argsort(-scores)
    hits = np.cumsum(marked[order])
    return float(scores[order][np.argmax(2 * hits / (np.arange(len(hits)) + 1 + marked.sum()))])
