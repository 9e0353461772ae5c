"""The page of what interviews have in common, in a real browser."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from practice.reports.in_common import render_html
from tests.browser.conftest import PHONE, Opened
from tests.unit.reports.test_in_common import FOUND, NASTY


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", PHONE), ("dark", {"width": 1280, "height": 900})]
)
@pytest.mark.parametrize("found", [FOUND, NASTY], ids=["ordinary", "hostile"])
def test_axe_finds_nothing_to_object_to(
    open_page: Opened, scheme: Literal["light", "dark"], size: dict[str, int], found: object
) -> None:
    page = open_page(render_html(FOUND if found is FOUND else NASTY, 0), **size)
    page.emulate_media(color_scheme=scheme)
    assert Axe().run(page).response["violations"] == []


def test_it_has_no_script_and_shows_hostile_texts_as_text(open_page: Opened) -> None:
    page = open_page(render_html(NASTY, 0))
    assert page.evaluate("() => document.scripts.length") == 0
    assert page.evaluate("() => document.querySelectorAll('img, a, [onclick]').length") == 0
    expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()


def test_it_is_no_wider_than_the_window_and_prints(open_page: Opened) -> None:
    page = open_page(render_html(FOUND, 0))
    for width in (320, 360, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Stories you told")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")


def test_before_three_debriefs_it_says_how_many_more(open_page: Opened) -> None:
    page = open_page(render_html(FOUND, 1))
    expect(page.get_by_text("It takes 1 more debrief")).to_be_visible()
