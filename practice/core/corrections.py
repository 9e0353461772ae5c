"""The user's corrections laid over a take: what its review is once they are taken as true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from practice.base.words import Word
from practice.delivery.review import Review, placed, review_aligned
from practice.delivery.signal.pauses import Span
from practice.delivery.signal.sound import Sound
from practice.delivery.transcript.lexicon import Entry, Lexicon
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
    """A lexicon for one take: where the user has ruled, that counts and no rule is asked."""

    rulings: tuple[Override, ...] = ()
    """The later one counts where two cover the same place."""

    def match(self, tokens: Sequence[Token], index: int) -> tuple[Entry, int] | None:
        """What the user ruled of the token at `index`; else what the lexicon has."""
        ruling = self._ruling(tokens[index])
        if ruling is None:
            return super().match(tokens, index)
        if ruling.filler is None:
            return None
        length = 1
        while index + length < len(tokens) and self._ruling(tokens[index + length]) is ruling:
            length += 1
        return self._entry(ruling.filler), length

    def _ruling(self, token: Token) -> Override | None:
        covering = (ruling for ruling in reversed(self.rulings) if _covers(ruling.place, token))
        return next(covering, None)

    def _entry(self, label: str) -> Entry:
        known = self.entries.get(tuple(label.split()))
        return Entry(label, "sound" if known and known.kind == "sound" else "phrase")


def review_corrected(
    words: Sequence[Word] | None,
    sound: Sound | None,
    lexicon: Lexicon,
    corrections: Iterable[Correction],
    key_points: Sequence[str] = (),
    terms: Sequence[str] = (),
    clipped_s: float = 0.0,
) -> Review:
    """The review of a take as the user has corrected it; without corrections, the machine's own.

    A correction that lies on nothing any more, after a second transcription, changes nothing.

    Args:
        words: What was recognised, untouched; None where nothing could recognise any.
        sound: The take.
        lexicon: What counts as a filler in the language spoken.
        corrections: In the order in which they were made.
        key_points: What the user meant to say.
        terms: Words the user wanted to say.
        clipped_s: How long the microphone clipped.
    """
    length_s = sound.duration_s if sound else max((w.end_s for w in words or ()), default=0.0)
    at = placed(words or (), sound, lexicon.language, length_s)
    edited = _CorrectedWords(list(at.words))
    for correction in corrections:
        edited.apply(correction)
    heard = None if words is None and not edited.words else replace(at, words=tuple(edited.words))
    ruled = _ruled(lexicon, edited.rulings) if edited.rulings else lexicon
    denied = [ruling.place for ruling in edited.rulings if ruling.filler is None]
    return review_aligned(heard, sound, ruled, key_points, terms, length_s, clipped_s, denied)


class _CorrectedWords:
    """The words of a take while corrections are laid over them."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.rulings: list[Override] = []
        self._told: list[Word] = []
        """The fillers that the recogniser missed and the user put in."""

    def apply(self, correction: Correction) -> None:
        place = Span(correction.start_s, correction.end_s)
        match correction.kind:
            case "not_filler":
                gone = [word for word in self._told if _covers(place, word)]
                self.words = [word for word in self.words if word not in gone]
                self.rulings.append(Override(place, None))
            case "filler":
                self._tell(place, correction.text or "")
            case "word":
                self._rewrite(place, correction.text or "")

    def _tell(self, place: Span, text: str) -> None:
        covered = [word for word in self.words if _covers(place, word)]
        label = " ".join(filter(None, map(normalise, text.split())))
        if not label:
            return
        if label != " ".join(normalise(word.text) for word in covered):
            word = Word(label, place.start_s, place.end_s)
            self._told.append(word)
            self._insert([word])
        self.rulings.append(Override(place, label))

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


def _ruled(lexicon: Lexicon, rulings: Sequence[Override]) -> OverridingLexicon:
    same = {field.name: getattr(lexicon, field.name) for field in fields(lexicon) if field.init}
    return OverridingLexicon(**same, rulings=tuple(rulings))
