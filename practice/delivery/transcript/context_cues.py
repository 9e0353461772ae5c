"""What speaks for and against a habit: the words and breaks beside an ambiguous English word.

Each table is a sum. A word starts with the points of its table, and every cue beside it adds its
own. From 0 points on the word is a possible habit, from `certain_from` on a certain one.

Points are twice the natural logarithm of how much more often the cue stands beside a habit than
beside ordinary speech, rounded: 1 point is a factor of 1.6, 3 points are one of 4.5. They were
fitted to meetings in which annotators marked discourse markers. `python -m
benchmarks.findings.discourse` prints what a fit gives beside what is shipped, and `python -m
benchmarks.findings discourse` how well the words are judged when each group of meetings in turn is
left out of the fit.

The meetings have no commas and few pauses beside these words. What a break says is set by hand,
after the studies of telephone talk that docs/measures.md names, and marked `by_hand`.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from practice.delivery.transcript.tokens import Break


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HESITATIONS = _words("um uh er erm hmm umm uhh ah eh mm")
_SUBJECTS = _words(
    "i you we they he she it who that this there what everybody everyone people i'd you'd we'd"
    " they'd he'd she'd i've we've you've they've i'm you're we're they're he's she's it's that's"
    " there's what's i'll you'll we'll they'll it'll let's"
)
_BE = _words(
    "is was are were be been being it's that's there's he's she's i'm you're we're they're isn't"
    " wasn't aren't weren't"
)
_HAVE = _words("have has had got get having gotten")
_DETERMINERS = _words("a an the this that these those my your our his her their its some any")
_PREPOSITIONS = _words("with for in on at from by about into of than")
_LINKS = _words("and but or because 'cause cause then so if when while though although")
_ANSWERS = _words("yeah yes yep okay ok oh right alright no sure ah mm-hmm")

_SUBJECTS_OF_LIKE = _words(
    "i you we they he she who everybody everyone people kids i'd you'd we'd they'd he'd she'd i've"
)
_AUXILIARIES_OF_LIKE = _words(
    "would don't didn't doesn't do did does wouldn't might could should always really never also"
    " still not to can can't will won't personally certainly quite"
)
_SENSE_VERBS = _words(
    "feel feels felt feeling look looks looked looking sound sounds sounded sounding seem seems"
    " seemed smell smells taste tastes act acts acted shape shaped"
)
_BEFORE_EXAMPLE = _words(
    "thing things something anything nothing everything stuff someone somebody place places"
    " somewhere case cases one ones more much exactly most just bit kind style idea ideas"
)
_AFTER_LIKE = _words(
    "that to it me them him us those everybody whatever what mine yours this these"
)
_AFTER_SO_OF_DEGREE = _words("much many far long good bad hard big few often on called forth")
_BEFORE_SO_AS_ANSWER = _words(
    "do think say hope or not is was are were be just even ever guess suppose if did does been"
    " believe seems doing"
)
_BEFORE_ADVERB_WELL = _words(
    "as very pretty really quite how works work worked goes go went going doing done does fairly"
    " reasonably equally perfectly too extremely incredibly not it them him her together know"
)
_BEFORE_NOUN_KIND = _words(
    "what some any this that same a an the one other another every each which these those"
    " different all certain many two new right"
)
_BEFORE_VERB_KNOW = _words("do did don't didn't if whether let unless to would could should")
_AFTER_VERB_KNOW = _words("what where how who when why which if whether about")
_BEFORE_VERB_MEAN = _words("what that which do did you")


_GRAMMAR = _SUBJECTS | _BE | _HAVE | _DETERMINERS | _PREPOSITIONS | _LINKS | _ANSWERS | HESITATIONS


class _Plurals(Container[str]):
    """Words that look like a noun in the plural: "colours", but not "was" or "because"."""

    def __contains__(self, word: object) -> bool:
        return (
            isinstance(word, str)
            and len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "'s"))
            and word not in _GRAMMAR
        )


@dataclass(frozen=True, slots=True)
class _AllBut(Container[str]):
    """Every word but these; no word at all is none."""

    words: frozenset[str]

    def __contains__(self, word: object) -> bool:
        return bool(word) and word not in self.words


_ANY = _AllBut(frozenset())


@dataclass(frozen=True, slots=True)
class ContextCue:
    """Something beside a word. It applies where all that it asks for is there."""

    points: int
    reason: str
    previous: Container[str] | None = None
    """The word before is one of these, in the same sentence."""
    next: Container[str] | None = None
    """The word after is one of these, in the same sentence."""
    before: Break | None = None
    """At least so deep a break lies before it."""
    after: Break | None = None
    """At least so deep a break lies after it."""
    by_hand: bool = False
    """Its points were not fitted."""


@dataclass(frozen=True, slots=True)
class CueTable:
    """How one ambiguous word is judged."""

    points: int
    """What it starts with."""
    certain_from: int | None
    """The points from which it is certain; None where nothing makes it so."""
    cues: tuple[ContextCue, ...]


_NO_LINK_BEFORE_WELL = _AllBut(_ANSWERS | _LINKS | HESITATIONS | _words("you know mean think"))
_AFTER_ADVERB_WELL = _words("done known as enough over under")
_MODALS = _words("would could should might can will to")

CUE_TABLES: Mapping[str, CueTable] = {
    "like": CueTable(
        0,
        3,
        (
            ContextCue(-3, "I like, people like: the verb", previous=_SUBJECTS_OF_LIKE),
            ContextCue(-1, "would like, don't like: the verb", previous=_AUXILIARIES_OF_LIKE),
            ContextCue(-2, "looks like, feels like: a comparison", previous=_SENSE_VERBS),
            ContextCue(
                -2, "something like, a thing like: an example follows", previous=_BEFORE_EXAMPLE
            ),
            ContextCue(-2, "like to, like that, like it: verb or comparison", next=_AFTER_LIKE),
            ContextCue(-1, "like a, like the: often a comparison", next=_DETERMINERS),
            ContextCue(-3, "colours like: an example follows", previous=_Plurals()),
            ContextCue(-2, "the second of two: shown as a repetition", previous=_words("like")),
            ContextCue(-2, "the first of two", next=_words("like")),
            ContextCue(
                -1, "opens a sentence: an example of what came before", before=Break.SENTENCE
            ),
            ContextCue(3, "have like, got like: cuts a verb from its object", previous=_HAVE),
            ContextCue(
                2, "with like, for like: cuts a preposition from its noun", previous=_PREPOSITIONS
            ),
            ContextCue(1, "a like, the like: cuts an article from its noun", previous=_DETERMINERS),
            ContextCue(1, "and like, because like: opens a clause", previous=_LINKS),
            ContextCue(1, "you know like, I mean like", previous=_words("know mean")),
            ContextCue(
                4,
                "commas or pauses on both sides",
                before=Break.CLAUSE,
                after=Break.CLAUSE,
                by_hand=True,
            ),
        ),
    ),
    "so": CueTable(
        0,
        None,
        (
            ContextCue(-2, "so much, so far: a degree", next=_AFTER_SO_OF_DEGREE),
            ContextCue(
                -3, "think so, is so: stands for something said", previous=_BEFORE_SO_AS_ANSWER
            ),
            ContextCue(-2, "so that: a purpose", next=_words("that")),
        ),
    ),
    "well": CueTable(
        1,
        2,
        (
            ContextCue(
                -4, "as well, very well, works well: the adverb", previous=_BEFORE_ADVERB_WELL
            ),
            ContextCue(
                -1,
                "follows another word without a link: the adverb",
                previous=_NO_LINK_BEFORE_WELL,
                by_hand=True,
            ),
            ContextCue(-2, "well done, well known", next=_AFTER_ADVERB_WELL, by_hand=True),
            ContextCue(-2, "ends a sentence, or stands alone as an answer", after=Break.SENTENCE),
            ContextCue(1, "a hesitation before it", previous=HESITATIONS),
            ContextCue(1, "but well, because well", previous=_LINKS),
            ContextCue(1, "well I, well it's: opens a clause", next=_SUBJECTS, by_hand=True),
        ),
    ),
    "actually": CueTable(
        -1,
        None,
        (
            ContextCue(-1, "is actually, was actually: says that something is so", previous=_BE),
            ContextCue(-1, "ends a sentence", after=Break.SENTENCE),
            ContextCue(1, "would actually, to actually", previous=_MODALS),
            ContextCue(1, "a hesitation or an answer before it", previous=HESITATIONS | _ANSWERS),
            ContextCue(
                1,
                "opens a sentence, with a comma or a pause behind it",
                before=Break.SENTENCE,
                after=Break.CLAUSE,
                by_hand=True,
            ),
        ),
    ),
    "basically": CueTable(
        -2,
        None,
        (
            ContextCue(-1, "ends a sentence", after=Break.SENTENCE),
            ContextCue(2, "a subject follows: opens a clause", next=_SUBJECTS),
            ContextCue(
                2,
                "opens a sentence, with a comma or a pause behind it",
                before=Break.SENTENCE,
                after=Break.CLAUSE,
                by_hand=True,
            ),
        ),
    ),
    "you know": CueTable(
        3,
        2,
        (
            ContextCue(
                -4, "do you know, if you know: the verb", previous=_BEFORE_VERB_KNOW, by_hand=True
            ),
            ContextCue(-2, "you know what, you know how: the verb", next=_AFTER_VERB_KNOW),
            ContextCue(-2, "opens a sentence", before=Break.SENTENCE),
            ContextCue(-3, "ends a sentence", after=Break.SENTENCE),
            ContextCue(-1, "you know you, you know it", next=_SUBJECTS),
            ContextCue(
                4,
                "commas or pauses on both sides: I would, you know, ask",
                previous=_ANY,
                next=_ANY,
                before=Break.CLAUSE,
                after=Break.CLAUSE,
                by_hand=True,
            ),
            ContextCue(1, "a hesitation before it", previous=HESITATIONS),
        ),
    ),
    "i mean": CueTable(
        1,
        2,
        (
            ContextCue(
                -2, "what I mean, that I mean: the verb", previous=_BEFORE_VERB_MEAN, by_hand=True
            ),
            ContextCue(-1, "ends a sentence", after=Break.SENTENCE),
            ContextCue(-1, "yeah I mean: agrees and goes on", previous=_ANSWERS),
            ContextCue(1, "and I mean, but I mean", previous=_LINKS),
            ContextCue(1, "a hesitation before it", previous=HESITATIONS),
            ContextCue(1, "I mean it's, I mean we: opens a clause", next=_SUBJECTS),
            ContextCue(1, "a comma or a pause behind it", after=Break.CLAUSE, by_hand=True),
        ),
    ),
    "kind of": CueTable(
        0,
        0,
        (
            ContextCue(-2, "what kind of, a sort of: the noun", previous=_BEFORE_NOUN_KIND),
            ContextCue(-2, "kind of thing", next=_words("thing things")),
            ContextCue(-1, "ends a sentence", after=Break.SENTENCE),
            ContextCue(1, "a hesitation after it", next=HESITATIONS),
            ContextCue(1, "kind of the, kind of a", next=_DETERMINERS),
        ),
    ),
}
"""By the name that a lexicon gives its rule."""
