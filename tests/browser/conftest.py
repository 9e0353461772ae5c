"""A real browser: Debian's Chromium, without a network."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",  # tests may run as root, where Chromium's own sandbox refuses
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--autoplay-policy=no-user-gesture-required",
)
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module; while it is open, no test beside it can run an event loop."""
    found = shutil.which("chromium")
    assert found, "chromium is missing: make system installs it"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        running.close()


Opened = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Writes a page to a file and opens it, as somebody who got it by mail does.

    Whatever goes wrong in it, and whatever it asks for beside itself, fails the test.
    """
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 800})

    def open_page(text: str, **viewport: int) -> Page:
        path = tmp_path / "report.html"
        path.write_text(text, encoding="utf-8")
        page = context.new_page()
        if viewport:
            page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text))
        page.on("request", lambda asked: _note_request(asked.url, path, wrong))
        page.goto(path.as_uri())
        return page

    yield open_page
    context.close()
    assert wrong == []


def _note_request(url: str, path: Path, wrong: list[str]) -> None:
    if not url.startswith((path.as_uri(), "data:audio/webm;")):
        wrong.append(f"asked for {url[:80]}")
