"""What crashes leave behind, made with real spools and found by a real library."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from practice.audio.spool import Spool, SpoolHeader
from practice.base.errors import PracticeError, StorageError
from practice.core.recovery import SETTLING, recover_recordings
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot, TakeState
from tests.support.clock import FakeClock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RATE_HZ = 16_000
SECOND = np.full(RATE_HZ, 1000, "<i2").tobytes()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def library(home: Path, clock: FakeClock) -> Iterator[Library]:
    with Library(home / "library.db", home / "recordings", clock) as opened:
        yield opened


def crash(library: Library, take_id: str, samples: bytes = SECOND, **facts: object) -> Path:
    """Leave the spool of a recording that was killed; `count_facts` change its header."""
    header = SpoolHeader(take_id, None, "2026-11-23T08:00:00.000Z", RATE_HZ, "Test")
    spool = Spool.create(library.recordings, header)
    spool.append(samples)
    spool.close()
    if facts:
        path = spool.path / "header.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | facts))
    return spool.path


def write_flac(path: Path) -> None:
    soundfile.write(path, np.frombuffer(SECOND, "<i2"), RATE_HZ)


def age(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_killed_recording_becomes_the_take_that_was_begun(
    library: Library, clock: FakeClock
) -> None:
    take = library.begin_take(QuestionSnapshot("conflict", "basics", "Tell me about a conflict."))
    crash(library, take.id)
    (found,) = recover_recordings(library, library.recordings, clock)
    assert (found.take_id, found.duration_s) == (take.id, 1.0)
    assert found.question == "Tell me about a conflict."
    kept = library.take(take.id)
    assert kept.state is TakeState.RECORDED
    assert kept.interrupted
    assert kept.audio is not None
    assert soundfile.info(kept.audio).frames == RATE_HZ


def test_a_spool_without_a_row_is_adopted_at_the_time_it_began(
    library: Library, clock: FakeClock
) -> None:
    crash(library, "20261123-0800-abc")
    recover_recordings(library, library.recordings, clock)
    assert library.take("20261123-0800-abc").recorded_at == NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    "damage", [{"started_at": "yesterday"}, {"sample_rate_hz": 10**9}, {"device": 7}]
)
def test_a_damaged_header_costs_no_sound(
    library: Library, clock: FakeClock, damage: dict[str, object]
) -> None:
    crash(library, "20261123-0800-abc", SECOND, **damage)
    assert len(recover_recordings(library, library.recordings, clock)) == 1
    audio = library.take("20261123-0800-abc").audio
    assert audio is not None
    assert soundfile.info(audio).frames == RATE_HZ


def test_one_that_cannot_be_recovered_is_told_and_the_others_are_takes(
    library: Library, clock: FakeClock
) -> None:
    strange = crash(library, "not an id")
    crash(library, "20261123-0800-abc")
    told: list[PracticeError] = []
    (found,) = recover_recordings(library, library.recordings, clock, told.append)
    assert found.take_id == "20261123-0800-abc"
    assert "not an id" in told[0].message
    assert (strange / "samples.s16").read_bytes() == SECOND


def test_untold_trouble_is_raised_once_the_others_are_takes(
    library: Library, clock: FakeClock
) -> None:
    crash(library, "not an id")
    crash(library, "zzz")
    with pytest.raises(StorageError, match="not an id"):
        recover_recordings(library, library.recordings, clock)
    assert library.take("zzz").state is TakeState.RECORDED


def test_a_spool_that_comes_back_after_its_take_is_kept_is_removed(
    library: Library, clock: FakeClock
) -> None:
    take = library.begin_take(None)
    crash(library, take.id)
    recover_recordings(library, library.recordings, clock)
    again = crash(library, take.id)
    assert recover_recordings(library, library.recordings, clock) == []
    assert not again.exists()
    assert library.take(take.id).audio is not None


def test_a_spool_without_a_sample_leaves_nothing(library: Library, clock: FakeClock) -> None:
    take = library.begin_take(None)
    spool = crash(library, take.id, b"")
    assert recover_recordings(library, library.recordings, clock) == []
    assert library.takes() == []
    assert not spool.exists()


def test_a_recording_under_way_is_left_alone(library: Library, clock: FakeClock) -> None:
    take = library.begin_take(None)
    header = SpoolHeader(take.id, None, "2026-11-23T08:00:00.000Z", RATE_HZ, "Test")
    spool = Spool.create(library.recordings, header)
    clock.advance(timedelta(hours=1))
    assert recover_recordings(library, library.recordings, clock) == []
    assert library.take(take.id).state is TakeState.RECORDING
    spool.close()


def test_a_file_that_was_finished_but_not_noted_is_kept(library: Library, clock: FakeClock) -> None:
    take = library.begin_take(None)
    write_flac(library.recordings / f"{take.id}.flac")
    assert recover_recordings(library, library.recordings, clock) == []
    clock.advance(SETTLING * 2)
    (found,) = recover_recordings(library, library.recordings, clock)
    assert found.duration_s == 1.0


@pytest.mark.fault("clock set back")
def test_a_row_of_a_kill_before_the_clock_was_set_back_is_settled(
    library: Library, clock: FakeClock
) -> None:
    lost, kept = library.begin_take(None), library.begin_take(None)
    write_flac(library.recordings / f"{kept.id}.flac")
    clock.advance(-timedelta(days=400))
    (found,) = recover_recordings(library, library.recordings, clock)
    assert found.take_id == kept.id
    assert lost.id not in {take.id for take in library.takes()}


def test_a_finished_file_that_cannot_be_read_is_told_once(
    library: Library, clock: FakeClock
) -> None:
    take = library.begin_take(None)
    (library.recordings / f"{take.id}.flac").write_bytes(b"no sound")
    clock.advance(SETTLING * 2)
    told: list[PracticeError] = []
    recover_recordings(library, library.recordings, clock, told.append)
    recover_recordings(library, library.recordings, clock, told.append)
    assert len(told) == 1
    assert library.take(take.id).state is TakeState.FAILED


def test_a_long_import_elsewhere_is_left_alone(library: Library, clock: FakeClock) -> None:
    take = library.begin_take(None)
    part = library.recordings / f"{take.id}.flac.part"
    part.write_bytes(b"half")
    clock.advance(timedelta(hours=1))
    age(part, clock.now() - SETTLING / 2)
    assert recover_recordings(library, library.recordings, clock) == []
    assert library.take(take.id).state is TakeState.RECORDING


def test_what_a_killed_import_wrote_is_removed(library: Library, clock: FakeClock) -> None:
    take = library.begin_take(None)
    part = library.recordings / f"{take.id}.flac.part"
    part.write_bytes(b"half")
    clock.advance(timedelta(hours=1))
    age(part, clock.now() - SETTLING * 2)
    recover_recordings(library, library.recordings, clock)
    assert library.takes() == []
    assert list(library.recordings.iterdir()) == []


def test_a_spool_named_like_the_beginning_of_a_take_is_a_take_of_its_own(
    library: Library, clock: FakeClock
) -> None:
    crash(library, "20261123-0800-abc")
    recover_recordings(library, library.recordings, clock)
    crash(library, "20261123")
    (found,) = recover_recordings(library, library.recordings, clock)
    assert found.take_id == "20261123"
    assert len(library.takes()) == 2
