"""The terminal app, opened from the command line."""

from practice.paths import Places, places
from practice.settings import load_settings
from practice.tui.run import run
from practice.tui.services import Services


def open_app(where: Places | None = None, model: str | None = None) -> int:
    """Show the app on the user's own places until it is left; returns the exit code.

    Raises:
        SettingsError: The settings cannot be read.
    """
    here = where or places()
    return run(Services(here, load_settings(here.settings_file), model=model))
