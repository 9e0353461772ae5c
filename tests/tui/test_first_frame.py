import subprocess
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal

from practice.tui.widgets.plain_text import PlainText

RUN = """
import asyncio, sys
from practice.base.paths import places
from practice.base.settings import Settings, change_setting
from practice.tui import app, services

change_setting(places().settings_file, "model", "demo")

async def open_it():
    opened = app.PracticeApp(services.Services(places(), Settings(model="demo")))
    drawn = []
    opened._display = lambda *_: drawn or drawn.extend(sys.modules)
    async with opened.run_test() as pilot:
        while not drawn:
            await pilot.pause(0.01)
    print(*drawn)

asyncio.run(open_it())
"""
HEAVY = {"numpy", "sqlite3", "yaml", "soundfile", "sounddevice", "markdown_it"}


def test_nothing_but_today_is_imported_before_the_first_frame(home: Path) -> None:
    done = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    screens = {name for name in loaded if name.startswith("practice.tui.screens.")}
    expected = ("base", "dialogs", "dialogs.ask", "host", "session", "session.today")
    assert screens == {f"practice.tui.screens.{name}" for name in expected}
    assert not loaded & HEAVY


class PairApp(App[None]):
    CSS = "PlainText { width: auto; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield PlainText("", "first")
            yield PlainText("", "second")


async def test_a_text_gets_the_room_it_needs_while_its_neighbour_changes() -> None:
    async with PairApp().run_test() as pilot:
        second = pilot.app.query_one("#second", PlainText)
        second.show("no model")
        await pilot.pause()
        # As between two changes, when the screen is not laid out for the first one yet.
        pilot.app.query_one(Horizontal)._clear_arrangement_cache()
        pilot.app.screen._compositor._full_map_invalidated = True
        second.show("model demo ready")
        await pilot.pause()
        assert second.region.width == len("model demo ready")
