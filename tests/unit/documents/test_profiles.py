"""What a profile leaves out of a review, and what it explains."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.paths import places
from practice.base.settings import Settings
from practice.base.words import Span
from practice.core.workspace import Workspace
from practice.delivery.findings import INSIDE_CLAUSE
from practice.delivery.transcript.coverage import Coverage, CoverageItem
from practice.delivery.transcript.fluent_words import drop_disfluent
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.repetitions import find_repetitions, find_restarts
from practice.delivery.transcript.transcript import Transcript
from practice.documents.occasion import Occasion, Silence, Slide
from practice.documents.profiles import show_review
from practice.documents.review import ReviewDocument
from practice.reports.explanations import explain_finding
from practice.reports.wording import measure_rows
from tests.support.stuttering import keep_stuttered
from tests.support.takes import words_of

STUTTER, SECOND = Settings(stutter=True), Settings(second_language=True)


@pytest.fixture
def document() -> Iterator[ReviewDocument]:
    with Workspace(places(), Settings(model="demo")) as workspace:
        yield workspace.kept_review_of(keep_stuttered(workspace))


def tidy(said: str) -> str:
    """What is left of words without what was said twice."""
    words = tuple(words_of(said))
    transcript = Transcript.of(words, load_lexicon("en"))
    fluent, lexicon = transcript.spoken, transcript.lexicon
    found = [
        *(occurrence.finding(transcript.tokens) for occurrence in transcript.found),
        *find_repetitions(fluent, lexicon),
        *find_restarts(fluent, lexicon),
    ]
    return " ".join(word.text for word in drop_disfluent(words, found).kept)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I I I want it", "I want it"),
        ("I, I want it", "I want it"),
        ("I um I want it", "Um I want it"),
        ("and I I I I want it", "and I want it"),
        ("so then I um I want it", "so then um I want it"),
        ("this means this means a lot", "this means a lot"),
        ("I-I-I think so", "I think so"),
        ("The the bank", "The bank"),
        ("we wor- working there", "we working there"),
        ("Th the bank", "The bank"),
        ("it was a gaz- we left", "it was a we left"),
        ("we went, we were going", "we went, we were going"),
        ("nothing to tidy here", "nothing to tidy here"),
    ],
)
def test_what_is_said_twice_is_read_once(said: str, left: str) -> None:
    assert tidy(said) == left


@given(
    st.lists(st.sampled_from(["zebra", "quokka", "lemur", "tapir"]), min_size=2, max_size=8),
    st.data(),
)
def test_repeating_a_word_changes_nothing_that_is_read(
    said: list[str], data: st.DataObject
) -> None:
    once = [word for at, word in enumerate(said) if at == 0 or said[at - 1] != word]
    fluent = [f"{word}{at}" for at, word in enumerate(once)]
    times = [data.draw(st.integers(1, 4)) for _ in fluent]
    stuttered = [word for word, count in zip(fluent, times, strict=True) for _ in range(count)]
    assert tidy(" ".join(stuttered)).split() == fluent


def test_no_number_from_which_pauses_can_be_read_is_left(document: ReviewDocument) -> None:
    shown = show_review(document, STUTTER).measures
    left_out = (
        *(shown.speaking_s, shown.wpm, shown.speaking_wpm, shown.articulation_sps),
        *(shown.repetitions, shown.restarts, shown.longest_run_s, shown.pauses.count),
    )
    assert set(left_out) == {None}
    assert shown.pace == ()
    certain = document.measures.fillers.certain
    assert certain is not None
    if shown.fillers.per_min is not None:
        assert shown.fillers.per_min == pytest.approx(60 * certain / shown.duration_s, abs=0.001)


def test_a_session_in_a_format_tells_no_silence_and_no_pace(document: ReviewDocument) -> None:
    occasion = Occasion(
        format="thinking-aloud",
        asked_by="Ana",
        slides=(Slide(number=1, start_s=0.0, end_s=30.0, words=40, wpm=80.0),),
        silence_s=10,
        silences=(Silence(start_s=3.0, end_s=14.0, before="and then"),),
    )
    shown = show_review(replace(document, occasion=occasion), STUTTER).occasion
    assert shown == Occasion(
        format="thinking-aloud",
        asked_by="Ana",
        slides=(Slide(number=1, start_s=0.0, end_s=30.0, words=None, wpm=None),),
    )


def test_a_microphone_that_was_silent_is_not_told(document: ReviewDocument) -> None:
    silent = ("the microphone was silent for 8.7 s from 0:32", "the language may be another one")
    judgement = replace(document.judgement, reasons=silent, muted=(Span(32.0, 40.7),))
    shown = show_review(replace(document, judgement=judgement), STUTTER).judgement
    assert (shown.reasons, shown.muted) == (silent[1:], ())


def test_fillers_stay_and_are_counted_as_before(document: ReviewDocument) -> None:
    shown = show_review(document, STUTTER)
    assert shown.measures.fillers.certain == document.measures.fillers.certain
    labels = [f.label for f in shown.findings if f.certainty == "certain"]
    assert "um" in labels
    assert "um/uh" not in [f.label for f in shown.findings]


def test_noise_is_told_without_a_word_about_pauses(document: ReviewDocument) -> None:
    noisy = replace(
        document.judgement,
        ok=False,
        reasons=("too noisy for pauses: the voice is only 4 dB above the room",),
    )
    shown = show_review(replace(document, judgement=noisy), STUTTER)
    assert shown.judgement.reasons == ("too noisy: the voice is only 4 dB above the room",)


def test_without_a_profile_a_review_is_shown_as_it_is(document: ReviewDocument) -> None:
    assert show_review(document, Settings()) is document


def test_in_a_second_language_pauses_inside_clauses_are_explained(document: ReviewDocument) -> None:
    shown = show_review(document, SECOND)
    inside = [f for f in shown.findings if f.label == INSIDE_CLAUSE]
    assert inside
    assert "common in a second language" in explain_finding(inside[0])
    assert all(place.start_s != inside[0].start_s for place in shown.highlights.places)
    assert shown.measures == document.measures


def test_in_a_second_language_nobody_elses_numbers_are_named(document: ReviewDocument) -> None:
    theirs = "telephone talk|phone calls|Half of all speakers|listeners"
    told = [row.explanation for row in measure_rows(document)]
    own = [row.explanation for row in measure_rows(show_review(document, SECOND))]
    assert any(word in text for text in told for word in theirs.split("|"))
    assert not any(word in text for text in own for word in theirs.split("|"))


def test_both_profiles_may_be_on(document: ReviewDocument) -> None:
    shown = show_review(document, Settings(stutter=True, second_language=True))
    assert {f.kind for f in shown.findings} <= {"filler", "hedge"}
    assert shown.own_bands_only


def test_a_term_that_was_said_twice_over_is_not_quoted_so(document: ReviewDocument) -> None:
    twice = CoverageItem("zebra", said=True, at_s=1.0, heard="zebra zebra")
    once = CoverageItem("tapir", said=True, at_s=9.0, heard="the tapir")
    covered = replace(document, coverage=Coverage((), (twice, once)))
    shown = show_review(covered, STUTTER).coverage.terms
    assert [item.heard for item in shown] == [None, "the tapir"]
    assert all(item.said for item in shown)
