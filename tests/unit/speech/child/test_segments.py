from hypothesis import given
from hypothesis import strategies as st

from practice.speech.child.segments import ONSET, CutRule, Segment, Segmenter
from practice.speech.transcription import HOP_S

SPEECH, SILENCE = 0.9, 0.02
Hop = tuple[float, float]
RULE = CutRule(window_s=8.0)
FOR_FILES = CutRule.for_files(window_s=8.0)

stretches = st.tuples(
    st.sampled_from([0.0, 0.2, 0.3, 0.45, 0.95]), st.floats(-60, -6), st.integers(1, 120)
)
recordings = st.lists(stretches, max_size=40).map(
    lambda parts: [(p, level) for p, level, count in parts for _ in range(count)]
)


def cut_hops(hops: list[Hop], rule: CutRule = RULE) -> list[Segment]:
    segmenter = Segmenter(rule)
    found = [segmenter.feed(*hop) for hop in hops] + [segmenter.finish()]
    return [segment for segment in found if segment]


def make_hops(*stretches_s: tuple[float, float]) -> list[Hop]:
    return [(p, -20.0) for p, length_s in stretches_s for _ in range(round(length_s / HOP_S))]


rules = st.sampled_from([RULE, FOR_FILES])


@given(recordings, rules)
def test_segments_follow_each_other_and_fit_the_window(recording: list[Hop], rule: CutRule) -> None:
    found = cut_hops(recording, rule)
    ends = [0, *(segment.end for segment in found)]
    assert all(
        end <= segment.start < segment.end for end, segment in zip(ends, found, strict=False)
    )
    assert all(segment.end - segment.start <= rule.longest_hops for segment in found)
    assert ends[-1] <= len(recording)


@given(recordings, rules)
def test_no_speech_is_left_out(recording: list[Hop], rule: CutRule) -> None:
    inside = {
        hop for segment in cut_hops(recording, rule) for hop in range(segment.start, segment.end)
    }
    assert {hop for hop, (p, _) in enumerate(recording) if p >= ONSET} <= inside


@given(recordings, rules, st.data())
def test_what_comes_later_changes_no_final_segment(
    recording: list[Hop], rule: CutRule, data: st.DataObject
) -> None:
    heard = data.draw(st.integers(0, len(recording)))
    segmenter = Segmenter(rule)
    final = [segment for hop in recording[:heard] if (segment := segmenter.feed(*hop))]
    assert cut_hops(recording, rule)[: len(final)] == final


@given(recordings, rules)
def test_nothing_before_first_needed_hop_is_asked_for_again(
    recording: list[Hop], rule: CutRule
) -> None:
    segmenter = Segmenter(rule)
    for hop in recording:
        needed = segmenter.first_needed_hop
        segment = segmenter.feed(*hop)
        assert segment is None or segment.start >= needed
    last = segmenter.first_needed_hop
    segment = segmenter.finish()
    assert segment is None or segment.start >= last


def test_silence_has_no_segments() -> None:
    assert cut_hops(make_hops((SILENCE, 60.0))) == []


def test_speech_keeps_some_silence_on_both_sides() -> None:
    (segment,) = cut_hops(make_hops((SILENCE, 1.0), (SPEECH, 2.0), (SILENCE, 2.0)))
    before_s = 1.0 - segment.start * HOP_S
    after_s = segment.end * HOP_S - 3.0
    assert abs(before_s - RULE.pad_s) < HOP_S
    assert 0 < after_s < RULE.pad_s + HOP_S


def test_a_long_segment_ends_at_a_pause_that_a_short_one_survives() -> None:
    short_then_long = make_hops((SPEECH, 0.8), (SILENCE, 0.3), (SPEECH, 3.0), (SILENCE, 0.3))
    assert len(cut_hops([*short_then_long, *make_hops((SPEECH, 1.0))])) == 2


def test_speech_without_a_pause_is_cut_where_it_is_quietest() -> None:
    quiet = int(5.0 / HOP_S)
    recording = [(SPEECH, -40.0 if hop == quiet else -20.0) for hop in range(int(10 / HOP_S))]
    first, second = cut_hops(recording)
    assert abs(first.end - quiet) <= 1
    assert second.start == first.end


@given(recordings, rules)
def test_what_is_heard_of_a_segment_fits_the_window(recording: list[Hop], rule: CutRule) -> None:
    continued = False
    for segment in cut_hops(recording, rule):
        beyond = rule.overlap_hops * (continued + segment.continues)
        assert (segment.end - segment.start + beyond) * HOP_S <= rule.window_s
        continued = segment.continues


def test_a_file_is_cut_into_segments_that_fill_the_window_at_their_best_pause() -> None:
    said = make_hops(
        *[(SPEECH, 2.0), (SILENCE, 0.5)] * 2, (SPEECH, 1.5), (SILENCE, 0.3), (SPEECH, 4.0)
    )
    assert len(cut_hops(said)) == 3
    first, second = cut_hops(said, FOR_FILES)
    assert abs(first.end * HOP_S - 6.6) < 0.1
    assert abs(second.start * HOP_S - 6.7) < 0.1
    assert not first.continues


def test_a_file_without_a_pause_is_cut_where_it_is_quietest() -> None:
    quiet = int(5.0 / HOP_S)
    recording = [(SPEECH, -40.0 if hop == quiet else -20.0) for hop in range(int(10 / HOP_S))]
    first, second = cut_hops(recording, FOR_FILES)
    assert abs(first.end - quiet) <= 1
    assert first.continues
    assert second.start == first.end


def test_a_long_silence_is_not_heard() -> None:
    first, second = cut_hops(make_hops((SPEECH, 2.0), (SILENCE, 20.0), (SPEECH, 2.0)), FOR_FILES)
    assert (second.start - first.end) * HOP_S > 19
