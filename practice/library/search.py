"""Finding takes: the few words of the filter language, and the orders a list may have."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from practice.base.text import one_line
from practice.library.library import Library
from practice.library.row_mapping import fold_words
from practice.library.takes import Take, TakeState

HELP = (
    "Words are looked for in the question, the bank and what you said; all of them must be there. "
    '"In quotes" they stand side by side. bank:care keeps one bank. '
    "today, yesterday, 2026, 2026-11 or 2026-11-23 keeps that time; "
    ">2026-10 is after it, >=2026-10 from it on, < and <= before it. "
    "is:failed, is:waiting, is:starred and is:silent (its sound is deleted) keep those."
)
"""The whole language, for people."""

KINDS: Mapping[str, Callable[[Take], bool]] = {
    "failed": lambda take: take.state is TakeState.FAILED,
    "waiting": lambda take: take.lacks_words and take.state is not TakeState.FAILED,
    "starred": lambda take: take.starred,
    "silent": lambda take: take.audio is None and take.duration_s is not None,
}
"""What `is:` knows."""

_TOKEN = re.compile(r'"([^"]*)"?|(\S+)')
_SPAN = re.compile(r"(>=|<=|>|<|)(today|yesterday|\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?)", re.IGNORECASE)
_NAMED = re.compile(r"(bank|is):(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TakeFilter:
    """What a take must be; a filter that was left empty fits every take."""

    phrases: tuple[str, ...] = ()
    """Folded words, each of them asked, said, or in the bank's name."""
    banks: tuple[str, ...] = ()
    """Folded; the bank's name begins with one of them."""
    first: date = date.min
    last: date = date.max
    """The days, both of them included."""
    kinds: tuple[str, ...] = ()
    """Keys of `KINDS`; all of them hold."""
    not_understood: tuple[str, ...] = ()
    """Parts that look like the language and are not; they demand nothing."""

    @property
    def demands(self) -> bool:
        """Whether it keeps anything out."""
        days = self.first > date.min or self.last < date.max
        return bool(self.phrases or self.banks or self.kinds or days)

    def fits(self, take: Take, zone: tzinfo | None = None) -> bool:
        """Whether everything but the phrases holds for `take`.

        Args:
            take: Any.
            zone: Where days begin and end; None is the machine's own.
        """
        return (
            (not self.banks or fold_words(take.bank or "").startswith(self.banks))
            and all(KINDS[kind](take) for kind in self.kinds)
            and self.first <= take.recorded_at.astimezone(zone).date() <= self.last
        )


def parse_filter(text: str, today: date) -> TakeFilter:
    """The filter that someone typed, complete or not; never refuses.

    Args:
        text: As typed; see `HELP`.
        today: What `today` means.
    """
    phrases, banks, kinds, wrong = list[str](), list[str](), list[str](), list[str]()
    first, last = date.min, date.max
    for quoted, word in _TOKEN.findall(text):
        if span := _SPAN.fullmatch(word):
            days = _parse_days(span[1], span[2].lower(), today)
            if days is None:
                wrong.append(word)
            else:
                # Several spans narrow each other: `>=2026-10 <2026-11` is October.
                first, last = max(first, days[0]), min(last, days[1])
        elif named := _NAMED.fullmatch(word):
            name, value = named[1].lower(), named[2].strip('"')
            if name == "bank":
                banks.append(fold_words(value))
            elif value.lower() in KINDS:
                kinds.append(value.lower())
            elif value:
                wrong.append(f"{name}:{value}")
        else:
            phrases.append(fold_words(quoted or word))
    # What is half typed, such as `bank:` or a lone dash, has no words yet and demands nothing.
    return TakeFilter(
        tuple(filter(None, phrases)),
        tuple(filter(None, banks)),
        first,
        last,
        tuple(kinds),
        tuple(map(one_line, wrong)),
    )


def find_takes(
    library: Library, wanted: TakeFilter, takes: Sequence[Take], zone: tzinfo | None = None
) -> list[Take]:
    """Those of `takes` that `wanted` fits, in their order.

    Args:
        library: Where the words are looked for.
        wanted: The filter.
        takes: What to choose from, as `library.takes()` gave it.
        zone: Where days begin and end; None is the machine's own.

    Raises:
        StorageError: The library cannot be read.
    """
    if not wanted.demands:
        return list(takes)
    found = [take for take in takes if wanted.fits(take, zone)]
    # Each phrase is asked for alone: one may be in what was said and another in the bank's name,
    # which the stored text does not have.
    for phrase in wanted.phrases:
        saying = library.find_ids(phrase) if found else set()
        found = [t for t in found if t.id in saying or phrase in fold_words(t.bank or "")]
    return found


class Order(StrEnum):
    """What a list of takes goes by."""

    DATE = "date"
    QUESTION = "question"
    LENGTH = "length"
    FILLERS = "fillers"
    PACE = "pace"
    RATING = "rating"

    @property
    def following(self) -> "Order":
        """The order after this one; after the last comes the first."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]

    @property
    def in_words(self) -> tuple[str, str]:
        """What comes first: as the order is, and reversed."""
        return _IN_WORDS[self]


_IN_WORDS: Mapping[Order, tuple[str, str]] = {
    Order.DATE: ("newest first", "oldest first"),
    Order.QUESTION: ("by question, A to Z", "by question, Z to A"),
    Order.LENGTH: ("longest first", "shortest first"),
    Order.FILLERS: ("most fillers a minute first", "fewest fillers a minute first"),
    Order.PACE: ("fastest first", "slowest first"),
    Order.RATING: ("highest rating first", "lowest rating first"),
}


def sort_takes(takes: Sequence[Take], order: Order, *, is_reversed: bool = False) -> list[Take]:
    """`takes` sorted; those without a value for `order` come last either way, newest first.

    Args:
        takes: Newest first.
        order: What to go by.
        is_reversed: The other way round.
    """
    if order is Order.QUESTION:
        named = [(fold_words(take.question), take) for take in takes if take.question]
        named.sort(key=lambda pair: pair[0], reverse=is_reversed)
        return [take for _, take in named] + [take for take in takes if not take.question]
    # Not one sort by (is missing, value): reversed, it would put those without a value first.
    value = _VALUES[order]
    known = [(number, take) for take in takes if (number := value(take)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=not is_reversed)
    return [take for _, take in known] + [take for take in takes if value(take) is None]


def fillers_per_min(take: Take) -> float | None:
    """Certain fillers a minute; None where the numbers of the take cannot be trusted."""
    return take.measures.fillers_per_min if take.measures and take.measures.judged else None


def words_per_min(take: Take) -> float | None:
    """Words a minute; None where the numbers of the take cannot be trusted."""
    return take.measures.wpm if take.measures and take.measures.judged else None


_VALUES: Mapping[Order, Callable[[Take], float | None]] = {
    Order.DATE: lambda take: take.recorded_at.timestamp(),
    Order.LENGTH: lambda take: take.duration_s,
    Order.FILLERS: fillers_per_min,
    Order.PACE: words_per_min,
    Order.RATING: lambda take: take.rating,
}


def _parse_days(sign: str, named: str, today: date) -> tuple[date, date] | None:
    """The first and the last day that a sign and a date leave; None when there is no such date."""
    try:
        begin, end = _days_of(named, today)
        if sign == ">":
            return end + timedelta(days=1), date.max
        if sign == "<":
            return date.min, begin - timedelta(days=1)
    # There is no 30 February (ValueError), and no day after the last one of the year 9999.
    except (ValueError, OverflowError):
        return None
    if sign == ">=":
        return begin, date.max
    return (date.min, end) if sign == "<=" else (begin, end)


def _days_of(named: str, today: date) -> tuple[date, date]:
    """The first and the last day of a day, month or year."""
    if named in {"today", "yesterday"}:
        day = today - timedelta(days=named == "yesterday")
        return day, day
    year, *rest = map(int, named.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 1:
        begin = date(year, rest[0], 1)
        return begin, begin.replace(day=monthrange(year, rest[0])[1])
    day = date(year, *rest)
    return day, day
