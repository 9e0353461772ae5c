import pytest
from textual.color import Color
from textual.theme import Theme

from practice.tui.themes import THEMES

LEAST = 4.5
"""WCAG 2.2, 1.4.3."""


def light_of(colour: str) -> float:
    """The relative luminance of WCAG, 0 to 1."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in Color.parse(colour).normalized
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((light_of(one), light_of(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_muted_text_is_read_on_the_ground_on_a_box_and_under_the_cursor(theme: Theme) -> None:
    muted = theme.variables["muted"]
    cursor = theme.variables["block-cursor-background"]
    for ground in (theme.background, theme.panel, cursor):
        assert ground is not None
        assert contrast(muted, ground) >= LEAST, ground
