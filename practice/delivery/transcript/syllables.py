"""The syllables of a written word."""

import re
from functools import lru_cache

_VOWELS = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]+")
_DIGIT_SYLLABLES = {"0": 2, "7": 2}
_SILENT_ENDING = re.compile(r"(?<=[^aeiouy])e[sd]?$|(?<=[gq])ue[sd]?$")
_SOUNDED_ENDING = re.compile(r"([^aeiouyl]le[sd]?|([cgsxz]|ch|sh)es|[td]ed|[bcdfgpt]red)$")
_SPOKEN_APART = re.compile(
    r"(?<![tscgxln])i[ao]|(?<=[ln])ia|(?<=[ln])io(?!n)|(?<![pg])eo(?!u)|(?<=[aeiouy])ing"
    r"|(?<![tsc])ie(?=n[ct]|t$|ts$)|(?<![qg])ua(?=[lrt])|crea(?=t(?!ur))|(?<=^sc)i(?=en)|(?<=[aeiou][a-z])ea$"
)
"""Neighbouring vowels that belong to two syllables: period, video, going, client, usual, idea."""


@lru_cache(maxsize=16_384)
def count_syllables(word: str, language: str = "en") -> int:
    """The syllables of a written word, at least 1; numerals by their digits.

    English has rules for the silent e and for vowels spoken apart; in every other language each
    group of vowels is one syllable.
    """
    digits = sum(_DIGIT_SYLLABLES.get(c, 1) for c in word if c.isdigit())
    letters = re.sub(r"[\W\d_]", "", word.casefold())
    if not letters:
        return max(digits, 1)
    groups = len(_VOWELS.findall(letters))
    if language == "en":
        groups += len(_SPOKEN_APART.findall(letters))
        if _SILENT_ENDING.search(letters) and not _SOUNDED_ENDING.search(letters):
            groups -= 1
    elif language == "fr" and re.search(r"[^aeiouy]es?$", letters):
        groups -= 1
    return digits + max(groups, 1)
