"""Running the app in the terminal: the one entry that the command line uses."""

from typing import TYPE_CHECKING

from practice.audio.stderr_redirect import redirect_stderr
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from practice.tui.textual_fixes import accept_any_byte, skip_in_collections

if TYPE_CHECKING:
    from practice.core.session_plan import SessionPlan


def run(services: Services, plan: "SessionPlan | None" = None) -> int:
    """Show the app until the user leaves, beginning with `plan`; returns the exit code."""
    accept_any_byte()
    # Native sound libraries write warnings to descriptor 2, into the middle of the screen. It
    # belongs to the log meanwhile, and Textual draws on a duplicate of the terminal.
    with redirect_stderr(services.places.log):
        try:
            app = PracticeApp(services, plan)
            app.run()
        finally:
            services.close()
    skip_in_collections()
    return app.return_code or 0
