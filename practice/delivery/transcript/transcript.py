"""The words of a take, and which of them are fillers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from practice.base.words import Span, Word
from practice.delivery.transcript.fillers import Occurrence, find_occurrences
from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token, tokens_of


@dataclass(frozen=True)
class Transcript:
    """The words of a take, and which of them are fillers."""

    words: tuple[Word, ...]
    tokens: tuple[Token, ...]
    found: tuple[Occurrence, ...]
    """Fillers and hedges."""
    spoken: tuple[Token, ...]
    """The tokens without the certain fillers: the words that count."""
    lexicon: Lexicon

    @classmethod
    def of(
        cls, words: tuple[Word, ...], lexicon: Lexicon, unheard: Sequence[Span] = ()
    ) -> "Transcript":
        """The words with their fillers found.

        Args:
            words: By start.
            lexicon: What counts as a filler.
            unheard: Where a sound is written that nobody hears: it is possible at most.
        """
        tokens = tokens_of(words)
        found = [_doubt(o, tokens, unheard) for o in find_occurrences(tokens, lexicon)]
        # A sound is no word, however sure it is.
        filler = {
            i
            for o in found
            if o.is_certain_filler or o.entry.kind == "sound"
            for i in range(o.first, o.end)
        }
        return cls(words, tuple(tokens), tuple(found), tuple(_leave_out(filler, tokens)), lexicon)

    @property
    def language(self) -> str:
        """What is spoken."""
        return self.lexicon.language

    @property
    def plain(self) -> list[Token]:
        """The tokens without anything that was found, certain or not; what follows starts again."""
        found = {i for o in self.found for i in range(o.first, o.end)}
        return [
            replace(token, before=Break.SENTENCE) if index - 1 in found else token
            for index, token in enumerate(self.tokens)
            if index not in found
        ]


def _doubt(occurrence: Occurrence, tokens: Sequence[Token], unheard: Sequence[Span]) -> Occurrence:
    if occurrence.entry.kind == "sound" and tokens[occurrence.first].span in unheard:
        return replace(occurrence, certainty="possible")
    return occurrence


def _leave_out(left_out: set[int], tokens: Sequence[Token]) -> Iterator[Token]:
    """The other tokens; one left out leaves a clause break, or the deeper one before it.

    So "I, um, I was" is a restart still, and two sentences stay two.
    """
    depth = Break.NONE
    for index, token in enumerate(tokens):
        depth = max(depth, token.before)
        if index in left_out:
            depth = max(depth, Break.CLAUSE)
        else:
            yield replace(token, before=depth)
            depth = Break.NONE
