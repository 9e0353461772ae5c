"""What every report says of the session that a take comes from."""

from dataclasses import replace

from practice.base.settings import Settings
from practice.base.words import Word
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.occasion import Occasion, Silence, Slide
from practice.documents.profiles import show_review
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    assemble_document,
)
from practice.reports import html, markdown, terminal
from practice.reports.masking import Masker, mask_report
from practice.reports.occasions import occasion_lists
from practice.reports.report import Report


def make_review() -> ReviewDocument:
    words = [Word(text, n * 0.3, n * 0.3 + 0.3) for n, text in enumerate(["we", "did", "it"])]
    found = review(words, Circumstances(None, load_lexicon("en")))
    return assemble_document(
        None, SourceFacts(), TranscriptionFacts(status="ok", language="en"), found
    )


TALK = Occasion(
    format="presentation",
    asked_by="Ana <b>Lee</b>",
    slides=(
        Slide(number=1, start_s=0.0, end_s=70.0, words=140, wpm=120.0),
        Slide(number=2, start_s=70.0, end_s=72.0, words=3, wpm=None),
    ),
    talk_s=72.0,
    questions_s=28.0,
    silence_s=10,
    silences=(Silence(start_s=41.0, end_s=55.0, before="and then Acme"),),
)


def test_every_report_says_who_asked_and_what_the_format_looks_at() -> None:
    document = replace(make_review(), occasion=TALK)
    lines = [
        "Slides shown: 2, each with its words a minute",
        "1: from 0:00, 70 s, 120 a minute",
        "2: from 1:10, 2 s",
        "Questions: 28% of the time (talk 1:12, answers 0:28)",
        "Pauses of 10 s and more: 1",
        "0:41, 14 s, after “and then Acme”",
    ]
    for text in (
        terminal.render(document, 100),
        terminal.render_summary(document, 100),
        markdown.render(Report(review=document)),
        html.render(Report(review=document)),
    ):
        for line in lines:
            assert line in text
        assert "Asked by" in text
    assert "<b>Lee" not in html.render(Report(review=document))


def test_a_take_without_a_format_says_nothing_of_a_session() -> None:
    assert occasion_lists(make_review()) == []


def test_whoever_asked_is_not_named_to_somebody_else() -> None:
    report = Report(review=replace(make_review(), occasion=TALK))
    text = html.render(mask_report(report, Masker(["Acme"])))
    assert "Ana" not in text
    assert "and then (masked)" in text


def test_somebody_who_stutters_sees_neither_pauses_nor_the_pace_of_slides() -> None:
    complete = replace(make_review(), occasion=TALK)
    shown = show_review(complete, Settings(stutter=True))
    assert [heading for heading, _ in occasion_lists(shown)] == [
        "Asked by Ana <b>Lee</b>",
        "Slides shown: 2",
        "Questions: 28% of the time (talk 1:12, answers 0:28)",
    ]
