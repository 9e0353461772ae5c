from datetime import UTC, datetime
from typing import Any

import pytest

from practice.library.takes import Take, TakeMeasures, TakeState
from practice.tui.presentation.formatting import outcome


def make_reviewed(**known: float | bool | str | None) -> Take:
    numbers: dict[str, Any] = dict.fromkeys(TakeMeasures.__dataclass_fields__)
    values: dict[str, Any] = dict.fromkeys(Take.__dataclass_fields__)
    values |= {"id": "t1", "number": 1, "state": TakeState.REVIEWED, "notes": "", "starred": False}
    values["recorded_at"] = datetime(2026, 11, 23, tzinfo=UTC)
    values["measures"] = TakeMeasures(**(numbers | {"judged": False} | known))
    return Take(**values)


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"wpm": 126.0, "doubt": "too noisy for pauses: 3 dB"}, "too noisy for pauses · 126 wpm"),
        ({"pauses": 1, "fillers_certain": 0, "doubt": "too short"}, "too short"),
        ({"fillers_certain": 2, "doubt": "too short"}, "too short · about 2 fillers"),
        ({}, "some numbers are missing"),
        ({"judged": True, "words": 90, "wpm": 126.0, "pauses": 2}, "126 wpm"),
        ({"judged": True, "fillers_certain": 9, "wpm": 142.0}, "about 9 fillers · 142 wpm"),
        ({"judged": True, "fillers_certain": 1}, "1 filler"),
        ({"judged": True, "fillers_certain": 0}, "no clear fillers"),
        ({"judged": True, "wpm": 345.2, "language": "ja"}, "345 cpm"),
    ],
)
def test_a_line_tells_why_a_number_is_missing_and_what_is_known(
    known: dict[str, float | bool | str], line: str
) -> None:
    assert outcome(make_reviewed(**known)) == line
