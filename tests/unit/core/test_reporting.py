"""What a report gathers from the library, and what it leaves behind when it is shared."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from practice.base.errors import NotFoundError, PracticeError
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.correcting import ReviewEditor
from practice.core.reporting import (
    EVERYTHING,
    NO_WORDS,
    ReportOptions,
    ShareOptions,
    build_report,
    build_session_report,
    split_names,
)
from practice.core.workspace import Workspace
from practice.library.takes import Correction, QuestionSnapshot, Take
from practice.reports.report import LEFT_OUT, Report
from tests.support.takes import keep_take

ANSWER = "|0.5 So um I asked |1.0 Jane |1.0 for help and she said yes"
VOICE_HZ = 140.0
ASKED = QuestionSnapshot("help", "mine", "Tell me how you ask for help.")


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(places(), Settings()) as opened:
        yield opened


def measure_voice(report: Report, at_s: float) -> float:
    """How strong the voice is in the clip around a moment, 0 to 1."""
    assert report.clip is not None
    with av.open(io.BytesIO(report.clip.data), "r") as container:
        blocks = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    samples, rate = np.concatenate(blocks).astype(np.float64), 48_000
    part = samples[round((at_s - 0.1) * rate) : round((at_s + 0.1) * rate)]
    return float(
        2 * abs(np.mean(part * np.exp(-2j * np.pi * VOICE_HZ * np.arange(len(part)) / rate)))
    )


def find_middle_s(report: Report, word: str) -> float:
    return next((w.start_s + w.end_s) / 2 for w in report.review.words if w.text == word)


def test_everything_known_beside_the_review_is_in_the_report(workspace: Workspace) -> None:
    first, take = keep_take(workspace, ANSWER, ASKED), keep_take(workspace, ANSWER, ASKED)
    keep_take(workspace, ANSWER, ASKED)
    marks = workspace.library.annotations
    marks.note(take.id, "calmer")
    marks.rate(take.id, 2)
    marks.star(take.id, True)
    marks.mark_parts(take.id, {"action": 1.0})
    report = build_report(workspace, take.id)
    assert (report.notes, report.rating, report.starred) == ("calmer", 2, True)
    assert report.parts == {"action": 1.0}
    assert [other.id for other in report.takes] == [first.id, take.id]
    assert report.clip is not None


def test_a_name_is_gone_from_the_sound_and_what_was_said_around_it_is_not(
    workspace: Workspace,
) -> None:
    take = keep_take(workspace, ANSWER, ASKED)
    plain = build_report(workspace, take.id)
    shared = build_report(workspace, take.id, ReportOptions(sharing=ShareOptions(("Jane",))))
    at_s = find_middle_s(plain, "Jane")
    assert measure_voice(plain, at_s) > 0.03
    assert measure_voice(shared, at_s) < 0.002
    assert measure_voice(shared, find_middle_s(plain, "help")) > 0.03


def test_a_name_that_the_user_wrote_over_is_still_gone_from_the_sound(
    workspace: Workspace,
) -> None:
    take = keep_take(workspace, ANSWER, ASKED)
    revision = ReviewEditor(workspace, take.id)
    name = next(word for word in revision.document.words if word.text == "Jane")
    revision.correct(Correction("word", name.start_s, name.end_s, "somebody"))
    shared = build_report(workspace, take.id, ReportOptions(sharing=ShareOptions(("Jane",))))
    assert "somebody" in {word.text for word in shared.review.words}
    assert measure_voice(shared, (name.start_s + name.end_s) / 2) < 0.002


def test_without_words_nothing_can_be_bleeped_so_the_sound_stays_here(
    workspace: Workspace,
) -> None:
    take = keep_take(workspace, ANSWER, ASKED)
    review = workspace.library.review(take.id)
    assert review is not None
    workspace.library.save_review(take.id, {**review, "words": []})
    shared = build_report(workspace, take.id, ReportOptions(sharing=ShareOptions(("Jane",))))
    assert (shared.clip, shared.no_clip) == (None, NO_WORDS)
    assert build_report(workspace, take.id).clip is not None


def test_sound_that_was_deleted_or_not_wanted_is_said(workspace: Workspace) -> None:
    take = keep_take(workspace, ANSWER, ASKED)
    assert build_report(workspace, take.id, ReportOptions(sound=False)).no_clip == LEFT_OUT
    workspace.library.delete_audio(take.id)
    assert build_report(workspace, take.id).no_clip == "The sound of this take was deleted."


def test_names_are_listed_between_commas() -> None:
    assert split_names(" Acme Corp,, Jane  Doe ,") == ("Acme Corp", "Jane Doe")


def keep_session(workspace: Workspace, answers: int) -> list[Take]:
    """Keep a session of so many answers to one question."""
    session_id = workspace.library.begin_session("practice", None)
    return [keep_take(workspace, ANSWER, ASKED, session_id=session_id) for _ in range(answers)]


def test_a_session_goes_without_a_take_that_cannot_be_read_and_says_so(
    workspace: Workspace,
) -> None:
    good, bad = keep_session(workspace, 2)
    workspace.library.save_review(bad.id, {"schema": 99})
    told: list[tuple[str, str]] = []

    def trouble(take: Take, error: PracticeError) -> None:
        told.append((take.id, error.message))

    session = build_session_report(workspace, (good.session_id or "")[:8], EVERYTHING, trouble)
    assert [report.review.take.id for report in session.reports if report.review.take] == [good.id]
    assert [take_id for take_id, _ in told] == [bad.id]


def test_a_session_that_is_not_there_is_answered_with_those_that_are(
    workspace: Workspace,
) -> None:
    (take,) = keep_session(workspace, 1)
    with pytest.raises(NotFoundError) as caught:
        build_session_report(workspace, "nowhere", EVERYTHING, lambda *_: None)
    assert str(take.session_id) in caught.value.hint


def test_what_is_shared_holds_the_name_nowhere(workspace: Workspace) -> None:
    take = keep_take(workspace, ANSWER, QuestionSnapshot("why-jane", "jane", "Why Jane?"))
    workspace.library.annotations.note(take.id, "JANE!")
    shared = build_report(
        workspace, take.id, ReportOptions(sharing=ShareOptions(("Jane",), "Is jane clear?"))
    )
    assert "jane" not in str(replace(shared, clip=None)).lower()
