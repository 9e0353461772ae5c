"""What is installed from the built wheel, without the checkout, is complete."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = f"""
from hatchling.builders.wheel import WheelBuilder
print(next(WheelBuilder({str(ROOT)!r}).build(directory={str(folder)!r}, versions=["standard"])))
"""
    done = subprocess.run([sys.executable, "-c", build], check=True, capture_output=True, text=True)
    return Path(done.stdout.strip().splitlines()[-1])


def test_banks_model_sample_lexicons_and_styles_are_in_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert sum(name.startswith("practice/question_banks/") for name in names) >= 12
    for needed in (
        "practice/demo/model/model.bin",
        "practice/demo/sample_answer.flac",
        "practice/delivery/transcript/lexicons/en.toml",
        "practice/tui/app.tcss",
        "practice/letters/templates/thanks.txt.j2",
        "practice/questions/formats/panel.yaml",
        "practice/questions/formats/format.schema.json",
        "practice/reports/templates/page.html.j2",
        "practice/reports/templates/page.js",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "benchmarks/"))]


def test_it_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """The wheel stands before the checkout on the path, so only its own files are used."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    environment = {**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{os.environ['PYTHONPATH']}"}
    where = subprocess.run(
        [sys.executable, "-c", "import practice; print(practice.__file__)"],
        env=environment,
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(str(site))
    listed = subprocess.run(
        [sys.executable, "-m", "practice", "banks", "list"],
        env=environment,
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "behavioural" in listed.stdout.lower()
