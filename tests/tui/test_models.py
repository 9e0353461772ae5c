import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from practice.base.errors import ModelError
from practice.speech.model_advice import Speed
from practice.tui.messages import DownloadEnded
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.setup.models import ModelsScreen
from practice.tui.services import Services
from tests.support.app_harness import PATIENCE_S, AppHarness
from tests.tui.conftest import RunApp

Open = Callable[[], AbstractAsyncContextManager[AppHarness]]


class FakeHub:
    """Stands in for the download: it goes on when it is told to."""

    def __init__(self) -> None:
        self.asked_for: list[str] = []
        self.refusal: ModelError | None = None
        self._more = threading.Semaphore(0)

    def send_a_tenth(self) -> None:
        """Let the next tenth of the model arrive."""
        self._more.release()

    def get(self, name: str, progress: Callable[[int, int], None]) -> Path:
        self.asked_for.append(name)
        for tenth in range(11):
            progress(tenth * 10, 100)
            if self.refusal:
                raise self.refusal
            assert self._more.acquire(timeout=PATIENCE_S)
        return Path()


@pytest.fixture
def hub(services: Services, monkeypatch: pytest.MonkeyPatch) -> FakeHub:
    """What models are got from."""
    there = FakeHub()
    monkeypatch.setattr(services.workspace.models, "get", there.get)
    return there


@pytest.fixture
def open_models(run_app: RunApp, services: Services, hub: FakeHub) -> Open:
    """Open the list of models."""

    @asynccontextmanager
    async def open_models() -> AsyncIterator[AppHarness]:
        async with run_app() as harness:
            await harness.shows("new to you")
            harness.app.navigator.open_models()
            await harness.shows("base.en")
            yield harness

    return open_models


async def test_every_model_is_listed_with_its_size(open_models: Open) -> None:
    async with open_models() as harness:
        await harness.shows("demo", "here, in use", "148 MB", "large-v2", "3.1 GB")


async def test_getting_a_model_is_asked_for_with_its_size(open_models: Open, hub: FakeHub) -> None:
    async with open_models() as harness:
        await harness.press("down", "enter")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("Get tiny.en, 78 MB, from huggingface.co?")
        await harness.press("escape")
        await harness.wait_for_screen(ModelsScreen)
    assert hub.asked_for == []


async def test_a_download_shows_how_far_it_is_and_ends_with_a_notice(
    open_models: Open, hub: FakeHub, services: Services
) -> None:
    async with open_models() as harness:
        await harness.press("down", "enter", "enter")
        for _ in range(3):
            hub.send_a_tenth()
        await harness.shows("tiny.en: 30%", "left", "x cancel")
        for _ in range(8):
            hub.send_a_tenth()
        await harness.shows("it is here now")
        await harness.hides("x cancel")
    assert services.settings.model == "tiny.en"


async def test_x_cancels_a_download(open_models: Open, hub: FakeHub) -> None:
    async with open_models() as harness:
        await harness.press("down", "enter", "enter")
        await harness.shows("tiny.en: 0%")
        await harness.press("x")
        hub.send_a_tenth()
        await harness.shows("the download was cancelled")
        ended = harness.messages(DownloadEnded)[0]
        assert isinstance(ended, DownloadEnded)
        assert ended.cancelled


async def test_a_download_goes_on_when_the_screen_is_left(open_models: Open, hub: FakeHub) -> None:
    async with open_models() as harness:
        await harness.press("down", "enter", "enter")
        await harness.shows("tiny.en: 0%")
        await harness.press("escape")
        await harness.shows("new to you")
        for _ in range(11):
            hub.send_a_tenth()
        await harness.shows("it is here now")


async def test_a_download_that_fails_says_why(open_models: Open, hub: FakeHub) -> None:
    hub.refusal = ModelError("the hub cannot be reached", "try again later")
    async with open_models() as harness:
        await harness.press("down", "enter", "enter")
        await harness.shows("the hub cannot be reached", "try again later")


async def test_m_puts_the_cursor_on_the_largest_model_that_keeps_up(
    open_models: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Speed("tiny", 0.1), Speed("base", 0.2), Speed("small", 0.6), Speed("medium", 1.9)]
    monkeypatch.setattr("practice.tui.screens.setup.models.measure_speeds", lambda: iter(found))
    async with open_models() as harness:
        await harness.press("m")
        await harness.shows("small.en is the largest model that keeps up with speech here.")
        await harness.press("enter")
        await harness.shows("Get small.en, 486 MB")


async def test_where_the_machine_cannot_be_measured_that_is_said(
    open_models: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practice.speech.model_advice.sys.executable", "/bin/false")
    async with open_models() as harness:
        await harness.press("m")
        await harness.shows("this machine cannot be measured")
        await harness.hides("that takes some seconds")


async def test_enter_uses_a_model_that_is_here(open_models: Open, services: Services) -> None:
    services.change_setting("model", "base.en")
    async with open_models() as harness:
        await harness.press("home", "enter")
        await harness.shows("model demo ready")
    assert services.settings.model == "demo"


async def test_a_model_is_removed_when_that_is_confirmed(
    open_models: Open, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = services.places.models / "mine"
    folder.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_text("{}")
    (folder / "model.bin").write_bytes(b"WhisperSpec")
    async with open_models() as harness:
        await harness.press("end")
        await harness.shows("mine", "Del remove")
        await harness.press("delete", "n")
        await harness.wait_for_screen(ModelsScreen)
        assert folder.exists()
        await harness.press("delete", "y")
        await harness.wait_until(lambda: not folder.exists())
        await harness.hides("mine")


async def test_the_demo_model_cannot_be_removed(open_models: Open) -> None:
    async with open_models() as harness:
        await harness.press("home")
        await harness.hides("Del remove")
        await harness.press("delete")
        assert isinstance(harness.app.screen, ModelsScreen)
