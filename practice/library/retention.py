"""How long sound is kept, when the user has set a limit; words and reviews always stay."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from practice.library.takes import Take, TakeState


def find_expired(takes: Iterable[Take], keep_audio_days: int, now: datetime) -> list[Take]:
    """The takes whose sound is older than the user wants to keep it.

    A starred take keeps its sound, and so does one that still waits for its review.
    """
    limit = now - timedelta(days=keep_audio_days)
    return [
        take
        for take in takes
        if take.audio is not None
        and take.state is TakeState.REVIEWED
        and not take.starred
        and take.recorded_at < limit
    ]
