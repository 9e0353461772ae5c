from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Span
from practice.delivery.filler_distribution import (
    CLUSTER_FILLERS,
    CLUSTER_S,
    distribute_fillers,
    find_clusters,
)
from practice.delivery.findings import Certainty, Finding

ANSWER = Span(2.0, 62.0)


def make_filler(start_s: float, certainty: Certainty = "certain") -> Finding:
    return Finding(
        "filler", "um", "um", start_s, start_s + 0.3, certainty, "transcript", filler_kind="sound"
    )


def test_the_first_ten_seconds_begin_with_the_speech() -> None:
    places = distribute_fillers(
        [make_filler(2.5), make_filler(11.9), make_filler(12.5)], ANSWER, []
    )
    assert places.first_ten_s == 2


def test_a_filler_right_behind_a_pause_is_after_it() -> None:
    found = [make_filler(10.1), make_filler(20.5), make_filler(30.0)]
    pauses = [Span(9.5, 10.0), Span(19.0, 20.0), Span(29.9, 31.0)]
    assert distribute_fillers(found, ANSWER, pauses).after_pause == 1


def test_a_filler_that_ends_a_pause_too_early_found_is_after_it() -> None:
    assert distribute_fillers([make_filler(9.9)], ANSWER, [Span(9.5, 10.0)]).after_pause == 1


def test_without_sound_nothing_is_after_a_pause() -> None:
    assert distribute_fillers([make_filler(9.0)], ANSWER, None).after_pause is None


def test_thirds_are_those_of_the_answer() -> None:
    found = [
        make_filler(2.0),
        make_filler(21.9),
        make_filler(22.1),
        make_filler(61.9),
        make_filler(62.0),
    ]
    assert distribute_fillers(found, ANSWER, []).thirds == (2, 1, 2)


def test_possible_fillers_have_no_place() -> None:
    places = distribute_fillers([make_filler(3.0, "possible")] * 3, ANSWER, [])
    assert (places.first_ten_s, places.thirds, places.clusters) == (0, (0, 0, 0), ())


def test_three_within_ten_seconds_are_a_cluster_and_overlapping_ones_are_one() -> None:
    found = [make_filler(at_s) for at_s in (5.0, 9.0, 14.9, 18.0, 40.0, 45.0, 50.1)]
    assert [
        (c.start_s, round(c.end_s, 1), c.count)
        for c in distribute_fillers(found, ANSWER, []).clusters
    ] == [(5.0, 18.3, 4)]


@given(st.lists(st.floats(0, 600), max_size=40))
def test_clusters_are_apart_and_hold_three_or_more(starts_s: list[float]) -> None:
    fillers = [Span(at_s, at_s + 0.3) for at_s in sorted(starts_s)]
    found = find_clusters(fillers)
    assert all(cluster.count >= CLUSTER_FILLERS for cluster in found)
    assert all(a.end_s - 0.3 <= b.start_s for a, b in pairwise(found))
    within = sum(any(c.start_s <= f.start_s and f.end_s <= c.end_s for c in found) for f in fillers)
    assert within >= sum(c.count for c in found)
    dense = [
        i
        for i in range(len(fillers) - 2)
        if fillers[i + 2].start_s - fillers[i].start_s <= CLUSTER_S
    ]
    assert bool(dense) == bool(found)
