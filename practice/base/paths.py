"""Where things live on this machine."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from practice.base.errors import SettingsError
from practice.base.text import one_line

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
WORDS_CACHE = ".heard"
"""Ends the name of a file beside a recording, named by the same take: the cache of the words that
are recognised so far. It goes once the take has its review."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that belong to `practice`; nothing is created until it is needed."""

    config: Path
    """Settings and the user's word lists."""
    data: Path
    """Library, recordings and the user's question banks."""
    state: Path
    """Logs."""
    models: Path
    """Speech models."""

    @property
    def settings_file(self) -> Path:
        """The TOML file of settings."""
        return self.config / "settings.toml"

    @property
    def lexicon(self) -> Path:
        """The user's changes to the filler lists, a TOML file with a table per language."""
        return self.config / "lexicon.toml"

    @property
    def stories(self) -> Path:
        """The user's stories, a YAML file."""
        return self.config / "stories.yaml"

    @property
    def letters(self) -> Path:
        """The user's own templates of letters."""
        return self.config / "letters"

    @property
    def formats(self) -> Path:
        """The user's own session formats."""
        return self.config / "formats"

    @property
    def database(self) -> Path:
        """The library's SQLite file."""
        return self.data / "library.db"

    @property
    def recordings(self) -> Path:
        """Finished recordings and the spools of those under way."""
        return self.data / "recordings"

    @property
    def banks(self) -> Path:
        """The user's own question banks."""
        return self.data / "question_banks"

    @property
    def exports(self) -> Path:
        """Where a take is written to where the user names no other place."""
        return self.data / "exports"

    @property
    def log(self) -> Path:
        """The log of this program and of the native libraries below it."""
        return self.state / "practice.log"

    @property
    def model_speeds(self) -> Path:
        """How fast speech models were when this machine was measured last, as JSON."""
        return self.state / "model_speeds.json"

    @property
    def scratch(self) -> Path:
        """Sound that is needed for a moment."""
        return self.state / "scratch"


def show_path(path: Path) -> str:
    """A path as it is shown: on one line, with `~` for the user's home."""
    home = Path.home()
    shown = Path("~") / path.relative_to(home) if path.is_relative_to(home) else path
    return one_line(str(shown))


def places() -> Places:
    """The folders to use: all under `PRACTICE_HOME` when it is set, else the platform's own.

    Raises:
        SettingsError: `PRACTICE_HOME` names the home of a user who does not exist.
    """
    home = os.environ.get("PRACTICE_HOME")
    if home:
        try:
            root = Path(home).expanduser().absolute()
        except RuntimeError as error:
            raise SettingsError(
                f"PRACTICE_HOME is {one_line(home)}: there is no such home folder",
                "set it to a folder you can write to",
            ) from error
        return Places(root / "config", root / "data", root / "state", root / "models")
    folders = platformdirs.PlatformDirs("practice", appauthor=False)
    return Places(
        folders.user_config_path,
        folders.user_data_path,
        folders.user_state_path,
        folders.user_cache_path / "models",
    )
