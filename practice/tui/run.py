"""Running the app in the terminal: the one entry that the command line uses."""

import gc
from codecs import getincrementaldecoder
from functools import partial
from typing import TYPE_CHECKING

from textual.drivers import linux_driver

from practice.audio.stderr_redirect import redirect_stderr
from practice.tui.app import PracticeApp
from practice.tui.services import Services

if TYPE_CHECKING:
    from practice.core.session import SessionPlan


def _take_any_byte() -> None:
    """Read what is no UTF-8 as U+FFFD, where Textual's reader of the terminal would end the app."""
    linux_driver.getincrementaldecoder = lambda encoding: partial(  # type: ignore[attr-defined]
        getincrementaldecoder(encoding), errors="replace"
    )


def run(services: Services, plan: "SessionPlan | None" = None) -> int:
    """Show the app until the user leaves, beginning with `plan`; returns the exit code.

    Descriptor 2 belongs to the log meanwhile, and Textual draws on a duplicate of the terminal.
    """
    _take_any_byte()
    with redirect_stderr(services.places.log):
        try:
            app = PracticeApp(services, plan)
            app.run()
        finally:
            services.close()
    # Everything is closed; Python would look through all that is left before it ends, for longer
    # than the rest of a quit takes.
    gc.freeze()
    return app.return_code or 0
