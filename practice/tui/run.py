"""Running the app in the terminal: the one entry that the command line uses."""

from practice.audio.native_noise import native_stderr_to
from practice.tui.app import PracticeApp
from practice.tui.services import Services


def run(services: Services) -> int:
    """Show the app until the user leaves; returns the exit code.

    Descriptor 2 belongs to the log meanwhile, and Textual draws on a duplicate of the terminal.
    """
    with native_stderr_to(services.places.log):
        try:
            app = PracticeApp(services)
            app.run()
        finally:
            services.close()
    return app.return_code or 0
