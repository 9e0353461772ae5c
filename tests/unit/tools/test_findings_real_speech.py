"""How the benchmark on real speech reads labels and counts."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.findings.clips import CLIPS, clips
from benchmarks.findings.real_speech import (
    RealClip,
    count_wrong_words,
    match_fillers,
    read_clips,
    to_clip,
)
from practice.base.words import Span

UM = {"s": 1.0, "e": 1.5, "w": "um"}


def make_clip(labels: dict[str, Any]) -> RealClip:
    return to_clip(Path("folder/talk.flac"), labels, np.zeros(0, np.float32))


def test_other_parts_read_the_seven_clips_whose_words_all_have_times() -> None:
    names = {clip.name for clip in clips()}
    assert names == {path.stem for path in CLIPS.glob("*.flac")}
    assert len(names) == 7


def test_clips_whose_words_have_no_times_are_passed_over() -> None:
    assert {clip.name for clip in clips(CLIPS / "fillers")} == {"ba_test", "spacewalk"}


def test_clips_in_folders_are_read_with_fillers_and_what_is_in_doubt() -> None:
    found = {clip.name: clip for clip in read_clips(CLIPS)}
    assert len(found) == 12
    assert sum(len(clip.fillers or ()) for clip in found.values()) == 29
    assert len(found["spacewalk"].in_doubt) == len(found["mfa_uhum"].in_doubt) == 2
    assert found["mfa_uhum"].speaker == found["mfa_acoustic_corpus"].speaker
    assert all(clip.is_scored for clip in found.values())


@pytest.mark.parametrize(
    ("labels", "is_scored"),
    [
        ({"fillers": [UM], "words": None}, True),
        ({"fillers": [], "words": [{"s": 0.0, "e": 0.4, "w": "well"}]}, True),
        ({"fillers": [], "words": None}, False),
        ({"fillers": None, "words": None}, False),
    ],
)
def test_clips_that_nobody_labelled_word_by_word_count_for_false_findings_alone(
    labels: dict[str, Any], is_scored: bool
) -> None:
    assert make_clip(labels).is_scored is is_scored


def test_what_was_said_is_the_text_or_else_the_words_in_order_of_time() -> None:
    words = [{"s": 1.0, "e": 1.2, "w": "now"}, {"s": 0.2, "e": 0.4, "w": "Well"}]
    assert make_clip({"words": words}).text == "Well now"
    assert make_clip({"words": words, "text": "well, now"}).text == "well, now"
    assert make_clip({"words": [{"s": None, "e": None, "w": "now"}]}).text is None


def test_a_finding_within_a_quarter_of_a_second_is_the_filler_and_no_other() -> None:
    filler, next_filler = Span(1.0, 1.4), Span(1.6, 2.0)
    found = [Span(1.5, 1.9), Span(5.26, 5.5)]
    pairs, false = match_fillers([filler, next_filler], [], found)
    assert pairs == [(filler, found[0])]
    assert false == 1
    assert match_fillers([Span(4.6, 5.0)], [], found)[0] == []


def test_a_finding_where_the_labels_are_in_doubt_is_not_false() -> None:
    assert match_fillers([], [Span(1.0, 1.4)], [Span(1.6, 1.8)]) == ([], 0)
    assert match_fillers([], [Span(1.0, 1.4)], [Span(1.7, 1.8)]) == ([], 1)


@pytest.mark.parametrize(
    ("heard", "wrong"),
    [("a b c", 0), ("a c", 1), ("a b x c", 1), ("a x c", 1), ("", 3), ("x b c d", 2)],
)
def test_words_wrong_are_the_fewest_changes(heard: str, wrong: int) -> None:
    assert count_wrong_words(["a", "b", "c"], heard.split()) == wrong
