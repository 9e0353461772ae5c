"""A share of the fuzzing that `make fuzz` does at length: inputs that are nearly right."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.running import Fuzzer
from tests.fuzz.targets import TARGETS

INPUTS = 60


@pytest.fixture(scope="module", params=TARGETS)
def fuzzer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Fuzzer:
    return Fuzzer(request.param, tmp_path_factory.mktemp("fuzz"))


@settings(
    max_examples=INPUTS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.randoms(use_true_random=True))
def test_what_is_nearly_right_is_read_or_refused_in_words(fuzzer: Fuzzer, dice: Random) -> None:
    fuzzer.read(fuzzer.draw(dice))


def test_a_defect_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(data: bytes, folder: Path) -> None:
        raise ValueError("a reader that stumbles")

    monkeypatch.setitem(
        TARGETS, "settings", TARGETS["settings"].__class__(lambda _: [b""], stumble)
    )
    fault = Fuzzer("settings", tmp_path).fault(b"")
    assert fault
    assert "a reader that stumbles" in fault
