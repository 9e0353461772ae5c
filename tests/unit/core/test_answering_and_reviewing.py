"""One take from question to review, with a file as the microphone and the demo model."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import soundfile

from practice import demo
from practice.audio.file_source import FileSource
from practice.audio.spool import find_orphans
from practice.base.errors import (
    AudioError,
    ModelError,
    NotFoundError,
    SettingsError,
    StorageError,
    TranscriptionError,
    UnreadableAudioError,
)
from practice.base.paths import Places, places
from practice.base.settings import Settings
from practice.base.words import Word
from practice.core.analysing import analyze_file, analyze_words
from practice.core.answering import add_recording, begin_answer
from practice.core.recovery import delete_expired_sound, tidy_up
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from practice.documents.review import ReviewDocument, parse_review
from practice.library.takes import TakeState, sound_of
from practice.questions.model import AskedQuestion, Question
from practice.speech.transcription import Progress
from tests.support.clock import FakeClock
from tests.support.fake_microphone import FakeMicrophone
from tests.support.virtual_microphone import wait_until

QUESTION = Question(
    id="team",
    text="Tell me about a team.",
    key_points=("worked in a small team",),
    terms=("team", "kubernetes"),
)
SERVED = AskedQuestion("mine", QUESTION)
SHORT_FRAMES = 220_500
"""Ten seconds of the sample answer."""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def where(home: Path) -> Places:
    return places()


@pytest.fixture
def workspace(where: Places, clock: FakeClock) -> Iterator[Workspace]:
    with Workspace(where, Settings(model="demo"), clock) as opened:
        yield opened


@pytest.fixture
def without_model(where: Places) -> Iterator[Workspace]:
    with Workspace(where, Settings(model="base.en")) as opened:
        yield opened


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first ten seconds of the sample answer."""
    path = tmp_path_factory.mktemp("answer") / "answer.wav"
    samples, rate_hz = soundfile.read(demo.SAMPLE_ANSWER, frames=SHORT_FRAMES)
    soundfile.write(path, samples, rate_hz)
    return path


class RefusingMicrophone(FakeMicrophone):
    """A microphone that cannot be opened."""

    def start(self, sink: object) -> None:
        raise AudioError("cannot open the microphone", "close other programs")


def list_open_files(process: int | None) -> set[Path]:
    """The files that a process has open."""
    found = set[Path]()
    for entry in Path(f"/proc/{process}/fd").glob("*"):
        with suppress(FileNotFoundError):  # closed since it was listed
            found.add(entry.readlink())
    return found


def word_texts(document: ReviewDocument) -> str:
    return " ".join(word.text for word in document.words)


def test_an_answer_goes_from_the_microphone_to_its_review(
    workspace: Workspace, answer: Path
) -> None:
    recording = begin_answer(workspace, FileSource(answer), SERVED)
    assert workspace.library.take(recording.take.id).state is TakeState.RECORDING
    recording.recorder.wait(30)
    take = recording.finish()
    assert take.state is TakeState.RECORDED
    assert soundfile.info(sound_of(take)).frames == SHORT_FRAMES
    reviewed = review_take(workspace, take.id, live=recording.pop_live())
    assert "small team" in word_texts(reviewed)
    assert reviewed.take is not None
    assert reviewed.take.question == QUESTION.text
    assert workspace.library.take(take.id).state is TakeState.REVIEWED
    kept = workspace.library.review(take.id)
    assert kept is not None
    assert parse_review(kept) == reviewed


def test_after_five_takes_the_review_says_where_the_pace_lies_in_the_users_own_band(
    workspace: Workspace, clock: FakeClock, answer: Path
) -> None:
    for _ in range(5):
        take = add_recording(workspace, answer)
        first = review_take(workspace, take.id)
        assert first.usual == ()
        clock.advance(timedelta(hours=1))
    reviewed = review_take(workspace, add_recording(workspace, answer).id)
    assert [usual.key for usual in reviewed.usual] == ["wpm", "speaking_wpm"]
    assert all(usual.low == usual.high and usual.place == "in" for usual in reviewed.usual)
    assert all(getattr(first.measures, usual.key) == usual.low for usual in reviewed.usual)


def test_followed_or_heard_afterwards_the_review_is_the_same(
    workspace: Workspace, answer: Path
) -> None:
    recording = begin_answer(workspace, FileSource(answer))
    recording.recorder.wait(30)
    take = recording.finish()
    followed = review_take(workspace, take.id, live=recording.pop_live())
    afterwards = review_take(workspace, take.id)
    assert afterwards.words == followed.words
    assert afterwards.findings == followed.findings
    assert afterwards.measures == followed.measures


def test_a_file_gets_the_same_review_kept_or_only_looked_at(workspace: Workspace) -> None:
    kept = review_take(workspace, add_recording(workspace, demo.SAMPLE_ANSWER).id)
    looked_at = analyze_file(workspace, demo.SAMPLE_ANSWER)
    assert kept.words == looked_at.words
    assert kept.findings == looked_at.findings
    assert kept.measures == looked_at.measures


def test_words_known_so_far_lie_beside_the_recording_until_there_is_a_review(
    workspace: Workspace, where: Places, answer: Path
) -> None:
    take = add_recording(workspace, answer)
    heard = where.recordings / f"{take.id}.heard"
    lay_there: list[bool] = []
    review_take(workspace, take.id, progress=lambda _: lay_there.append(heard.exists()))
    assert lay_there[-1]
    assert not heard.exists()


def test_a_review_that_was_broken_off_goes_on_where_it_was(
    workspace: Workspace, where: Places, answer: Path
) -> None:
    take = add_recording(workspace, answer)
    heard = where.recordings / f"{take.id}.heard"

    def close_after_a_piece(progress: Progress) -> None:
        if progress.real_time_factor is not None:
            workspace.close()

    with pytest.raises(TranscriptionError):
        review_take(workspace, take.id, progress=close_after_a_piece)
    heard.write_text(heard.read_text().replace('"text":"', '"text":"known-'))
    with Workspace(where, Settings(model="demo")) as later:
        assert later.library.check() == []
        assert "known-" in word_texts(review_take(later, take.id))


def test_a_deleted_take_takes_what_was_heard_of_it_along(
    workspace: Workspace, where: Places, answer: Path
) -> None:
    recording = begin_answer(workspace, FileSource(answer))
    recording.recorder.wait(30)
    take = recording.finish()
    workspace.library.delete(take.id)
    with pytest.raises(NotFoundError):
        review_take(workspace, take.id, live=recording.pop_live())
    assert list(where.recordings.iterdir()) == []


def test_a_review_that_cannot_be_kept_leaves_nobody_at_work(
    workspace: Workspace, answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("the disk is full")

    before = set(threading.enumerate())
    recording = begin_answer(workspace, FileSource(answer), SERVED)
    recording.recorder.wait(30)
    take = recording.finish()
    monkeypatch.setattr(workspace.library, "save_transcript", refuse)
    with pytest.raises(StorageError):
        review_take(workspace, take.id, live=recording.pop_live())
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert "measuring" not in left
    assert "encoder" not in left


def test_an_answer_that_is_left_in_the_middle_leaves_nobody_at_work(workspace: Workspace) -> None:
    before = set(threading.enumerate())
    microphone = FakeMicrophone()
    recording = begin_answer(workspace, microphone, SERVED)
    microphone.say(1.0)
    spool = recording.recorder.spool_samples
    wait_until(lambda: spool in list_open_files(workspace.worker.pid))
    assert "measuring" in {thread.name for thread in threading.enumerate()}
    recording.abandon()
    wait_until(lambda: spool not in list_open_files(workspace.worker.pid))
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert not left & {"measuring", "recorder", "encoder"}
    assert spool.exists()


def test_a_microphone_that_cannot_be_opened_leaves_no_take(
    workspace: Workspace, where: Places
) -> None:
    with pytest.raises(AudioError):
        begin_answer(workspace, RefusingMicrophone())
    assert workspace.library.takes() == []
    assert list(where.recordings.iterdir()) == []


def test_an_answer_without_one_sample_leaves_no_take(workspace: Workspace, where: Places) -> None:
    recording = begin_answer(workspace, FakeMicrophone())
    with pytest.raises(AudioError):
        recording.finish()
    assert workspace.library.takes() == []
    assert list(where.recordings.iterdir()) == []


def test_what_cannot_be_followed_is_recorded_and_heard_from_its_file(
    where: Places, answer: Path
) -> None:
    with Workspace(where, Settings(model="demo")) as workspace:
        workspace.worker.close()
        recording = begin_answer(workspace, FileSource(answer))
        recording.recorder.wait(30)
        take = recording.finish()
        assert recording.pop_live() is None
        assert take.state is TakeState.RECORDED
    with Workspace(where, Settings(model="demo")) as workspace:
        assert "small team" in word_texts(review_take(workspace, take.id))


def test_without_a_model_the_sound_alone_is_reviewed_and_a_retry_adds_the_words(
    where: Places, without_model: Workspace, answer: Path
) -> None:
    take = add_recording(without_model, answer)
    reviewed = review_take(without_model, take.id)
    assert reviewed.transcription.status == "no_model"
    assert reviewed.words == ()
    assert reviewed.measures.words is None
    assert reviewed.measures.pauses.count
    assert without_model.library.take(take.id).model is None
    with Workspace(where, Settings(model="base.en"), model="demo") as again:
        assert "small team" in word_texts(review_take(again, take.id))
        assert again.library.take(take.id).model == "demo"


def test_a_model_that_does_not_know_the_language_fails_the_take_and_keeps_its_sound(
    where: Places, answer: Path
) -> None:
    with Workspace(where, Settings(model="demo", language="de")) as workspace:
        take = add_recording(workspace, answer)
        with pytest.raises(ModelError):
            review_take(workspace, take.id)
        failed = workspace.library.take(take.id)
        assert failed.state is TakeState.FAILED
        assert failed.failure
        assert sound_of(failed).exists()


def test_a_review_that_the_end_of_the_program_cuts_off_is_no_failure(
    workspace: Workspace, where: Places, answer: Path
) -> None:
    take = add_recording(workspace, answer)
    with pytest.raises(TranscriptionError):
        review_take(workspace, take.id, progress=lambda _: workspace.close())
    with Workspace(where, Settings(model="demo")) as later:
        assert later.library.take(take.id).state is TakeState.RECORDED
        assert [waiting.id for waiting in tidy_up(later).waiting] == [take.id]


def test_a_word_list_with_an_error_keeps_the_words_for_later(
    workspace: Workspace, where: Places, answer: Path
) -> None:
    take = add_recording(workspace, answer)
    where.config.mkdir(parents=True)
    where.lexicon.write_text("[en\n")
    with pytest.raises(SettingsError, match="lexicon"):
        review_take(workspace, take.id)
    assert workspace.library.take(take.id).state is TakeState.TRANSCRIBED
    where.lexicon.unlink()
    review_take(workspace, take.id)
    assert workspace.library.take(take.id).state is TakeState.REVIEWED


def test_the_question_is_looked_up_as_its_bank_has_it_now(
    workspace: Workspace, where: Places, answer: Path
) -> None:
    where.banks.mkdir(parents=True)
    bank = where.banks / "mine.yaml"
    bank.write_text("title: Mine\nquestions:\n- id: team\n  text: A team.\n  terms: [team]\n")
    take = add_recording(workspace, answer, workspace.question("mine/team"))
    (term,) = review_take(workspace, take.id).coverage.terms
    assert (term.text, term.said) == ("team", True)
    bank.unlink()
    assert review_take(workspace, take.id).coverage.terms == ()


def test_a_file_that_is_analyzed_leaves_nothing(
    workspace: Workspace, where: Places, answer: Path
) -> None:
    reviewed = analyze_file(workspace, answer)
    assert reviewed.take is None
    assert reviewed.source.path == str(answer)
    assert workspace.library.takes() == []
    assert list(where.recordings.iterdir()) == []


def test_words_of_another_recogniser_take_the_place_of_ours(
    workspace: Workspace, answer: Path
) -> None:
    said = [Word("um", 1.0, 1.3), Word("hello", 1.5, 1.9)]
    reviewed = analyze_file(workspace, answer, words=said)
    assert word_texts(reviewed) == "um hello"
    assert reviewed.transcription.model is None


def test_words_alone_are_reviewed_without_pauses(workspace: Workspace) -> None:
    reviewed = analyze_words(workspace, [Word("um", 1.0, 1.3), Word("hello", 1.5, 1.9)])
    assert [finding.label for finding in reviewed.findings] == ["um"]
    assert reviewed.measures.pauses.count is None


def test_a_file_without_sound_leaves_no_take(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a sound")
    with pytest.raises(UnreadableAudioError):
        add_recording(workspace, file)
    assert workspace.library.takes() == []


def test_a_recording_that_a_crash_left_is_a_take_at_the_next_start(
    workspace: Workspace, where: Places
) -> None:
    microphone = FakeMicrophone()
    recording = begin_answer(workspace, microphone, SERVED)
    microphone.say(1.0)
    recording.recorder.wait_for_sound(10)
    # What a kill leaves: the spool, without the lock that its writer held.
    spool = recording.recorder.spool_samples.parent
    left = where.recordings / "left"
    spool.rename(left)
    microphone.stop()
    (where.recordings / f"{recording.take.id}.spool").mkdir()
    for file in left.iterdir():
        file_copy = where.recordings / f"{recording.take.id}.spool" / file.name
        file_copy.write_bytes(file.read_bytes())
    assert [orphan.take_id for orphan in find_orphans(where.recordings)] == [recording.take.id]
    (found,) = tidy_up(workspace).recovered
    assert (found.take_id, found.question) == (recording.take.id, QUESTION.text)
    assert workspace.library.take(found.take_id).state is TakeState.RECORDED


def test_a_take_under_way_cannot_be_heard_yet(workspace: Workspace) -> None:
    recording = begin_answer(workspace, FakeMicrophone())
    with pytest.raises(NotFoundError, match="still being recorded"):
        review_take(workspace, recording.take.id)
    with pytest.raises(AudioError):
        recording.finish()


def test_sound_that_was_deleted_cannot_be_heard_again(workspace: Workspace, answer: Path) -> None:
    take = add_recording(workspace, answer)
    workspace.library.delete_audio(take.id)
    with pytest.raises(NotFoundError, match="no recording"):
        review_take(workspace, take.id)


def test_only_reviewed_sound_older_than_the_setting_is_deleted(
    workspace: Workspace, clock: FakeClock, answer: Path
) -> None:
    old, unheard = add_recording(workspace, answer), add_recording(workspace, answer)
    review_take(workspace, old.id)
    workspace.use(Settings(model="demo", keep_audio_days=7))
    clock.advance(timedelta(days=6))
    assert delete_expired_sound(workspace) == []
    clock.advance(timedelta(days=2))
    assert [take.id for take in delete_expired_sound(workspace)] == [old.id]
    assert workspace.library.take(old.id).audio is None
    assert sound_of(workspace.library.take(unheard.id)).exists()


def test_a_library_that_cannot_be_opened_is_said(where: Places) -> None:
    where.database.mkdir(parents=True)
    with Workspace(where, Settings()) as opened, pytest.raises(StorageError):
        _ = opened.library


def test_a_question_in_ones_own_words_is_asked_as_it_is(workspace: Workspace) -> None:
    asked = workspace.question_or_text("Why do you want to work here?")
    recording = begin_answer(workspace, FakeMicrophone(), asked)
    recording.abandon()
    take = workspace.library.take(recording.take.id)
    assert (take.question, take.question_id, take.bank) == (asked.question.text, None, None)


def test_a_mistyped_name_is_no_question(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no question 'conflict-coleague'"):
        workspace.question_or_text("conflict-coleague")
