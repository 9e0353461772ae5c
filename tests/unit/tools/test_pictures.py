from pathlib import Path

import numpy as np
import pytest

from practice.base.paths import Places
from practice.base.settings import change_setting
from practice.tui.keymap import list_commands
from tools import app_pictures, picture_scenes, screenshots
from tools.picture_scenes import Scene
from tools.real_answer import CLIP, FADE_S, Calendar, copy_library, cut_out
from tools.real_models import FOLDER_VARIABLE

RATE_HZ = 1_000


def library(root: Path) -> Places:
    places = Places(root / "config", root / "data", root / "state", root / "models")
    change_setting(places.settings_file, "model", "demo")
    return places


def test_what_is_cut_out_is_gone_and_the_rest_is_joined_without_a_click() -> None:
    sound = np.full(1_000, 0.5, np.float32)
    sound[300:400] = -0.9
    sound[600:700] = -0.9
    kept = cut_out(sound, RATE_HZ, [(0.3, 0.4), (0.6, 0.7)])
    assert kept.size == 800 - 2 * round(FADE_S * RATE_HZ)
    assert np.allclose(kept, 0.5)


def test_without_a_cut_the_sound_is_as_it_was() -> None:
    sound = np.linspace(-1, 1, 500, dtype=np.float32)
    assert np.array_equal(cut_out(sound, RATE_HZ, []), sound)


def test_the_clip_and_its_labels_are_there() -> None:
    assert CLIP.exists()
    assert CLIP.with_suffix(".json").exists()


def test_every_step_to_a_picture_is_a_command_that_exists() -> None:
    known = {command.id for command in list_commands()}
    steps = {
        step.removeprefix("until ")
        for scene in picture_scenes.SCREENS.values()
        for step in (scene.begins_with, *scene.steps)
        if not step.startswith(picture_scenes.PASTE)
    }
    assert {step for step in steps if "." in step} <= known
    assert set(app_pictures.DOCS) <= set(picture_scenes.SCREENS)


def test_a_copy_of_a_library_can_change_without_the_original(tmp_path: Path) -> None:
    places = library(tmp_path / "original")
    copy = copy_library(places, tmp_path / "copy")
    change_setting(copy.settings_file, "theme", "practice-light")
    assert "theme" not in places.settings_file.read_text()


def test_a_screen_is_drawn_at_each_size_and_loads_nothing(tmp_path: Path) -> None:
    places = library(tmp_path)
    drawn = app_pictures.draw(places, Calendar(), "settings", [(80, 24), (100, 30)], "no-color")
    assert set(drawn) == {(80, 24), (100, 30)}
    assert all("Settings" in svg and "@font-face" not in svg for svg in drawn.values())
    assert drawn[80, 24] != drawn[100, 30]
    assert all("/home/you/" in svg and "practice-picture-" not in svg for svg in drawn.values())


def test_a_command_that_the_screen_does_not_give_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_pictures, "PATIENCE", 40)
    monkeypatch.setitem(picture_scenes.SCREENS, "lost", Scene(("app.help", "review.share")))
    with pytest.raises(app_pictures.PictureError, match=r"review\.share"):
        app_pictures.draw(library(tmp_path), Calendar(), "lost")


def test_a_missing_model_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert any("holds no whole speech model" in line for line in screenshots.find_missing())


def test_a_picture_of_a_terminal_keeps_its_text() -> None:
    svg = screenshots.as_svg("\x1b[1mfillers\x1b[0m about 9", "a review")
    assert "fillers" in svg
    assert "@font-face" not in svg
