"""Fillers and hedges among the recognised words."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.delivery.findings import Certainty, Finding
from practice.delivery.transcript.contexts import RULES, PhraseContext
from practice.delivery.transcript.lexicon import Lexicon, LexiconEntry
from practice.delivery.transcript.tokens import Break, Token, spell


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entry of the lexicon found among the tokens."""

    entry: LexiconEntry
    first: int
    """The index of its first token."""
    length: int
    """How many tokens it has."""
    certainty: Certainty

    @property
    def end(self) -> int:
        """The token after its last."""
        return self.first + self.length

    @property
    def is_certain_filler(self) -> bool:
        """Whether it is counted: a filler, no hedge, and certain."""
        return self.entry.kind != "hedge" and self.certainty == "certain"

    def finding(self, tokens: Sequence[Token]) -> Finding:
        """The occurrence with its place in time."""
        said = tokens[self.first : self.end]
        kind = self.entry.kind
        return Finding(
            "hedge" if kind == "hedge" else "filler",
            self.entry.label,
            spell(said),
            said[0].start_s,
            said[-1].end_s,
            self.certainty,
            "transcript",
            filler_kind=None if kind == "hedge" else kind,
        )


def _judge(entry: LexiconEntry, context: PhraseContext) -> Certainty | None:
    certainty = RULES[entry.rule](context)
    # Neither the neighbours nor the pauses of a habit word tell whether it is one
    # (docs/findings.md), so each is shown and none is counted as certain.
    return "possible" if certainty and entry.kind == "habit" else certainty


def find_occurrences(tokens: Sequence[Token], lexicon: Lexicon) -> list[Occurrence]:
    """Every filler and hedge among `tokens`, left to right, the longest phrase first."""
    found: list[Occurrence] = []
    index = 0
    while index < len(tokens):
        match = lexicon.match(tokens, index)
        ordinary = lexicon.match_ordinary(tokens, index)
        if ordinary > (match[1] if match else 0):
            index += ordinary
            continue
        # No phrase goes on over the end of a sentence or a long silence: "as you know. I mean".
        if match is None or any(
            token.before >= Break.SENTENCE for token in tokens[index + 1 : index + match[1]]
        ):
            index += 1
            continue
        entry, length = match
        if certainty := _judge(entry, PhraseContext(tokens, index, length)):
            found.append(Occurrence(entry, index, length, certainty))
        # A phrase that is ordinary speech is passed over as a whole all the same.
        index += length
    return found
