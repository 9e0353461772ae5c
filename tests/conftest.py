"""Every test has a home of its own and no network, in this process and in those it starts."""

import runpy
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.support.virtual_microphone",
    "tests.support.fault_table",
    "tests.support.real_model",
]

ON_WINDOWS = sys.platform == "win32" or "tests.support.windows_likeness_plugin" in sys.modules
collect_ignore_glob: list[str] = []
"""What needs more than the system has: PulseAudio and small disks, `/proc`, a pseudo terminal."""
if sys.platform != "linux":
    collect_ignore_glob += ["audio/*", "faults/*", "fuzz/*", "unit/test_systems.py"]
if sys.platform == "win32":
    collect_ignore_glob += ["*pseudo_terminal*", "tui/test_real_terminal.py", "cli/test_record.py"]
    collect_ignore_glob += ["cli/test_privacy.py", "cli/test_sound_retention.py"]
GUARD = Path(__file__).parent / "no_network"


# No test is timed: a busy machine must not fail one.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    # Where tests run in the background of a script, interrupts are ignored, also by children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    runpy.run_path(str(GUARD / "sitecustomize.py"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "virtual_microphone" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.sound_server)
        if ON_WINDOWS and item.get_closest_marker("posix"):
            item.add_marker(pytest.mark.skip(reason="Windows has nothing like it"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty PRACTICE_HOME that child processes inherit, with every model hub switched off."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PRACTICE_HOME", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(GUARD))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for name in ("NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return folder
