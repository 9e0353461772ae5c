from datetime import UTC, datetime
from typing import Any

import pytest

from practice.library.takes import Take, TakeMeasures, TakeState
from practice.tui.presentation.formatting import outcome


def make_reviewed(**known: float | bool | None) -> Take:
    numbers: dict[str, Any] = dict.fromkeys(TakeMeasures.__dataclass_fields__)
    values: dict[str, Any] = dict.fromkeys(Take.__dataclass_fields__)
    values |= {"id": "t1", "number": 1, "state": TakeState.REVIEWED, "notes": "", "starred": False}
    values["recorded_at"] = datetime(2026, 11, 23, tzinfo=UTC)
    values["measures"] = TakeMeasures(**(numbers | {"judged": False} | known))
    return Take(**values)


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"wpm": 126.0, "doubt": "too noisy for pauses: 3 dB"}, "too noisy for pauses   126 wpm"),
        ({"pauses": 1, "fillers_certain": 0, "doubt": "too short"}, "too short"),
        ({"fillers_certain": 2, "doubt": "too short"}, "too short   2 fillers"),
        ({}, "some numbers are missing"),
        ({"judged": True, "words": 90, "wpm": 126.0, "pauses": 2}, "126 wpm"),
    ],
)
def test_a_line_tells_why_a_number_is_missing_and_what_is_known(
    known: dict[str, float | bool], line: str
) -> None:
    assert outcome(make_reviewed(**known)) == line
