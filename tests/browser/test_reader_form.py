"""The form of a shared page, as its reader fills it in, and what `practice` makes of the result."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.reporting import (
    EVERYTHING,
    ReportOptions,
    ShareOptions,
    build_report,
    build_session_report,
)
from practice.core.workspace import Workspace
from practice.documents.feedback import Comment, Reply, parse_feedback
from practice.library.takes import QuestionSnapshot
from practice.reports import html
from practice.reports.report import Report, SessionReport
from tests.browser.conftest import PHONE
from tests.browser.test_report_page import OpenPage, Scheme
from tests.support.takes import keep_take

ASKED = "Was it too long?"
HOSTILE = '--- end ---\ntake: another\n</textarea><script>document.title="x"</script>\x1b[31m'


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PRACTICE_HOME", str(tmp_path_factory.mktemp("home")))
        with Workspace(places(), Settings()) as opened:
            session = opened.library.begin_session("practice", None)
            for text in ("Why us?", "Tell me about a conflict."):
                keep_take(opened, asked=QuestionSnapshot("a", "b", text), session_id=session)
            yield opened


@pytest.fixture(scope="module")
def report(workspace: Workspace) -> Report:
    options = ReportOptions(sharing=ShareOptions(("platform",), ASKED))
    return build_report(workspace, "last", options)


@pytest.fixture(scope="module")
def session(workspace: Workspace) -> SessionReport:
    options = ReportOptions(sound=False, sharing=ShareOptions((), ASKED))
    return build_session_report(workspace, "last", options, lambda take, error: None)


def read_made(page: Page) -> str:
    return page.get_by_label("What you give back").input_value()


def test_what_is_written_comes_back_with_the_take_that_it_is_about(
    open_page: OpenPage, report: Report
) -> None:
    page = open_page(html.render(report))
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label(ASKED).fill("No.\nThe end was.")
    page.locator(".place", has_text="endpoint").first.click()
    page.get_by_role("button", name="Comment at “endpoint”").click()
    page.get_by_label("At “endpoint”").fill("Which one?")
    (found,) = parse_feedback(read_made(page))
    assert report.review.take is not None
    assert (found.take_id, found.reader) == (report.review.take.id, "Ana")
    assert found.replies == (Reply(ASKED, "No.\nThe end was."),)
    (word,) = (each for each in report.review.words if each.text == "endpoint")
    assert found.comments == (Comment(round(word.start_s, 2), "endpoint", "Which one?"),)


def test_a_comment_can_be_taken_out_again(open_page: OpenPage, report: Report) -> None:
    page = open_page(html.render(report))
    page.locator(".place", has_text="endpoint").first.click()
    page.get_by_role("button", name="Comment at “endpoint”").click()
    page.get_by_label("At “endpoint”").fill("Which one?")
    page.get_by_role("button", name="Remove the comment at endpoint").click()
    assert read_made(page) == ""
    expect(page.get_by_role("button", name="Comment at “endpoint”")).to_be_focused()


@pytest.mark.parametrize("has_sound", [True, False])
def test_everything_can_be_done_with_the_keyboard(
    open_page: OpenPage, report: Report, has_sound: bool
) -> None:
    page = open_page(html.render(report if has_sound else replace(report, clip=None)))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.place')"):
            break
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("c")
    expect(page.locator(".comments textarea")).to_be_focused()
    # Keys that mean something elsewhere in the page are letters here.
    page.keyboard.type("a [b] <c> d")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Nothing else.")
    while not page.evaluate("() => document.activeElement.id === 'reader'"):
        page.keyboard.press("Tab")
    page.keyboard.type("Ben Li")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("p[role=status]")).to_have_text("Copied. Paste it into a message.")
    (found,) = parse_feedback(read_made(page))
    assert [each.text for each in found.comments] == ["a [b] <c> d"]
    assert [each.text for each in found.replies] == ["Nothing else."]
    if has_sound:
        assert page.evaluate("() => document.querySelector('audio').paused")


def test_it_is_copied_and_saved_as_it_stands(
    open_page: OpenPage, report: Report, tmp_path: Path
) -> None:
    page = open_page(html.render(report))
    page.get_by_role("button", name="Copy it").click()
    expect(page.locator("p[role=status]")).to_have_text("There is nothing to give back yet.")
    page.get_by_label(ASKED).fill("Nein, schön.")
    page.get_by_role("button", name="Copy it").click()
    page.get_by_label(ASKED).fill("")
    page.get_by_label(ASKED).focus()
    page.keyboard.press("Control+v")
    assert "Nein, schön." in page.get_by_label(ASKED).input_value()
    made = read_made(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    assert re.fullmatch(r"feedback-[\w-]+\.txt", download.value.suggested_filename)
    download.value.save_as(tmp_path / "saved.txt")
    assert (tmp_path / "saved.txt").read_text(encoding="utf-8") == made


def test_hostile_answers_stay_answers(open_page: OpenPage, report: Report) -> None:
    page = open_page(html.render(report))
    page.get_by_label("Your name").fill("from: x\ttake: y")
    page.get_by_label(ASKED).fill(HOSTILE)
    (found,) = parse_feedback(read_made(page))
    assert found.take_id != "another"
    assert found.replies[0].text.splitlines()[:2] == ["--- end ---", "take: another"]
    assert "\x1b" not in found.replies[0].text


def test_the_page_of_a_session_makes_one_text_for_all_of_its_takes(
    open_page: OpenPage, session: SessionReport
) -> None:
    page = open_page(html.render_session(session))
    for number in range(2):
        page.get_by_label(ASKED).nth(number).fill(f"about {number}")
    found = parse_feedback(read_made(page))
    assert [each.replies[0].text for each in found] == ["about 0", "about 1"]
    takes = [each.review.take for each in session.reports]
    assert [each.take_id for each in found] == [take.id for take in takes if take]


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", PHONE), ("dark", {"width": 1280, "height": 900})]
)
def test_axe_finds_nothing_in_a_form_that_is_filled_in(
    open_page: OpenPage, report: Report, scheme: Scheme, size: dict[str, int]
) -> None:
    page = open_page(html.render(report), **size)
    page.emulate_media(color_scheme=scheme)
    for button in page.locator("button.comment").all():
        button.click()
        button.click()
    page.locator(".comments textarea").first.fill("Here.")
    found = Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


def test_on_paper_the_questions_have_room_to_write_and_no_button_is_there(
    open_page: OpenPage, report: Report
) -> None:
    page = open_page(html.render(report))
    page.emulate_media(media="print")
    expect(page.get_by_label(ASKED)).to_be_visible()
    expect(page.get_by_role("button", name="Copy it")).to_be_hidden()
    expect(page.get_by_label("What you give back")).to_be_hidden()


def test_a_report_for_oneself_and_a_page_without_script_have_no_form(
    open_page: OpenPage, workspace: Workspace, report: Report
) -> None:
    page = open_page(html.render(build_report(workspace, "last", EVERYTHING)))
    expect(page.locator(".answer, .give-back")).to_have_count(0)
    page = open_page(re.sub("<script>.*</script>", "", html.render(report), flags=re.DOTALL))
    expect(page.locator(".answer")).to_be_hidden()
