"""The main job, whole: the sample answer goes the way of a real one."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Done, run


@pytest.fixture(scope="module")
def demo() -> Done:
    return run("demo", "--json")


def of_kind(demo: Done, kind: str) -> list[dict[str, Any]]:
    return [finding for finding in demo.document["findings"] if finding["kind"] == kind]


def test_it_is_done(demo: Done) -> None:
    assert demo.code == 0, demo.err
    assert demo.document["transcription"]["status"] == "ok"
    assert demo.document["transcription"]["model"] == "demo"


def test_what_the_sample_holds_is_found(demo: Done) -> None:
    sounds = [f for f in of_kind(demo, "filler") if f["label"] in {"um", "uh"} and f["text"]]
    assert len(sounds) >= 6
    assert sum(f["end_s"] - f["start_s"] > 1 for f in of_kind(demo, "pause")) >= 3
    assert of_kind(demo, "repetition")
    assert "hurried" in {f["label"] for f in of_kind(demo, "pace")}


def test_measures_agree_with_findings_and_words(demo: Done) -> None:
    measures = demo.document["measures"]
    certain = [f for f in of_kind(demo, "filler") if f["certainty"] == "certain"]
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
