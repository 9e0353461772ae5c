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


def deletes_more(keep_audio_days: int, before: int) -> bool:
    """Whether sound goes earlier with this number of days than it did with the number `before`."""
    return bool(keep_audio_days) and (not before or keep_audio_days < before)


def describe_expiry(expired: int, keep_audio_days: int) -> str:
    """What `keep_audio_days` will do, to agree to before it is kept.

    Args:
        expired: Takes whose sound is older already.
        keep_audio_days: More than 0.
    """
    days = f"{keep_audio_days} day{'' if keep_audio_days == 1 else 's'}"
    if expired:
        which = f"The sound of {_count(expired)} is older than {days}"
        now = f"{which} and will be deleted at the next start."
    else:
        now = f"From now on, sound older than {days} is deleted at each start; today there is none."
    return f"{now} Words and reviews stay; starred takes keep their sound."


def describe_expired(expired: int, keep_audio_days: int) -> str:
    """What was deleted at a start."""
    days = f"{keep_audio_days} day{'' if keep_audio_days == 1 else 's'}"
    return f"The sound of {_count(expired)} older than {days} was deleted; the words stay."


def _count(takes: int) -> str:
    return "1 take" if takes == 1 else f"{takes:,} takes"
