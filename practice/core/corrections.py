"""The user's corrections laid over a take: what its review is once they are taken as true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from practice.base.words import Span, Word
from practice.delivery.review import Circumstances, Review, align, review_aligned
from practice.delivery.transcript.lexicon import Lexicon, LexiconEntry
from practice.delivery.transcript.tokens import Token, normalise
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
    """The later one counts where two cover the same place."""

    def match(self, tokens: Sequence[Token], index: int) -> tuple[LexiconEntry, int] | None:
        """What the user said of the token at `index`; else what the lexicon has."""
        override = self._override(tokens[index])
        if override is None:
            return super().match(tokens, index)
        if override.filler is None:
            return None
        length = 1
        while index + length < len(tokens) and self._override(tokens[index + length]) is override:
            length += 1
        return self._entry(override.filler), length

    def _override(self, token: Token) -> Override | None:
        covering = (
            override for override in reversed(self.overrides) if _covers(override.place, token)
        )
        return next(covering, None)

    def _entry(self, label: str) -> LexiconEntry:
        known = self.entries.get(tuple(label.split()))
        return LexiconEntry(label, "sound" if known and known.kind == "sound" else "phrase")


def review_corrected(
    words: Sequence[Word] | None, given: Circumstances, corrections: Iterable[Correction]
) -> Review:
    """The review of a take as the user has corrected it; without corrections, the machine's own.

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
    heard = replace(aligned, words=tuple(corrected.words))
    if corrected.overrides:
        same = {f.name: getattr(given.lexicon, f.name) for f in fields(given.lexicon) if f.init}
        lexicon = OverridingLexicon(**same, overrides=tuple(corrected.overrides))
        given = replace(given, lexicon=lexicon)
    denied = [override.place for override in corrected.overrides if override.filler is None]
    has_words = words is not None or bool(corrected.words)
    return review_aligned(heard if has_words else None, given, denied)


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
                gone = [word for word in self._added if _covers(place, word)]
                self.words = [word for word in self.words if word not in gone]
                self.overrides.append(Override(place, None))
            case "filler":
                self._add(place, correction.text or "")
            case "word":
                self._rewrite(place, correction.text or "")

    def _add(self, place: Span, text: str) -> None:
        covered = [word for word in self.words if _covers(place, word)]
        label = " ".join(filter(None, map(normalise, text.split())))
        if not label:
            return
        if label != " ".join(normalise(word.text) for word in covered):
            word = Word(label, place.start_s, place.end_s)
            self._added.append(word)
            self._insert([word])
        self.overrides.append(Override(place, label))

    def _rewrite(self, place: Span, text: str) -> None:
        covered = [word for word in self.words if _covers(place, word)]
        if not covered:
            return
        self.words = [word for word in self.words if word not in covered]
        start_s, end_s = covered[0].start_s, max(word.end_s for word in covered)
        parts = text.split()
        step_s = (end_s - start_s) / max(len(parts), 1)
        self._insert(
            Word(part, start_s + number * step_s, start_s + (number + 1) * step_s)
            for number, part in enumerate(parts)
        )

    def _insert(self, words: Iterable[Word]) -> None:
        self.words = sorted([*self.words, *words], key=lambda word: (word.start_s, word.end_s))


def _covers(place: Span, spoken: Word | Token) -> bool:
    middle_s = (spoken.start_s + spoken.end_s) / 2
    return place.start_s - _TOLERANCE_S <= middle_s <= place.end_s + _TOLERANCE_S
