from dataclasses import replace

import pytest

from practice.base.languages import DetectedLanguage
from practice.base.words import Span, Word
from practice.delivery.measures import PauseCounts
from practice.delivery.quality import Judgement
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TakeFacts,
    TranscriptionFacts,
    assemble_document,
)
from practice.reports import html, markdown, terminal, wording
from practice.reports.formats import render
from practice.reports.report import Report


def make_review(said: str, terms: tuple[str, ...] = ()) -> ReviewDocument:
    words = [Word(text, n * 0.3, n * 0.3 + 0.3) for n, text in enumerate(said.split())]
    found = review(words, Circumstances(None, load_lexicon("en"), terms=terms))
    return assemble_document(
        None, SourceFacts(), TranscriptionFacts(status="ok", language="en"), found
    )


def find_row(made: ReviewDocument, name: str) -> tuple[str, str] | None:
    found = next((row for row in wording.measure_rows(made) if row.name.strip() == name), None)
    return (found.value, found.meaning) if found else None


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("a trade-off, then", "✓ trade-off (0:00)"),
        ("these trade offs. Then", "✓ trade-off as “trade offs” (0:00)"),
        ("a trade then", "✗ trade-off"),
    ],
)
def test_a_term_says_as_what_it_was_heard(said: str, line: str) -> None:
    assert wording.coverage_lists(make_review(said, ("trade-off",))) == [
        (f"Terms: {int('✓' in line)} of 1 said", [line])
    ]


def test_places_of_fillers_are_told_in_a_line_each() -> None:
    made = make_review("um we uh went um home " + "and then they all came back to us " * 4)
    assert find_row(made, "in the first 10 s") == ("3", "beginning 3, middle 0, end 0")
    assert find_row(made, "close together") == ("3 from 0:00 to 0:02", "three or more within 10 s")


def test_habit_words_and_hedges_are_named_apart_from_fillers() -> None:
    made = make_review("So we had like a plan and I guess it was kind of good")
    assert find_row(made, "habit words") == ("so 1, like 1", "each may be ordinary speech")
    assert find_row(made, "hedges") == ("I guess 1, kind of 1", "not counted among fillers")
    assert find_row(made, "fillers") == ("none found", "")


def test_what_comes_back_is_told_with_its_places() -> None:
    made = make_review("we make sure . I make sure . they make sure . all make sure .")
    assert find_row(made, "often said") == ("make sure 4", "make sure at 0:00, 0:02, 0:03, 0:04")


def test_what_is_not_there_takes_no_line() -> None:
    made = make_review("we left")
    absent = ("habit words", "hedges", "begun again", "often said", "close together")
    assert [find_row(made, name) for name in absent] == [None] * 5
    none = replace(made, measures=replace(made.measures, facts=None))
    assert find_row(none, "I, we, numbers") is None


@pytest.mark.parametrize(("language", "counted"), [("ja", "characters"), ("fr", "words")])
def test_where_characters_are_counted_they_are_called_so(language: str, counted: str) -> None:
    made = make_review(
        "We wanted to split it and both teams said no because the service was theirs and we had"
        " to ask them first"
    )
    made = replace(made, transcription=replace(made.transcription, language=language))
    pace = wording.measure_rows(made)[0]
    assert pace.name == f"{counted} a minute"
    assert f"{made.measures.words} {counted}" in pace.meaning


TAKE = TakeFacts(
    id="t1", question_id=None, question=None, recorded_at="2026-11-23T14:05:00.000Z", number=1
)


def make_review_of_language(code: str, take: TakeFacts | None) -> ReviewDocument:
    detected = DetectedLanguage(code, 0.97)
    heard = TranscriptionFacts(status="ok", language="en", detected_language=detected)
    given = Circumstances(None, load_lexicon("en"), detected_language=detected)
    found = review([Word("So", 0.0, 0.3)], given)
    return assemble_document(take, SourceFacts(path="my answer.wav"), heard, found)


def test_another_language_is_named_and_offered() -> None:
    made = make_review_of_language("de", TAKE)
    said = "this sounds like German, and was heard as English"
    assert said in wording.describe_judgement(made)
    offer = "To transcribe it as German: practice takes retry t1 --language de"
    for page in (markdown.render(Report(review=made)), html.render(Report(review=made))):
        assert offer in page.replace("\\", "")
    assert wording.offer_language(made) == offer
    assert wording.offer_language(made, in_app=True) == (
        f"{offer}, or choose it as the language in the settings and transcribe the take again"
    )
    assert offer in " ".join(terminal.render(made).split())


def test_a_file_in_another_language_is_offered_to_be_analyzed_again() -> None:
    assert wording.offer_language(make_review_of_language("de", None)) == (
        "To transcribe it as German: practice analyze 'my answer.wav' --language de"
    )


def test_a_language_that_the_settings_do_not_offer_is_not_looked_for_there() -> None:
    assert wording.offer_language(make_review_of_language("pl", TAKE), in_app=True) == (
        "To transcribe it as Polish: practice takes retry t1 --language pl"
    )


def test_the_language_that_was_set_is_not_offered() -> None:
    assert wording.offer_language(make_review_of_language("en", TAKE)) == ""


def test_what_noise_hides_is_not_none_and_not_0() -> None:
    made = make_review("we met the team and went home")
    numbers = made.measures
    hidden = replace(
        made,
        measures=replace(numbers, fillers=replace(numbers.fillers, certain=None, sounds=None)),
        judgement=Judgement(
            False, ("too noisy for pauses: the voice is only 3 dB above the room",), (Span(0, 9),)
        ),
    )
    unheard = "um and uh could not be listened for in this noise"
    assert find_row(hidden, "fillers") == ("not measured", unheard)
    assert find_row(hidden, "pauses") == ("not measured", "the room was too noisy")
    assert wording.describe_judgement(hidden).startswith("Some numbers are missing: too noisy")
    for text in (render(Report(review=hidden), form) for form in ("txt", "md", "html")):
        assert "none found" not in text
        assert "could not be" in text


def test_a_noisy_stretch_stands_beside_the_pauses_of_the_rest() -> None:
    made = make_review("we met the team and went home")
    part = replace(
        made,
        measures=replace(made.measures, pauses=PauseCounts(2, 0, 0, 0.8)),
        judgement=Judgement(True, (), (Span(10, 20),)),
    )
    assert find_row(part, "pauses") == ("2", "longest 0.8 s, too noisy to tell at 0:10-0:20")


def test_a_habit_word_that_the_user_confirmed_is_counted_once() -> None:
    made = make_review("Well we had like a plan and it was good")
    confirmed = tuple(
        replace(finding, certainty="certain") if finding.label == "well" else finding
        for finding in made.findings
    )
    counts = replace(made.measures.fillers, certain=1, possible=1)
    made = replace(made, findings=confirmed, measures=replace(made.measures, fillers=counts))
    assert find_row(made, "fillers") == ("1", "well 1")
    assert find_row(made, "habit words") == ("like 1", "each may be ordinary speech")
