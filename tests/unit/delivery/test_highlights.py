from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.text import shorten_reason
from practice.base.words import Span
from practice.delivery.filler_distribution import distribute_fillers
from practice.delivery.findings import Certainty, Finding, FindingKind
from practice.delivery.highlights import (
    MOST_PLACES,
    Highlights,
    find_places,
    summarise,
)
from practice.delivery.measures import FillerCounts, Measures, PauseCounts, drop_rates
from practice.delivery.quality import Judgement, explain_shortness
from practice.delivery.signal.pauses import pause_findings

ALL_WELL = Judgement(ok=True)
NOISY = Judgement(False, ("too noisy to judge pauses: the voice is only 3 dB above the room",))


def make_filler(start_s: float, label: str = "um", certainty: Certainty = "certain") -> Finding:
    return Finding(
        "filler", label, label, start_s, start_s + 0.3, certainty, "transcript", filler_kind="sound"
    )


def make_finding(kind: FindingKind, label: str, text: str, start_s: float, end_s: float) -> Finding:
    return Finding(kind, label, text, start_s, end_s, "certain", "transcript")


def measure(findings: list[Finding], duration_s: float = 120.0) -> Measures:
    """The numbers of a take in which everything could be measured."""
    certain = sum(f.kind == "filler" and f.certainty == "certain" for f in findings)
    pauses = [f.end_s - f.start_s for f in findings if f.kind == "pause"]
    places = distribute_fillers(findings, Span(0.0, duration_s), [])
    return Measures(
        duration_s,
        speaking_s=100.0,
        words=252,
        wpm=126.0,
        speaking_wpm=150.0,
        fillers=FillerCounts(certain=certain, per_min=certain / 2, places=places),
        pauses=PauseCounts(
            count=len(pauses),
            very_long=sum(length >= 2.0 for length in pauses),
            longest_s=max(pauses, default=None),
            inside=0,
        ),
        repetitions=sum(f.kind == "repetition" for f in findings),
    )


def say(findings: list[Finding], **usual: str) -> str:
    return summarise(findings, measure(findings), ALL_WELL, usual).line  # type: ignore[arg-type]


def test_fillers_close_together_are_named_with_how_many_in_how_long() -> None:
    found = [make_filler(at_s) for at_s in (31.0, 33.0, 36.0, 38.7)]
    assert say(found) == "Listen to 0:31 (four ums in eight seconds)."
    mixed = [*found[:3], make_filler(38.7, "uh")]
    assert say(mixed) == "Listen to 0:31 (four fillers in eight seconds)."


def test_of_fillers_all_along_the_take_the_densest_stretch_is_heard() -> None:
    found = [make_filler(at_s) for at_s in (2.0, 8.0, 14.0, 20.0, 22.0, 24.0, 26.0, 34.0)]
    assert say(found) == "Listen to 0:20 (four ums in six seconds)."


def test_an_s_is_put_to_a_sound_only_where_it_makes_more_of_it() -> None:
    found = [make_filler(at_s, "äh") for at_s in (31.0, 33.0, 36.0)]
    assert say(found) == "Listen to 0:31 (three fillers in five seconds)."


def test_a_long_pause_and_a_hurried_stretch_are_named_with_their_figures() -> None:
    text = "and then we " * 6 + "left"
    found = [
        *pause_findings([Span(48.0, 51.2)]),
        make_finding("pace", "hurried", text, 80.0, 85.0),
    ]
    assert say(found) == (
        "Listen to 0:48 (a pause of 3.2 s) and 1:20 (hurried, 228 words a minute)."
    )


def test_the_place_furthest_beyond_its_limit_is_heard_first() -> None:
    found = [*pause_findings([Span(10.0, 12.1), Span(50.0, 58.0)])]
    assert [place.start_s for place in find_places(found, measure(found))] == [50.0, 10.0]


def test_repeated_words_are_quoted() -> None:
    found = [make_finding("repetition", "i", "I, I, I", 7.0, 8.0)]
    assert say(found) == "Listen to 0:07 (repeated: “I, I, I”)."


def test_a_place_within_another_is_not_named_twice() -> None:
    found = [
        *(make_filler(at_s) for at_s in (30.0, 33.0, 36.0, 39.0)),
        *pause_findings([Span(33.5, 35.6)]),
    ]
    assert [place.kind for place in find_places(found, measure(found))] == ["fillers"]


def test_what_is_only_possible_is_no_place() -> None:
    found = [make_filler(at_s, certainty="possible") for at_s in (31.0, 33.0, 36.0)]
    assert not find_places(found, measure(found))


def test_nothing_to_hear_is_a_line_too() -> None:
    assert say([], wpm="in") == ("No clear fillers, no pauses, pace in your usual range.")
    short = pause_findings([Span(4.0, 4.8)])
    assert say(short) == "No clear fillers, pauses in usual places, 126 words a minute."
    assert say([make_filler(3.0)], wpm="above") == (
        "One filler, no pauses, faster than usual for you, 126 words a minute."
    )


def test_pauses_within_clauses_are_not_called_usual() -> None:
    found = pause_findings([Span(4.0, 4.8)])
    measures = measure(found)
    measures = replace(measures, pauses=replace(measures.pauses, inside=1))
    line = summarise(found, measures, ALL_WELL, {}).line
    assert line == "No clear fillers, no pause of 2 s or more, 126 words a minute."


def test_a_noisy_take_says_what_is_known_and_why_the_rest_is_missing() -> None:
    measures = replace(measure([]), pauses=PauseCounts())
    assert summarise([], measures, NOISY, {}).line == (
        "Too noisy for pauses and ums · 126 words a minute"
    )
    found = [make_filler(at_s) for at_s in (31.0, 33.0, 36.0)]
    measures = replace(measure(found), pauses=PauseCounts())
    assert summarise(found, measures, NOISY, {}).line == (
        "Listen to 0:31 (three ums in five seconds). Too noisy for pauses."
    )


def test_a_short_take_says_what_is_known() -> None:
    short = Judgement(False, explain_shortness(2.0))
    measures = replace(drop_rates(measure([])), words=9)
    assert summarise([], measures, short, {}).line == (
        "Too short for pace · no clear fillers · no pauses · 9 words"
    )


def test_where_nothing_is_known_the_length_is() -> None:
    judgement = Judgement(False, ("the microphone clipped for 9.0 s",))
    assert summarise([], Measures(42.0), judgement, {}).line == "The microphone clipped · 0:42 long"
    silent = Judgement(False, ("no speech was heard",))
    assert summarise([], Measures(42.0), silent, {}).line == "No speech was heard · 0:42 long"


def test_doubtful_words_are_no_reason_to_say_that_none_were_found() -> None:
    doubtful = Judgement(
        False, ("the words are doubtful: the speech model was only 31% sure of them on average",)
    )
    measures = Measures(42.0, pauses=PauseCounts(count=3, inside=None))
    assert summarise([], measures, doubtful, {}).line == (
        "The words are doubtful: nothing on ums and pace · no pause of 2 s or more"
    )


@pytest.mark.parametrize(
    ("reason", "short"),
    [
        ("too quiet to judge pauses: the voice is 70 dB under full scale", "too quiet"),
        ("this sounds like German, and was heard as English", "this sounds like German"),
        ("much was not recognised: about 90 syllables were heard", "much was not recognised"),
    ],
)
def test_a_reason_is_told_without_its_figures(reason: str, short: str) -> None:
    assert shorten_reason(reason) == short


times = st.floats(0, 110)
fillers = st.builds(make_filler, times, st.sampled_from(["um", "uh", "äh"]))
pauses = times.flatmap(
    lambda at_s: st.floats(0.6, 8).map(lambda s: pause_findings([Span(at_s, at_s + s)])[0])
)
hurried = times.map(lambda at_s: make_finding("pace", "hurried", "a b c " * 5, at_s, at_s + 3.0))
repeated = times.map(lambda at_s: make_finding("repetition", "i", "I I", at_s, at_s + 0.6))


@given(st.lists(st.one_of(fillers, pauses, hurried, repeated), max_size=30))
def test_every_place_is_where_something_was_found(findings: list[Finding]) -> None:
    findings.sort(key=lambda finding: finding.start_s)
    places = find_places(findings, measure(findings))
    starts_s = {finding.start_s for finding in findings}
    ends_s = {finding.end_s for finding in findings}
    assert all(place.start_s in starts_s and place.end_s in ends_s for place in places)
    assert len(places) <= MOST_PLACES
    spans = [Span(place.start_s, place.end_s) for place in places]
    assert all(a.overlap_s(b) <= 0 for a in spans for b in spans if a is not b)


@given(
    st.lists(st.one_of(fillers, pauses, hurried, repeated), max_size=12),
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
def test_nothing_is_claimed_without_its_measure(
    findings: list[Finding], has_pauses: bool, has_fillers: bool, has_rates: bool
) -> None:
    findings.sort(key=lambda finding: finding.start_s)
    measures = measure(findings)
    if not has_pauses:
        measures = replace(measures, pauses=PauseCounts())
    if not has_fillers:
        measures = replace(measures, fillers=FillerCounts())
    if not has_rates:
        measures = replace(drop_rates(measures), speaking_wpm=None)
    said: Highlights = summarise(findings, measures, NOISY, {"wpm": "in"})
    kinds = {place.kind for place in said.places}
    assert has_pauses or ("pause" not in kinds and "no pause" not in said.line.lower())
    assert has_fillers or ("fillers" not in kinds and "no clear fillers" not in said.line.lower())
    assert has_rates or ("hurried" not in kinds and "range" not in said.line)
    assert said.line
