import json
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from practice.base.errors import NotFoundError, StorageError, UsageError
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot, RecordingFacts, Take, TakeState
from tests.support.clock import FakeClock

ASKED = QuestionSnapshot("conflict", "basics", "Tell me about a conflict.")


def open_library(folder: Path) -> Library:
    return Library(
        folder / "library.db", folder / "recordings", FakeClock(step=timedelta(seconds=1))
    )


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(data_folder: Path) -> Iterator[Library]:
    with open_library(data_folder) as opened:
        yield opened


def make_transcript(*texts: str) -> dict[str, object]:
    """A transcript of these words, half a second each."""
    words = [
        {"text": text, "start_s": n / 2, "end_s": n / 2 + 0.4, "probability": 0.9}
        for n, text in enumerate(texts)
    ]
    return {"status": "ok", "model": "base.en", "words": words}


def make_review(*texts: str, wpm: float | None = 140.0, ok: bool = True) -> dict[str, object]:
    """A review of these words, with the measures that lists show."""
    return {
        "transcription": {"status": "ok", "model": "base.en"},
        "words": make_transcript(*texts)["words"],
        "measures": {
            "words": len(texts),
            "wpm": wpm,
            "fillers": {"certain": 2, "possible": 1, "per_min": 3.5},
            "pauses": {"count": 4, "long": 1, "very_long": 0, "longest_s": 3.2},
        },
        "judgement": {"ok": ok, "reasons": []},
    }


def save_recorded(library: Library, take: Take, interrupted: str | None = None) -> Take:
    audio = library.recordings / f"{take.id}.flac"
    if take.state in {TakeState.RECORDING, TakeState.FAILED}:
        audio.write_bytes(b"fLaC")
    return library.save_recording(
        take.id,
        RecordingFacts(
            audio=audio,
            duration_s=60.0,
            sample_rate_hz=48_000,
            peak_dbfs=-6.0,
            clipped_s=0.5,
            overflows=2,
            device="Built-in",
            interrupted=interrupted,
        ),
    )


def save_reviewed(library: Library, *texts: str, asked: QuestionSnapshot | None = ASKED) -> Take:
    take = save_recorded(library, library.begin_take(asked))
    library.save_transcript(take.id, make_transcript(*texts))
    return library.save_review(take.id, make_review(*texts))


def test_a_take_goes_the_whole_way_and_keeps_what_each_step_found(library: Library) -> None:
    take = library.begin_take(ASKED)
    assert (take.state, take.number, take.question) == ("recording", 1, ASKED.text)
    take = save_recorded(library, take, interrupted="the microphone went away")
    assert (take.state, take.duration_s, take.overflows) == ("recorded", 60.0, 2)
    assert take.interrupted == "the microphone went away"
    take = library.save_transcript(take.id, make_transcript("So", "um"))
    assert (take.state, take.model) == ("transcribed", "base.en")
    take = library.save_review(take.id, make_review("So", "um"))
    assert take.state is TakeState.REVIEWED
    assert library.transcript(take.id) == make_transcript("So", "um")
    assert library.review(take.id) == make_review("So", "um")


def test_the_measures_of_a_review_stand_beside_its_take(library: Library) -> None:
    measures = save_reviewed(library, "So", "um", "yes").measures
    assert measures is not None
    assert (measures.judged, measures.words, measures.wpm) == (True, 3, 140.0)
    assert (measures.fillers_certain, measures.pauses, measures.longest_pause_s) == (2, 4, 3.2)
    assert measures.repetitions is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE take SET recorded_at = 'yesterday'",
        "UPDATE take SET recorded_at = '2026-11-23T14:05:00.000'",
        "UPDATE review SET document = '[]'",
        "PRAGMA foreign_keys = OFF; UPDATE take SET id = '../x'",
    ],
)
def test_a_row_that_makes_no_sense_is_a_storage_error(library: Library, damage: str) -> None:
    save_reviewed(library, "So")
    with closing(sqlite3.connect(library.recordings.parent / "library.db")) as db, db:
        db.executescript(damage)
    with pytest.raises(StorageError, match="is damaged"):
        library.review(library.takes()[0].id)


def test_a_doubtful_review_says_so_in_the_list(library: Library) -> None:
    take = save_reviewed(library, "So")
    library.save_review(take.id, make_review("So", wpm=None, ok=False))
    (listed,) = library.takes()
    assert listed.measures is not None
    assert (listed.measures.judged, listed.measures.wpm) == (False, None)


def test_everything_is_there_after_the_library_was_closed(data_folder: Path) -> None:
    with open_library(data_folder) as library:
        before = save_reviewed(library, "So", "um")
    with open_library(data_folder) as library:
        assert library.take(before.id) == before


def test_a_retake_is_the_next_take_of_the_same_question(library: Library) -> None:
    elsewhere = QuestionSnapshot(ASKED.question_id, "other bank", "Another conflict.")
    numbers = [library.begin_take(asked).number for asked in (ASKED, ASKED, elsewhere, None, ASKED)]
    assert numbers == [1, 2, 1, 1, 3]


def test_an_edited_question_leaves_the_take_as_it_was_asked(library: Library) -> None:
    library.begin_take(ASKED)
    library.begin_take(QuestionSnapshot(ASKED.question_id, ASKED.bank, "Reworded."))
    assert [take.question for take in library.takes()] == ["Reworded.", ASKED.text]


def test_takes_are_listed_newest_first_and_filtered(library: Library) -> None:
    first = save_reviewed(library, "one")
    other = save_reviewed(library, "two", asked=QuestionSnapshot("why", "motives", "Why here?"))
    free = save_reviewed(library, "three", asked=None)
    assert [take.id for take in library.takes()] == [free.id, other.id, first.id]
    assert [take.id for take in library.takes(limit=1)] == [free.id]
    assert [take.id for take in library.takes(bank="motives")] == [other.id]
    assert [take.id for take in library.takes(question_id="conflict")] == [first.id]
    assert library.takes(question_id="conflict", bank="motives") == []
    assert library.takes(state=TakeState.FAILED) == []


@pytest.mark.parametrize(
    "query", ["PLATFORM team", "platform, team", "the plat", "a Conflict.", "straße", "STRASSE"]
)
def test_a_take_is_found_by_words_that_were_said_or_asked(library: Library, query: str) -> None:
    take = save_reviewed(library, "So", "the", "Platform,", "team", "in", "Straße")
    save_reviewed(
        library, "Nothing", "of", "it", asked=QuestionSnapshot("why", "motives", "Why here?")
    )
    assert [found.id for found in library.takes(containing=query)] == [take.id]


@pytest.mark.parametrize("query", ["%", "_latform", "team platform", "conflict so"])
def test_a_search_has_no_wildcards_and_keeps_the_order_of_words(
    library: Library, query: str
) -> None:
    save_reviewed(library, "So", "the", "platform", "team")
    found = library.takes(containing=query)
    assert found == ([] if query != "%" else library.takes())


def test_takes_of_a_session_are_found_and_counted(library: Library) -> None:
    session = library.begin_session("practice", "basics")
    take = library.begin_take(ASKED, session)
    library.begin_take(ASKED)
    library.end_session(session)
    assert [found.id for found in library.takes(session_id=session)] == [take.id]
    (sitting,) = library.sessions()
    assert (sitting.id, sitting.mode, sitting.bank, sitting.takes) == (
        *(session, "practice", "basics", 1),
    )
    assert sitting.ended_at is not None
    assert sitting.ended_at > sitting.began_at


def test_a_session_ends_once(library: Library) -> None:
    session = library.begin_session("interview", None)
    library.end_session(session)
    ended = library.sessions()
    library.end_session(session)
    assert library.sessions() == ended


def test_last_is_the_newest_take_that_is_not_being_recorded(library: Library) -> None:
    save_reviewed(library, "old")
    newest = save_recorded(library, library.begin_take(ASKED))
    library.begin_take(ASKED)
    assert library.take("last").id == newest.id


def test_an_empty_library_has_no_last_take(library: Library) -> None:
    with pytest.raises(NotFoundError, match="no take yet"):
        library.take("last")


@pytest.mark.parametrize(
    "name", ["", "nope", "../../etc/passwd", "a [/x]\x1b]0;x\x07", "%", "\udc80"]
)
def test_an_unknown_take_is_not_found_whatever_it_is_called(library: Library, name: str) -> None:
    save_reviewed(library, "So")
    with pytest.raises(NotFoundError) as caught:
        library.take(name)
    assert "\x1b" not in caught.value.message
    with pytest.raises(NotFoundError):
        library.delete(name)


def test_a_beginning_that_several_takes_share_names_them(library: Library) -> None:
    ids = {library.begin_take(ASKED).id for _ in range(2)}
    with pytest.raises(NotFoundError) as caught:
        library.take("2026")
    assert all(take_id in caught.value.message for take_id in ids)


_IDS = st.lists(
    st.from_regex(r"[ab][ab-]{0,4}", fullmatch=True), min_size=1, max_size=8, unique=True
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ids=_IDS, beginning=st.from_regex(r"[ab][ab-]{0,3}", fullmatch=True))
def test_a_beginning_finds_the_one_take_it_can_mean(
    tmp_path: Path, ids: list[str], beginning: str
) -> None:
    folder = tmp_path / "prefixes"
    with open_library(folder) as library:
        for number, take_id in enumerate(ids):
            library.adopt(take_id, None, datetime(2026, 1, 1, number, tzinfo=UTC))
        meant = [take_id for take_id in ids if take_id.startswith(beginning)]
        if beginning in ids:
            assert library.take(beginning).id == beginning
        elif len(meant) == 1:
            assert library.take(beginning).id == meant[0]
        else:
            with pytest.raises(NotFoundError):
                library.take(beginning)
    shutil.rmtree(folder)


def test_text_from_outside_is_kept_without_terminal_control(library: Library) -> None:
    hostile = "a [/x] [RED] \x1b]0;x\x07 \udc80"
    take = library.begin_take(QuestionSnapshot(hostile, hostile, hostile))
    library.fail(take.id, f"{hostile}\nsecond line")
    (listed,) = library.takes()
    for text in (listed.question, listed.bank, listed.question_id, listed.failure):
        assert text is not None
        assert "[/x] [RED]" in text
        assert not {"\x1b", "\x07", "\udc80", "\n"} & set(text)


def test_a_failure_keeps_the_sound_and_a_retry_forgets_the_failure(library: Library) -> None:
    take = save_recorded(library, library.begin_take(ASKED))
    failed = library.fail(take.id, "the speech worker died")
    assert (failed.state, failed.failure) == ("failed", "the speech worker died")
    assert failed.audio is not None
    assert failed.audio.is_file()
    again = library.save_transcript(take.id, make_transcript("So"))
    assert (again.state, again.failure) == ("transcribed", None)


def test_a_failed_retry_leaves_the_review_and_says_why(library: Library) -> None:
    take = library.fail(save_reviewed(library, "So").id, "the speech worker died")
    assert (take.state, take.failure) == ("reviewed", "the speech worker died")
    assert library.review(take.id) == make_review("So")
    assert library.save_transcript(take.id, make_transcript("So")).failure is None


def test_a_second_transcription_keeps_the_old_review_until_the_new_one(library: Library) -> None:
    take = save_reviewed(library, "old")
    library.save_transcript(take.id, make_transcript("new"))
    assert library.review(take.id) == make_review("old")
    library.save_review(take.id, make_review("new"))
    assert library.review(take.id) == make_review("new")


def test_a_take_is_found_by_what_its_latest_review_says(library: Library) -> None:
    take = save_reviewed(library, "token", "iser")
    library.save_review(take.id, make_review("tokenizer"))
    assert library.takes(containing="tokenizer")
    assert not library.takes(containing="token iser")
    assert library.transcript(take.id) == make_transcript("token", "iser")


def test_unfinished_takes_are_those_a_crash_left(library: Library) -> None:
    save_reviewed(library, "done")
    library.fail(library.begin_take(ASKED).id, "no")
    recorded = save_recorded(library, library.begin_take(ASKED))
    heard = save_recorded(library, library.begin_take(ASKED))
    library.save_transcript(heard.id, make_transcript("So"))
    recording = library.begin_take(ASKED)
    assert [take.id for take in library.unfinished()] == [recorded.id, heard.id, recording.id]


def test_only_a_take_without_sound_is_discarded(library: Library) -> None:
    empty = library.begin_take(ASKED)
    library.discard(empty.id)
    kept = save_recorded(library, library.begin_take(ASKED))
    with pytest.raises(StorageError):
        library.discard(kept.id)
    assert [take.id for take in library.takes()] == [kept.id]


def test_a_found_recording_becomes_a_take_of_its_own_time(library: Library) -> None:
    newer = save_reviewed(library, "So")
    moment = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    found = save_recorded(library, library.adopt("20261101-0930-abc", ASKED, moment))
    assert (found.state, found.recorded_at, found.number) == ("recorded", moment, 2)
    assert [take.id for take in library.takes()] == [newer.id, found.id]


@pytest.mark.parametrize("name", ["../x", "a/b", "", "A b", ".", "x" * 65, "a\n"])
def test_a_name_that_is_no_id_is_not_adopted(library: Library, name: str) -> None:
    with pytest.raises(StorageError):
        library.adopt(name, None, datetime.now(UTC))
    assert library.takes() == []


def test_a_take_that_is_there_is_not_adopted_again(library: Library) -> None:
    take = library.begin_take(ASKED)
    with pytest.raises(StorageError, match="already"):
        library.adopt(take.id, None, datetime.now(UTC))


def test_a_recording_outside_the_folder_is_refused(library: Library, tmp_path: Path) -> None:
    take = library.begin_take(ASKED)
    for outside in (tmp_path / "x.flac", library.recordings / ".." / "x.flac", Path("x.flac")):
        with pytest.raises(StorageError, match="is not in"):
            library.save_recording(
                take.id,
                RecordingFacts(
                    audio=outside,
                    duration_s=1,
                    sample_rate_hz=1,
                    peak_dbfs=0,
                    clipped_s=0,
                    overflows=0,
                    device="",
                ),
            )
    assert library.take(take.id).state is TakeState.RECORDING


def test_the_library_may_be_moved_to_another_folder(data_folder: Path, tmp_path: Path) -> None:
    with open_library(data_folder) as library:
        take = save_reviewed(library, "So")
    moved = tmp_path / "elsewhere"
    data_folder.rename(moved)
    with open_library(moved) as library:
        audio = library.take(take.id).audio
        assert audio == moved / "recordings" / f"{take.id}.flac"
        assert library.check() == []


def read_files_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_deleted_take_leaves_nothing_it_said_on_the_disk(
    library: Library, data_folder: Path
) -> None:
    kept = save_reviewed(library, "hippopotamus")
    gone = save_reviewed(library, *["rhinoceros"] * 3_000)
    library.annotations.note(gone.id, "rhinoceros again")
    (library.recordings / f"{gone.id}.flac.part").write_bytes(b"rhinoceros")
    spool = library.recordings / f"{gone.id}.spool"
    spool.mkdir()
    (spool / "samples.s16").write_bytes(b"rhinoceros")
    (data_folder / "library.db.schema-1.backup").write_bytes(b"rhinoceros")
    assert b"rhinoceros" in read_files_below(data_folder)
    library.delete(gone.id)
    assert b"rhinoceros" not in read_files_below(data_folder)
    assert b"hippopotamus" in read_files_below(data_folder)
    assert [take.id for take in library.takes()] == [kept.id]
    assert library.check() == []


def test_a_replaced_transcript_leaves_nothing_once_its_take_is_deleted(
    library: Library, data_folder: Path
) -> None:
    take = save_reviewed(library, *["rhinoceros"] * 3_000)
    library.save_transcript(take.id, make_transcript("shorter"))
    library.save_review(take.id, make_review("shorter"))
    library.delete(take.id)
    assert b"rhinoceros" not in read_files_below(data_folder)


def test_deleting_the_sound_keeps_what_was_said(library: Library) -> None:
    take = save_reviewed(library, "So")
    assert take.audio is not None
    library.delete_audio(take.id)
    left = library.take(take.id)
    assert (left.audio, left.state) == (None, TakeState.REVIEWED)
    assert not take.audio.exists()
    assert library.review(take.id) == make_review("So")
    assert library.check() == []


def test_deleting_only_the_sound_leaves_the_backups(library: Library, data_folder: Path) -> None:
    backup = data_folder / "library.db.schema-1.backup"
    backup.write_bytes(b"")
    library.delete_audio(save_reviewed(library, "So").id)
    assert backup.exists()


@pytest.mark.parametrize("ending", [".deleted", ".silenced"])
def test_a_deletion_that_was_cut_off_is_finished(library: Library, ending: str) -> None:
    take = save_reviewed(library, "So")
    assert take.audio is not None
    take.audio.rename(take.audio.with_name(take.audio.name + ending))
    library.finish_deletions()
    assert [one.audio for one in library.takes()] == ([None] if ending == ".silenced" else [])
    assert list(library.recordings.iterdir()) == []


def test_a_file_that_only_leads_to_a_recording_is_removed_and_the_recording_stays(
    library: Library, tmp_path: Path
) -> None:
    take = save_reviewed(library, "So")
    assert take.audio is not None
    mine = take.audio.rename(tmp_path / "mine.flac")
    take.audio.symlink_to(mine)
    library.delete(take.id)
    assert mine.read_bytes() == b"fLaC"
    assert list(library.recordings.iterdir()) == []


def test_threads_may_share_a_library(library: Library) -> None:
    with ThreadPoolExecutor(4) as pool:
        takes = list(pool.map(lambda _: library.begin_take(ASKED), range(40)))
    assert sorted(take.number for take in takes) == list(range(1, 41))


def test_a_take_that_is_being_recorded_is_not_deleted(library: Library) -> None:
    take = library.begin_take(ASKED)
    with pytest.raises(StorageError, match="still being recorded"):
        library.delete(take.id)
    with pytest.raises(StorageError, match="still being recorded"):
        library.delete_audio(take.id)
    assert library.take(take.id) == take


def test_deleting_one_take_leaves_the_files_of_a_longer_id(library: Library) -> None:
    short, longer = (
        save_recorded(library, library.adopt(name, None, datetime.now(UTC)))
        for name in ("ab", "ab-c")
    )
    library.delete(short.id)
    assert longer.audio is not None
    assert longer.audio.is_file()


def test_a_take_whose_file_cannot_be_removed_keeps_its_row(library: Library) -> None:
    take = save_reviewed(library, "So")
    assert take.audio is not None
    parent = library.recordings
    parent.rename(parent.with_name("away"))
    with pytest.raises(StorageError):
        library.delete(take.id)
    parent.with_name("away").rename(parent)
    assert library.take(take.id) == take


def test_check_names_what_is_missing_on_either_side(library: Library) -> None:
    lost = save_reviewed(library, "So")
    assert lost.audio is not None
    lost.audio.unlink()
    (library.recordings / "20260101-0000-zzz.flac").write_bytes(b"x")
    spooling = library.begin_take(ASKED)
    (library.recordings / f"{spooling.id}.spool").mkdir()
    problems = library.check()
    assert len(problems) == 2
    assert lost.id in problems[0]
    assert "20260101-0000-zzz.flac" in problems[1]


def test_a_closed_library_says_so_as_a_storage_error(library: Library) -> None:
    library.close()
    library.close()
    with pytest.raises(StorageError):
        library.takes()


def test_the_stored_documents_are_plain_json(library: Library) -> None:
    hostile = make_transcript("</script>", "\x1b[31m", "\udc80", "ünïcödé")
    take = save_recorded(library, library.begin_take(ASKED))
    library.save_transcript(take.id, hostile)
    assert json.dumps(library.transcript(take.id)) == json.dumps(hostile)


class TakeMachine(RuleBasedStateMachine):
    """Takes move as the states allow, and only so, whatever is tried in whatever order."""

    folder: Path

    takes: Bundle[str] = Bundle("takes")

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.library = open_library(self.folder)
        self.states: dict[str, str] = {}

    @rule(target=takes)
    def begin(self) -> str:
        take = self.library.begin_take(ASKED)
        self.states[take.id] = "recording"
        return take.id

    def move(self, take_id: str, new: str, allowed: set[str]) -> None:
        steps = {
            "recorded": lambda: save_recorded(self.library, self.library.take(take_id)),
            "transcribed": lambda: self.library.save_transcript(take_id, make_transcript("So")),
            "reviewed": lambda: self.library.save_review(take_id, make_review("So")),
            "failed": lambda: self.library.fail(take_id, "why"),
        }
        if self.states.get(take_id) in allowed:
            assert steps[new]().state == new
            self.states[take_id] = new
        else:
            with pytest.raises((StorageError, NotFoundError)):
                steps[new]()

    @rule(take_id=takes)
    def record(self, take_id: str) -> None:
        self.move(take_id, "recorded", {"recording", "recorded", "failed"})

    @rule(take_id=takes)
    def transcribe(self, take_id: str) -> None:
        self.move(take_id, "transcribed", {"recorded", "transcribed", "reviewed", "failed"})

    @rule(take_id=takes)
    def save_review(self, take_id: str) -> None:
        heard = take_id in self.states and self.library.transcript(take_id) is not None
        self.move(take_id, "reviewed", {"transcribed", "reviewed", *(["failed"] * heard)})

    @rule(take_id=takes)
    def fail(self, take_id: str) -> None:
        if self.states.get(take_id) == "reviewed":
            assert self.library.fail(take_id, "why").state == "reviewed"
        else:
            self.move(take_id, "failed", {"recording", "recorded", "transcribed", "failed"})

    @rule(take_id=takes)
    def delete(self, take_id: str) -> None:
        if self.states.get(take_id, "recording") == "recording":
            with pytest.raises((StorageError, NotFoundError)):
                self.library.delete(take_id)
        else:
            self.library.delete(take_id)
            del self.states[take_id]

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = open_library(self.folder)

    @invariant()
    def what_is_kept_is_what_was_done(self) -> None:
        assert {take.id: take.state.value for take in self.library.takes()} == self.states
        assert self.library.check() == []

    def teardown(self) -> None:
        self.library.close()


def test_takes_move_only_as_their_states_allow(tmp_path: Path) -> None:
    class Machine(TakeMachine):
        folder = tmp_path / "machine"

    run_state_machine_as_test(
        Machine, settings=settings(max_examples=15, stateful_step_count=20, deadline=None)
    )


def test_takes_without_a_question_are_counted_by_what_they_are_called(library: Library) -> None:
    takes = [library.begin_take(None) for _ in range(3)]
    assert [take.number for take in takes] == [1, 2, 3]


def test_a_take_moves_to_another_question_as_its_next_take(library: Library) -> None:
    there = library.begin_take(ASKED)
    take = save_reviewed(library, "one")
    other = QuestionSnapshot("failure", "mine", "Tell me about a failure.")
    moved = library.move(take.id, other)
    assert (moved.question_id, moved.bank, moved.question) == ("failure", "mine", other.text)
    assert moved.number == 1
    assert library.move(take.id, ASKED).number == there.number + 1
    assert library.move(take.id, ASKED).number == there.number + 1
    assert [found.id for found in library.takes(containing="failure")] == []
    library.move(take.id, other)
    assert [found.id for found in library.takes(containing="about a failure")] == [take.id]
    with pytest.raises(StorageError, match="still being recorded"):
        library.move(there.id, other)


def test_only_a_take_without_a_question_gets_a_title(library: Library) -> None:
    answered = save_reviewed(library, "one")
    with pytest.raises(UsageError, match="answers a question"):
        library.rename(answered.id, "Panel")
