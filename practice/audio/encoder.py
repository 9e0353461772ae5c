"""A spool into FLAC while it grows, so that little is left to do at its end."""

import threading
from pathlib import Path

from practice.audio.flac import PART, FlacWriter
from practice.audio.growing_file import GrowingFile
from practice.audio.level import Tally
from practice.base.errors import StorageError
from practice.base.system.files import open_removable

LOOK_AGAIN_S = 0.5
PARTIAL_FLAC = f"recording.flac{PART}"
"""What is written lies beside the samples until it is whole, and goes with them."""


class _Cancelled(Exception):  # noqa: N818 - not an error: it ends the writing of the file
    """Nobody wants the file any more."""


class SpoolEncoder:
    """Follows a file of little-endian 16-bit mono samples on a thread of its own.

    It is a help, not a promise: where it fails, the spool is whole and can be encoded at the end.

    Args:
        samples: The growing file.
        sample_rate_hz: Its rate.
        target: The FLAC file, which appears when it is whole.
    """

    def __init__(self, samples: Path, sample_rate_hz: int, target: Path) -> None:
        self._samples = samples
        self._sample_rate_hz = sample_rate_hz
        self._target = target
        self._tally: Tally | None = None
        self._complete = threading.Event()
        self._cancelled = False
        self._thread = threading.Thread(target=self._encode, name="encoder", daemon=True)
        self._thread.start()

    def finish(self) -> Tally | None:
        """Encode the rest of the spool, which is complete.

        Returns:
            The sums over the samples once `target` is there; None where the disk refused.
        """
        self._complete.set()
        self._thread.join()
        return self._tally

    def cancel(self) -> None:
        """Leave no file and end; nothing happens once it has finished."""
        self._cancelled = True
        self.finish()

    def _encode(self) -> None:
        try:
            with (
                open_removable(self._samples) as file,
                FlacWriter(
                    self._target, self._sample_rate_hz, self._samples.with_name(PARTIAL_FLAC)
                ) as flac,
            ):
                spool, is_complete = GrowingFile(file, self._sample_rate_hz), False
                while not is_complete:
                    # Asked before the file is read: whatever was written until then is read once
                    # more, so nothing that came before the end is left out.
                    is_complete = self._complete.wait(LOOK_AGAIN_S)
                    while not self._cancelled and (block := spool.read()) is not None:
                        flac.write(block)
                if self._cancelled:
                    raise _Cancelled  # so that the writer drops the file
        except (StorageError, OSError, _Cancelled):
            return
        self._tally = flac.tally
