import pytest

from practice.base.words import Span, Word


def test_a_word_tells_how_long_it_lasts_and_where_its_middle_is() -> None:
    span = Word("so", 1.0, 1.5).span
    assert (span.duration_s, span.middle_s) == (0.5, 1.25)


@pytest.mark.parametrize(
    ("other", "overlap_s"),
    [(Span(1.5, 2.5), 0.5), (Span(1.25, 1.5), 0.25), (Span(0.0, 9.0), 1.0), (Span(3.0, 4.0), -1.0)],
)
def test_the_overlap_of_two_spans_is_the_same_either_way_and_below_zero_where_they_are_apart(
    other: Span, overlap_s: float
) -> None:
    span = Span(1.0, 2.0)
    assert span.overlap_s(other) == other.overlap_s(span) == overlap_s
