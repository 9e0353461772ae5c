import pytest

from practice.delivery.findings import Finding
from practice.reports.document import (
    Mentions,
    Numbers,
    ReviewDocument,
    SourceFacts,
    Transcription,
    Verdict,
)
from practice.reports.explanations import MEANING, exact_time, meanings
from practice.reports.wording import rows
from practice.tui.explanations import at_place
from practice.tui.marked_text import MarkedText
from practice.words import Word

NO_NUMBERS = Numbers()


def document(*findings: Finding, numbers: Numbers = NO_NUMBERS) -> ReviewDocument:
    return ReviewDocument(
        take=None,
        source=SourceFacts(),
        transcription=Transcription(status="ok", language="en"),
        words=(Word("um,", 1.0, 1.4, 0.83), Word("like", 67.94, 68.2)),
        findings=findings,
        measures=numbers,
        coverage=Mentions(),
        judgement=Verdict(ok=True),
    )


def said(finding: Finding, place: int) -> str:
    return at_place(MarkedText(document(finding)), place)


def test_a_certain_filler_says_what_when_and_how_sure() -> None:
    finding = Finding("filler", "um", "um,", 1.0, 1.4, "certain", "transcript")
    assert said(finding, 0) == "“um”: filler sound at 0:01.0, certain"


def test_a_doubtful_phrase_says_what_else_it_may_be() -> None:
    finding = Finding("filler", "like", "like", 67.94, 68.2, "possible", "transcript")
    assert said(finding, 1) == (
        "“like”: filler phrase at 1:07.9, possible: it may be ordinary speech"
    )


def test_a_sound_without_a_word_says_that_no_word_explains_it() -> None:
    finding = Finding("filler", "um/uh", None, 30.0, 30.4, "possible", "signal")
    assert said(finding, 1) == (
        "“um/uh”: filler sound at 0:30.0, possible: heard in the sound, no word explains it"
    )


def test_a_pause_says_how_long_it_is() -> None:
    finding = Finding("pause", "long pause", None, 30.0, 31.5, "certain", "signal")
    assert said(finding, 1) == "a pause of 1.5 s at 0:30.0, measured in the sound"


def test_a_hedge_is_called_a_hedge() -> None:
    finding = Finding("hedge", "like", "like", 67.94, 68.2, "certain", "transcript")
    assert "hedge" in said(finding, 1)


def test_a_plain_word_says_how_sure_the_model_is() -> None:
    marked = MarkedText(document())
    assert at_place(marked, 0) == "“um,” at 0:01.0, the model is 83% sure of it"
    assert at_place(marked, 1) == "“like” at 1:07.9"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.0, "0:00.0"), (59.96, "1:00.0"), (61.04, "1:01.0"), (600, "10:00.0")]
)
def test_exact_times_carry_over(seconds: float, shown: str) -> None:
    assert exact_time(seconds) == shown


def test_every_number_that_a_review_shows_has_a_meaning() -> None:
    from practice.reports.document import Fillers, Pauses

    numbers = Numbers(
        duration_s=60.0, speaking_s=50.0, words=100, wpm=100.0, speaking_wpm=120.0,
        articulation_sps=4.0, fillers=Fillers(certain=1, possible=1, per_min=1.0),
        pauses=Pauses(count=3, longest_s=1.0), repetitions=1, longest_run_s=5.0,
    )  # fmt: skip
    finding = Finding("filler", "um", "um,", 1.0, 1.4, "certain", "transcript")
    made = document(finding, numbers=numbers)
    assert {row.name for row in rows(made)} <= set(MEANING)
    assert all(meaning for _, meaning in meanings(made))
