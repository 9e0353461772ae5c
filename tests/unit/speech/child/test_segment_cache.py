from pathlib import Path

import pytest

from practice.base.words import Word
from practice.speech.child.recognition import Recognition
from practice.speech.child.segment_cache import HopRange, SegmentCache

HOPS = (3, 90)
WORDS = [Word("so", 0.1, 0.4, 0.9), Word("we", 0.5, 0.6, None, space_before=True)]
RECOGNITION = Recognition(WORDS, {"en": 0.9, "de": 0.05})
WHO = "base.en, English"


class CountingRecogniser:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> Recognition:
        self.asked += 1
        return RECOGNITION


@pytest.fixture
def segment_file(tmp_path: Path) -> Path:
    """Holds the words of `HOPS`."""
    path = tmp_path / "take.heard"
    cache = SegmentCache(path, WHO)
    cache.recognition(HOPS, CountingRecogniser())
    cache.close()
    return path


def count_asked(file: Path, who: str = WHO, hops: HopRange = HOPS) -> int:
    recogniser, cache = CountingRecogniser(), SegmentCache(file, who)
    assert cache.recognition(hops, recogniser) == RECOGNITION
    cache.close()
    return recogniser.asked


def test_what_is_recognised_outlives_the_recogniser(segment_file: Path) -> None:
    assert count_asked(segment_file) == 0


def test_words_kept_before_languages_were_told_are_known(segment_file: Path) -> None:
    cut_out = b',"languages":{"en":0.9,"de":0.05}'
    kept = segment_file.read_bytes()
    assert cut_out in kept
    segment_file.write_bytes(kept.replace(cut_out, b""))
    recogniser, cache = CountingRecogniser(), SegmentCache(segment_file, WHO)
    assert cache.recognition(HOPS, recogniser) == Recognition(WORDS)
    cache.close()
    assert recogniser.asked == 0


def test_another_stretch_is_recognised(segment_file: Path) -> None:
    assert count_asked(segment_file, hops=(3, 91)) == 1


def test_another_model_begins_anew(segment_file: Path) -> None:
    assert count_asked(segment_file, "small.en, English") == 1
    assert count_asked(segment_file, WHO) == 1


@pytest.mark.parametrize("kept_bytes", range(0, 400, 13))
def test_a_file_that_was_cut_off_anywhere_is_gone_on_with(
    segment_file: Path, kept_bytes: int
) -> None:
    segment_file.write_bytes(segment_file.read_bytes()[:kept_bytes])
    count_asked(segment_file)
    assert count_asked(segment_file) == 0


@pytest.mark.parametrize("garbage", [b"\x00\xff\n", b'{"span":[1],"words":[]}\n', b"[" * 9999])
def test_a_file_with_other_things_in_it_is_no_error(segment_file: Path, garbage: bytes) -> None:
    segment_file.write_bytes(segment_file.read_bytes() + garbage)
    assert count_asked(segment_file) == 0


def test_where_nothing_can_be_kept_words_are_recognised_all_the_same(tmp_path: Path) -> None:
    assert count_asked(tmp_path / "missing" / "take.heard") == 1


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "mine.txt"
    target.write_text("mine")
    (tmp_path / "take.heard").symlink_to(target)
    assert count_asked(tmp_path / "take.heard") == 1
    assert target.read_text() == "mine"


def test_only_the_user_can_read_it(segment_file: Path) -> None:
    assert segment_file.stat().st_mode & 0o777 == 0o600


def test_what_was_deleted_meanwhile_does_not_come_back(segment_file: Path) -> None:
    cache = SegmentCache(segment_file, WHO)
    segment_file.unlink()
    cache.recognition((200, 300), CountingRecogniser())
    assert not segment_file.exists()
