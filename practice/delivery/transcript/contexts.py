"""Whether a phrase that may be a filler can be one here: rules on the breaks around it."""

from collections.abc import Callable, Mapping, Sequence

from practice.delivery.findings import Certainty
from practice.delivery.transcript.tokens import Break, Token

SHORT_ANSWER_WORDS = 3
"""A sentence of so many words that begins with "ja" is an answer: "Ja, genau." A choice."""

Rule = Callable[["PhraseContext"], Certainty | None]


class PhraseContext:
    """A phrase among its neighbours.

    Args:
        tokens: Everything that was said.
        first: The index of the first word of the phrase.
        length: How many words it has.
    """

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
    def begins_clause(self) -> bool:
        """Whether there is a comma, a pause or more before it."""
        return self.before is not Break.NONE

    @property
    def ends_clause(self) -> bool:
        """Whether there is a comma, a pause or more after it."""
        return self.after is not Break.NONE

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
        start = self._first
        while start > 0 and self._tokens[start].before < Break.SENTENCE:
            start -= 1
        end = self._first + 1
        while end < len(self._tokens) and self._tokens[end].before < Break.SENTENCE:
            end += 1
        return end - start

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


def _judge_by_breaks(context: PhraseContext) -> Certainty | None:
    """Certain between two breaks, possible beside one: it stands outside the sentence."""
    breaks = context.begins_clause + context.ends_clause
    return (None, "possible", "certain")[breaks]


def _possible_where(condition: Callable[[PhraseContext], bool]) -> Rule:
    return lambda context: "possible" if condition(context) else None


RULES: Mapping[str, Rule] = {
    "always": lambda context: "certain",
    "possibly": lambda context: "possible",
    "clause": _judge_by_breaks,
    "opener": _possible_where(lambda context: context.begins_clause),
    "closer": _possible_where(lambda context: context.ends_clause),
    "set off": _possible_where(lambda context: context.begins_clause and context.ends_clause),
    # Before a pause or a twin: for words that mostly point at something ("那个").
    "apart": _possible_where(
        lambda context: context.after is Break.CLAUSE or context.is_doubled,
    ),
    "no answer": _possible_where(
        lambda context: context.begins_clause and context.sentence_words > SHORT_ANSWER_WORDS
    ),
    "trailing": lambda context: "certain" if context.trails_off else None,
    # With something to ask about before it: "that was it, right?".
    "tag": _possible_where(lambda context: context.is_question and bool(context.previous)),
}
"""By the name a lexicon uses. A rule answers None where the phrase is ordinary speech."""
