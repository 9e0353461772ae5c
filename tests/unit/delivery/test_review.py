import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.languages import DetectedLanguage
from practice.base.words import Word
from practice.delivery.review import Circumstances, Review, review
from practice.delivery.signal.features import SoundFeatures, extract_features
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon
from practice.documents.review import (
    SourceFacts,
    TranscriptionFacts,
    assemble_document,
    parse_review,
    to_builtins,
)
from tests.unit.delivery.conftest import read_clip

Say = Callable[[str], list[Word]]
Hear = Callable[[list[tuple[str, float]]], SoundFeatures]
Clip = Callable[[str], tuple[SoundFeatures, dict[str, Any]]]

ENGLISH = load_lexicon("en")
TALK = "um so I I went to the office and you know it was like twenty people well I mean I was, I am"
VOCABULARY = st.sampled_from(
    [*TALK.split(), "um,", "the.", "like,", "-", "um...", "wor-", "5", ","]
)


@st.composite
def some_words(draw: st.DrawFn) -> list[Word]:
    at_s = draw(st.floats(0, 1))
    words = []
    for text in draw(st.lists(VOCABULARY, max_size=40)):
        at_s += draw(st.sampled_from([0.0, 0.0, 0.05, 0.2, 0.7, 2.5]))
        end_s = at_s + draw(st.floats(0.02, 0.8))
        words.append(Word(text, at_s, end_s, draw(st.none() | st.floats(0.5, 1))))
        at_s = end_s
    return words


@st.composite
def some_sound(draw: st.DrawFn) -> SoundFeatures:
    hops = draw(st.lists(st.sampled_from([0.02, 0.4, 0.6, 0.98]), max_size=300))
    level = np.repeat(np.asarray(hops, dtype=np.float32), 512)
    noise = np.random.default_rng(draw(st.integers(0, 9))).normal(0, 0.1, len(level))
    return extract_features((level * noise).astype(np.float32), np.asarray(hops, dtype=np.float32))


def shift_words(words: list[Word], by_s: float) -> list[Word]:
    return [Word(w.text, w.start_s + by_s, w.end_s + by_s, w.probability) for w in words]


@given(words=st.none() | some_words(), sound=st.none() | some_sound())
def test_findings_are_in_order_and_inside_the_take(
    words: list[Word] | None, sound: SoundFeatures | None
) -> None:
    found = review(words, Circumstances(sound, ENGLISH))
    starts = [finding.start_s for finding in found.findings]
    assert starts == sorted(starts)
    assert all(
        0 <= f.start_s <= f.end_s <= found.measures.duration_s + 0.001 for f in found.findings
    )


@given(words=st.none() | some_words(), sound=some_sound())
def test_speech_and_pauses_fit_into_the_take(
    words: list[Word] | None, sound: SoundFeatures
) -> None:
    found = review(words, Circumstances(sound, ENGLISH))
    paused_s = sum(f.end_s - f.start_s for f in found.findings if f.kind == "pause")
    measures = found.measures
    assert (measures.speaking_s or 0) + paused_s <= measures.duration_s + 0.01
    assert (measures.longest_run_s or 0) <= (measures.speaking_s or 0) + 0.001


@given(words=st.none() | some_words(), sound=st.none() | some_sound())
def test_a_review_survives_its_document(
    words: list[Word] | None, sound: SoundFeatures | None
) -> None:
    found = review(words, Circumstances(sound, ENGLISH, ["it was an office"], ["people"]))
    document = assemble_document(
        None, SourceFacts(), TranscriptionFacts(status="ok", language="en"), found
    )
    assert parse_review(json.loads(json.dumps(to_builtins(document)))) == document


@given(first=some_words(), second=some_words())
def test_counts_add_up_over_a_long_silence(first: list[Word], second: list[Word]) -> None:
    end_s = max((word.end_s for word in first), default=0.0)
    parts = [review(part, Circumstances(None, ENGLISH)) for part in (first, second)]
    whole = review(first + shift_words(second, end_s + 3.0), Circumstances(None, ENGLISH))

    def count(kinds: set[str], found: Review) -> int:
        return sum(finding.kind in kinds for finding in found.findings)

    for kinds in ({"filler"}, {"hedge"}, {"repetition"}, {"restart"}):
        assert count(kinds, whole) == sum(count(kinds, part) for part in parts)


@given(words=some_words(), by_s=st.floats(0, 100))
def test_a_take_that_starts_later_has_the_same_findings(words: list[Word], by_s: float) -> None:
    kinds = {"filler", "hedge", "repetition", "restart"}
    labels = [
        f.label for f in review(words, Circumstances(None, ENGLISH)).findings if f.kind in kinds
    ]
    later = review(shift_words(words, by_s), Circumstances(None, ENGLISH))
    assert [f.label for f in later.findings if f.kind in kinds] == labels


def test_pauses_add_up_over_a_silence(make_sound: Hear, english: Lexicon) -> None:
    part = [("voice", 2.0), ("room", 0.5), ("voice", 2.0), ("room", 1.2), ("voice", 2.0)]
    once = review(None, Circumstances(make_sound(part), english)).measures.pauses
    twice = review(
        None, Circumstances(make_sound([*part, ("room", 2.5), *part]), english)
    ).measures.pauses
    assert (once.count, once.long, once.very_long) == (2, 1, 0)
    assert (twice.count, twice.long, twice.very_long) == (5, 3, 1)


def test_numbers_of_a_plain_take(make_words: Say, make_sound: Hear, english: Lexicon) -> None:
    words = make_words(
        "Um, we met the team and |1.5 I I was , you know, new to the office at the time"
    )
    sound = make_sound([("voice", 1.8), ("room", 1.5), ("voice", 3.9)])
    measures = review(words, Circumstances(sound, english)).measures
    assert measures.duration_s == pytest.approx(7.2)
    assert measures.speaking_s == pytest.approx(5.7, abs=0.05)
    assert measures.words == 15
    assert measures.wpm == pytest.approx(125, abs=0.1)
    assert measures.speaking_wpm == pytest.approx(158, abs=1.5)
    assert (measures.fillers.sounds, measures.fillers.phrases) == (1, 1)
    assert (measures.pauses.count, measures.repetitions) == (1, 1)


@pytest.mark.parametrize(("spoken_s", "rate"), [(15.0, None), (40.0, pytest.approx(1.5, abs=0.1))])
def test_no_rate_of_fillers_comes_from_a_few_seconds(
    make_words: Say, make_sound: Hear, english: Lexicon, spoken_s: float, rate: object
) -> None:
    words = make_words("Um, " + "we met the team and I was new to the office then. " * 4)
    sound = make_sound([("voice", spoken_s / 10), ("room", 0.5)] * 10)
    fillers = review(words, Circumstances(sound, english)).measures.fillers
    assert fillers.sounds == 1
    assert fillers.per_min == rate


def test_a_repetition_counts_across_a_filler_but_not_across_a_sentence(
    make_words: Say, english: Lexicon
) -> None:
    within = review(make_words("we did the um the work"), Circumstances(None, english))
    across = review(
        make_words("that was the end. Um, the end was near"), Circumstances(None, english)
    )
    assert (within.measures.repetitions, across.measures.repetitions) == (1, 0)


def test_the_longest_run_ends_at_a_filler(
    make_words: Say, make_sound: Hear, english: Lexicon
) -> None:
    words = make_words("one day we sat and um I wrote it all again so that we had it")
    sound = make_sound([("voice", 4.8), ("room", 1.0), ("voice", 1.0)])
    found = review(words, Circumstances(sound, english))
    assert found.measures.longest_run_s == pytest.approx(3.0, abs=0.1)


def test_without_sound_pauses_and_speaking_time_are_unknown(
    make_words: Say, english: Lexicon
) -> None:
    found = review(
        make_words("I went to the office and it was on the hill " * 3), Circumstances(None, english)
    )
    assert found.measures.speaking_s is None
    assert found.measures.pauses.count is None
    assert found.measures.wpm is not None
    assert found.judgement.ok
    assert "no sound" in found.judgement.reasons[0]


def test_without_words_the_signal_still_tells(load_clip: Clip, english: Lexicon) -> None:
    found = review(None, Circumstances(load_clip("mfa_acoustic_corpus")[0], english, ["a point"]))
    assert found.measures.pauses.count
    assert found.measures.articulation_sps
    assert (found.measures.words, found.measures.fillers.certain) == (None, None)
    assert found.coverage.key_points == ()
    assert all(f.certainty == "possible" for f in found.findings if f.kind == "filler")


def test_a_room_without_talk_is_no_speech(load_clip: Clip, english: Lexicon) -> None:
    found = review(
        [Word("Thank you.", 1.0, 2.0)], Circumstances(load_clip("ami_trn01")[0], english)
    )
    assert not found.judgement.ok
    assert found.judgement.reasons == ("no speech was heard",)
    assert (found.findings, found.measures.words) == ((), None)


def test_a_short_take_gets_findings_but_no_rates(
    make_words: Say, make_sound: Hear, english: Lexicon
) -> None:
    found = review(
        make_words("um I was there"),
        Circumstances(make_sound([("voice", 1.2), ("room", 0.5)]), english),
    )
    assert "too short" in found.judgement.reasons[0]
    assert (found.measures.wpm, found.measures.fillers.certain) == (None, 1)


def test_a_clipped_take_is_not_judged(load_clip: Clip, english: Lexicon) -> None:
    sound, _ = load_clip("mfa_acoustic_corpus")
    assert review(None, Circumstances(sound, english, clipped_s=0.2)).judgement.ok
    found = review(None, Circumstances(sound, english, clipped_s=9.0))
    assert found.judgement.reasons[0] == "the microphone clipped for 9.0 s"
    assert (found.judgement.ok, found.measures.speaking_s) == (False, None)


def test_a_noisy_take_keeps_its_words_and_loses_its_pauses(
    load_clip: Clip, english: Lexicon
) -> None:
    _, labels = load_clip("ami_trn09")
    samples, probability = read_clip("ami_trn09")
    noise = np.random.default_rng(0).normal(0, 3 * float(np.std(samples)), len(samples))
    noisy = extract_features(samples + noise.astype(np.float32), probability)
    words = [Word(item["w"], item["s"], item["e"]) for item in labels["words"]]
    found = review(words, Circumstances(noisy, english))
    assert "too noisy" in found.judgement.reasons[0]
    assert (found.measures.pauses.count, found.measures.speaking_wpm) == (None, None)
    assert found.measures.words
    assert found.judgement.noisy


def test_no_um_found_in_loud_noise_is_not_none(load_clip: Clip, english: Lexicon) -> None:
    _, labels = load_clip("ami_trn09")
    samples, probability = read_clip("ami_trn09")
    noise = np.random.default_rng(0).normal(0, 3 * float(np.std(samples)), len(samples))
    noisy = extract_features(samples + noise.astype(np.float32), probability)
    words = [
        Word(item["w"], item["s"], item["e"])
        for item in labels["words"]
        if not english.is_sound(item["w"])
    ]
    found = review(words, Circumstances(noisy, english)).measures.fillers
    assert found.sounds is None
    assert found.certain != 0


def test_a_take_that_is_too_quiet_loses_its_pauses(load_clip: Clip, english: Lexicon) -> None:
    _, labels = load_clip("ami_dev00")
    samples, probability = read_clip("ami_dev00")
    words = [Word(item["w"], item["s"], item["e"]) for item in labels["words"]]
    softer = extract_features(samples * np.float32(0.04), probability)
    found = review(words, Circumstances(softer, english))
    assert "too quiet" in found.judgement.reasons[0]
    assert (found.measures.pauses.count, found.measures.speaking_wpm) == (None, None)
    assert found.measures.words
    assert not any(finding.source == "signal" for finding in found.findings)


@pytest.mark.parametrize("loop", ["I'm sorry. ", "and then we went to the shop "])
def test_words_that_go_in_circles_give_no_numbers(
    make_words: Say, english: Lexicon, loop: str
) -> None:
    told = "we had a plan for the week and it was good enough to start with so I began with it "
    assert review(make_words(told), Circumstances(None, english)).judgement.ok
    found = review(make_words(told + loop * 20), Circumstances(None, english))
    assert "in circles" in found.judgement.reasons[0]
    assert (found.measures.words, found.measures.wpm) == (None, None)


def test_doubtful_words_give_no_numbers(load_clip: Clip, english: Lexicon) -> None:
    sound, labels = load_clip("mfa_acoustic_corpus")
    words = [Word(item["w"], item["s"], item["e"], 0.3) for item in labels["words"]]
    found = review(words, Circumstances(sound, english))
    assert "doubtful" in found.judgement.reasons[0]
    assert (found.measures.words, found.measures.fillers.certain) == (None, None)
    assert found.measures.fillers.possible is None
    assert found.measures.pauses.count


def test_words_that_miss_most_of_the_talk_are_doubted(load_clip: Clip, english: Lexicon) -> None:
    found = review(
        [Word("Hello", 1.0, 1.5)], Circumstances(load_clip("mfa_acoustic_corpus")[0], english)
    )
    assert "was not recognised" in found.judgement.reasons[0]


def test_words_that_were_spoken_in_another_language_give_no_numbers(
    load_clip: Clip, english: Lexicon
) -> None:
    sound, labels = load_clip("mfa_acoustic_corpus")
    words = [Word(item["w"], item["s"], item["e"], 0.9) for item in labels["words"]]
    given = Circumstances(sound, english, detected_language=DetectedLanguage("de", 0.97))
    found = review(words, given)
    assert found.judgement.reasons == ("this sounds like German, and was heard as English",)
    assert (found.measures.words, found.measures.wpm, found.measures.hedges) == (None, None, None)
    assert (found.measures.fillers.certain, found.measures.fillers.possible) == (None, None)
    assert found.measures.pauses.count
    assert not any(finding.text for finding in found.findings)


@pytest.mark.parametrize(
    "detected",
    [
        None,
        DetectedLanguage("en", 0.97),
        DetectedLanguage("zh", 0.6),
        DetectedLanguage("cy", 0.85, 0.14),
    ],
)
def test_words_are_judged_where_no_other_language_is_clear(
    make_words: Say, english: Lexicon, detected: DetectedLanguage | None
) -> None:
    given = Circumstances(None, english, detected_language=detected)
    assert review(make_words(TALK), given).judgement.ok


def test_words_of_another_language_are_doubted(make_words: Say, english: Lexicon) -> None:
    text = "ich habe mit meinem Team eine neue Plattform gebaut und danach sehr viel gelernt "
    found = review(make_words(text * 2), Circumstances(None, english))
    assert "do not look like" in found.judgement.reasons[0]
