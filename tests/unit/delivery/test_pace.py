from collections.abc import Callable
from itertools import pairwise

import pytest

from practice.base.words import Span, Word
from practice.delivery.pace import pace_findings, pace_windows
from practice.delivery.transcript.tokens import Token, tokens_of

Say = Callable[[str], list[Word]]


def make_tokens(rates: list[float], words: int = 8) -> list[Token]:
    """Runs of `words` one-syllable words at so many words a second, 0.5 s apart."""
    found: list[Word] = []
    at_s = 0.0
    for rate in rates:
        times_s = [at_s + index / rate for index in range(words + 1)]
        found += [Word("go", start, end) for start, end in pairwise(times_s)]
        at_s += words / rate + 0.5
    return tokens_of(found)


def test_a_window_counts_the_words_whose_middle_it_holds(make_words: Say) -> None:
    windows = pace_windows(tokens_of(make_words("|9.8 one two")), 20.0)
    assert [(w.start_s, w.end_s, w.wpm) for w in windows] == [(0, 10, 6), (10, 20, 6)]


@pytest.mark.parametrize(("duration_s", "ends"), [(4, [4]), (14, [14]), (15, [10, 15]), (0, [])])
def test_a_short_rest_joins_the_last_window(duration_s: float, ends: list[float]) -> None:
    assert [window.end_s for window in pace_windows([], duration_s)] == ends


def test_a_stretch_well_over_the_usual_rate_is_hurried() -> None:
    found = pace_findings(make_tokens([3, 3, 3, 3, 4.5]), None, "en")
    assert [(f.label, f.certainty) for f in found] == [("hurried", "certain")]
    assert found[0].end_s - found[0].start_s == pytest.approx(8 / 4.5)


def test_a_stretch_well_under_the_usual_rate_is_slow() -> None:
    assert [f.label for f in pace_findings(make_tokens([3, 3, 3, 3, 1.5]), None, "en")] == ["slow"]


def test_an_even_pace_has_no_finding() -> None:
    assert pace_findings(make_tokens([3, 3.2, 2.9, 3.4, 3.1]), None, "en") == []


def test_a_hurried_stretch_that_is_short_is_left_out() -> None:
    assert pace_findings(make_tokens([3, 3, 3, 3, 9]), None, "en") == []


def test_too_few_runs_have_no_usual_rate() -> None:
    assert pace_findings(make_tokens([3, 6]), None, "en") == []


def test_a_word_that_reaches_into_a_pause_does_not_slow_its_run() -> None:
    tokens = make_tokens([3, 3, 3, 3])
    last = tokens[7]
    tokens[7] = Token(last.text, last.written, last.start_s, last.end_s + 0.45, last.before)
    runs = [Span(at, at + 8 / 3) for at in (0, 8 / 3 + 0.5, 16 / 3 + 1, 8 + 1.5)]
    assert pace_findings(tokens, runs, "en") == []
