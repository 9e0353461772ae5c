"""Days as people name them."""

from datetime import datetime, tzinfo

_WEEK = 7


def days_between(earlier: datetime, later: datetime, zone: tzinfo | None = None) -> int:
    """How many midnights lie between two moments in `zone` (None: the machine's own)."""
    return (later.astimezone(zone).date() - earlier.astimezone(zone).date()).days


def day_name(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """`today`, `yesterday`, a weekday within the last week, else the date."""
    days = days_between(moment, now, zone)
    local = moment.astimezone(zone)
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    if 1 < days < _WEEK:
        return local.strftime("%A")
    same_year = local.year == now.astimezone(zone).year
    return f"{local.day} {local:%b}" if same_year else f"{local.day} {local:%b %Y}"
