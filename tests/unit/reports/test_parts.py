import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Word
from practice.delivery.measures import Measures
from practice.delivery.quality import Judgement
from practice.delivery.transcript.coverage import Coverage
from practice.delivery.transcript.fact_counts import FactCounts
from practice.documents.review import ReviewDocument, SourceFacts, TranscriptionFacts
from practice.library.takes import StarPart
from practice.reports.formats import render
from practice.reports.parts import (
    PARTS,
    USUAL,
    describe_counts,
    find_part_facts,
    part_shares,
    spoken_shares,
)
from practice.reports.report import Report


def test_a_part_lasts_until_the_next_one_begins() -> None:
    starts: dict[StarPart, float] = {"situation": 0, "task": 20, "action": 30, "result": 90}
    assert part_shares(starts, 100.0) == {
        "situation": 0.2, "task": 0.1, "action": 0.6, "result": 0.1,
    }  # fmt: skip


def test_what_lies_before_the_first_mark_belongs_to_none() -> None:
    assert part_shares({"action": 50.0, "result": 75.0}, 100.0) == {"action": 0.5, "result": 0.5}


def test_parts_may_come_in_another_order() -> None:
    assert part_shares({"result": 0.0, "situation": 25.0}, 100.0) == {
        "situation": 0.75,
        "result": 0.25,
    }


@pytest.mark.parametrize("end_s", [0.0, 10.0])
def test_without_a_mark_or_time_there_is_no_split(end_s: float) -> None:
    assert part_shares({}, end_s) == {}
    assert part_shares({"task": 10.0}, end_s) == {}


@given(
    st.dictionaries(st.sampled_from(PARTS), st.floats(0, 1e4), min_size=1),
    st.floats(0, 1e4),
)
def test_the_shares_of_a_split_add_up(starts: dict[StarPart, float], end_s: float) -> None:
    split = part_shares(starts, end_s)
    assert not split or sum(split.values()) == pytest.approx(1.0)
    assert all(share >= 0 for share in split.values())


def test_the_usual_split_is_whole() -> None:
    assert sum(USUAL.values()) == 100


def make_document(
    sentence: str, language: str = "en", gap_s: float = 0.1, facts: FactCounts | None = None
) -> ReviewDocument:
    """A word a second; a gap of 0.25 s or more is a pause."""
    texts = sentence.split()
    words = tuple(Word(text, at, at + 1.0 - gap_s, 0.9) for at, text in enumerate(texts))
    return ReviewDocument(
        take=None, source=SourceFacts(), words=words, findings=(),
        measures=Measures(duration_s=float(len(texts)), facts=facts),
        transcription=TranscriptionFacts(status="ok", model="base", language=language),
        coverage=Coverage(), judgement=Judgement(ok=True),
    )  # fmt: skip


STARTS: dict[StarPart, float] = {"situation": 0.0, "action": 2.0, "result": 6.0}


def test_pauses_belong_to_no_part() -> None:
    words = [Word("one", 0.0, 1.0, 0.9), Word("two", 1.1, 2.0, 0.9), Word("three", 8.0, 9.0, 0.9)]
    # 0 to 2 s are spoken without a pause; the 6 s before the last word are a pause.
    assert spoken_shares({"situation": 0.0, "result": 7.0}, words) == {
        "situation": pytest.approx(2 / 3), "result": pytest.approx(1 / 3),
    }  # fmt: skip
    assert spoken_shares({"task": 1.05}, words) == {"task": 1.0}
    assert spoken_shares(STARTS, []) == {}


@pytest.mark.parametrize(
    ("language", "last", "said"),
    [
        ("en", "we saved forty percent", 1),
        ("en", "we saved 40 percent and 3 days", 2),
        ("en", "everybody was happy then", 0),
        ("de", "wir sparten vierzig Prozent", 1),
        # Number words are not known there, numerals are.
        ("es", "ahorramos 40 por ciento", 1),
        ("es", "ahorramos cuarenta por ciento", None),
    ],
)
def test_numbers_are_looked_for_in_the_result_alone(
    language: str, last: str, said: int | None
) -> None:
    facts = find_part_facts(make_document(f"it was 2019 and I ran {last}", language), STARTS)
    assert facts is not None
    assert facts.result_numbers == said


def test_what_cannot_be_counted_is_said_to_be_unknown() -> None:
    document = make_document("it was late and I ran home", facts=FactCounts(1, 0, 0))
    assert find_part_facts(document, {}) is None
    facts = find_part_facts(document, {"situation": 0.0, "action": 4.0})
    assert facts is not None
    assert describe_counts(facts) == [
        "number in the result: not known, R marks where it begins", "I 1, we 0",
    ]  # fmt: skip
    spanish = find_part_facts(make_document("no lo sé ahora mismo ya está", "es"), STARTS)
    assert spanish is not None
    assert describe_counts(spanish) == [
        "number in the result: not known here", "I and we: not counted in this language",
    ]  # fmt: skip


def test_every_report_has_the_parts_and_what_was_counted_of_them() -> None:
    said = "it was late and I ran forty miles"
    document = make_document(said, gap_s=0.0, facts=FactCounts(1, 0, 1))
    report = Report(review=document, parts=STARTS)
    for form in ("html", "md", "txt"):
        text = render(report, form)
        assert "25%" in text, form
        assert "numbers in the result: 1" in text, form
        assert "I 1, we 0" in text, form
    assert json.loads(render(report, "json"))["parts"] == {
        "starts_s": STARTS, "shares": {"situation": 0.25, "action": 0.5, "result": 0.25},
        "result_numbers": 1, "i": 1, "we": 0,
    }  # fmt: skip
    assert "parts" not in json.loads(render(Report(review=document), "json"))
