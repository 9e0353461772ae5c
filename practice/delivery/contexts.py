"""Whether a word that may be a filler is one here: rules on the words and breaks around it."""

from collections.abc import Callable, Mapping, Sequence

from practice.delivery.findings import Certainty
from practice.delivery.tokens import Break, Token

Rule = Callable[["Place"], Certainty | None]


class Place:
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
    def is_question(self) -> bool:
        """Whether a question mark follows the phrase."""
        return self._tokens[self._last].is_question

    def previous(self, steps: int = 1) -> str:
        """The word `steps` before the phrase, or nothing."""
        index = self._first - steps
        crossed = self._tokens[max(index + 1, 0) : self._first + 1]
        if index < 0 or any(token.before is Break.STRETCH for token in crossed):
            return ""
        return self._tokens[index].text

    def next(self) -> str:
        """The word after the phrase, or nothing."""
        return "" if self.after is Break.STRETCH else self._tokens[self._last + 1].text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SUBJECTS = _words(
    "i you we they he she who everybody everyone people kids i'd you'd we'd they'd he'd she'd i've"
)
_BEFORE_LIKE_VERB = _words(
    "would don't didn't doesn't do did does wouldn't might could should always never really also"
    " still to not can can't will won't personally certainly"
)
_PERCEPTION = _words(
    "feel feels felt feeling look looks looked looking sound sounds sounded sounding seem seems"
    " seemed smell smells taste tastes act acts acted"
)
_EXEMPLIFIED = _words(
    "thing things something anything nothing everything stuff someone somebody place places"
    " someplace somewhere case cases one ones more much exactly most just bit"
)
_AFTER_LIKE_VERB = _words("that to it me them him us those everybody whatever what mine yours this")
_NUMBERS = _words(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty"
    " sixty seventy eighty ninety hundred thousand half"
)
_HESITATIONS = _words("um uh er erm hmm umm uhh")
_BEFORE_OPENER = _words("and but oh so then because or now yeah") | _HESITATIONS
_AFTER_WELL_ADVERB = _words("done known as enough")
_BEFORE_WELL_ADVERB = _words(
    "as very pretty really quite so how works work worked goes go went going do did doing done"
    " does know knew knows fairly reasonably equally perfectly too extremely incredibly not"
)
_BEFORE_SO_DEGREE = _words(
    "do think say hope or not is was are were just be been did does if even ever"
)
_AFTER_SO_DEGREE = _words("much many far long that good bad hard big few often on called")
_BEFORE_KIND = _words(
    "what some any this that same a an the one other another every each which these those different"
    " right all certain many two new"
)
_BEFORE_YOU_KNOW_VERB = _words(
    "do did don't didn't if whether that thing things way ways what how as because would could"
    " should when who and-do let unless everyone everything"
)
_AFTER_YOU_KNOW_VERB = _words("what where how who it this that a about when why which if whether")


def _you_know(place: Place) -> Certainty | None:
    if place.previous() in _BEFORE_YOU_KNOW_VERB and place.before is Break.NONE:
        return None
    joined = place.after is Break.NONE
    if joined and (place.next() in _AFTER_YOU_KNOW_VERB or place.before >= Break.SENTENCE):
        return "possible"
    return "certain"


def _i_mean(place: Place) -> Certainty | None:
    if place.previous() in {"what", "that", "which", "do", "if"} and place.before is Break.NONE:
        return None
    return "possible" if place.next() in {"that", "it", "by", "to"} else "certain"


def _like(place: Place) -> Certainty | None:
    closed = place.before is not Break.NONE and place.after is not Break.NONE
    if not closed and _is_content_like(place):
        return None
    if place.before >= Break.SENTENCE:
        return "possible"
    hesitant = {place.previous(), place.next()} & _HESITATIONS
    return "certain" if closed or hesitant or place.next() in _NUMBERS else "possible"


def _is_content_like(place: Place) -> bool:
    return (
        place.next() in _AFTER_LIKE_VERB
        or place.previous() in _SUBJECTS
        or place.previous() in _BEFORE_LIKE_VERB
        or place.previous() in _PERCEPTION
        or place.previous() in _EXEMPLIFIED
    )


def _well(place: Place) -> Certainty | None:
    if place.next() in _AFTER_WELL_ADVERB and place.after is Break.NONE:
        return None
    if place.before >= Break.SENTENCE or place.previous() in _BEFORE_OPENER:
        return "certain" if place.after < Break.SENTENCE else "possible"
    if place.before is Break.NONE or place.previous() in _BEFORE_WELL_ADVERB:
        return None
    return "possible"


def _so(place: Place) -> Certainty | None:
    if place.next() in _AFTER_SO_DEGREE or place.previous() in _BEFORE_SO_DEGREE:
        return None
    cut_off = place.after is not Break.NONE or place.next() in _HESITATIONS
    at_edge = place.before >= Break.SENTENCE or place.after >= Break.SENTENCE
    return "possible" if cut_off and at_edge else None


def _tag(place: Place) -> Certainty | None:
    return "possible" if place.is_question and place.previous() else None


def _kind_of(place: Place) -> Certainty | None:
    return None if place.previous() in _BEFORE_KIND else "certain"


def _opener(place: Place) -> Certainty | None:
    return "possible" if place.before is not Break.NONE else None


def _closer(place: Place) -> Certainty | None:
    return "possible" if place.after is not Break.NONE else None


def _clause(place: Place) -> Certainty | None:
    breaks = (place.before is not Break.NONE) + (place.after is not Break.NONE)
    return (None, "possible", "certain")[breaks]


RULES: Mapping[str, Rule] = {
    "always": lambda place: "certain",
    "possibly": lambda place: "possible",
    "clause": _clause,
    "opener": _opener,
    "closer": _closer,
    "tag": _tag,
    "you know": _you_know,
    "i mean": _i_mean,
    "like": _like,
    "well": _well,
    "so": _so,
    "kind of": _kind_of,
}
"""By the name a lexicon uses. A rule answers None where the phrase is ordinary speech."""
