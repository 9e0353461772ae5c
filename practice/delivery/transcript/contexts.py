"""Whether a word that may be a filler is one here: rules on the words and breaks around it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from practice.delivery.findings import Certainty
from practice.delivery.transcript.context_cues import WEIGHED, Cue, CueTable
from practice.delivery.transcript.tokens import Break, Token

_SHORT_ANSWER = 3
"""A sentence of so many words that begins with "ja" is an answer."""

Rule = Callable[["Context"], Certainty | None]


class Context:
    """A phrase among its neighbours; nothing beyond a long silence is a neighbour."""

    def __init__(self, tokens: Sequence[Token], first: int, length: int) -> None:
        self._tokens = tokens
        self._first = first
        self._last = first + length - 1

    @property
    def before(self) -> Break:
        """What separates the phrase from the word before it."""
        return self._tokens[self._first].before

    @property
    def after(self) -> Break:
        """What separates the phrase from the word after it."""
        following = self._last + 1
        return self._tokens[following].before if following < len(self._tokens) else Break.STRETCH

    @property
    def is_set_off(self) -> bool:
        """Whether there is a comma, a pause or more on both sides."""
        return self.before is not Break.NONE and self.after is not Break.NONE

    @property
    def is_doubled(self) -> bool:
        """Whether the phrase is said again at once."""
        length = self._last - self._first + 1
        said = [token.text for token in self._tokens[self._first : self._last + 1]]
        again = [token.text for token in self._tokens[self._last + 1 : self._last + 1 + length]]
        return said == again

    @property
    def sentence_words(self) -> int:
        """The words of the sentence that the phrase begins in."""
        rest = self._tokens[self._first + 1 :]
        so_far = next(n for n in range(self._first + 1) if self._begins(self._first - n))
        to_come = next((n for n, token in enumerate(rest) if token.before >= Break.SENTENCE), None)
        return so_far + 1 + (len(rest) if to_come is None else to_come)

    def _begins(self, index: int) -> bool:
        return index == 0 or self._tokens[index].before >= Break.SENTENCE

    @property
    def trails_off(self) -> bool:
        """Whether it is written with dots behind it."""
        return self._tokens[self._last].written.endswith(("..", "\N{HORIZONTAL ELLIPSIS}"))

    @property
    def is_question(self) -> bool:
        """Whether a question mark follows the phrase."""
        return self._tokens[self._last].is_question

    @property
    def previous(self) -> str:
        """The word before the phrase in the same sentence, or nothing."""
        return "" if self.before >= Break.SENTENCE else self._tokens[self._first - 1].text

    @property
    def next(self) -> str:
        """The word after the phrase in the same sentence, or nothing."""
        return "" if self.after >= Break.SENTENCE else self._tokens[self._last + 1].text


def is_there(sign: Cue, place: Context) -> bool:
    """Whether all that `sign` asks for is at `place`."""
    return (
        (sign.previous is None or place.previous in sign.previous)
        and (sign.next is None or place.next in sign.next)
        and (sign.before is None or place.before >= sign.before)
        and (sign.after is None or place.after >= sign.after)
    )


def points(weighed: CueTable, place: Context) -> int:
    """The sum of the points of a word and of the signs beside it."""
    return weighed.points + sum(s.points for s in weighed.signs if is_there(s, place))


def _weighed(weighed: CueTable, place: Context) -> Certainty | None:
    total = points(weighed, place)
    if total < 0:
        return None
    is_certain = weighed.certain_from is not None and total >= weighed.certain_from
    return "certain" if is_certain else "possible"


def _tag(place: Context) -> Certainty | None:
    """A question mark after it and something before it: "that was it, right?"."""
    return "possible" if place.is_question and place.previous else None


def _opener(place: Context) -> Certainty | None:
    return "possible" if place.before is not Break.NONE else None


def _closer(place: Context) -> Certainty | None:
    return "possible" if place.after is not Break.NONE else None


def _apart(place: Context) -> Certainty | None:
    """Before a pause or a twin: for words that mostly point at something ("那个")."""
    return "possible" if place.after is Break.CLAUSE or place.is_doubled else None


def _set_off(place: Context) -> Certainty | None:
    return "possible" if place.is_set_off else None


def _no_answer(place: Context) -> Certainty | None:
    """At the start of a clause, unless it and a word or two are a whole sentence: "Ja, genau."."""
    return None if place.sentence_words <= _SHORT_ANSWER else _opener(place)


def _trailing(place: Context) -> Certainty | None:
    return "certain" if place.trails_off else None


def _clause(place: Context) -> Certainty | None:
    breaks = (place.before is not Break.NONE) + (place.after is not Break.NONE)
    return (None, "possible", "certain")[breaks]


RULES: Mapping[str, Rule] = {
    "always": lambda place: "certain",
    "possibly": lambda place: "possible",
    "clause": _clause,
    "opener": _opener,
    "closer": _closer,
    "apart": _apart,
    "set off": _set_off,
    "no answer": _no_answer,
    "trailing": _trailing,
    "tag": _tag,
    **{name: partial(_weighed, weighed) for name, weighed in WEIGHED.items()},
}
"""By the name a lexicon uses. A rule answers None where the phrase is ordinary speech."""
