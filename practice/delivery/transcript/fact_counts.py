"""What the words are about, counted and not judged: I, we, and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token


@dataclass(frozen=True, slots=True)
class FactCounts:
    """How often the speaker said I and we in any of their forms, and how many numbers."""

    i: int
    we: int
    numbers: int


def count_facts(tokens: Sequence[Token], lexicon: Lexicon) -> FactCounts | None:
    """The facts about `tokens`; None in a language whose verbs say I and we without a word."""
    if not lexicon.singular:
        return None
    # The lexicon has the forms as far as an apostrophe: "i" stands for "i'm" and "i'd" too.
    texts = [token.text.split("'")[0] for token in tokens]
    return FactCounts(
        sum(text in lexicon.singular for text in texts),
        sum(text in lexicon.plural for text in texts),
        _count_rows(tokens, lexicon.numbers),
    )


def count_numbers(tokens: Sequence[Token], lexicon: Lexicon) -> int | None:
    """How many numbers were said; None where only numerals are known and there is none."""
    count = _count_rows(tokens, lexicon.numbers)
    return count if count or lexicon.numbers else None


def _count_rows(tokens: Sequence[Token], words: frozenset[str]) -> int:
    """Rows of number words and numerals, each counted once: "two hundred and ten" is two rows."""
    count, inside = 0, False
    for token in tokens:
        is_number = token.text in words or any(letter.isdigit() for letter in token.text)
        count += is_number and not (inside and token.before < Break.CLAUSE)
        inside = is_number
    return count
