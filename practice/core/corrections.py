"""The user's corrections laid over a take: what its review is once they are taken as true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from msgspec import UNSET

from practice.base.words import Span, Word
from practice.delivery.review import Circumstances, Review, align, review_aligned
from practice.delivery.transcript.lexicon import EntryKind, Lexicon, LexiconEntry
from practice.delivery.transcript.tokens import Token, label_of, split_words, tokens_of
from practice.library.takes import Correction

_TOLERANCE_S = 0.002
"""Times in a review are rounded to milliseconds, and corrections are made on a review."""


@dataclass(frozen=True, slots=True)
class Override:
    """What the user says of one place: the filler it is, or that it is none."""

    place: Span
    filler: str | None
    """Its label; None where it is not a filler."""


@dataclass(frozen=True)
class OverridingLexicon(Lexicon):
    """A lexicon for one take: where the user has said something, that counts and no rule."""

    overrides: tuple[Override, ...] = ()
    """In the order in which they were made; the last one that covers a place counts."""

    def match(self, tokens: Sequence[Token], index: int) -> tuple[LexiconEntry, int] | None:
        """What the user said of the token at `index`; else what the lexicon has."""
        override = self._override_at(tokens[index])
        if override is None:
            return super().match(tokens, index)
        if override.filler is None:
            return None
        # Everything that the override covers is one filler, in however many words it is written.
        length = 1
        rest = tokens[index + 1 :]
        while length <= len(rest) and self._override_at(rest[length - 1]) is override:
            length += 1
        known = self.entries.get(tuple(split_words(override.filler)))
        kind: EntryKind = "sound" if known and known.kind == "sound" else "phrase"
        return LexiconEntry(override.filler, kind), length

    def match_ordinary(self, tokens: Sequence[Token], index: int) -> int:
        """As in the lexicon, but for phrases of which the user has said something."""
        length = super().match_ordinary(tokens, index)
        return 0 if any(map(self._override_at, tokens[index : index + length])) else length

    def _override_at(self, token: Token) -> Override | None:
        covering = (
            override for override in reversed(self.overrides) if _covers(override.place, token)
        )
        return next(covering, None)


def review_corrected(
    words: Sequence[Word] | None, given: Circumstances, corrections: Iterable[Correction]
) -> Review:
    """The review of a take as the user has corrected it; without corrections the machine's own.

    A correction that lies on nothing any more, after a second transcription, changes nothing.

    Args:
        words: What was recognised, untouched; None where nothing could recognise any.
        given: What the take is reviewed with.
        corrections: In the order in which they were made.
    """
    # Corrections are made on a review, so they are laid over the words as a review has them.
    aligned = align(words or (), given)
    corrected = _CorrectedWords(list(aligned.words))
    for correction in corrections:
        corrected.apply(correction)
    has_words = words is not None or bool(corrected.words)
    aligned = replace(aligned, words=tuple(corrected.words))
    if corrected.overrides:
        same = {f.name: getattr(given.lexicon, f.name) for f in fields(given.lexicon) if f.init}
        lexicon = OverridingLexicon(**same, overrides=tuple(corrected.overrides))
        given = replace(given, lexicon=lexicon)
    # The lexicon rules over words only. What the sound alone shows is ruled out by its place.
    not_fillers = [override.place for override in corrected.overrides if override.filler is None]
    return review_aligned(aligned if has_words else None, given, not_fillers)


class _CorrectedWords:
    """The words of a take while corrections are laid over them."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.overrides: list[Override] = []
        self._added: list[Word] = []
        """The fillers that the recogniser missed and the user put in."""

    def apply(self, correction: Correction) -> None:
        place = Span(correction.start_s, correction.end_s)
        match correction.kind:
            case "not_filler":
                # A filler that the user put in and takes back is no word of the take any more.
                gone = [word for word in self._added if _covers(place, word)]
                self.words = [word for word in self.words if word not in gone]
                self.overrides.append(Override(place, None))
            case "filler":
                self._add_filler(place, correction.text or "")
            case "word":
                self._replace_words(place, correction.text or "")

    def _add_filler(self, place: Span, text: str) -> None:
        covered = [word for word in self.words if _covers(place, word)]
        parts = split_words(text)
        if not parts:
            return
        label = label_of(parts)
        # The word may stand there already: then it is only ruled to be a filler.
        if parts != [token.text for token in tokens_of(covered)]:
            word = Word(label, place.start_s, place.end_s)
            self._added.append(word)
            self._insert([word])
        self.overrides.append(Override(place, label))

    def _replace_words(self, place: Span, text: str) -> None:
        covered = [word for word in self.words if _covers(place, word)]
        if not covered:
            return
        self.words = [word for word in self.words if word not in covered]
        # Several words share the time of what they replace equally.
        start_s, end_s = covered[0].start_s, max(word.end_s for word in covered)
        parts = text.split()
        step_s = (end_s - start_s) / max(len(parts), 1)
        self._insert(
            Word(
                part,
                start_s + number * step_s,
                start_s + (number + 1) * step_s,
                space_before=UNSET if number else covered[0].space_before,
            )
            for number, part in enumerate(parts)
        )

    def _insert(self, words: Iterable[Word]) -> None:
        self.words = sorted([*self.words, *words], key=lambda word: (word.start_s, word.end_s))


def _covers(place: Span, spoken: Word | Token) -> bool:
    return place.start_s - _TOLERANCE_S <= spoken.span.middle_s <= place.end_s + _TOLERANCE_S
