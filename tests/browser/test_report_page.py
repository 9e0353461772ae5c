"""The report as whoever gets it sees, hears and works it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.reporting import ReportOptions, ShareOptions, build_report
from practice.core.workspace import Workspace
from practice.delivery.definitions import BY_KEY
from practice.delivery.transcript.coverage import Coverage, CoverageItem
from practice.library.takes import QuestionSnapshot
from practice.reports import html
from practice.reports.report import Report
from tests.browser.conftest import PHONE
from tests.support.takes import keep_take

QUESTION = "Tell me about a conflict with a colleague."
HOSTILE = '<script>document.title="taken"</script><img src=x onerror=alert(1)>" onclick="x {{7*7}}'


Scheme = Literal["light", "dark"]


class OpenPage(Protocol):
    def __call__(self, text: str, **viewport: int) -> Page: ...


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """The third take of a question, with notes, a rating and parts, as it is in the library."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PRACTICE_HOME", str(tmp_path_factory.mktemp("home")))
        with Workspace(places(), Settings()) as workspace:
            asked = QuestionSnapshot("conflict-colleague", "behavioural-basics", QUESTION)
            for _ in range(3):
                take = keep_take(workspace, asked=asked)
            marks = workspace.library.annotations
            marks.note(take.id, "Name the result first.\nShorter.")
            marks.rate(take.id, 3)
            marks.mark_parts(take.id, {"situation": 1.0, "action": 8.0, "result": 20.0})
            yield build_report(
                workspace, take.id, ReportOptions(sharing=ShareOptions(("platform",)))
            )


@pytest.fixture(scope="module")
def page_html(report: Report) -> str:
    return html.render(report)


def read_player(page: Page) -> dict[str, Any]:
    """What the player is doing."""
    state: dict[str, Any] = page.evaluate(
        "() => { const a = document.querySelector('audio');"
        " return { paused: a.paused, at: a.currentTime, length: a.duration, rate: a.playbackRate,"
        " now: document.querySelector('.now')?.textContent.trim() ?? null }; }"
    )
    return state


def wait_until_heard(page: Page, seconds: float) -> None:
    """Wait until the sound has come so far."""
    page.wait_for_function(f"() => document.querySelector('audio').currentTime > {seconds}")


def find_word(page: Page, text: str) -> Locator:
    """The first place of the transcript with that word."""
    return page.locator(".place", has_text=text).first


def test_the_button_plays_the_sound_and_stops_it(open_page: OpenPage, page_html: str) -> None:
    page = open_page(page_html)
    page.get_by_role("button", name="Play", exact=True).click()
    wait_until_heard(page, 0.4)
    page.get_by_role("button", name="Pause", exact=True).click()
    state = read_player(page)
    assert state["paused"]
    assert state["length"] == pytest.approx(33, abs=3)


def test_a_click_on_a_word_plays_from_there_and_marks_what_is_heard(
    open_page: OpenPage, page_html: str
) -> None:
    page = open_page(page_html)
    word = find_word(page, "everyone")
    start_s = float(word.get_attribute("data-start") or 0)
    # Written down in the page: a word lasts less than the time between two looks from here.
    page.evaluate(
        "() => { window.marked = [];"
        " const note = (word) => word.matches('.now') && marked.push(word.textContent.trim());"
        " new MutationObserver((changes) => changes.forEach((change) => note(change.target)))"
        ".observe(document.body, { subtree: true, attributeFilter: ['class'] }); }"
    )
    word.click()
    wait_until_heard(page, start_s + 0.5)
    expect(word).not_to_have_class(re.compile("now"))
    marked = page.evaluate("() => window.marked")
    assert marked[0] == "everyone"
    assert len(marked) > 1
    assert read_player(page)["at"] < start_s + 5


def test_the_keys_of_the_app_work_in_the_page(open_page: OpenPage, page_html: str) -> None:
    page = open_page(page_html)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert read_player(page)["at"] == pytest.approx(5.0, abs=0.1)
    page.keyboard.press(">")
    assert read_player(page)["rate"] == 1.25
    page.keyboard.press("]")
    page.wait_for_function("() => document.activeElement.classList.contains('marked')")
    assert not read_player(page)["paused"]
    page.keyboard.press(" ")
    assert read_player(page)["paused"]
    first = page.evaluate("() => document.activeElement.textContent")
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert page.evaluate("() => document.activeElement.textContent") != first


def test_a_pause_before_the_first_sound_is_no_fault(open_page: OpenPage, page_html: str) -> None:
    page = open_page(page_html)
    page.evaluate(
        """() => new Promise((resolve) => {
            // What becomes of the play that was broken off is told in the task of this event.
            const told = () => setTimeout(resolve);
            const audio = document.querySelector("audio");
            audio.addEventListener("pause", told, { once: true });
            audio.load();
            for (const key of [" ", " "]) {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            }
        })"""
    )
    assert read_player(page)["paused"]


def test_the_keys_can_be_switched_off(open_page: OpenPage, page_html: str) -> None:
    page = open_page(page_html)
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("ArrowRight")
    assert read_player(page)["at"] == 0


def test_the_list_of_marks_plays_just_before_each(open_page: OpenPage, page_html: str) -> None:
    page = open_page(page_html)
    page.get_by_text("Every mark").click()
    button = page.locator("[data-seek]").nth(5)
    seek_s = float(button.get_attribute("data-seek") or 0)
    button.click()
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert seek_s - 1.2 < read_player(page)["at"] < seek_s + 2


def test_the_position_is_a_slider_that_says_where_it_is(
    open_page: OpenPage, page_html: str
) -> None:
    page = open_page(page_html)
    slider = page.get_by_role("slider", name="Position")
    slider.fill("12")
    assert read_player(page)["at"] == pytest.approx(12, abs=0.1)
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^0:12 of 0:3"))


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", PHONE), ("dark", {"width": 1280, "height": 900})]
)
def test_axe_finds_nothing_to_object_to(
    open_page: OpenPage, page_html: str, scheme: Scheme, size: dict[str, int]
) -> None:
    page = open_page(page_html, **size)
    page.emulate_media(color_scheme=scheme)
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(page)
    assert [
        (violation["id"], violation["impact"], [node["html"] for node in violation["nodes"]][:2])
        for violation in found.response["violations"]
    ] == []


def test_nothing_is_wider_than_the_window(open_page: OpenPage, page_html: str) -> None:
    page = open_page(page_html)
    for width in (320, 360, 800, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_it_is_read_aloud_in_parts_that_have_names(open_page: OpenPage, page_html: str) -> None:
    page = open_page(page_html)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    names = page.get_by_role("heading", level=2).all_inner_texts()
    assert names[:2] == ["A question to you", "What was said"]
    assert "In the speaker’s own words" not in names  # notes stay with the speaker
    spoken = page.locator(".words").aria_snapshot()
    assert "um (filler sound)" in spoken
    assert "⟨" not in spoken


def test_on_paper_every_word_and_meaning_stands_and_no_button_does(
    open_page: OpenPage, page_html: str
) -> None:
    page = open_page(page_html)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for text in ("endpoint", BY_KEY["longest_run_s"].explanation):
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.locator(".play")).to_be_hidden()
    expect(page.get_by_role("slider")).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")


def test_without_script_the_browsers_own_player_is_there(
    open_page: OpenPage, page_html: str
) -> None:
    page = open_page(re.sub("<script>.*</script>", "", page_html, flags=re.DOTALL))
    assert page.evaluate("() => document.querySelector('audio').controls")
    expect(page.locator(".player")).to_be_hidden()


def test_without_sound_everything_else_is_there(open_page: OpenPage, report: Report) -> None:
    page = open_page(html.render(replace(report, clip=None, no_clip="The sound was left out.")))
    expect(page.get_by_text("The sound was left out.")).to_be_visible()
    expect(page.locator(".words")).to_contain_text("endpoint")
    expect(page.locator("audio, .player, .keys")).to_have_count(0)


def test_hostile_texts_stay_text(open_page: OpenPage, report: Report) -> None:
    review = report.review
    assert review.take is not None
    words = tuple(replace(word, text=HOSTILE) for word in review.words)
    hostile = replace(
        report,
        notes=HOSTILE,
        to_reader=HOSTILE,
        review=replace(
            review,
            words=words,
            take=replace(review.take, question=HOSTILE),
            transcription=replace(review.transcription, language='"><script>1</script>'),
            findings=tuple(replace(f, label=HOSTILE, text=HOSTILE) for f in review.findings),
            coverage=Coverage(key_points=(CoverageItem(text=HOSTILE, said=True, at_s=1.0),)),
        ),
    )
    page = open_page(html.render(hostile))
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    assert page.title() == HOSTILE
    assert page.evaluate("() => document.scripts.length") == 1
    assert page.evaluate("() => document.images.length") == 0
    assert page.evaluate("() => document.querySelectorAll('[onclick], [onerror]').length") == 0
    page.get_by_role("button", name="Play", exact=True).click()
    wait_until_heard(page, 0.2)


def test_a_script_that_got_in_all_the_same_would_not_run(
    browser: Browser, page_html: str, tmp_path: Path
) -> None:
    foreign = "<script>document.title = 'taken'</script><img src='https://example.org/'></main>"
    path = tmp_path / "page.html"
    path.write_text(page_html.replace("</main>", foreign), encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text))
        page.goto(path.as_uri())
        assert page.title() == QUESTION
        assert len([text for text in refused if "Content Security Policy" in text]) == 2
