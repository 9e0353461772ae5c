import itertools
import json
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.audio.spool import (
    UNKNOWN_SAMPLE_RATE_HZ,
    Spool,
    SpoolHeader,
    SpoolInUseError,
    discard_orphan,
    find_orphans,
    recover_orphan,
)
from practice.base.errors import StorageError

HEADER = SpoolHeader("take-1", "q1", "2026-01-01T00:00:00.000Z", 16_000, "a microphone")


def write_orphan(recordings: Path, data: bytes, header: SpoolHeader = HEADER) -> Path:
    """An orphan: a spool that was written and let go."""
    spool = Spool.create(recordings, header)
    spool.append(data)
    spool.close()
    return spool.path


def make_noise(samples: int) -> bytes:
    return np.random.default_rng(1).integers(-9000, 9000, samples).astype("<i2").tobytes()


@settings(max_examples=40)  # each one waits for the disk
@given(st.binary(min_size=2, max_size=3000), st.lists(st.integers(0, 3000), max_size=8))
def test_however_the_samples_are_cut_into_blocks_the_recording_is_the_same(
    data: bytes, cuts: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        recordings = Path(folder)
        spool = Spool.create(recordings, HEADER)
        edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
        for start, end in itertools.pairwise(edges):
            spool.append(data[start:end])
        spool.close()
        recording = recover_orphan(find_orphans(recordings)[0])
        heard, _ = soundfile.read(recording.path, dtype="int16")
    assert heard.astype("<i2").tobytes() == data[: len(data) // 2 * 2]


def test_the_header_is_there_before_the_first_sample(tmp_path: Path) -> None:
    spool = Spool.create(tmp_path, HEADER)
    facts = json.loads((spool.path / "header.json").read_text())
    spool.close()
    assert facts["question_id"] == "q1"
    assert facts["sample_rate_hz"] == 16_000


def test_a_spool_is_private(tmp_path: Path) -> None:
    path = write_orphan(tmp_path / "recordings", make_noise(10))
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.iterdir()} == {0o600}


def test_a_take_has_one_spool(tmp_path: Path) -> None:
    write_orphan(tmp_path, make_noise(10))
    with pytest.raises(StorageError, match="File exists"):
        Spool.create(tmp_path, HEADER)


def test_a_spool_that_is_written_to_is_no_orphan(tmp_path: Path) -> None:
    spool = Spool.create(tmp_path, HEADER)
    spool.append(make_noise(10))
    assert find_orphans(tmp_path) == []
    spool.close()
    assert [orphan.take_id for orphan in find_orphans(tmp_path)] == ["take-1"]


def test_no_folder_holds_no_orphans(tmp_path: Path) -> None:
    assert find_orphans(tmp_path / "absent") == []


def test_a_kept_orphan_is_a_private_flac_that_says_it_was_cut_off(tmp_path: Path) -> None:
    write_orphan(tmp_path, make_noise(32_000))
    (orphan,) = find_orphans(tmp_path)
    recording = recover_orphan(orphan)
    assert orphan.duration_s == recording.duration_s == 2.0
    assert recording.path == tmp_path / "take-1.flac"
    assert recording.device == "a microphone"
    assert recording.interrupted == "this recording was cut off; the end may be missing"
    assert stat.S_IMODE(recording.path.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["take-1.flac"]


@pytest.mark.parametrize("header", [b"", b'{"take_id": "take-1", "ques', b"[]", b"\xff\xfe", None])
def test_an_unreadable_header_costs_no_sample(tmp_path: Path, header: bytes | None) -> None:
    path = write_orphan(tmp_path, make_noise(UNKNOWN_SAMPLE_RATE_HZ))
    (path / "header.json").unlink()
    if header is not None:
        (path / "header.json").write_bytes(header)
    (orphan,) = find_orphans(tmp_path)
    assert orphan.header is None
    recording = recover_orphan(orphan)
    assert recording.duration_s == 1.0
    assert recording.path.name == "take-1.flac"


def test_a_header_whose_rate_makes_no_sense_counts_as_unreadable(tmp_path: Path) -> None:
    path = write_orphan(tmp_path, make_noise(10))
    header = json.loads((path / "header.json").read_text()) | {"sample_rate_hz": 0}
    (path / "header.json").write_text(json.dumps(header))
    assert find_orphans(tmp_path)[0].header is None


def test_a_spool_without_a_sample_is_reported_and_can_be_discarded(tmp_path: Path) -> None:
    write_orphan(tmp_path, b"")
    (orphan,) = find_orphans(tmp_path)
    assert orphan.duration_s == 0.0
    with pytest.raises(StorageError, match="holds no sound"):
        recover_orphan(orphan)
    discard_orphan(orphan)
    assert list(tmp_path.iterdir()) == []


def test_overflows_noted_before_a_crash_are_counted_after_it(tmp_path: Path) -> None:
    spool = Spool.create(tmp_path, HEADER)
    spool.append(make_noise(10))
    spool.note("overflow")
    spool.note("pause")
    spool.note("overflow")
    spool.close()
    with (spool.path / "events.jsonl").open("a") as events:
        events.write('{"event": "overfl')
    assert recover_orphan(find_orphans(tmp_path)[0]).overflows == 2


def test_two_starts_do_not_keep_the_same_orphan(tmp_path: Path) -> None:
    spool = Spool.create(tmp_path, HEADER)
    spool.append(make_noise(10))
    spool.close()
    (orphan,) = find_orphans(tmp_path)
    recover_orphan(orphan)
    with pytest.raises(SpoolInUseError):
        recover_orphan(orphan)


def test_a_removal_that_was_cut_off_is_finished_and_the_recording_stays(tmp_path: Path) -> None:
    path = write_orphan(tmp_path, make_noise(10))
    recording = recover_orphan(find_orphans(tmp_path)[0])
    path.mkdir()
    (path / "header.json").write_text("{}")
    assert find_orphans(tmp_path) == []
    assert list(tmp_path.iterdir()) == [recording.path]


def test_an_encoding_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    write_orphan(tmp_path, make_noise(100))
    (tmp_path / "take-1.flac.part").write_bytes(b"half")
    (tmp_path / "take-1.flac").write_bytes(b"older")
    assert recover_orphan(find_orphans(tmp_path)[0]).duration_s == 100 / 16_000
    assert [path.name for path in tmp_path.iterdir()] == ["take-1.flac"]
