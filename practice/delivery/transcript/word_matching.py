"""Whether two written words are the same word: in another form, or spelled as they sound."""

import re
from collections.abc import Mapping
from functools import lru_cache

from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import normalise

SHORTEST_MISSPELLED = 5
"""Below so many letters one letter makes another word ("cost", "coat")."""
TWO_LETTERS_FROM = 9
"""From so many letters on two letters may differ; below it one. No other pair of limits changes
more than two of 98 labelled sentences (docs/findings.md)."""

_STEMMERS: Mapping[str, str] = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
"""The Snowball stemmer of each language that was measured with one."""
_WITH_ELISION = frozenset({"fr", "it"})
_AMERICAN_ENDING = re.compile(r"(?<=\w{2}[iy])z(?=(?:e[drs]?|ers|ing|ations?)$)")
"""The z of "prioritize" and "analyze", which the British write as an s. The English stemmer takes
-ize off and not -ise, and then has "organize" and "organ" for one word."""
_GE_PARTICIPLE = re.compile(r"^ge(?=\w{3,}t$)")
_DENTAL_ENDING: Mapping[str, re.Pattern[str]] = {
    "de": re.compile(r"(?<=\w{4})t$"),
    "nl": re.compile(r"(?<=\w{4})[dt]$"),
}
"""What ends regular participles and the third person ("überzeugt", "overtuigd"): their stemmers
leave it where it is."""
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
"""English spellings and what they sound like. Vowels go, but for one at the beginning: it is mostly
them that are misspelled in an unknown word."""


def stem(word: str, lexicon: Lexicon) -> str:
    """The part of `word` that all its forms share, such as "migrat"; it need not be a word.

    Irregular forms become what the lexicon has for them. A language without a stemmer, such as
    Japanese, keeps its words as they are.
    """
    plain = strip_elision(normalise(word), lexicon.language).removesuffix("'s")
    plain = lexicon.irregular.get(plain, plain)
    return _stem_regular(plain, lexicon.language) if lexicon.language in _STEMMERS else plain


def strip_elision(word: str, language: str) -> str:
    """`word` without an article or pronoun that French and Italian write on it ("l'équipe")."""
    return word.rpartition("'")[2] if language in _WITH_ELISION else word


@lru_cache(maxsize=16_384)
def _stem_regular(word: str, language: str) -> str:
    import snowballstemmer  # lazy: only for key points and terms

    if language == "en":
        word = _AMERICAN_ENDING.sub("s", word)
    elif language == "de":
        word = _GE_PARTICIPLE.sub("", word)
    # A stemmer keeps the word that it works on, so two threads cannot share one; it costs little.
    short = str(snowballstemmer.stemmer(_STEMMERS[language]).stemWord(word))
    return _DENTAL_ENDING[language].sub("", short) if language in _DENTAL_ENDING else short


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
        and count_edits(heard, wanted) <= allowed
    )


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """`word` as it sounds, in as few letters as tell it apart."""
    for pattern, sound in _SOUNDS:
        word = re.sub(pattern, sound, word)
    return word


def count_edits(one: str, other: str) -> int:
    """The fewest letters put in, taken out or exchanged to make `other` of `one` (Levenshtein)."""
    # row[n] is the distance from the letters of `one` so far to the first n letters of `other`.
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        diagonal, row[0] = row[0], number
        for place, wanted in enumerate(other, start=1):
            diagonal, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, diagonal + (letter != wanted)),
            )
    return row[-1]
