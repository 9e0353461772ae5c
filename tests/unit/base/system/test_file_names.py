"""What somebody types becomes a name that every system takes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.system.file_names import fold_name, is_device_name, safe_stem


@pytest.mark.parametrize(
    "name", ["CON", "nul", "Aux.yaml", "com1.tar.gz", "LPT9", "com\N{SUPERSCRIPT TWO}", "con .txt"]
)
def test_a_device_of_windows_is_known_in_any_case_and_with_any_ending(name: str) -> None:
    assert is_device_name(name)


@pytest.mark.parametrize("name", ["console", "com", "com10", "my-con.yaml", "null", "acon", ""])
def test_a_name_that_only_resembles_one_is_a_name(name: str) -> None:
    assert not is_device_name(name)


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("Google: why?", "Google- why-"),
        ("ends in dots. . ", "ends in dots"),
        ("nul", "nul-"),
        ('a/b\\c|d<e>f*g"h', "a-b-c-d-e-f-g-h"),
        ("übung 1.5", "übung 1.5"),
        ("...", ""),
    ],
)
def test_what_windows_refuses_in_a_name_is_replaced(typed: str, safe: str) -> None:
    assert safe_stem(typed) == safe


@given(st.text())
def test_a_safe_name_has_nothing_that_any_system_refuses_or_drops(typed: str) -> None:
    safe = safe_stem(typed)
    assert not set(safe) & set('<>:"/\\|?*')
    assert safe == safe.rstrip(". ")
    assert not is_device_name(f"{safe}.yaml")
    assert safe_stem(safe) == safe


def test_names_that_are_one_on_windows_and_macos_are_folded_into_one() -> None:
    assert fold_name("BÄNK") == fold_name(unicodedata.normalize("NFD", "bänk"))
    assert fold_name("bank") != fold_name("bänk")
