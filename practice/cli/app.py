"""The terminal app, opened from the command line."""

from typing import TYPE_CHECKING

import msgspec

from practice.base.paths import Places, places
from practice.base.settings import load_settings
from practice.tui.run import run
from practice.tui.services import Services

if TYPE_CHECKING:
    # Brings the workspace and NumPy, which the app opens beside its first frame.
    from practice.core.session_plan import SessionPlan


def open_app(
    where: Places | None = None,
    *,
    model: str | None = None,
    language: str | None = None,
    microphone: str | None = None,
    plan: "SessionPlan | None" = None,
) -> int:
    """Show the app until it is left; returns the exit code.

    Args:
        where: Other places than the user's own.
        model: Overrides the setting for this run.
        language: Likewise.
        microphone: Likewise.
        plan: A session to begin with.

    Raises:
        SettingsError: The settings cannot be read.
    """
    here = where or places()
    settings = load_settings(here.settings_file)
    if microphone is not None:
        settings = msgspec.structs.replace(settings, microphone=microphone)
    return run(Services(here, settings, model=model, language=language), plan)
