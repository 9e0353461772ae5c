from pathlib import Path

import pytest

from practice.tui.presentation.path_text import wrap_path


def test_a_path_is_broken_between_its_parts_only() -> None:
    path = Path("/srv/people/practice/exports/20261130-0102-bf3.html")
    assert wrap_path(path, 20).split("\n") == [
        "/srv/people/",
        "practice/exports/",
        "20261130-0102-bf3.html",
    ]
    assert wrap_path(path, 80) == str(path)


def test_the_home_is_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert wrap_path(Path("/home/ana/exports/a.html")) == "~/exports/a.html"
    assert wrap_path(Path("/home/anabel/a.html")) == "/home/anabel/a.html"
