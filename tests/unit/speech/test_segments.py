from hypothesis import given
from hypothesis import strategies as st

from practice.speech.hearing import HOP_S
from practice.speech.segments import ONSET, CutRule, Piece, Segmenter

SPEECH, SILENCE = 0.9, 0.02
Hop = tuple[float, float]
RULE = CutRule(window_s=8.0)

stretches = st.tuples(
    st.sampled_from([0.0, 0.2, 0.3, 0.45, 0.95]), st.floats(-60, -6), st.integers(1, 120)
)
recordings = st.lists(stretches, max_size=40).map(
    lambda parts: [(p, level) for p, level, count in parts for _ in range(count)]
)


def pieces(hops: list[Hop], rule: CutRule = RULE) -> list[Piece]:
    segmenter = Segmenter(rule)
    found = [segmenter.feed(*hop) for hop in hops] + [segmenter.finish()]
    return [piece for piece in found if piece]


def hops(*stretches_s: tuple[float, float]) -> list[Hop]:
    return [(p, -20.0) for p, length_s in stretches_s for _ in range(round(length_s / HOP_S))]


@given(recordings)
def test_pieces_follow_each_other_and_fit_the_window(recording: list[Hop]) -> None:
    found = pieces(recording)
    ends = [0, *(piece.end for piece in found)]
    assert all(end <= piece.start < piece.end for end, piece in zip(ends, found, strict=False))
    assert all(piece.end - piece.start <= RULE.longest_hops for piece in found)
    assert ends[-1] <= len(recording)


@given(recordings)
def test_no_speech_is_left_out(recording: list[Hop]) -> None:
    inside = {hop for piece in pieces(recording) for hop in range(piece.start, piece.end)}
    assert {hop for hop, (p, _) in enumerate(recording) if p >= ONSET} <= inside


@given(recordings, st.data())
def test_what_comes_later_changes_no_settled_piece(
    recording: list[Hop], data: st.DataObject
) -> None:
    heard = data.draw(st.integers(0, len(recording)))
    segmenter = Segmenter(RULE)
    settled = [piece for hop in recording[:heard] if (piece := segmenter.feed(*hop))]
    assert pieces(recording)[: len(settled)] == settled


@given(recordings)
def test_nothing_before_needed_from_is_asked_for_again(recording: list[Hop]) -> None:
    segmenter = Segmenter(RULE)
    for hop in recording:
        needed = segmenter.needed_from
        piece = segmenter.feed(*hop)
        assert piece is None or piece.start >= needed
    last = segmenter.needed_from
    piece = segmenter.finish()
    assert piece is None or piece.start >= last


def test_silence_has_no_pieces() -> None:
    assert pieces(hops((SILENCE, 60.0))) == []


def test_speech_keeps_some_silence_on_both_sides() -> None:
    (piece,) = pieces(hops((SILENCE, 1.0), (SPEECH, 2.0), (SILENCE, 2.0)))
    before_s = 1.0 - piece.start * HOP_S
    after_s = piece.end * HOP_S - 3.0
    assert abs(before_s - RULE.pad_s) < HOP_S
    assert 0 < after_s < RULE.pad_s + HOP_S


def test_a_long_piece_ends_at_a_pause_that_a_short_one_survives() -> None:
    short_then_long = hops((SPEECH, 0.8), (SILENCE, 0.3), (SPEECH, 3.0), (SILENCE, 0.3))
    assert len(pieces([*short_then_long, *hops((SPEECH, 1.0))])) == 2


def test_speech_without_a_pause_is_cut_where_it_is_quietest() -> None:
    quiet = int(5.0 / HOP_S)
    recording = [(SPEECH, -40.0 if hop == quiet else -20.0) for hop in range(int(10 / HOP_S))]
    first, second = pieces(recording)
    assert abs(first.end - quiet) <= 1
    assert second.start == first.end
