"""The main job, whole: the sample answer goes the way of a real one."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import CommandResult, run


@pytest.fixture(scope="module")
def demo_result() -> CommandResult:
    return run("demo", "--json")


def findings_of_kind(demo: CommandResult, kind: str) -> list[dict[str, Any]]:
    return [finding for finding in demo.document["findings"] if finding["kind"] == kind]


def test_it_is_done(demo_result: CommandResult) -> None:
    assert demo_result.code == 0, demo_result.err
    assert demo_result.document["transcription"]["status"] == "ok"
    assert demo_result.document["transcription"]["model"] == "demo"


def test_what_the_sample_holds_is_found(demo_result: CommandResult) -> None:
    sounds = [
        f
        for f in findings_of_kind(demo_result, "filler")
        if f["label"] in {"um", "uh"} and f["text"]
    ]
    assert len(sounds) >= 6
    assert sum(f["end_s"] - f["start_s"] > 1 for f in findings_of_kind(demo_result, "pause")) >= 3
    assert findings_of_kind(demo_result, "repetition")
    assert "hurried" in {f["label"] for f in findings_of_kind(demo_result, "pace")}


def test_measures_agree_with_findings_and_words(demo_result: CommandResult) -> None:
    measures = demo_result.document["measures"]
    certain = [f for f in findings_of_kind(demo_result, "filler") if f["certainty"] == "certain"]
    assert measures["fillers"]["certain"] == len(certain)
    assert 0 < measures["speaking_s"] < measures["duration_s"]
    assert measures["speaking_wpm"] > measures["wpm"] > 100


def test_as_text_it_fits_80_columns_and_leaves_nothing_behind(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    done = run("demo")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "⟨um⟩" in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 80
    assert list(temporary.iterdir()) == []
    assert not home.exists()
