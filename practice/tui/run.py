"""Running the app in the terminal: the one entry that the command line uses."""

import gc
from typing import TYPE_CHECKING

from practice.audio.native_noise import native_stderr_to
from practice.tui.app import PracticeApp
from practice.tui.services import Services

if TYPE_CHECKING:
    from practice.sitting import Plan


def run(services: Services, plan: "Plan | None" = None) -> int:
    """Show the app until the user leaves, beginning with `plan`; returns the exit code.

    Descriptor 2 belongs to the log meanwhile, and Textual draws on a duplicate of the terminal.
    """
    with native_stderr_to(services.places.log):
        try:
            app = PracticeApp(services, plan)
            app.run()
        finally:
            services.close()
    # Everything is closed; Python would look through all that is left before it ends, for longer
    # than the rest of a quit takes.
    gc.freeze()
    return app.return_code or 0
