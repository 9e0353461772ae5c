"""One filler from two witnesses: the recogniser wrote an um, and the sound has it.

The word says that there was an um. When it was, the sound knows better: Whisper puts such a word at
its beginning (base), at its end (tiny.en) or up to a second away, cuts it short, and now and then
writes the same sound twice. So each written um looks for its stretch of voice between the words
around it, takes its edges from there, and shares it with no other.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from practice.base.words import Span, Word
from practice.delivery.signal.features import SoundFeatures, find_runs
from practice.delivery.signal.level import FRAME_HOP_S
from practice.delivery.signal.pauses import find_silences
from practice.delivery.transcript.lexicon import Lexicon

EARLIEST_S = 1.5
"""How far before its word an um may lie, and how far behind it; between its neighbours alone."""
LATEST_S = 1.0
SHORTEST_S = 0.08
"""Less voice than this is the edge of a word beside it."""
ENOUGH_S = 0.12
"""95 in 100 filled pauses of telephone talk last as long: where less is free between the words,
the one before is taken to have swallowed the um, and gives back up to `SWALLOWED_S`."""
SWALLOWED_S = 0.45
USUAL_S = 0.5
"""A longer stretch is no better a place for an um than one of this length."""
LENGTH_WEIGHT, FREE_WEIGHT = 0.7, 0.5
"""What a second of length, and standing free of other words, are worth in seconds of distance."""
APART_S = 0.3
"""Two written ums in one stretch of voice are two when they begin so far apart and each has a time
of its own, and one told twice otherwise."""
SILENCE_S = 0.06
"""A silence from which on two stretches are two."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Voice between the words around an um."""

    span: Span
    free: float
    """Which part of the voice, up to the silences around it, lies between those words: 0 to 1."""

    def suits(self, word: Word) -> float:
        """How good a place it is for the um of `word`, in seconds."""
        distance_s = max(word.start_s - self.span.end_s, self.span.start_s - word.end_s, 0.0)
        length_s = min(self.span.duration_s, USUAL_S)
        return LENGTH_WEIGHT * length_s + FREE_WEIGHT * self.free - distance_s


def locate_filler_words(
    words: Sequence[Word], sound: SoundFeatures, lexicon: Lexicon
) -> tuple[tuple[Word, ...], tuple[Span, ...]]:
    """The words with every written um where the sound has it, each told once.

    Args:
        words: In order of time, aligned with the sound.
        sound: The take.
        lexicon: Which words are sounds.

    Returns:
        The words, by start; and the places of those ums of which the sound has nothing.
    """
    is_um = [lexicon.is_sound(word.text) for word in words]
    if not any(is_um):
        return tuple(words), ()
    voice = _find_voice(sound)
    located: list[Word] = []
    unheard: list[Span] = []
    index = 0
    while index < len(words):
        if not is_um[index]:
            located.append(words[index])
            index += 1
            continue
        end = index
        while end < len(words) and is_um[end]:
            end += 1
        before = words[index - 1] if index else None
        after = words[end] if end < len(words) else None
        found, lost = _locate_row(words[index:end], before, after, voice, sound.duration_s)
        if before and found[0].start_s < before.end_s:
            located[-1] = replace(before, end_s=max(found[0].start_s, before.start_s))
        located += found
        unheard += lost
        index = end
    located.sort(key=lambda word: word.start_s)
    return tuple(_tell_once(located, unheard, lexicon)), tuple(unheard)


def _tell_once(words: Iterable[Word], unheard: Container[Span], lexicon: Lexicon) -> list[Word]:
    """`words` without ums in whose place another one is, though a word was written between them."""
    told: list[Word] = []
    last: int | None = None
    for word in words:
        if not lexicon.is_sound(word.text) or word.span in unheard:
            told.append(word)
        elif last is not None and told[last].span.overlap_s(word.span) > 0:
            told[last] = _surer(told[last], word)
        else:
            last = len(told)
            told.append(word)
    return told


def _find_voice(sound: SoundFeatures) -> list[Span]:
    """The stretches between silences."""
    spoken = np.ones(sound.frames, dtype=np.bool_)
    for first, last in find_silences(sound):
        if (last - first) * FRAME_HOP_S >= SILENCE_S - 1e-9:
            spoken[first:last] = False
    return [Span(first * FRAME_HOP_S, last * FRAME_HOP_S) for first, last in find_runs(spoken)]


def _locate_row(
    row: Sequence[Word],
    before: Word | None,
    after: Word | None,
    voice: Sequence[Span],
    duration_s: float,
) -> tuple[list[Word], list[Span]]:
    """As `locate_filler_words`, of the ums between two other words."""
    begins_s = min(before.end_s if before else 0.0, row[0].start_s)
    ends_s = max(after.start_s if after else duration_s, row[-1].end_s)
    between = Span(
        max(begins_s, row[0].start_s - EARLIEST_S), min(ends_s, row[-1].end_s + LATEST_S)
    )
    places = _cut_out(voice, between)
    is_near = before is not None and row[0].start_s - before.end_s <= SWALLOWED_S
    if before and is_near and not any(p.span.duration_s >= ENOUGH_S for p in places):
        reach_s = max(between.start_s - SWALLOWED_S, before.span.middle_s)
        places = _cut_out(voice, Span(min(reach_s, between.start_s), between.end_s))
    located: list[Word] = []
    unheard: list[Span] = []
    last_place: _Stretch | None = None
    last_written = row[0]
    for word in row:
        if not places:
            located.append(word)
            unheard.append(word.span)
            continue
        # In the order in which they were written.
        if last_place is not None:
            places = places[places.index(last_place) :]
        place = max(places, key=lambda each: each.suits(word))
        if place is not last_place:
            located.append(replace(word, start_s=place.span.start_s, end_s=place.span.end_s))
        elif _is_another(word, last_written):
            # Two ums without a silence between them: the second begins where it is written.
            previous = located[-1]
            cut_s = min(max(word.start_s, previous.start_s), place.span.end_s)
            located[-1] = replace(previous, end_s=cut_s)
            located.append(replace(word, start_s=cut_s, end_s=place.span.end_s))
        else:
            located[-1] = _surer(located[-1], word)
            continue
        last_place, last_written = place, word
    return located, unheard


def _cut_out(voice: Sequence[Span], between: Span) -> list[_Stretch]:
    """What of `voice` lies in `between`."""
    found = []
    for span in voice:
        part = Span(max(span.start_s, between.start_s), min(span.end_s, between.end_s))
        if part.duration_s >= SHORTEST_S - 1e-9:
            found.append(_Stretch(part, part.duration_s / span.duration_s))
    return found


def _is_another(word: Word, last: Word) -> bool:
    return (
        min(word.span.duration_s, last.span.duration_s) >= SHORTEST_S
        and word.start_s - last.start_s >= APART_S
        and word.start_s >= last.end_s - FRAME_HOP_S
    )


def _surer(word: Word, again: Word) -> Word:
    """`word`, as sure as the surer of two that tell the same sound."""
    if (again.probability or 0.0) > (word.probability or 0.0):
        return replace(word, text=again.text, probability=again.probability)
    return word
