"""What this program does differently from Textual, whatever it shows."""

import asyncio
import time
from typing import ClassVar, Literal

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.events import Event, Key, MouseDown

from practice.base.system.processes import catch_endings
from practice.base.text import one_line, plain
from practice.tui.commands import APP_TABLE, Command, bindings
from practice.tui.keymap import complete_keymap, find_clashes, unknown_ids
from practice.tui.screens.base import PracticeDialog
from practice.tui.themes import DEFAULT_THEME, THEMES, own_colours

WIDTHS: list[tuple[int, str]] | None = [(0, "-narrow"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] | None = [(0, "-short"), (30, "-tall")]
"""Style classes that a screen gets from its size in cells."""
KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "space",
    "delete": "Del",
    "tab": "Tab",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}


class CalmApp(App[None]):
    """An app whose notices are data, whose commands are declared once, and whose colours rest."""

    TITLE = "practice"
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = APP_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(APP_TABLE)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self._own_keys: dict[str, str] = {}
        self._pressed_at = 0.0
        """When a key or the mouse was last pressed, in Unix time like the age of a notice."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that our styles name and other themes do not have."""
        return own_colours(self.current_theme)

    def use_theme_and_keys(self, theme: str, keys: dict[str, str]) -> None:
        """Take over the user's colours and keys; a theme that is unknown is ours."""
        self.theme = theme if theme in self.available_themes else DEFAULT_THEME
        self._own_keys = keys
        self.set_keymap(complete_keymap(keys))

    def on_mount(self) -> None:
        """Leave quietly when the system says so; say which of the user's own keys are mistaken."""
        # A recording under way stays in its spool, which the next start finds.
        catch_endings(lambda number: self.exit(None, 128 + number), asyncio.get_running_loop())
        self.app_resume_signal.subscribe(self, self._draw_again)
        if self._own_keys:
            self._check_own_keys()

    def _draw_again(self, _: App[object]) -> None:
        """Fill the terminal after a suspension; Textual draws what changed, and nothing did."""
        self.refresh(layout=True)

    def _check_own_keys(self) -> None:
        unknown = [f"there is no command {name}" for name in unknown_ids(self._own_keys)]
        if problems := [*unknown, *find_clashes(self._own_keys)]:
            self.notify("\n".join(problems), title="keys in the settings", severity="warning")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Literal["information", "warning", "error"] = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a short notice, once however often it is given; its text is data."""
        text, heading = plain(message), one_line(title)
        for notice in list(self._notifications):
            if (notice.message, notice.title) == (text, heading):
                self._unnotify(notice)
        super().notify(text, title=heading, severity=severity, timeout=timeout, markup=False)

    async def on_event(self, event: Event) -> None:
        """Note when something is pressed."""
        if isinstance(event, Key | MouseDown):
            self._pressed_at = time.time()
        await super().on_event(event)

    def drop_read_notices(self) -> None:
        """Take away the notices that stood there when something was last pressed.

        What was said since then, such as where a file was written when its box closed, stays.
        """
        for notice in list(self._notifications):
            if notice.raised_at < self._pressed_at:
                self._unnotify(notice)

    def get_key_display(self, binding: Binding) -> str:
        """Keys as they are printed on a keyboard."""
        return KEY_NAMES.get(binding.key) or super().get_key_display(binding)

    def show_keys(self, command: Command) -> list[str]:
        """The keys that a command has now, the user's own before ours, as they are printed."""
        keys = self._own_keys.get(command.id, command.keys).split(",")
        return [self.get_key_display(Binding(key, "")) for key in keys]

    def action_command_palette(self) -> None:
        """List the commands, unless they are listed already."""
        if not isinstance(self.screen, CommandPalette):
            from practice.tui.palette import Palette  # lazy: only when it is opened

            self.push_screen(Palette())

    def action_help(self) -> None:
        """Show every key of what is on screen."""
        if not isinstance(self.screen, PracticeDialog):
            from practice.tui.screens.dialogs.help import HelpDialog  # lazy: only when it is opened

            nodes = list((self.focused or self.screen).ancestors_with_self)
            self.push_screen(HelpDialog(nodes, self.show_keys))
