import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from practice.base.text import one_line
from practice.base.words import Word
from practice.delivery.measures import Measures
from practice.delivery.quality import Judgement
from practice.delivery.transcript.coverage import Coverage
from practice.documents.review import ReviewDocument, SourceFacts, TranscriptionFacts
from practice.reports.layout import display_width
from practice.reports.subtitles import (
    LINE_WIDTH,
    LINES,
    LONGEST_CUE_S,
    make_cues,
    render_srt,
    render_vtt,
)


def make_review(*words: Word) -> ReviewDocument:
    return ReviewDocument(
        take=None,
        source=SourceFacts(),
        transcription=TranscriptionFacts(status="ok"),
        words=words,
        findings=(),
        measures=Measures(duration_s=0.0),
        coverage=Coverage(),
        judgement=Judgement(ok=True),
    )


def test_a_pause_begins_a_new_cue() -> None:
    shown = make_cues([Word("So", 0.0, 0.3), Word("yes", 0.4, 0.7), Word("no", 1.4, 1.6)])
    assert [cue.lines for cue in shown] == [("So yes",), ("no",)]
    assert [(cue.start_s, cue.end_s) for cue in shown] == [(0.0, 0.7), (1.4, 1.6)]


@st.composite
def _words(draw: st.DrawFn) -> list[Word]:
    at_s, words = 0.0, []
    for text in draw(st.lists(st.text(max_size=60), max_size=60)):
        at_s += draw(st.floats(0, 2))
        words.append(Word(text, at_s, at_s + draw(st.floats(0, 3))))
    return words


@given(words=_words())
def test_cues_follow_each_other_and_hold_every_word(words: list[Word]) -> None:
    shown = make_cues(words)
    assert all(a.end_s <= b.start_s for a, b in pairwise(shown))
    assert all(cue.start_s <= cue.end_s for cue in shown)
    said = "".join("".join(cue.lines) for cue in shown).replace(" ", "")
    assert said == "".join(one_line(word.text) for word in words).replace(" ", "")


@given(words=_words())
def test_cues_are_short_enough_to_read(words: list[Word]) -> None:
    for cue in make_cues(words):
        assert all(display_width(line) <= LINE_WIDTH for line in cue.lines)
        assert len(cue.lines) <= LINES
        assert cue.end_s - cue.start_s <= LONGEST_CUE_S


def test_subrip_numbers_its_cues_and_writes_times_with_a_comma() -> None:
    text = render_srt(make_review(Word("So", 3661.5, 3661.75), Word("yes", 3665.0, 3665.2)))
    assert text == (
        "1\n01:01:01,500 --> 01:01:01,750\nSo\n\n2\n01:01:05,000 --> 01:01:05,200\nyes\n"
    )


def test_webvtt_begins_with_its_name_and_writes_times_with_a_point() -> None:
    text = render_vtt(make_review(Word("So", 0.0, 0.3)))
    assert text == "WEBVTT\n\n00:00:00.000 --> 00:00:00.300\nSo\n"


def test_no_word_becomes_a_tag_a_time_or_a_line() -> None:
    hostile = Word("<script> {\\an8} --> \n\n2 &amp; \x1b]0;x\x07", 0.0, 0.3)
    assert not re.search(r"[<{}\x1b\x07]", render_srt(make_review(hostile)))
    assert render_srt(make_review(hostile)).count("\n\n") == 0
    assert render_vtt(make_review(hostile)).count("-->") == 1
    assert "&lt;script&gt;" in render_vtt(make_review(hostile))
    assert "&amp;amp;" in render_vtt(make_review(hostile))


def test_no_words_make_no_cues() -> None:
    assert render_srt(make_review()) == ""
    assert render_vtt(make_review()) == "WEBVTT\n"


def test_a_word_stays_whole_and_scripts_without_spaces_get_none() -> None:
    french = [Word("C'est", 0.0, 0.2), Word("l'équipe ?", 0.2, 0.4)]
    japanese = [Word(text, n / 10, n / 10 + 0.1) for n, text in enumerate(["わ", "た", "し"])]
    assert [cue.lines for cue in make_cues(french)] == [("C'est l'équipe ?",)]
    assert [cue.lines for cue in make_cues(japanese)] == [("わたし",)]
    (cue,) = make_cues([Word("a" * 36, 0.0, 0.2), Word("équipe ?", 0.2, 0.4)])
    assert cue.lines == ("a" * 36, "équipe ?")
