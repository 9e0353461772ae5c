"""The figures in the code are those of the documentation."""

import re
from pathlib import Path

from practice.speech.model_advice import RECOMMENDED
from practice.speech.model_figures import FIGURES, NOT_MEASURED, describe_hearing, summarise_hearing
from practice.speech.models import KNOWN

ROW = re.compile(
    r"^\| (?P<model>[\w.-]+), asked: certain \| (?P<recall>[\d.]+) .*?\| "
    r"(?P<precision>[\d.]+) .*?\| .*?\| (?P<wrong>[\d.]+) % \|",
    re.MULTILINE,
)


def test_the_table_in_the_code_is_that_of_the_findings() -> None:
    text = Path("docs/findings.md").read_text(encoding="utf-8")
    rows = {
        row["model"]: (float(row["recall"]), float(row["precision"]), row["wrong"])
        for row in ROW.finditer(text)
    }
    assert rows == {
        name: (
            round(figures.recall, 2),
            round(figures.precision, 2),
            f"{figures.words_wrong * 100:.1f}",
        )
        for name, figures in FIGURES.items()
    }


def test_only_models_that_can_be_had_are_in_the_table() -> None:
    assert set(FIGURES) <= set(KNOWN)


def test_the_recommended_model_is_one_that_was_measured() -> None:
    assert RECOMMENDED in FIGURES
    best = min(FIGURES, key=lambda name: FIGURES[name].words_wrong)
    assert best == RECOMMENDED


def test_a_model_that_was_not_measured_says_so() -> None:
    assert describe_hearing("small") == NOT_MEASURED
    assert summarise_hearing("small") == "not measured"
    assert "it found 28 of 29 ums" in describe_hearing("base")
