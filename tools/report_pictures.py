"""Pictures of a report page in a browser: light, dark, and as wide as a phone."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.reporting import build_report
from practice.core.workspace import Workspace
from practice.reports import html

HEARD_S = 13.3
"""Where in the sound the pictures are taken."""
VIEWS = {
    "report-light": ("light", 1120, 760, 1.0),
    "report-dark": ("dark", 1120, 760, 1.0),
    "report-phone": ("light", 360, 740, 1.5),
}


def draw(places: Places, take_id: str, folder: Path) -> Iterator[Path]:
    """Write the pictures of the report of a take."""
    page = folder / "report.html"
    page.write_text(_report(places, take_id), encoding="utf-8")
    try:
        with open_browser() as browser:
            for name in VIEWS:
                yield _picture(browser, page, name)
    finally:
        page.unlink()


def rasterise(pictures: Iterable[tuple[str, str]], folder: Path) -> Iterator[Path]:
    """Write pictures, given as name and SVG, as PNG."""
    with open_browser() as browser:
        view = browser.new_page()
        for name, svg in pictures:
            view.set_content(f"<body style='margin:0'>{svg}</body>")
            path = folder / f"{name}.png"
            view.locator("svg").first.screenshot(path=path)
            yield path


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium: the system's where it has one, else that of Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def _report(places: Places, take_id: str) -> str:
    with Workspace(places, Settings()) as workspace:
        return html.render(build_report(workspace, take_id))


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
