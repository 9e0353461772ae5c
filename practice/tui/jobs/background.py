"""Work beside the screen: on a daemon thread that ends in a message and never holds up a quit.

Textual's own thread workers run on an executor that Python waits for at exit. A daemon thread is
left behind: what it does must be safe to lose, as everything that goes through the library is.
"""

import threading
from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from practice.base.errors import PracticeError
from practice.tui.messages import Crashed, ErrorRaised


def in_background(pump: MessagePump, work: Callable[[], Message | None], name: str) -> None:
    """Do `work` beside the screen and post the message it returns to `pump`.

    A PracticeError becomes `ErrorRaised`, which the app shows unless a screen handles and stops it.
    Any other exception is a defect: it ends the app with its traceback.

    Args:
        pump: The screen or the app.
        work: Touches no widget; returns what happened, as a message.
        name: Of the thread.
    """

    def run() -> None:
        try:
            message = work()
        except PracticeError as error:
            message = ErrorRaised(error)
        except BaseException as error:
            pump.post_message(Crashed(error))
            raise
        if message is not None:
            pump.post_message(message)

    threading.Thread(target=run, name=name, daemon=True).start()
