"""What a finished recording is, whether it was spoken, recovered or imported."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recording:
    """A mono 16-bit FLAC file and what is known of how it was made."""

    path: Path
    duration_s: float
    sample_rate_hz: int
    peak_dbfs: float
    """The loudest sample against full scale, -96.0 at the lowest."""
    clipped_s: float
    """Time spent at full scale: the number of such samples over the sample rate."""
    overflows: int
    """How often the sound system dropped samples because it was not emptied in time."""
    device: str
    """The device, or the file that stood in for it."""
    all_zero: bool
    """No sample differs from zero: a muted or forbidden microphone, not a quiet room."""
    interrupted: str | None
    """Why it ended without being asked to, in words; None when it was stopped."""
    track: str | None = None
    """Which of several sound tracks of a file it was, in words."""
