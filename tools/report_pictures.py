"""Pictures of a report page in a browser: light, dark, and as wide as a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.reporting import build_report
from practice.core.workspace import Workspace
from practice.library.library import LAST
from practice.reports import html

HEARD_S = 14.2
"""Where in the sound the pictures are taken."""
VIEWS = {
    "report-light": ("light", 1120, 760, 1.0),
    "report-dark": ("dark", 1120, 760, 1.0),
    "report-phone": ("light", 360, 740, 1.5),
}


def draw(places: Places, folder: Path) -> Iterator[Path]:
    """Write the pictures of the report of the newest take."""
    page = folder / "report.html"
    page.write_text(_report(places), encoding="utf-8")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for name in VIEWS:
                yield _picture(browser, page, name)
            browser.close()
    finally:
        page.unlink()


def _report(places: Places) -> str:
    with Workspace(places, Settings()) as workspace:
        return html.render(build_report(workspace, LAST))


def _picture(browser: Browser, page: Path, name: str) -> Path:
    scheme, width, height, scale = VIEWS[name]
    view = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=scale,
    )
    view.goto(page.resolve().as_uri())
    view.evaluate(
        "at => new Promise(done => { const sound = document.querySelector('audio');"
        " sound.onseeked = done; sound.currentTime = at; })",
        HEARD_S,
    )
    path = page.with_name(f"{name}.png")
    view.screenshot(path=path)
    return path
