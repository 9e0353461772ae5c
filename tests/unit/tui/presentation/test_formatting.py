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
        ({"words": 90, "wpm": 126.0}, "126 wpm   pauses not measured"),
        ({"words": 9, "pauses": 1, "fillers_certain": 0}, "0 fillers   too short for rates"),
        ({"pauses": 3}, "words not clear"),
        ({}, "nothing measured"),
        ({"judged": True, "words": 90, "wpm": 126.0, "pauses": 2}, "126 wpm"),
    ],
)
def test_a_line_tells_what_is_known_and_then_what_is_missing(
    known: dict[str, float | bool], line: str
) -> None:
    assert outcome(make_reviewed(**known)) == line
