import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from practice.base.errors import ModelError
from practice.speech.model_advice import Speed, SpeedRecord, derive_speeds
from practice.tui.messages import DownloadEnded
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.setup.model_folder import ModelFolderDialog
from practice.tui.screens.setup.models import ModelsScreen
from practice.tui.services import Services
from practice.tui.widgets.path_input import PathSuggester
from tests.support.app_harness import PATIENCE_S, AppHarness
from tests.tui.conftest import RunApp

Open = Callable[..., AbstractAsyncContextManager[AppHarness]]


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
    """Open the screen of models, on a machine that has none."""

    @asynccontextmanager
    async def open_models(size: tuple[int, int] = (80, 24)) -> AsyncIterator[AppHarness]:
        async with run_app(size) as harness:
            await harness.shows("new to you")
            harness.app.navigator.open_models()
            await harness.wait_for_screen(ModelsScreen)
            yield harness

    return open_models


@pytest.fixture
def own_model(tmp_path: Path) -> Path:
    """A folder with a model, outside of where models are kept."""
    return make_model(tmp_path / "mine")


def make_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_text("{}")
    (folder / "model.bin").write_bytes(b"WhisperSpec")
    return folder


def answer_measurement(monkeypatch: pytest.MonkeyPatch, **factors: float) -> None:
    """Let the measurement say these factors."""
    record = SpeedRecord(
        "tiny.en", derive_speeds([Speed(size, at) for size, at in factors.items()])
    )
    monkeypatch.setattr(f"{ModelsScreen.__module__}.measure_speeds", lambda *_: record)


async def test_where_no_model_is_here_one_is_offered_in_a_sentence(open_models: Open) -> None:
    async with open_models() as harness:
        await harness.shows("Get base (148 MB)? Enter yes, Esc later.", "Enter yes, get it")
        await harness.shows("it found 28 of 29 ums", "the only time")
        await harness.shows("pip install 'interview-practice[tiny-en]'", "tiny.en (78 MB)")
        assert "large-v2" not in harness.text
        await harness.press("down")
        await harness.shows("tiny.en", "ums 76%", "large-v2", "not measured", "a folder…")
        await harness.hides("Enter yes, get it")


async def test_enter_gets_the_recommended_model_and_then_uses_it(
    open_models: Open, hub: FakeHub, services: Services
) -> None:
    async with open_models() as harness:
        await harness.shows("Get base (148 MB)?")
        await harness.press("enter")
        for _ in range(3):
            hub.send_a_tenth()
        await harness.shows("base: 30%", "left", "F6 cancel", "You can go on meanwhile")
        assert services.settings.model == "demo"
        for _ in range(8):
            hub.send_a_tenth()
        await harness.shows("base is here now, and in use")
        await harness.hides("F6 cancel")
    assert services.settings.model == "base"


async def test_getting_another_model_is_asked_for_with_its_size(
    open_models: Open, hub: FakeHub
) -> None:
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("down", "end", "up", "enter")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("Get distil-large-v3.5, 1.5 GB? It comes from huggingface.co")
        await harness.press("escape")
        await harness.wait_for_screen(ModelsScreen)
    assert hub.asked_for == []


async def test_f6_cancels_a_download(open_models: Open, hub: FakeHub) -> None:
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("enter")
        await harness.shows("base: 0%")
        await harness.press("f6")
        hub.send_a_tenth()
        await harness.shows("the download was cancelled")
        ended = harness.messages(DownloadEnded)[0]
        assert isinstance(ended, DownloadEnded)
        assert ended.cancelled


async def test_a_download_goes_on_when_the_screen_is_left(open_models: Open, hub: FakeHub) -> None:
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("enter")
        await harness.shows("base: 0%")
        await harness.press("escape")
        await harness.shows("new to you")
        for _ in range(11):
            hub.send_a_tenth()
        await harness.shows("base is here now, and in use")


async def test_a_model_that_was_chosen_meanwhile_stays_chosen(
    open_models: Open, hub: FakeHub, services: Services
) -> None:
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("enter")
        await harness.shows("base: 0%")
        services.change_setting("model", "tiny.en")
        for _ in range(11):
            hub.send_a_tenth()
        await harness.shows("base is here now; the settings choose it")
    assert services.settings.model == "tiny.en"


async def test_a_download_that_fails_stays_on_screen_with_the_ways_on(
    open_models: Open, hub: FakeHub, services: Services
) -> None:
    hub.refusal = ModelError("huggingface.co cannot be found", "try again later")
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("enter")
        await harness.shows(
            "base did not arrive: huggingface.co cannot be found.", "Enter try again",
            "Or take another", "pip install", "a folder…", "tiny.en",
        )  # fmt: skip
        assert services.settings.model == "demo"
        await harness.press("escape")
        await harness.shows("new to you")
        harness.app.navigator.open_models()
        await harness.shows("base did not arrive", "Enter try again")
        hub.refusal = None
        await harness.press("enter")
        await harness.shows("base: 0%")
        await harness.hides("did not arrive")
        for _ in range(11):
            hub.send_a_tenth()
        await harness.shows("base is here now, and in use")
    assert hub.asked_for == ["base", "base"]


async def test_a_model_that_did_not_arrive_is_in_view_where_the_list_is_long(
    open_models: Open, hub: FakeHub
) -> None:
    hub.refusal = ModelError("huggingface.co cannot be found", "try again later")
    async with open_models() as harness:
        await harness.press("down", "end", "enter")
        await harness.wait_for_screen(AskDialog)
        await harness.press("enter")
        await harness.shows("did not arrive", "Enter on its line tries again", "Enter try again")
        await harness.press("escape")
        await harness.shows("new to you")
        harness.app.navigator.open_models()
        await harness.shows("did not arrive")
        await harness.shows("large-v3-turbo       1.6 GB")


async def test_a_failure_is_told_where_the_screen_was_left(open_models: Open, hub: FakeHub) -> None:
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("enter", "escape")
        await harness.shows("new to you")
        hub.refusal = ModelError("the hub cannot be reached", "try again later")
        hub.send_a_tenth()
        await harness.shows("the hub cannot be reached", "try again later")


async def test_f5_puts_the_cursor_on_the_largest_model_that_keeps_up_and_keeps_the_speed(
    open_models: Open, monkeypatch: pytest.MonkeyPatch, services: Services
) -> None:
    answer_measurement(monkeypatch, tiny=0.05, base=0.1, small=0.4)
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("down", "f5")
        await harness.shows(
            "small is the largest model that keeps up with speech here.",
            "How well it hears: not measured by us",
            "Speed here: 0.40 s for a second of an answer: keeps up.",
        )
        await harness.wait_until(services.places.model_speeds.exists)
        await harness.press("enter")
        await harness.shows("Get small, 486 MB")
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("down", "down")
        await harness.shows("Speed here: 0.10 s for a second of an answer: keeps up.")


async def test_a_measurement_shows_how_far_it_is(
    open_models: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def measure(show_part: Callable[[float], None], _: object) -> SpeedRecord:
        show_part(0.4)
        may_end.wait(PATIENCE_S)
        return SpeedRecord(None, derive_speeds([Speed("base", 0.1)]))

    monkeypatch.setattr(f"{ModelsScreen.__module__}.measure_speeds", measure)
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("f5")
        await harness.shows("Measuring how fast this machine is: 40%", "left")
        may_end.set()
        await harness.hides("Measuring")


async def test_where_the_machine_cannot_be_measured_that_is_said(
    open_models: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practice.speech.model_advice.sys.executable", "/bin/false")
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("f5")
        await harness.shows("this machine cannot be measured")
        await harness.hides("Measuring")


async def test_the_demo_model_is_not_offered_for_ones_own_voice(
    open_models: Open, services: Services
) -> None:
    services.change_setting("model", "base")
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("down")
        await harness.shows("tiny.en")
        assert "demo" not in harness.text


async def test_the_demo_model_in_use_says_whom_it_understands_and_cannot_be_removed(
    open_models: Open,
) -> None:
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("down")
        await harness.shows("● demo", "here, in use")
        await harness.shows("demo understands the voice of practice demo and nobody else")
        await harness.hides("Del remove")
        await harness.press("delete")
        assert isinstance(harness.app.screen, ModelsScreen)


async def test_a_folder_in_use_is_listed_marked_and_under_the_cursor(
    open_models: Open, services: Services, own_model: Path
) -> None:
    services.change_setting("model", str(own_model))
    async with open_models() as harness:
        await harness.shows(
            "● mine", "here, in use", "mine: a folder of yours", str(own_model)[:60]
        )
        await harness.press("enter")
        await harness.shows("model mine ready")
    assert services.settings.model == str(own_model)


async def test_a_folder_in_use_that_is_gone_is_said(open_models: Open, services: Services) -> None:
    services.change_setting("model", "/gone/mine")
    async with open_models() as harness:
        await harness.press("down")
        await harness.shows("● mine", "not here yet", "there is no folder /gone/mine")


async def test_a_folder_can_be_chosen_and_a_wrong_one_is_asked_for_again(
    open_models: Open, services: Services, own_model: Path
) -> None:
    async with open_models() as harness:
        await harness.shows("Get base")
        await harness.press("down")
        await harness.shows("a folder…")
        await harness.press("home", "down", "down", "enter")
        box = await harness.wait_for_screen(ModelFolderDialog)
        await harness.shows("~/ … a folder")
        assert box.query_one(Input).value == ""
        box.query_one(Input).value = str(own_model.parent / "nothing")
        await harness.press("enter")
        await harness.shows("there is no folder", "Which folder holds the model?")
        box = await harness.wait_for_screen(ModelFolderDialog)
        assert box.query_one(Input).value.endswith("nothing")
        box.query_one(Input).value = str(own_model)
        await harness.press("enter")
        await harness.shows("Using mine.", "model mine ready")
        assert "there is no folder" not in harness.text
    assert services.settings.model == str(own_model)


async def test_a_model_is_removed_when_that_is_confirmed(
    open_models: Open, services: Services
) -> None:
    folder = make_model(services.places.models / "mine")
    async with open_models() as harness:
        await harness.shows("mine")
        await harness.press("home")
        await harness.shows("Del remove")
        await harness.press("delete", "n")
        await harness.wait_for_screen(ModelsScreen)
        assert folder.exists()
        await harness.press("delete", "y")
        await harness.wait_until(lambda: not folder.exists())
        await harness.hides("mine")


async def test_the_list_can_be_used_in_a_small_terminal(open_models: Open) -> None:
    async with open_models((40, 12)) as harness:
        await harness.shows("Get base (148 MB)?")
        await harness.press("down")
        await harness.shows("● demo", "base")


async def test_only_folders_are_completed_where_a_folder_is_asked_for(own_model: Path) -> None:
    (own_model.parent / "a file").write_text("")
    typed = f"{own_model.parent}/m"
    assert await PathSuggester(folders_only=True).get_suggestion(typed) == f"{own_model}/"
    (own_model.parent / "machine").write_text("")
    assert await PathSuggester().get_suggestion(typed) == f"{own_model.parent}/machine"
    assert await PathSuggester(folders_only=True).get_suggestion(typed) == f"{own_model}/"


async def test_escape_is_called_later_only_while_a_model_is_offered(open_models: Open) -> None:
    async with open_models() as harness:
        await harness.shows("Get base", "Esc later")
        await harness.press("down")
        await harness.shows("a folder…", "Esc back")
