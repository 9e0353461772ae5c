"""Fillers and hedges among the recognised words."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.delivery.findings import Certainty, Finding
from practice.delivery.transcript.contexts import RULES, Context
from practice.delivery.transcript.lexicon import Entry, Lexicon
from practice.delivery.transcript.tokens import Break, Token, spell


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entry of the lexicon found among the tokens."""

    entry: Entry
    first: int
    length: int
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


def find_occurrences(tokens: Sequence[Token], lexicon: Lexicon) -> list[Occurrence]:
    """Every filler and hedge among `tokens`, left to right, the longest phrase first."""
    found: list[Occurrence] = []
    index = 0
    while index < len(tokens):
        match = lexicon.match(tokens, index)
        if match is None or _is_interrupted(tokens[index + 1 : index + match[1]]):
            index += 1
            continue
        entry, length = match
        if certainty := RULES[entry.rule](Context(tokens, index, length)):
            found.append(Occurrence(entry, index, length, certainty))
        index += length
    return found


def _is_interrupted(rest: Sequence[Token]) -> bool:
    """Whether a sentence ends or a long silence lies inside a phrase."""
    return any(token.before >= Break.SENTENCE for token in rest)
