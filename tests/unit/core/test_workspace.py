"""One take from question to review, with a file as the microphone and the demo model."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
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
from practice.core.workspace import Interview, Served
from practice.documents.review import ReviewDocument, parse
from practice.library.takes import TakeState, sound_of
from practice.questions.model import Question
from practice.speech.transcription import Progress
from tests.support.fake_microphone import TellingMicrophone

QUESTION = Question(
    id="team",
    text="Tell me about a team.",
    key_points=("worked in a small team",),
    terms=("team", "kubernetes"),
)
SERVED = Served("mine", QUESTION)
SHORT_FRAMES = 220_500
"""Ten seconds of the sample answer."""


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def where(home: Path) -> Places:
    return places()


@pytest.fixture
def interview(where: Places, clock: SetClock) -> Iterator[Interview]:
    with Interview(where, Settings(model="demo"), clock) as opened:
        yield opened


@pytest.fixture
def without_model(where: Places) -> Iterator[Interview]:
    with Interview(where, Settings(model="base.en")) as opened:
        yield opened


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first ten seconds of the sample answer."""
    path = tmp_path_factory.mktemp("answer") / "answer.wav"
    samples, rate_hz = soundfile.read(demo.SAMPLE_ANSWER, frames=SHORT_FRAMES)
    soundfile.write(path, samples, rate_hz)
    return path


class RefusingMicrophone(TellingMicrophone):
    """A microphone that cannot be opened."""

    def start(self, sink: object) -> None:
        raise AudioError("cannot open the microphone", "close other programs")


def words(document: ReviewDocument) -> str:
    return " ".join(word.text for word in document.words)


def test_an_answer_goes_from_the_microphone_to_its_review(
    interview: Interview, answer: Path
) -> None:
    recording = interview.begin(FileSource(answer), SERVED)
    assert interview.library.take(recording.take.id).state is TakeState.RECORDING
    recording.recorder.wait(30)
    take = recording.finish()
    assert take.state is TakeState.RECORDED
    assert soundfile.info(sound_of(take)).frames == SHORT_FRAMES
    reviewed = interview.review(take.id, following=recording.following)
    assert "small team" in words(reviewed)
    assert reviewed.take is not None
    assert reviewed.take.question == QUESTION.text
    assert interview.library.take(take.id).state is TakeState.REVIEWED
    kept = interview.library.review(take.id)
    assert kept is not None
    assert parse(kept) == reviewed


def test_after_five_takes_the_review_says_where_the_pace_lies_in_the_users_own_band(
    interview: Interview, clock: SetClock, answer: Path
) -> None:
    for _ in range(5):
        take = interview.add(answer)
        first = interview.review(take.id)
        assert first.usual == ()
        clock.moment += timedelta(hours=1)
    reviewed = interview.review(interview.add(answer).id)
    assert [usual.key for usual in reviewed.usual] == ["wpm", "speaking_wpm"]
    assert all(usual.low == usual.high and usual.place == "in" for usual in reviewed.usual)
    assert all(getattr(first.measures, usual.key) == usual.low for usual in reviewed.usual)


def test_followed_or_heard_afterwards_the_review_is_the_same(
    interview: Interview, answer: Path
) -> None:
    recording = interview.begin(FileSource(answer))
    recording.recorder.wait(30)
    take = recording.finish()
    followed = interview.review(take.id, following=recording.following)
    afterwards = interview.review(take.id)
    assert afterwards.words == followed.words
    assert afterwards.findings == followed.findings
    assert afterwards.measures == followed.measures


def test_words_known_so_far_lie_beside_the_recording_until_there_is_a_review(
    interview: Interview, where: Places, answer: Path
) -> None:
    take = interview.add(answer)
    heard = where.recordings / f"{take.id}.heard"
    lay_there: list[bool] = []
    interview.review(take.id, progress=lambda _: lay_there.append(heard.exists()))
    assert lay_there[-1]
    assert not heard.exists()


def test_a_review_that_was_broken_off_goes_on_where_it_was(
    interview: Interview, where: Places, answer: Path
) -> None:
    take = interview.add(answer)
    heard = where.recordings / f"{take.id}.heard"

    def close_after_a_segment(progress: Progress) -> None:
        if progress.real_time_factor is not None:
            interview.close()

    with pytest.raises(TranscriptionError):
        interview.review(take.id, progress=close_after_a_segment)
    heard.write_text(heard.read_text().replace('"text":"', '"text":"known-'))
    with Interview(where, Settings(model="demo")) as later:
        assert later.library.check() == []
        assert "known-" in words(later.review(take.id))


def test_a_deleted_take_takes_what_was_heard_of_it_along(
    interview: Interview, where: Places, answer: Path
) -> None:
    recording = interview.begin(FileSource(answer))
    recording.recorder.wait(30)
    take = recording.finish()
    interview.library.delete(take.id)
    with pytest.raises(NotFoundError):
        interview.review(take.id, following=recording.following)
    assert list(where.recordings.iterdir()) == []


def test_a_review_that_cannot_be_kept_leaves_nobody_at_work(
    interview: Interview, answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("the disk is full")

    before = set(threading.enumerate())
    recording = interview.begin(FileSource(answer), SERVED)
    recording.recorder.wait(30)
    take = recording.finish()
    monkeypatch.setattr(interview.library, "keep_transcript", refuse)
    with pytest.raises(StorageError):
        interview.review(take.id, following=recording.following)
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert "measuring" not in left
    assert "encoder" not in left


def test_a_microphone_that_cannot_be_opened_leaves_no_take(
    interview: Interview, where: Places
) -> None:
    with pytest.raises(AudioError):
        interview.begin(RefusingMicrophone())
    assert interview.library.takes() == []
    assert list(where.recordings.iterdir()) == []


def test_an_answer_without_one_sample_leaves_no_take(interview: Interview, where: Places) -> None:
    recording = interview.begin(TellingMicrophone())
    with pytest.raises(AudioError):
        recording.finish()
    assert interview.library.takes() == []
    assert list(where.recordings.iterdir()) == []


def test_what_cannot_be_followed_is_recorded_and_heard_from_its_file(
    where: Places, answer: Path
) -> None:
    with Interview(where, Settings(model="demo")) as interview:
        interview.worker.close()
        recording = interview.begin(FileSource(answer))
        recording.recorder.wait(30)
        take = recording.finish()
        assert recording.following is None
        assert take.state is TakeState.RECORDED
    with Interview(where, Settings(model="demo")) as interview:
        assert "small team" in words(interview.review(take.id))


def test_without_a_model_the_sound_alone_is_reviewed_and_a_retry_adds_the_words(
    where: Places, without_model: Interview, answer: Path
) -> None:
    take = without_model.add(answer)
    reviewed = without_model.review(take.id)
    assert reviewed.transcription.status == "no_model"
    assert reviewed.words == ()
    assert reviewed.measures.words is None
    assert reviewed.measures.pauses.count
    assert without_model.library.take(take.id).model is None
    with Interview(where, Settings(model="base.en"), model="demo") as again:
        assert "small team" in words(again.review(take.id))
        assert again.library.take(take.id).model == "demo"


def test_a_model_that_does_not_know_the_language_fails_the_take_and_keeps_its_sound(
    where: Places, answer: Path
) -> None:
    with Interview(where, Settings(model="demo", language="de")) as interview:
        take = interview.add(answer)
        with pytest.raises(ModelError):
            interview.review(take.id)
        failed = interview.library.take(take.id)
        assert failed.state is TakeState.FAILED
        assert failed.failure
        assert sound_of(failed).exists()


def test_a_review_that_the_end_of_the_program_cuts_off_is_no_failure(
    interview: Interview, where: Places, answer: Path
) -> None:
    take = interview.add(answer)
    with pytest.raises(TranscriptionError):
        interview.review(take.id, progress=lambda _: interview.close())
    with Interview(where, Settings(model="demo")) as later:
        assert later.library.take(take.id).state is TakeState.RECORDED
        assert [waiting.id for waiting in later.waiting()] == [take.id]


def test_a_word_list_with_an_error_keeps_the_words_for_later(
    interview: Interview, where: Places, answer: Path
) -> None:
    take = interview.add(answer)
    where.config.mkdir(parents=True)
    where.lexicon.write_text("[en\n")
    with pytest.raises(SettingsError, match="lexicon"):
        interview.review(take.id)
    assert interview.library.take(take.id).state is TakeState.TRANSCRIBED
    where.lexicon.unlink()
    interview.review(take.id)
    assert interview.library.take(take.id).state is TakeState.REVIEWED


def test_the_question_is_looked_up_as_its_bank_has_it_now(
    interview: Interview, where: Places, answer: Path
) -> None:
    where.banks.mkdir(parents=True)
    bank = where.banks / "mine.yaml"
    bank.write_text("title: Mine\nquestions:\n- id: team\n  text: A team.\n  terms: [team]\n")
    take = interview.add(answer, interview.serve("mine/team"))
    (term,) = interview.review(take.id).coverage.terms
    assert (term.text, term.said) == ("team", True)
    bank.unlink()
    assert interview.review(take.id).coverage.terms == ()


def test_a_file_that_is_analyzed_leaves_nothing(
    interview: Interview, where: Places, answer: Path
) -> None:
    reviewed = interview.analyze(answer)
    assert reviewed.take is None
    assert reviewed.source.path == str(answer)
    assert interview.library.takes() == []
    assert list(where.recordings.iterdir()) == []


def test_words_of_another_recogniser_take_the_place_of_ours(
    interview: Interview, answer: Path
) -> None:
    said = [Word("um", 1.0, 1.3), Word("hello", 1.5, 1.9)]
    reviewed = interview.analyze(answer, words=said)
    assert words(reviewed) == "um hello"
    assert reviewed.transcription.model is None


def test_words_alone_are_reviewed_without_pauses(interview: Interview) -> None:
    reviewed = interview.analyze_words([Word("um", 1.0, 1.3), Word("hello", 1.5, 1.9)])
    assert [finding.label for finding in reviewed.findings] == ["um"]
    assert reviewed.measures.pauses.count is None


def test_a_file_without_sound_leaves_no_take(interview: Interview, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a sound")
    with pytest.raises(UnreadableAudioError):
        interview.add(file)
    assert interview.library.takes() == []


def test_a_recording_that_a_crash_left_is_a_take_at_the_next_start(
    interview: Interview, where: Places
) -> None:
    microphone = TellingMicrophone()
    recording = interview.begin(microphone, SERVED)
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
    (found,) = interview.recover()
    assert (found.take_id, found.question) == (recording.take.id, QUESTION.text)
    assert interview.library.take(found.take_id).state is TakeState.RECORDED


def test_a_take_under_way_cannot_be_heard_yet(interview: Interview) -> None:
    recording = interview.begin(TellingMicrophone())
    with pytest.raises(NotFoundError, match="still being recorded"):
        interview.review(recording.take.id)
    with pytest.raises(AudioError):
        recording.finish()


def test_sound_that_was_deleted_cannot_be_heard_again(interview: Interview, answer: Path) -> None:
    take = interview.add(answer)
    interview.library.delete_audio(take.id)
    with pytest.raises(NotFoundError, match="no recording"):
        interview.review(take.id)


def test_only_reviewed_sound_older_than_the_setting_is_deleted(
    interview: Interview, clock: SetClock, answer: Path
) -> None:
    old, unheard = interview.add(answer), interview.add(answer)
    interview.review(old.id)
    interview.use(Settings(model="demo", keep_audio_days=7))
    clock.moment += timedelta(days=6)
    assert interview.expire() == []
    clock.moment += timedelta(days=2)
    assert [take.id for take in interview.expire()] == [old.id]
    assert interview.library.take(old.id).audio is None
    assert sound_of(interview.library.take(unheard.id)).exists()


def test_a_library_that_cannot_be_opened_is_said(where: Places) -> None:
    where.database.mkdir(parents=True)
    with pytest.raises(StorageError):
        Interview(where, Settings())
