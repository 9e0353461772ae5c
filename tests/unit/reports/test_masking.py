import json
import re
import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from practice.base.words import Span, Word
from practice.delivery.findings import Finding
from practice.delivery.measures import Measures
from practice.delivery.quality import Judgement
from practice.delivery.transcript.coverage import Coverage, CoverageItem
from practice.delivery.transcript.pet_phrases import PetPhrase
from practice.documents.review import (
    Calibration,
    Catch,
    ReviewDocument,
    SourceFacts,
    TakeFacts,
    TranscriptionFacts,
)
from practice.library.takes import Take, TakeState
from practice.reports import formats
from practice.reports.masking import MARGIN_S, MASKED, Masker, mask_report
from practice.reports.report import Report

NAMES = ("Acme Corp", "Zoë", "Jane Doe", "DataDog")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I left Acme Corp in May.", "I left (masked) in May."),
        ("ACME-CORP's plan", "(masked) plan"),
        ("two AcmeCorps", "two (masked)"),
        ("I asked zoe.", "I asked (masked)."),
        ("Zoe\u0308 said", "(masked)\u0308 said"),
        ("jane.doe@acmecorp.com", "(masked)@(masked).com"),
        ("https://acme-corp.com/janedoe", "https://(masked).com/(masked)"),
        ("we used data dog", "we used (masked)"),
        ("DATADOG, DataDog", "(masked), (masked)"),
        ("the acme of bliss, corp and Jane", "the acme of bliss, corp and Jane"),
        ("zoetrope, datadogma", "zoetrope, datadogma"),
    ],
)
def test_a_name_is_found_however_it_is_written_and_nothing_else_is(text: str, shown: str) -> None:
    assert Masker(NAMES).mask_text(text) == shown


def test_a_name_in_a_script_without_spaces_is_found() -> None:
    assert Masker(["谷歌"]).mask_text("我在谷歌工作") == f"我在{MASKED}工作"


@pytest.mark.parametrize("names", [(), ("",), (" ,-",)])
def test_without_a_name_nothing_is_masked(names: tuple[str, ...]) -> None:
    masker = Masker(names)
    assert not masker
    assert masker.mask_text("Acme Corp") == "Acme Corp"


def make_words(text: str) -> tuple[Word, ...]:
    """A word every second, each 0.5 s long."""
    return tuple(Word(word, float(n), n + 0.5, 0.9) for n, word in enumerate(text.split()))


def test_a_name_is_silenced_from_its_first_word_to_its_last_with_a_margin() -> None:
    words = make_words("I met Jane Doe there")
    assert Masker(NAMES).find_spans(words) == [Span(2.0 - MARGIN_S, 3.5 + MARGIN_S)]


def test_a_name_at_the_very_beginning_is_silenced_from_the_start() -> None:
    assert Masker(["Zoë"]).find_spans(make_words("Zoe said"))[0].start_s == 0.0


def test_names_that_share_a_word_are_masked_to_the_end_of_the_last() -> None:
    masker = Masker(["Acme Corp", "Jane Doe"])
    words = make_words("at Acme Corp/Jane Doe then")
    report = mask_report(Report(review=make_review(words)), masker)
    assert " ".join(word.text for word in report.review.words) == "at (masked)/(masked) then"


def make_review(words: tuple[Word, ...] = (), name: str = "Acme Corp") -> ReviewDocument:
    """A review that has `name` wherever a text may stand."""
    said = f"why {name} then"
    return ReviewDocument(
        take=TakeFacts(
            id="20261123-1405-k3f",
            question_id=f"why-{name.lower().replace(' ', '-')}",
            question=f"Why {name}?",
            recorded_at="2026-11-23T14:05:00.000Z",
            number=2,
        ),
        source=SourceFacts(path=f"/home/{name}/{name}.flac", track=f"track 1 of 2 ({name})"),
        transcription=TranscriptionFacts(
            status="ok", model=f"/models/{name}", language="en", text=said, reason=name
        ),
        words=words,
        findings=(
            Finding(
                "repetition", name.lower(), f"{name} {name}", 1.0, 2.5, "certain", "transcript"
            ),
        ),
        measures=Measures(
            duration_s=0.0,
            pet_phrases=(PetPhrase(text=f"at {name}", count=9, at_s=(1.0,), usual=2.0),),
        ),
        coverage=Coverage(
            key_points=(CoverageItem(text=said, said=True, at_s=1.0, heard=said),),
            terms=(CoverageItem(text=name, said=False),),
        ),
        judgement=Judgement(ok=True, reasons=(said,)),
        calibration=Calibration(
            planned=10,
            caught=8,
            possible=1,
            sounds=Catch(planned=6, caught=5, possible=0),
            phrases=Catch(planned=4, caught=3, possible=0),
            checked_at="2026-11-20T10:00:00.000Z",
            model=name,
            device=f"{name}'s microphone",
            language="en",
        ),
    )


def make_take(name: str) -> Take:
    return Take(
        id="20261123-1405-k3f", number=2, question_id=name, bank=name, question=name,
        session_id=None, state=TakeState.REVIEWED, recorded_at=datetime(2026, 11, 23, tzinfo=UTC),
        duration_s=9.0, audio=Path(name), sample_rate_hz=16_000, peak_dbfs=-3.0, clipped_s=0.0,
        overflows=0, device=name, interrupted=name, failure=name, model=name, starred=True,
        rating=3, notes=name, measures=None,
    )  # fmt: skip


_LETTERS = st.text(alphabet=string.ascii_letters, min_size=8, max_size=12)


@settings(deadline=None)
@given(name=st.lists(_LETTERS, min_size=1, max_size=3).map(" ".join), form=st.sampled_from(
    sorted(formats.FORMATS)
))  # fmt: skip
def test_no_form_of_a_report_holds_a_masked_name_anywhere(name: str, form: str) -> None:
    wanted = name.replace(" ", "").lower()
    # A name may be made of words of our own, such as the heading of a column.
    assume(wanted not in masked_letters("qqqqqqqq", form))
    assert wanted not in masked_letters(name, form)


def masked_letters(name: str, form: str) -> str:
    """The letters and digits of a report in which `name` was everywhere, and is masked."""
    take = make_take(name)
    report = Report(
        review=make_review(make_words(f"at {name}, I"), name),
        notes=f"{name} was hard",
        to_reader=f"Is {name} clear?",
        takes=(take, take),
    )
    text = formats.render(mask_report(report, Masker([name])), form)
    text = re.sub("<(style|script)>.*?</", "", text, flags=re.DOTALL)  # our own words
    return "".join(c for c in text.lower() if c.isalnum())


def test_what_tells_whose_machine_it_was_is_gone_even_without_a_name_to_mask() -> None:
    report = mask_report(Report(review=make_review(name="jo")), Masker(()))
    text = json.dumps(formats.render(report, "json"))
    assert "/home" not in text
    assert "/models" not in text


def test_what_is_not_a_name_stays_as_it_was() -> None:
    report = Report(
        review=make_review(make_words("why Initech then"), "Initech"), notes="calm", rating=3
    )
    after = mask_report(report, Masker(["Acme"]))
    assert after.review.words == report.review.words
    assert after.review.coverage == report.review.coverage
    assert (after.notes, after.rating) == ("calm", 3)
    assert replace(after.review.measures) == report.review.measures


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("สมชาย", ["ผม", "ชื่อ", "สม", "ชาย", "ครับ"], ["ผม", "ชื่อ", MASKED, "ครับ"]),
        ("Apple", ["私", "は", "Apple", "で"], ["私", "は", MASKED, "で"]),
        ("Acme", ["an", "Acme-based", "team"], ["an", f"{MASKED}-based", "team"]),
    ],
)
def test_a_name_is_masked_where_no_space_stands_beside_it(
    name: str, said: list[str], shown: list[str]
) -> None:
    words = tuple(Word(text, n, n + 0.5) for n, text in enumerate(said))
    masked = mask_report(Report(review=make_review(words)), Masker([name]))
    assert [word.text for word in masked.review.words] == shown
