"""Whether two written words are the same word: in another form, or spelled as they sound."""

import re
from collections.abc import Mapping
from functools import lru_cache

from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import normalise

SHORTEST_MISSPELLED = 5
"""Below so many letters one letter makes another word ("cost", "coat")."""
TWO_LETTERS_FROM = 9
"""From so many letters on two letters may differ; below it one."""

_ENDINGS: Mapping[str, str] = {
    "en": r"(?<=\w{3})(ments?|ingly|edly|ing|ied|ies|ed|es|ly|s|e|y)$|(?<=\w{5})ions?$",
    "de": r"(?<=\w{3})(ern|en|er|es|em|et|st|e|n|s|t)$",
    "fr": r"(?<=\w{3})(ées?|ent|ez|er|és?|es|e|s|x)$",
    "es": r"(?<=\w{3})(as|os|es|a|o|e|s)$",
    "it": r"(?<=\w{3})(a|o|e|i)$",
    "pt": r"(?<=\w{3})(as|os|es|a|o|e|s)$",
    "nl": r"(?<=\w{3})(en|e|s|n)$",
}
_DOUBLED = re.compile(r"([^aeiousl\W\d])\1$")
_SOUNDS = (
    (r"ph", "f"),
    (r"(?<=[aeiou])gh", ""),
    (r"^kn|^gn", "n"),
    (r"^wr", "r"),
    (r"c(?=[eiy])|z", "s"),
    (r"ck|c(?!h)|q", "k"),
    (r"x", "ks"),
    (r"y", "i"),
    (r"(?<!^)[aeiouhw]", ""),
    (r"(.)\1+", r"\1"),
)


def stem(word: str, lexicon: Lexicon) -> str:
    """`word` without its commonest endings: crude, but the same on both sides."""
    plain = normalise(word).removesuffix("'s")
    plain = lexicon.irregular.get(plain, plain)
    endings = _ENDINGS.get(lexicon.language)
    if endings is None:
        return plain
    short = re.sub(endings, "", plain)
    if lexicon.language != "en":
        return short
    return _DOUBLED.sub(r"\1", short[:3] + short[3:].rstrip("e"))


def is_spelled_like(heard: str, wanted: str) -> bool:
    """Whether `heard` is `wanted` as a recogniser may write a word that it does not know.

    Both must have the same consonants in the same order as they sound in English ("ph" is "f"),
    begin alike, and differ in one letter, or two from nine letters on: "tokeniser" is "tokenizer",
    "contest" is not "context".
    """
    longest = max(len(heard), len(wanted))
    if min(len(heard), len(wanted)) < SHORTEST_MISSPELLED:
        return heard == wanted
    allowed = 2 if longest >= TWO_LETTERS_FROM else 1
    return (
        abs(len(heard) - len(wanted)) <= allowed
        and _sound(heard) == _sound(wanted)
        and edits(heard, wanted) <= allowed
    )


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = re.sub(pattern, sound, word)
    return word


def edits(one: str, other: str) -> int:
    """The fewest letters put in, taken out or exchanged that make `other` of `one`."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        last, row[0] = row[0], number
        for place, wanted in enumerate(other, start=1):
            last, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, last + (letter != wanted)),
            )
    return row[-1]
