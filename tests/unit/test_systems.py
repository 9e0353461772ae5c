"""What one system alone has stays in one room, and the rest does without it."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.posix_names import BLOCKED_MODULES, POSIX_NAMES
from tools.imports import ROOT, find_imports, read_modules

ROOM = "practice.base.system"
SYSTEM_MODULES = {*BLOCKED_MODULES, "multiprocessing", "msvcrt", "select", "winreg"}
SYSTEM_NAMES = {
    **{module: {*names} for module, names in POSIX_NAMES.items()},
    "sys": {"platform", "getwindowsversion"},
    "platform": {"system", "uname", "win32_ver", "mac_ver"},
    "asyncio": {"add_signal_handler"},
}
SYSTEM_NAMES["os"] |= {
    *("name", "getuid", "sep", "altsep", "fsync", "O_BINARY", "startfile", "uname"),
    *("replace", "rename", "symlink", "link"),
}
"""Names of modules that differ, or do something else, from one system to the next."""
LEFT_OFF = {("practice.speech.models", "os.sep")}
"""Where a name of a model is told from a path."""
IMPORT_ALL = """
import importlib, pkgutil
from tests.support.windows_likeness import imitate_windows
imitate_windows()
import practice
names = [module.name for module in pkgutil.walk_packages(practice.__path__, "practice.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
from practice.base.system import files, processes
assert files.RETRY_S and processes.OWN_CONSOLE, "it found itself on POSIX"
print(len(names))
"""
UNIT_TESTS = (
    *("base", "library", "audio/test_spool.py", "audio/test_encoder.py"),
    *("core/test_export_and_import.py", "questions/test_catalogue.py"),
)
"""Those that have most to do with files, in little time."""


def names_of_systems() -> Iterator[tuple[str, str, int]]:
    """Each use of such a name outside the room: its module, the name, its line."""
    for module, tree in read_modules(ROOT / "practice").items():
        if module.startswith(ROOM):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used = [(node.value.id, node.attr)]
            elif isinstance(node, ast.ImportFrom) and node.module:
                used = [(node.module, alias.name) for alias in node.names]
            else:
                continue
            for owner, name in used:
                if name in SYSTEM_NAMES.get(owner, ()):
                    yield module, f"{owner}.{name}", node.lineno


def test_no_other_room_names_what_one_system_has_or_asks_which_one_it_is() -> None:
    found = [use for use in names_of_systems() if use[:2] not in LEFT_OFF]
    assert found == []


def test_no_other_room_imports_what_one_system_has() -> None:
    imports = find_imports(read_modules(ROOT / "practice"))
    found = [
        (each.source, each.target)
        for each in imports
        if each.target.partition(".")[0] in SYSTEM_MODULES and not each.source.startswith(ROOM)
    ]
    assert found == []


def test_no_other_room_names_a_place_of_one_system_or_a_form_of_its_dates() -> None:
    places = re.compile(r"/(tmp|proc|dev|etc|usr|var|home)\b|[A-Z]:\\\\|.*%-[dmHIMSyj]")
    found = [
        (module, node.value)
        for module, tree in read_modules(ROOT / "practice").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and places.match(node.value)
        and not module.startswith(ROOM)
    ]
    assert found == []


def test_every_module_can_be_imported_without_what_windows_lacks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300


@pytest.mark.posix
def test_files_are_kept_in_the_same_way_without_what_windows_lacks() -> None:
    plugin = ("-p", "tests.support.windows_likeness_plugin", "-p", "no:cacheprovider")
    paths = [f"tests/unit/{path}" for path in UNIT_TESTS]
    # What the run that this test is a part of was told is not for this one.
    environment = {**os.environ, "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--tb=short", *plugin, *paths],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
