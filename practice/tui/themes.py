"""Two calm themes of our own, one for dark and one for light terminals.

Amber and red are kept for two things, so that they say something when they appear: time that is
up (`warning`, `error`) and marks on words. Contrast of text on its background is above 7 to 1,
of muted text above 4.5 to 1, on the line under the cursor too (WCAG 2.2, 1.4.6 and 1.4.3).
"""

from textual.color import Color, ColorParseError
from textual.theme import Theme

DARK = Theme(
    name="practice-dark",
    primary="#8fb3c9",
    secondary="#7f9a8c",
    accent="#8fb3c9",
    warning="#e0b15e",
    error="#e07a6e",
    success="#8fbf98",
    foreground="#dcdfe0",
    background="#14181a",
    surface="#14181a",
    panel="#1d2326",
    dark=True,
    variables={
        "footer-background": "#14181a",
        "footer-item-background": "#14181a",
        "footer-key-foreground": "#8fb3c9",
        "footer-description-foreground": "#a4aeb2",
        "muted": "#a4aeb2",
        "faint": "#3a4347",
        "block-cursor-background": "#2a4350",
        "block-cursor-foreground": "#dcdfe0",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#8fb3c9 30%",
        "border": "#3a4347",
        "border-blurred": "#27323a",
    },
)
LIGHT = Theme(
    name="practice-light",
    primary="#2c5f7c",
    secondary="#4d6b5b",
    accent="#2c5f7c",
    warning="#8a5a00",
    error="#a3352a",
    success="#2f6b3c",
    foreground="#22282b",
    background="#f7f6f2",
    surface="#f7f6f2",
    panel="#ecebe5",
    dark=False,
    variables={
        "footer-background": "#f7f6f2",
        "footer-item-background": "#f7f6f2",
        "footer-key-foreground": "#2c5f7c",
        "footer-description-foreground": "#525b5f",
        "muted": "#525b5f",
        "faint": "#cfd0cb",
        "block-cursor-background": "#bfd6e2",
        "block-cursor-foreground": "#22282b",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#2c5f7c 25%",
        "border": "#cfd0cb",
        "border-blurred": "#dfdfda",
    },
)
MUTED_SHARE, FAINT_SHARE = 0.65, 0.25
"""How much of the foreground is in text that stands back, and in lines and borders."""


def own_colours(theme: Theme) -> dict[str, str]:
    """The colours that this program's styles name beside those of Textual, for any theme."""
    ansi = {"muted": "ansi_bright_black", "faint": "ansi_bright_black"}
    if theme.ansi:
        return ansi
    generated = theme.to_color_system().generate()
    try:
        ground = Color.parse(generated["background"])
        text = Color.parse(generated["foreground"])
    except ColorParseError:
        return ansi
    return {
        "muted": ground.blend(text, MUTED_SHARE).hex6,
        "faint": ground.blend(text, FAINT_SHARE).hex6,
    }


THEMES = (DARK, LIGHT)
DEFAULT_THEME = DARK.name
