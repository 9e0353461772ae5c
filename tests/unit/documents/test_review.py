import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from practice.base.clock import SystemClock
from practice.base.errors import StorageError
from practice.base.words import Word
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TakeFacts,
    TranscriptionFacts,
    assemble_document,
    parse_review,
    take_facts,
    to_builtins,
)
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot, RecordingFacts
from practice.reports.formats import FORMATS, render
from practice.reports.report import Report

WORDS = [
    Word(text, n / 2, n / 2 + 0.4, 0.9) for n, text in enumerate(["So", "um", "I", "I", "went"])
]
FACTS = TakeFacts(
    id="20261123-1405-k3f",
    question_id="conflict",
    question="Tell me about a conflict.",
    recorded_at="2026-11-23T14:05:00.000Z",
    number=2,
)


def make_review() -> ReviewDocument:
    return assemble_document(
        FACTS,
        SourceFacts(path="a.flac", duration_s=3.0, sample_rate_hz=48_000, peak_dbfs=-3.0),
        TranscriptionFacts(status="ok", model="base.en", language="en", text="So um I I went"),
        review(
            WORDS,
            Circumstances(None, load_lexicon("en"), key_points=["where I went"], duration_s=3.0),
        ),
    )


def test_the_document_has_the_keys_that_scripts_rely_on() -> None:
    document = to_builtins(make_review())
    assert list(document) == [
        *("schema", "take", "source", "transcription", "words"),
        *("findings", "measures", "coverage", "judgement", "calibration", "usual"),
        *("highlights", "own_bands_only", "occasion"),
    ]
    assert document["schema"] == 1
    wanted = {
        "take": {"id", "question_id", "question", "recorded_at", "number"},
        "source": {"path", "duration_s", "sample_rate_hz", "peak_dbfs", "clipped", "track"},
        "transcription": {"status", "model", "language", "text", "elapsed_s", "reason"}
        | {"detected_language", "verbatim"},
        "measures": {
            *("duration_s", "speaking_s", "words", "wpm", "speaking_wpm", "articulation_sps"),
            *("fillers", "pauses", "repetitions", "longest_run_s", "pace"),
            *("restarts", "hedges", "facts", "pet_phrases"),
        },
        "coverage": {"key_points", "terms"},
        "judgement": {"ok", "reasons", "noisy", "muted"},
    }
    for name, keys in wanted.items():
        part = document[name]
        assert isinstance(part, dict)
        assert set(part) == keys


def test_words_and_findings_have_the_keys_that_scripts_rely_on() -> None:
    document = json.loads(render(Report(review=make_review()), "json"))
    assert set(document["words"][0]) == {"text", "start_s", "end_s", "probability"}
    assert set(document["findings"][0]) == {
        *("kind", "label", "text", "start_s", "end_s", "certainty", "source", "filler_kind"),
    }
    assert {"filler", "repetition"} <= {finding["kind"] for finding in document["findings"]}


def test_times_and_rates_have_three_decimals() -> None:
    words = [Word("We", 1 / 3, 2 / 3, 0.9), Word("um", 2 / 3, 1.0, 0.9)]
    found = review(words, Circumstances(None, load_lexicon("en"), duration_s=10 / 7))
    document = assemble_document(None, SourceFacts(), TranscriptionFacts(status="ok"), found)
    assert (document.words[0].start_s, document.words[0].end_s) == (0.333, 0.667)
    assert document.findings[0].start_s == 0.667
    assert document.measures.duration_s == 1.429


def test_an_old_review_is_given_what_is_said_first() -> None:
    document = to_builtins(make_review())
    assert document["highlights"] == {
        "line": "Listen to 0:01 (repeated: “I I”). "
        "Too short for pace; no sound: nothing on pauses.",
        "places": (
            {"kind": "repeated", "start_s": 1.0, "end_s": 1.9, "reason": "repeated: “I I”"},
        ),
    }
    old = {key: value for key, value in document.items() if key != "highlights"}
    assert parse_review(old).highlights == make_review().highlights


def test_a_review_from_before_fillers_had_kinds_is_given_the_shipped_ones() -> None:
    document = to_builtins(make_review())
    findings = [
        {"kind": kind, "label": label, "text": text, "start_s": 0.0, "end_s": 1.0,
         "certainty": "certain", "source": "transcript"}
        for kind, label, text in (
            ("filler", "um", "um"), ("filler", "like", "like"), ("filler", "you know", "you know"),
            ("filler", "um/uh", None), ("hedge", "kind of", "kind of"), ("filler", "tsk", "tsk"),
        )
    ]  # fmt: skip
    read = parse_review({**document, "findings": findings})
    assert [finding.filler_kind for finding in read.findings] == [
        *("sound", "habit", "phrase", "sound", None, "phrase"),
    ]


def test_a_document_survives_json() -> None:
    assert parse_review(json.loads(render(Report(review=make_review()), "json"))) == make_review()


def test_a_document_of_a_later_practice_of_the_same_schema_is_read() -> None:
    assert parse_review({**to_builtins(make_review()), "mood": "calm"}) == make_review()


@pytest.mark.parametrize(
    "damage",
    [
        {"schema": 2},
        {"words": None},
        {"words": [{"text": "x"}]},
        {"measures": {"wpm": "fast"}},
        {"take": msgspec.to_builtins(replace(FACTS, recorded_at="\x1b[31m"))},
    ],
    ids=["schema", "null", "part missing", "type", "date"],
)
def test_a_damaged_document_is_refused_in_words(damage: dict[str, object]) -> None:
    with pytest.raises(StorageError, match="the review cannot be read") as caught:
        parse_review({**to_builtins(make_review()), **damage})
    assert "\x1b" not in caught.value.message


def test_a_review_is_read_back_from_the_library(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db", tmp_path / "recordings", SystemClock()) as library:
        take = library.begin_take(QuestionSnapshot("conflict", "basics", "Tell me."))
        audio = library.recordings / f"{take.id}.flac"
        audio.write_bytes(b"")
        library.save_recording(
            take.id,
            RecordingFacts(
                audio=audio,
                duration_s=3.0,
                sample_rate_hz=48_000,
                peak_dbfs=-3.0,
                clipped_s=0.0,
                overflows=0,
                device="mic",
            ),
        )
        made = assemble_document(
            take_facts(take),
            SourceFacts(path=str(audio)),
            TranscriptionFacts(status="ok", model="base.en"),
            review(WORDS, Circumstances(None, load_lexicon("en"), duration_s=3.0)),
        )
        library.save_transcript(take.id, to_builtins(made))
        listed = library.save_review(take.id, to_builtins(made))
        kept = library.review(take.id)
    assert kept is not None
    assert parse_review(kept) == made
    assert listed.measures is not None
    assert listed.measures.fillers_certain == made.measures.fillers.certain
    assert listed.measures.repetitions == made.measures.repetitions == 1
    assert listed.model == "base.en"


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_ends_with_one_line_feed(form: str) -> None:
    text = render(Report(review=make_review()), form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
