"""Text from outside is data: the one sanitiser it passes on its way in and out."""

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """`text` with every character that a terminal would act on replaced.

    Tabs and line feeds stay. Carriage returns, escapes, C1 controls, direction marks, line and
    paragraph separators and lone surrogates become U+FFFD, one for one, so positions hold.
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """`text` made plain, with every run of white space folded into one space."""
    return " ".join(plain(text.replace("\r", " ")).split())


def first_unsafe(text: str) -> int | None:
    """The offset of the first character that `plain` would replace, or None."""
    match = _UNSAFE.search(text)
    return match.start() if match else None
