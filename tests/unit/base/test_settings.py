"""Settings are checked completely and written without losing a comment."""

from pathlib import Path

import msgspec
import pytest

from practice.base.errors import SettingsError
from practice.base.settings import Settings, change_setting, describe_setting, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_no_file_means_the_defaults(file: Path) -> None:
    assert load_settings(file) == Settings()


def test_every_problem_is_named_with_the_key_that_was_meant(file: Path) -> None:
    file.write_text('modle = "tiny.en"\ntarget_s = "long"\nprep_s = -1\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    message = caught.value.message
    assert "did you mean 'model'?" in message
    assert "target_s: expected a whole number" in message
    assert "prep_s" in message


def test_broken_toml_says_where(file: Path) -> None:
    file.write_text("model = base.en\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 1"):
        load_settings(file)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"model = " + b"[" * 100_000])
def test_a_file_that_cannot_be_read_is_refused_with_its_name(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load_settings(file)


def test_a_change_keeps_comments_and_other_keys(file: Path) -> None:
    file.write_text('# mine\nmodel = "tiny.en"  # small laptop\n', encoding="utf-8")
    assert change_setting(file, "target_s", "90").target_s == 90
    assert file.read_text(encoding="utf-8").startswith(
        '# mine\nmodel = "tiny.en"  # small laptop\n'
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [("target_s", "soon"), ("target_s", "-3"), ("language", "English"), ("x", "1")],
)
def test_a_wrong_change_leaves_the_file_alone(file: Path, key: str, value: str) -> None:
    file.write_text("prep_s = 10\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        change_setting(file, key, value)
    assert file.read_text(encoding="utf-8") == "prep_s = 10\n"


def test_a_broken_file_is_never_overwritten(file: Path) -> None:
    file.write_text("prep_s = \n", encoding="utf-8")
    with pytest.raises(SettingsError):
        change_setting(file, "prep_s", "10")
    assert file.read_text(encoding="utf-8") == "prep_s = \n"


def test_every_setting_has_a_description() -> None:
    for field in msgspec.structs.fields(Settings):
        assert describe_setting(field.name)


@pytest.mark.parametrize(("typed", "kept"), [("yes", True), ("On", True), ("false", False)])
def test_yes_and_no_are_written_as_people_say_them(file: Path, typed: str, kept: bool) -> None:
    assert change_setting(file, "stutter", typed).stutter is kept
    assert f"stutter = {str(kept).lower()}" in file.read_text(encoding="utf-8")


def test_a_choice_that_is_not_known_is_refused_in_plain_words(file: Path) -> None:
    with pytest.raises(SettingsError, match="read_aloud: unknown value 'sometimes'") as refused:
        change_setting(file, "read_aloud", "sometimes")
    assert "always or never" in refused.value.hint
    assert change_setting(file, "read_aloud", "always").read_aloud == "always"


def test_neither_yes_nor_no_is_refused(file: Path) -> None:
    with pytest.raises(SettingsError, match="neither yes nor no"):
        change_setting(file, "second_language", "sometimes")
    assert not file.exists()
