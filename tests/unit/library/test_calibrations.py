from pathlib import Path

import pytest

from practice.base.clock import SystemClock
from practice.library.calibrations import SpeechSetup
from practice.library.library import Library


def test_the_last_check_of_a_set_up_is_kept_beside_those_of_others(tmp_path: Path) -> None:
    database, recordings = tmp_path / "library.db", tmp_path / "recordings"
    with Library(database, recordings, SystemClock()) as library:
        library.calibrations.save(SpeechSetup("Headset", "base.en", "en"), {"caught": 7})
        library.calibrations.save(SpeechSetup("Headset", "base.en", "en"), {"caught": 8})
        library.calibrations.save(SpeechSetup("Studio", "base.en", "en"), {"caught": 9})
    with Library(database, recordings, SystemClock()) as library:
        assert library.calibrations.last(SpeechSetup("Headset", "base.en", "en")) == {"caught": 8}
        assert library.calibrations.last(SpeechSetup("Studio", "base.en", "en")) == {"caught": 9}


@pytest.mark.parametrize(
    "other", [("Studio", "base.en", "en"), ("Headset", "small", "en"), ("Headset", "base.en", "de")]
)
def test_another_set_up_was_not_checked(tmp_path: Path, other: tuple[str, str, str]) -> None:
    with Library(tmp_path / "library.db", tmp_path / "recordings", SystemClock()) as library:
        library.calibrations.save(SpeechSetup("Headset", "base.en", "en"), {"caught": 7})
        assert library.calibrations.last(SpeechSetup(*other)) is None
