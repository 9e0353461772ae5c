"""What each entry point loads: the static import contracts cannot see deferred imports."""

import subprocess
import sys

import pytest

HEAVY = {
    "textual",
    "rich",
    "numpy",
    "sounddevice",
    "soundfile",
    "av",
    "faster_whisper",
    "ctranslate2",
    "onnxruntime",
    "huggingface_hub",
    "yaml",
    "msgspec",
    "sqlite3",
    "tomlkit",
    "jinja2",
    "markdown_it",
    "snowballstemmer",
    "wcwidth",
}
RECOGNISER = {"faster_whisper", "ctranslate2", "onnxruntime", "tokenizers"}

RUN = """
import sys
sys.argv = ["practice", *{arguments!r}]
from practice.cli.main import main
try:
    main()
except SystemExit:
    pass
packages = {{name.partition(".")[0] for name in sys.modules}}
sys.stderr.write("\\nLOADED " + " ".join(packages))
"""


def loaded_modules(*arguments: str) -> set[str]:
    code = RUN.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("paths",), ("completion", "zsh")]
)
def test_light_commands_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not loaded_modules(*arguments) & HEAVY


def test_settings_load_no_sound_and_no_speech() -> None:
    assert not loaded_modules("settings") & (HEAVY - {"msgspec"})


@pytest.mark.parametrize(
    "arguments", [("takes", "list"), ("models", "list"), ("session", "--bank", "none"), ("demo",)]
)
def test_this_process_never_loads_the_recogniser(arguments: tuple[str, ...]) -> None:
    assert not loaded_modules(*arguments) & RECOGNISER


def test_banks_are_listed_without_the_parser_that_imports_need() -> None:
    assert "markdown_it" not in loaded_modules("banks", "list")
