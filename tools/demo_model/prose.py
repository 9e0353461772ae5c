"""Sentences of our own question banks, written as the voices are given text."""

import re
from functools import cache

from practice.questions.catalogue import Catalogue, shipped_banks

SHORTEST, LONGEST = 3, 30
PLAIN_WORD = re.compile(r"(?:[A-Z]?[a-z]+(?:'[a-z]+)?|I(?:'[a-z]+)?|A)[,.?]*")


def spoken(text: str) -> list[str]:
    """Return the words of a sentence, or none if a part of it is not said as it is spelt.

    Only full stops, question marks and commas are left; figures, abbreviations and code are not
    for the demo voices.
    """
    text = re.sub(r"\s*(?:[:;]| - )\s*", ", ", text).replace("-", " ")
    words = text.split()
    plain = all(map(PLAIN_WORD.fullmatch, words))
    if not plain or not SHORTEST <= len(words) <= LONGEST:
        return []
    lowered = [w if re.match(r"I\b", w) else w.lower() for w in words]
    return lowered if lowered[-1][-1] in ".?" else [*lowered[:-1], lowered[-1].rstrip(",") + "."]


@cache
def bank_sentences() -> tuple[tuple[str, ...], ...]:
    """Return every question, follow-up and key point that can be said as it is spelt."""
    catalogue = Catalogue(shipped_banks(), shipped_banks())
    texts = [
        text
        for entry in catalogue.banks()
        for question in catalogue.bank(entry.name).questions
        for text in (question.text, *question.follow_ups, *question.key_points)
    ]
    sentences = [part for text in texts for part in re.split(r"(?<=[.?]) ", text)]
    return tuple(tuple(words) for words in map(spoken, sentences) if words)
