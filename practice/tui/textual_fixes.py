"""What this program does around Textual and around Python's collector, until they do it themselves.

Each function says why it is there and what upstream would have to do before it may go. Look there
when the version of Textual in pyproject.toml changes.
"""

import gc
from codecs import getincrementaldecoder
from functools import partial
from typing import TYPE_CHECKING

from practice.base.system.terminal import is_posix_terminal

if TYPE_CHECKING:
    from textual.widget import Widget


def accept_any_byte() -> None:
    """Let bytes from the terminal that are no UTF-8 arrive as U+FFFD.

    Binary data that is pasted holds such bytes, for one. Textual decodes its input strictly, so
    that a single one of them ends the app.
    """
    if not is_posix_terminal():
        return  # a console of Windows gives characters
    # Until Textual decodes with errors="replace": look for `getincrementaldecoder("utf-8")` in
    # `LinuxDriver.run_input_thread`.
    from textual.drivers import linux_driver  # lazy: for POSIX alone

    linux_driver.getincrementaldecoder = lambda encoding: partial(  # type: ignore[attr-defined]
        getincrementaldecoder(encoding), errors="replace"
    )


def forget_old_size(widget: "Widget") -> None:
    """Have the size of a widget worked out again; call it before the content is replaced.

    A text that grew kept the width of the old one, and was cut, when its neighbour had changed in
    the same moment.
    """
    # Until Textual clears the cached size first: in `Widget.refresh`, `_set_dirty` comes before
    # `clear_cached_dimensions`. It looks up where the widget is, which may arrange its siblings
    # again, by the old width, and keep that for the new content.
    widget.clear_cached_dimensions()


def skip_in_collections() -> None:
    """Keep everything that is there now out of the collections that Python makes.

    A full collection looks at every object there is. With a long transcript open that takes longer
    than a frame may (`benchmarks.review_screen` measures it), so that the screen would stand still
    now and then while the user scrolls or plays. Python makes another one when it ends, over
    everything that is left, which would take longer than the rest of a quit.
    """
    # Until a full collection is spread over many steps: look for an incremental collector in the
    # notes of the oldest Python that pyproject.toml allows.
    gc.freeze()


def include_in_collections() -> None:
    """Take back `skip_in_collections`, so that what is no longer used is freed."""
    gc.unfreeze()
