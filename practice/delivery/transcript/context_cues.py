"""What speaks for and against a habit: the words and breaks beside an ambiguous English word.

Each table is a sum. A word starts with the points of its table; every sign that is there adds its
own; from 0 points on the word is a possible habit, from `certain_from` on a certain one. Points are
twice the logarithm of how much more often the sign stands beside a habit than beside ordinary
speech, rounded to whole numbers: 1 point is a factor of 1.6, 3 points one of 4.5. They were fitted
to annotated meetings (`python -m benchmarks.findings.discourse` prints the fit beside them, and
`python -m benchmarks.findings discourse` refits them without each group of meetings in turn). The
meetings have no commas and few pauses beside these words; what those say is set by hand, after the
studies of telephone talk that docs/measures.md names, and marked `by_hand`.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from practice.delivery.transcript.tokens import Break


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


HESITATIONS = words("um uh er erm hmm umm uhh ah eh mm")
_SUBJECTS = words(
    "i you we they he she it who that this there what everybody everyone people i'd you'd we'd"
    " they'd he'd she'd i've we've you've they've i'm you're we're they're he's she's it's that's"
    " there's what's i'll you'll we'll they'll it'll let's"
)
_BE = words(
    "is was are were be been being it's that's there's he's she's i'm you're we're they're isn't"
    " wasn't aren't weren't"
)
_HAVE = words("have has had got get having gotten")
_DETERMINERS = words("a an the this that these those my your our his her their its some any")
_PREPOSITIONS = words("with for in on at from by about into of than")
_LINKS = words("and but or because 'cause cause then so if when while though although")
_ANSWERS = words("yeah yes yep okay ok oh right alright no sure ah mm-hmm")

_LIKE_SUBJECTS = words(
    "i you we they he she who everybody everyone people kids i'd you'd we'd they'd he'd she'd i've"
)
_LIKE_HELPERS = words(
    "would don't didn't doesn't do did does wouldn't might could should always really never also"
    " still not to can can't will won't personally certainly quite"
)
_SENSES = words(
    "feel feels felt feeling look looks looked looking sound sounds sounded sounding seem seems"
    " seemed smell smells taste tastes act acts acted shape shaped"
)
_EXEMPLIFIED = words(
    "thing things something anything nothing everything stuff someone somebody place places"
    " somewhere case cases one ones more much exactly most just bit kind style idea ideas"
)
_LIKED = words("that to it me them him us those everybody whatever what mine yours this these")
_MEASURED_BY_SO = words("much many far long good bad hard big few often on called forth")
_BEFORE_PRO_SO = words(
    "do think say hope or not is was are were be just even ever guess suppose if did does been"
    " believe seems doing"
)
_WELL_MANNER = words(
    "as very pretty really quite how works work worked goes go went going doing done does fairly"
    " reasonably equally perfectly too extremely incredibly not it them him her together know"
)
_KINDS = words(
    "what some any this that same a an the one other another every each which these those"
    " different all certain many two new right"
)
_KNOWING = words("do did don't didn't if whether let unless to would could should")
_KNOWN = words("what where how who when why which if whether about")
_MEANT = words("what that which do did you")


_GRAMMAR = _SUBJECTS | _BE | _HAVE | _DETERMINERS | _PREPOSITIONS | _LINKS | _ANSWERS | HESITATIONS


class _Plurals(Container[str]):
    """Words that look like a noun in the plural."""

    def __contains__(self, word: object) -> bool:
        return (
            isinstance(word, str)
            and len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "'s"))
            and word not in _GRAMMAR
        )


@dataclass(frozen=True, slots=True)
class _Besides(Container[str]):
    """Every word but these."""

    but: frozenset[str]

    def __contains__(self, word: object) -> bool:
        return bool(word) and word not in self.but


_ANY = _Besides(frozenset())


@dataclass(frozen=True, slots=True)
class Cue:
    """Something beside a word; it is there when all of what it asks for is."""

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
    signs: tuple[Cue, ...]


_BEFORE_WELL = _Besides(_ANSWERS | _LINKS | HESITATIONS | words("you know mean think"))
_WELL_WHAT = words("done known as enough over under")
_MODALS = words("would could should might can will to")

WEIGHED: Mapping[str, CueTable] = {
    "like": CueTable(
        0,
        3,
        (
            Cue(-3, "I like, people like: the verb", previous=_LIKE_SUBJECTS),
            Cue(-1, "would like, don't like: the verb", previous=_LIKE_HELPERS),
            Cue(-2, "looks like, feels like: a comparison", previous=_SENSES),
            Cue(-2, "something like, a thing like: an example follows", previous=_EXEMPLIFIED),
            Cue(-2, "like to, like that, like it: verb or comparison", next=_LIKED),
            Cue(-1, "like a, like the: often a comparison", next=_DETERMINERS),
            Cue(-3, "colours like: an example follows", previous=_Plurals()),
            Cue(-2, "the second of two: shown as a repetition", previous=words("like")),
            Cue(-2, "the first of two", next=words("like")),
            Cue(-1, "opens a sentence: an example of what came before", before=Break.SENTENCE),
            Cue(3, "have like, got like: cuts a verb from its object", previous=_HAVE),
            Cue(2, "with like, for like: cuts a preposition from its noun", previous=_PREPOSITIONS),
            Cue(1, "a like, the like: cuts an article from its noun", previous=_DETERMINERS),
            Cue(1, "and like, because like: opens a clause", previous=_LINKS),
            Cue(1, "you know like, I mean like", previous=words("know mean")),
            Cue(
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
            Cue(-2, "so much, so far: a degree", next=_MEASURED_BY_SO),
            Cue(-3, "think so, is so: stands for something said", previous=_BEFORE_PRO_SO),
            Cue(-2, "so that: a purpose", next=words("that")),
        ),
    ),
    "well": CueTable(
        1,
        2,
        (
            Cue(-4, "as well, very well, works well: the adverb", previous=_WELL_MANNER),
            Cue(
                -1,
                "follows another word without a link: the adverb",
                previous=_BEFORE_WELL,
                by_hand=True,
            ),
            Cue(-2, "well done, well known", next=_WELL_WHAT, by_hand=True),
            Cue(-2, "ends a sentence, or stands alone as an answer", after=Break.SENTENCE),
            Cue(1, "a hesitation before it", previous=HESITATIONS),
            Cue(1, "but well, because well", previous=_LINKS),
            Cue(1, "well I, well it's: opens a clause", next=_SUBJECTS, by_hand=True),
        ),
    ),
    "actually": CueTable(
        -1,
        None,
        (
            Cue(-1, "is actually, was actually: says that something is so", previous=_BE),
            Cue(-1, "ends a sentence", after=Break.SENTENCE),
            Cue(1, "would actually, to actually", previous=_MODALS),
            Cue(1, "a hesitation or an answer before it", previous=HESITATIONS | _ANSWERS),
            Cue(
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
            Cue(-1, "ends a sentence", after=Break.SENTENCE),
            Cue(2, "a subject follows: opens a clause", next=_SUBJECTS),
            Cue(
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
            Cue(-4, "do you know, if you know: the verb", previous=_KNOWING, by_hand=True),
            Cue(-2, "you know what, you know how: the verb", next=_KNOWN),
            Cue(-2, "opens a sentence", before=Break.SENTENCE),
            Cue(-3, "ends a sentence", after=Break.SENTENCE),
            Cue(-1, "you know you, you know it", next=_SUBJECTS),
            Cue(
                4,
                "commas or pauses on both sides: I would, you know, ask",
                previous=_ANY,
                next=_ANY,
                before=Break.CLAUSE,
                after=Break.CLAUSE,
                by_hand=True,
            ),
            Cue(1, "a hesitation before it", previous=HESITATIONS),
        ),
    ),
    "i mean": CueTable(
        1,
        2,
        (
            Cue(-2, "what I mean, that I mean: the verb", previous=_MEANT, by_hand=True),
            Cue(-1, "ends a sentence", after=Break.SENTENCE),
            Cue(-1, "yeah I mean: agrees and goes on", previous=_ANSWERS),
            Cue(1, "and I mean, but I mean", previous=_LINKS),
            Cue(1, "a hesitation before it", previous=HESITATIONS),
            Cue(1, "I mean it's, I mean we: opens a clause", next=_SUBJECTS),
            Cue(1, "a comma or a pause behind it", after=Break.CLAUSE, by_hand=True),
        ),
    ),
    "kind of": CueTable(
        0,
        0,
        (
            Cue(-2, "what kind of, a sort of: the noun", previous=_KINDS),
            Cue(-2, "kind of thing", next=words("thing things")),
            Cue(-1, "ends a sentence", after=Break.SENTENCE),
            Cue(1, "a hesitation after it", next=HESITATIONS),
            Cue(1, "kind of the, kind of a", next=_DETERMINERS),
        ),
    ),
}
"""By the name that a lexicon gives its rule."""
