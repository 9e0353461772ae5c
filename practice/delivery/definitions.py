"""The one table of what each number means, for the screens, the reports and docs/measures.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_TELEPHONE = "English telephone talk"
_WORDS, _SOUND = "transcript", "signal"


@dataclass(frozen=True, slots=True)
class Definition:
    """One number of a review."""

    key: str
    """Where it stands under `measures` in the JSON; of the coverage, under `coverage`."""
    name: str
    """The name of its row; empty where it has none."""
    group: str
    """The part of docs/measures.md that it stands in."""
    meaning: str
    """What it counts, in a sentence."""
    span: str
    """Over what it is taken."""
    unit: str
    source: str
    band: str = ""
    """What it is compared with, and whose figures those are; empty where there is no such thing."""
    error: str = ""
    """How wrong it may be."""
    level: int = 0
    """1 where it belongs to the row above, and is shown indented below it."""

    @property
    def explanation(self) -> str:
        """What is said beside the number: its meaning, what it is compared with, its error."""
        return " ".join(filter(None, (self.meaning, self.band, self.error)))

    @property
    def own_explanation(self) -> str:
        """The same without what others' numbers are."""
        return " ".join(filter(None, (self.meaning, self.error)))


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "duration_s",
        "",
        "time",
        "The length of the take.",
        "the take",
        "s",
        "the recording; the end of the last word where there are only words",
    ),
    Definition(
        "speaking_s",
        "speaking time",
        "time",
        "From the first to the last speech, without the pauses of at least 0.25 s.",
        "first to last speech",
        "s",
        _SOUND,
        f"It is 74 to 81 % of the whole in the middle half of {_TELEPHONE}.",
        "As accurate as the pauses.",
    ),
    Definition(
        "longest_run_s",
        "longest run",
        "time",
        "The longest stretch without a pause of 0.25 s or a certain filler in it.",
        "a run of speech",
        "s",
        "signal, cut at the fillers",
        error="A filler that nothing found does not end a run.",
    ),
    Definition(
        "pauses.count",
        "pauses",
        "pauses",
        "Silences of at least 0.25 s with speech before and after them, found in the sound.",
        "first to last speech",
        "pauses",
        _SOUND,
        f"15 to 20 a minute in the middle half of {_TELEPHONE}. A pause is not a mistake; those"
        " from 0.6 s on are marked in the text.",
        "In noise too many are found; where it is too noisy to tell, none are counted.",
    ),
    Definition(
        "pauses.long",
        "",
        "pauses",
        "Pauses of at least 1.0 s, the very long ones included.",
        "first to last speech",
        "pauses",
        _SOUND,
        f"One pause in ten is longer than 1.4 s in {_TELEPHONE}.",
    ),
    Definition(
        "pauses.very_long",
        "",
        "pauses",
        "Pauses of at least 2.0 s.",
        "first to last speech",
        "pauses",
        _SOUND,
        f"One pause in twenty is longer than 2.0 s in {_TELEPHONE}.",
    ),
    Definition(
        "pauses.longest_s",
        "",
        "pauses",
        "The longest pause; none where there is no pause.",
        "first to last speech",
        "s",
        _SOUND,
    ),
    Definition(
        "pauses.inside",
        "",
        "pauses",
        "Pauses after a word that no comma or full stop follows; none where the model writes no"
        " punctuation.",
        "first to last speech",
        "pauses",
        "signal, transcript",
        "Listeners take these for hesitation, and pauses at the end of a clause for structure"
        " (Kahng; de Jong 2016).",
        "It depends on where the model puts commas, which is partly where it heard pauses.",
    ),
    Definition(
        "pauses.before_first_s",
        "",
        "pauses",
        "The silence before the first speech, which does not count as a pause.",
        "start of the take to first speech",
        "s",
        _SOUND,
    ),
    Definition(
        "words",
        "words",
        "pace",
        'Whole words as the model wrote them ("back-end" is one), without certain fillers; in'
        " Japanese, Chinese, Thai, Lao, Burmese and Khmer, characters.",
        "the take",
        "words",
        _WORDS,
        error="What the model left out is missing.",
    ),
    Definition(
        "wpm",
        "words a minute",
        "pace",
        "Words over the whole take, silence included; fillers do not count as words.",
        "the take",
        "words a minute",
        "transcript, recording",
        "Half of all speakers in phone calls are between 140 and 172, nine in ten between 114 and"
        " 195.",
    ),
    Definition(
        "speaking_wpm",
        "while speaking",
        "pace",
        "The same words over the time you spoke, pauses left out.",
        "speaking time",
        "words a minute",
        "transcript, signal",
        level=1,
    ),
    Definition(
        "articulation_sps",
        "syllables a second",
        "pace",
        "How fast the sounds follow each other while you speak, fillers left out.",
        "speaking time without certain fillers",
        "syllables a second",
        "transcript, signal",
        f"4.3 to 5.0 in the middle half of {_TELEPHONE}.",
        "Syllables come from the spelling; without words they are counted in the sound, 17 % too"
        " many or too few at worst.",
    ),
    Definition(
        "pace",
        "",
        "pace",
        "Words a minute in windows of 10 s; a word belongs where its middle is, and a rest under"
        " 5 s joins the last window.",
        "10 s, silence included",
        "words a minute",
        _WORDS,
        f"78 to 230 in nine windows of ten of {_TELEPHONE}.",
    ),
    Definition(
        "fillers.certain",
        "fillers",
        "fillers",
        "Sounds like um and phrases like you know. Clear cases only: doubtful ones are marked with"
        " ? and not counted.",
        "the take",
        "fillers",
        "transcript, signal",
        error="There may be more: speech models often skip them.",
    ),
    Definition(
        "fillers.sounds",
        "",
        "fillers",
        "The certain ones that are sounds (um, uh).",
        "the take",
        "fillers",
        "transcript, signal",
    ),
    Definition(
        "fillers.phrases",
        "",
        "fillers",
        "The certain ones that are words or phrases (you know, I mean).",
        "the take",
        "fillers",
        _WORDS,
    ),
    Definition(
        "fillers.possible",
        "",
        "fillers",
        'Words that may be ordinary speech ("we had like a meeting"), and voice that no word'
        ' explains ("um/uh").',
        "the take",
        "fillers",
        "transcript, signal",
        error="More than half of these words are ordinary speech.",
    ),
    Definition(
        "fillers.per_min",
        "",
        "fillers",
        "The certain ones a minute; none under 30 s of speech.",
        "speaking time",
        "fillers a minute",
        "transcript, signal",
        f"Sounds alone: 3.0 to 7.8 in the middle half of {_TELEPHONE}. Up to 5 a minute made no"
        " difference to listeners, 12 did (Laske and DiGennaro Reed 2024).",
    ),
    Definition(
        "fillers.places.first_ten_s",
        "in the first 10 s",
        "fillers",
        "Certain fillers in the ten seconds from the first speech, and right after a pause.",
        "10 s",
        "fillers",
        "transcript, signal",
        level=1,
    ),
    Definition(
        "fillers.places.after_pause",
        "",
        "fillers",
        "Certain fillers that begin within 0.3 s after a pause.",
        "the take",
        "fillers",
        "transcript, signal",
        f"There is silence before 39 of 100 filler sounds in {_TELEPHONE}.",
    ),
    Definition(
        "fillers.places.thirds",
        "",
        "fillers",
        "Certain fillers in each third of the answer.",
        "first to last speech",
        "fillers",
        "transcript, signal",
    ),
    Definition(
        "fillers.places.clusters",
        "close together",
        "fillers",
        "Three or more certain fillers that begin within ten seconds.",
        "10 s",
        "fillers",
        "transcript, signal",
        "Three in ten seconds are 18 a minute; 12 a minute is what listeners minded (Laske and"
        " DiGennaro Reed 2024).",
        level=1,
    ),
    Definition(
        "fillers.habits",
        "habit words",
        "fillers",
        "Words that are a habit or ordinary speech (like, so, actually), each time they are said;"
        ' only where they are surely no habit ("as well", "would like") they are left out.',
        "the take",
        "words",
        _WORDS,
        error="Two in three are ordinary speech, and people differ on which: examples to look at,"
        " not errors.",
    ),
    Definition(
        "hedges",
        "hedges",
        "wording",
        'Words that soften what is said: "kind of", "I guess", "maybe"; not "what kind of".',
        "the take",
        "hedges",
        _WORDS,
        error="One that is meant (I think, as an opinion) looks the same.",
    ),
    Definition(
        "repetitions",
        "repeated words",
        "wording",
        "One to four words repeated on the spot; fillers between them do not matter.",
        "the take",
        "repetitions",
        _WORDS,
        f"1.7 in 100 words of {_TELEPHONE}.",
        "Emphasis looks the same, and models tidy many away.",
    ),
    Definition(
        "restarts",
        "begun again",
        "wording",
        'Words broken off ("wor- working") and beginnings given up ("we went, we were going").',
        "the take",
        "restarts",
        _WORDS,
        error='Always marked as possible: a list ("I came, I saw") looks the same.',
    ),
    Definition(
        "pet_phrases",
        "often said",
        "wording",
        "Words and rows of up to five words that come back far more often than in ordinary talk:"
        " by chance less than once in a thousand. English only.",
        "the take",
        "times said",
        _WORDS,
        "The rates of 42,495 words of meetings (AMI).",
        "Meetings are not interviews: what an answer must say again may be among them.",
    ),
    Definition(
        "facts",
        "I, we, numbers",
        "wording",
        "How often you said I and we in any form, and how many numbers.",
        "the take",
        "words; rows of number words",
        _WORDS,
        "Advice on I and we differs, so there is nothing to compare with.",
        "Not shown for languages such as Spanish, which can leave out I.",
    ),
    Definition(
        "coverage.key_points",
        "key points",
        "coverage",
        "Words are compared, not meaning: a key point counts when three in five of its words were"
        " said within 30 s, in any common form or close spelling.",
        "30 s",
        "said or not, the first place, the words taken for it",
        _WORDS,
        error="A point made in other words is missed; one whose words fall by chance is found.",
    ),
    Definition(
        "coverage.terms",
        "terms",
        "coverage",
        "A term counts when its words follow each other in a sentence, in any common form or close"
        " spelling; spaces and hyphens do not matter.",
        "a sentence",
        "said or not, the first place, the words taken for it",
        _WORDS,
        error="A term that the model does not know may be written as other words, and is missed.",
    ),
    Definition(
        "calibration",
        "ten-line test",
        "calibration",
        "How many of the planned fillers this microphone and model caught when you read the script"
        " aloud.",
        "the script",
        "fillers",
        "transcript, signal",
        error="Ten is a small number, and people read more clearly than they speak.",
        level=1,
    ),
)

BY_KEY: Mapping[str, Definition] = MappingProxyType({d.key: d for d in DEFINITIONS})
"""Every definition by the key of its number."""
