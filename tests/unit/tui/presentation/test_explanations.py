from dataclasses import replace

from practice.base.words import Word
from practice.delivery.definitions import DEFINITIONS
from practice.delivery.findings import Finding
from practice.delivery.measures import Measures, PauseCounts
from practice.delivery.quality import Judgement
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.coverage import Coverage
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    assemble_document,
)
from practice.reports.wording import measure_rows
from practice.tui.presentation.explanations import at_place
from practice.tui.presentation.marked_text import MarkedText

NO_NUMBERS = Measures(duration_s=0.0)


def make_review(*findings: Finding, numbers: Measures = NO_NUMBERS) -> ReviewDocument:
    return ReviewDocument(
        take=None,
        source=SourceFacts(),
        transcription=TranscriptionFacts(status="ok", language="en"),
        words=(Word("um,", 1.0, 1.4, 0.83), Word("like", 67.94, 68.2)),
        findings=findings,
        measures=numbers,
        coverage=Coverage(),
        judgement=Judgement(ok=True),
    )


def find_text(finding: Finding, place: int) -> str:
    return at_place(MarkedText(make_review(finding)), place)


def test_a_certain_filler_says_what_when_and_how_sure() -> None:
    finding = Finding("filler", "um", "um,", 1.0, 1.4, "certain", "transcript", "sound")
    assert find_text(finding, 0) == "“um”: filler sound at 0:01.0, certain"


def test_a_doubtful_phrase_says_what_else_it_may_be() -> None:
    finding = Finding(
        "filler", "like", "like", 67.94, 68.2, "possible", "transcript", filler_kind="habit"
    )
    assert find_text(finding, 1) == ("“like”: habit word at 1:07.9, may be ordinary speech")


def test_a_sound_without_a_word_says_that_no_word_explains_it() -> None:
    finding = Finding(
        "filler", "um/uh", None, 30.0, 30.4, "possible", "signal", filler_kind="sound"
    )
    assert find_text(finding, 1) == (
        "“um/uh”: filler sound at 0:30.0, possible: heard, and no word explains it"
    )


def test_a_new_start_says_its_words() -> None:
    finding = Finding("restart", "cut-off word", "lik-", 67.94, 68.2, "possible", "transcript")
    assert find_text(finding, 1) == ("“lik-”: cut-off word at 1:07.9, may be ordinary speech")


def test_a_pause_says_how_long_it_is() -> None:
    finding = Finding("pause", "long pause", None, 30.0, 31.5, "certain", "signal")
    assert find_text(finding, 1) == "a pause of 1.5 s at 0:30.0, measured in the sound"


def test_a_hedge_is_called_a_hedge() -> None:
    finding = Finding("hedge", "like", "like", 67.94, 68.2, "certain", "transcript")
    assert "hedge" in find_text(finding, 1)


def test_a_plain_word_says_how_sure_the_model_is() -> None:
    marked = MarkedText(make_review())
    assert at_place(marked, 0) == "“um,” at 0:01.0, the model is 83% sure of it"
    assert at_place(marked, 1) == "“like” at 1:07.9"


def test_every_row_that_a_review_can_show_is_explained_and_every_name_is_a_row() -> None:
    said = "um so uh you know I was, I went to to the office um and it was kind of hard"
    words = f"{said} {'make sure it works. ' * 4}".split()
    spoken = [Word(text, n * 0.3, n * 0.3 + 0.3, 0.9) for n, text in enumerate(words)]
    found = review(spoken, Circumstances(None, load_lexicon("en")))
    heard = replace(
        found.measures,
        speaking_s=9.0,
        speaking_wpm=120.0,
        articulation_sps=4.0,
        longest_run_s=3.0,
        pauses=PauseCounts(1, 0, 0, 0.5),
    )
    made = assemble_document(
        None,
        SourceFacts(),
        TranscriptionFacts(status="ok", language="en"),
        replace(found, measures=heard),
    )
    shown = measure_rows(made)
    named = {definition.key for definition in DEFINITIONS if definition.name}
    assert named - {row.key for row in shown} == {
        *("words", "calibration", "coverage.key_points", "coverage.terms"),
    }
    assert all(row.explanation for row in shown)
