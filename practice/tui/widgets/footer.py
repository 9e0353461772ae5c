"""The line at the foot of a screen: its most useful keys."""

from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.events import MouseDown, MouseMove
from textual.screen import Screen
from textual.widget import Widget

from practice.tui.presentation.footer_keys import AROUND_KEY

AFTER_KEY = " "
AFTER_LABEL = " " * (AROUND_KEY - len(AFTER_KEY))


@dataclass(frozen=True)
class FooterKey:
    """One key as it stands there."""

    key: str
    """As Textual names it."""
    name: str
    """As it is printed."""
    label: str
    tooltip: str
    enabled: bool

    @property
    def width(self) -> int:
        """Cells, with the air behind it."""
        return cell_len(self.name) + cell_len(self.label) + AROUND_KEY


class Footer(Widget, can_focus=False):
    """The keys that `Screen.active_bindings` shows; a click is a press of the key.

    One widget that paints one line. Textual's own has a widget for every key and makes all of them
    anew whenever the state of one changes, which took a third of the work of a screen.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--label"}
    DEFAULT_CSS = """
    Footer {
        dock: bottom;
        height: 1;
        background: $footer-background;
        text-wrap: nowrap;
        text-overflow: clip;
        .footer--key {
            color: $footer-key-foreground;
            text-style: bold;
        }
        .footer--label {
            color: $footer-description-foreground;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[FooterKey, ...] = ()
        """From the left."""

    def on_mount(self) -> None:
        """Follow what the screen says of its keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[Any]) -> None:
        if self.is_attached and screen is self.screen and self.app.app_focus:
            # Several changes in a row are one once they are painted.
            self.call_after_refresh(self._read_keys)

    def _read_keys(self) -> None:
        if not self.is_attached:  # the screen was left meanwhile
            return
        # A command on several keys stands there once, with the first of them.
        shown: dict[str, FooterKey] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in shown:
                name = self.app.get_key_display(binding)
                shown[binding.action] = FooterKey(
                    binding.key, name, binding.description, tooltip, enabled
                )
        keys = tuple(shown.values())
        if keys != self.keys:
            self.keys = keys
            self.refresh()

    def render(self) -> Text:
        """The line."""
        key_style = self.get_component_rich_style("footer--key", partial=True)
        label_style = self.get_component_rich_style("footer--label", partial=True)
        line = Text()
        for each in self.keys:
            part = Text.assemble(
                (each.name + AFTER_KEY, key_style), (each.label + AFTER_LABEL, label_style)
            )
            if not each.enabled:
                part.stylize("dim")
            line.append_text(part)
        return line

    def _find_key(self, event: MouseDown | MouseMove) -> FooterKey | None:
        """The key under the mouse."""
        left = event.get_content_offset_capture(self).x
        for each in self.keys:
            if 0 <= left < each.width:
                return each
            left -= each.width
        return None

    def on_mouse_move(self, event: MouseMove) -> None:
        """Say what the key under the mouse does."""
        found = self._find_key(event)
        self.tooltip = found.tooltip if found else None

    def on_mouse_down(self, event: MouseDown) -> None:
        """Press the key under the mouse."""
        found = self._find_key(event)
        if found and found.enabled:
            self.app.simulate_key(found.key)
        elif found:
            self.app.bell()
