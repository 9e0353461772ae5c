"""Text on its way in and out: what comes from outside is data, and numbers are written one way."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise, takewhile

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&$!@]")
_AT_THE_START = re.compile(r"^(\s*)([-+=:]|\d+[.)])(?=\s|$|[-+=:])")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto)(?=:)|\bwww(?=\.)")
_FORMULA = ("=", "+", "-", "@")
_REASON_END = re.compile(r"[:;,]| to (?:judge|tell|hear|measure)\b| for \d")
"""Where a reason goes on to its figures."""
_LONGEST_NAME = 80
_TELLING = 12
"""Cells that tell two lines apart from where they differ; about two words."""
_VERY_NEAR = 0.75
"""In the measure of difflib, from 0 to 1. It calls names near from 0.6 on, which brings up names
by chance: `someone-dies`, a question, for `nonexist`."""


def plain(text: str) -> str:
    """`text` with every character that a terminal would act on replaced.

    Tabs and line feeds stay, and so do LRM and RLM, which Hebrew and Arabic need beside figures and
    Latin words: unlike the other direction marks, which turn a whole stretch round, they can hide
    nothing. Carriage returns, escapes, C1 controls, other direction marks, line and
    paragraph separators and lone surrogates become U+FFFD, one for one, so positions hold.
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def unify_line_ends(text: str) -> str:
    """`text` with a line feed at the end of each line, whatever its program or terminal writes."""
    return _LINE_END.sub("\n", text)


def keep_line_ends(new: str, old: str) -> str:
    """`new` with the line ends that `old` has, the same file before a change: by its first line."""
    new = new.replace("\r\n", "\n")
    return new.replace("\n", "\r\n") if old[: old.find("\n") + 1].endswith("\r\n") else new


def one_line(text: str) -> str:
    """`text` made plain, with every run of white space folded into one space."""
    return " ".join(plain(text.replace("\r", " ")).split())


def first_unsafe(text: str) -> int | None:
    """The offset of the first character that `plain` would replace, or None."""
    match = _UNSAFE.search(text)
    return match.start() if match else None


def escape_markdown(line: str) -> str:
    """One line so that Markdown shows it and nothing in it acts: no markup, HTML or links.

    Entities are used, not backslashes: programs differ in what a backslash keeps from acting, and
    many make links of bare addresses, which none can stop.
    """
    line = _ACTIVE.sub(lambda found: f"&#{ord(found.group())};", line)
    line = break_links(line, "&#8203;")
    return _AT_THE_START.sub(
        lambda found: found[1] + "".join(c if c.isdigit() else f"&#{ord(c)};" for c in found[2]),
        line,
    )


def break_links(text: str, mark: str = "\N{ZERO WIDTH SPACE}") -> str:
    """`text` with an invisible character in each bare address, so that no program links it."""
    return _LINK.sub(lambda found: found.group() + mark, text)


def guard_formula(cell: str) -> str:
    """`cell`, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def near_names(wanted: str, known: Iterable[str]) -> list[str]:
    """Up to three names that `wanted` may be a misspelling of, the nearest first."""
    # Here, not above: every command imports this module, and a misspelt name is rare.
    from difflib import get_close_matches  # lazy: only for a misspelt name

    # The search takes time by the product of both lengths, and `wanted` comes from outside.
    return get_close_matches(wanted[:_LONGEST_NAME], list(known), cutoff=_VERY_NEAR)


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """`did you mean ...?` with the names that `wanted` may stand for; empty where none is near."""
    near = near_names(wanted, known)
    return f"did you mean {' or '.join(map(repr, near))}?" if near else ""


def shorten_reason(reason: str) -> str:
    """A reason of a judgement without its figures: `too noisy`."""
    return _REASON_END.split(one_line(reason), maxsplit=1)[0].strip()


def shared_beginnings(texts: Iterable[str]) -> dict[str, int]:
    """For each text how many of its first characters another one of `texts` begins with, too."""
    # In their order, those that begin alike stand beside each other.
    ordered = sorted(set(texts))
    shared = dict.fromkeys(ordered, 0)
    for before, text in pairwise(ordered):
        pairs = zip(before, text, strict=False)
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        shared[before] = max(shared[before], length)
        shared[text] = length
    return shared


def shorten(line: str, room: int, shared: int = 0, cells: Callable[[str], int] = len) -> str:
    """`line` in at most `room` cells, with an ellipsis for what is left out.

    What sets it apart is kept: where its first `shared` characters leave too little room for what
    follows, words are left out between the two.

    Args:
        line: One line.
        room: Cells there are.
        shared: How many of its first characters are those of another line beside it, too.
        cells: How many cells a text takes.
    """
    if cells(line) <= room:
        return line
    # From the beginning of the word in which it becomes another line.
    rest = line[line.rfind(" ", 0, shared) + 1 :]
    beginning = ""
    if rest != line and cells(line) - cells(rest) + _TELLING > room:
        least = room - cells(rest) - len(" … ")
        for word in line.split(" ")[: line.count(" ") - rest.count(" ")]:
            longer = f"{beginning} {word}".strip()
            if cells(longer) >= max(least + 1, room // 3):
                break
            beginning = longer
        line = f"{beginning} … {rest}" if beginning else f"… {rest}"
    if cells(line) <= room:
        return line
    line = line[:room]
    while line and cells(line) >= room:
        line = line[:-1]
    return line.rstrip() + "…" if room else ""


def shorten_middle(line: str, room: int, cells: Callable[[str], int] = len) -> str:
    """`line` in at most `room` cells, with an ellipsis in its middle: both of its ends tell it.

    The name of a file, which is what stands behind the last slash, is kept whole where it fits.

    Args:
        line: One line: a title, a path.
        room: Cells there are.
        cells: How many cells a text takes.
    """
    if cells(line) <= room:
        return line
    name = line[line.rfind("/") :] if "/" in line else ""
    tail_room = cells(name) if 0 < cells(name) < room else (room - 1) // 2
    tail = line
    while tail and cells(tail) > tail_room:
        tail = tail[1:]
    head = line
    while head and cells(head) > room - 1 - cells(tail):
        head = head[:-1]
    return f"{head.rstrip()}…{tail.lstrip()}" if room > 0 else ""


def clock_time(seconds: float) -> str:
    """`seconds` as `1:52`, or `1:02:03` from an hour on, rounded.

    For every length and every place in a recording: the app and the reports show the same. A
    counter that runs uses `elapsed_time`, a list of places close together `exact_time`.
    """
    minutes, rest = divmod(max(round(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def elapsed_time(seconds: float) -> str:
    """The whole seconds that have passed, as `clock_time` writes them.

    For a counter that runs, such as that of a recording: a second shows once it is over.
    """
    return clock_time(int(seconds))


def exact_time(seconds: float) -> str:
    """`seconds` as `1:07.4`, or `1:02:03.4` from an hour on.

    For places that tenths tell apart, such as two findings within a second.
    """
    whole, tenths = divmod(max(round(seconds * 10), 0), 10)
    return f"{clock_time(whole)}.{tenths}"


def format_size(size_bytes: int) -> str:
    """The size of a file or of free space, as `148 MB` or `1.5 GB`."""
    megabytes = round(size_bytes / 1e6)
    return f"{megabytes} MB" if megabytes < 1000 else f"{size_bytes / 1e9:.1f} GB"
