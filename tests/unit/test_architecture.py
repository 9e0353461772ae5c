"""The arrows between modules: none leads back, and what forbids them is proven to forbid."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.imports import ROOT, Kind, find_circles, find_imports, read_modules

PLANTED = {
    "practice.base.text": (
        "import click",
        "import textual",
        "import rich",
        "import sqlite3",
        "import sounddevice",
        "import soundfile",
        "import av",
        "import faster_whisper",
        "import ctranslate2",
        "import onnxruntime",
        "import fcntl",
        "import msvcrt",
        "import multiprocessing",
    ),
    "practice.base.files": ("def lazily():\n    import sqlite3",),
    "practice.speech.worker": (
        "import ctranslate2",
        "import practice.speech.child.whisper",
        "import practice.audio.growing_file",
    ),
    "practice.speech.child.segments": ("import soundfile", "import av"),
    "practice.speech.child.decoding": ("import practice.audio.recorder",),
    "practice.questions.importers.tables": ("import sqlite3",),
    "practice.library.takes": ("import practice.audio.level",),
    "practice.delivery.findings": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import practice.tui.commands",
    ),
    "practice.core.live": ("def lazily():\n    import practice.tui.app",),
    "practice.reports.text": ("import practice.core.workspace",),
    "practice.tui.widgets.cursor_list": ("import practice.tui.screens.base",),
    "practice.tui.screens.base": ("def lazily():\n    import practice.tui.app",),
}
"""Imports that a contract forbids, lazy and type-only ones among them."""


def test_no_modules_import_each_other_in_a_circle_however_lazily() -> None:
    modules = read_modules(ROOT / "practice")
    inner = [(i.source, i.target) for i in find_imports(modules) if i.target in modules]
    assert find_circles(edge for edge in inner if edge[0] != edge[1]) == []


def test_a_circle_of_lazy_and_type_only_imports_is_found(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "one.py").write_text("def lazily():\n    from package import two\n")
    (package / "two.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from package.one import lazily\n"
    )
    (package / "three.py").write_text("from package import one\n")
    modules = read_modules(package)
    found = find_circles((i.source, i.target) for i in find_imports(modules))
    assert found == [["package.one", "package.two"]]


def test_each_import_inside_a_function_says_why() -> None:
    modules = read_modules(ROOT / "practice")
    silent = []
    for each in find_imports(modules):
        path = ROOT / (each.source.replace(".", "/") + ".py")
        if each.kind is Kind.LAZY:
            # A reason that is too long for the line stands above it.
            above, line = path.read_text(encoding="utf-8").splitlines()[each.line - 2 : each.line]
            if "# lazy: " not in line and not above.lstrip().startswith("# lazy: "):
                silent.append(f"{path}:{each.line}")
    assert silent == []


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy with every forbidden import planted."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "practice",
        copy / "practice",
        ignore=lambda folder, names: [n for n in names if not n.endswith(".py") and "." in n],
    )
    shutil.copy(ROOT / "pyproject.toml", copy)
    for module, lines in PLANTED.items():
        path = copy / Path(*module.split(".")).with_suffix(".py")
        path.write_text(path.read_text(encoding="utf-8") + "\n".join(["", *lines, ""]))
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=copy, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "target"),
    [(module, line.split("import ")[-1]) for module, lines in PLANTED.items() for line in lines],
)
def test_a_forbidden_import_breaks_a_contract(verdict: str, module: str, target: str) -> None:
    assert f"{module} -> {target} (l." in verdict


def test_every_contract_can_break(verdict: str) -> None:
    assert "0 kept" in verdict
