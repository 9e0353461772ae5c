"""What a mark says of itself, and what each number means, in a sentence or two."""

from practice.delivery.findings import Finding
from practice.reports.document import ReviewDocument
from practice.reports.layout import Mark
from practice.reports.marking import MEANINGS, hesitation_sounds, mark_of
from practice.reports.wording import Row, rows
from practice.text import one_line

_PAUSE = {Mark.PAUSE, Mark.LONG_PAUSE}
_STRETCH = {Mark.HURRIED, Mark.SLOW}

MEANING = {
    "words a minute": (
        "Words over the whole take, silence included; fillers are no words. Conversation in "
        "English has about 140 to 170."
    ),
    "words": "Words that the model wrote, without fillers.",
    "  while speaking": "The same words over the time you spoke, pauses left out.",
    "syllables a second": (
        "How fast the sounds follow each other while you speak. Conversation has about 4.3 to 5."
    ),
    "fillers": (
        "Sounds like um and phrases like you know. Speech models leave many out: read at least so "
        "many. What may be ordinary speech is possible and not counted."
    ),
    "  which": "The certain ones by name.",
    "  in your check": (
        "How many of the planned fillers this microphone and model caught when you read the script "
        "aloud. Ten are few, and what is read is clearer than what slips out."
    ),
    "pauses": (
        "Silences of 0.25 s or more between words, found in the sound. A pause is not a mistake; "
        "those from 0.6 s on are marked in the text."
    ),
    "said again at once": "One to four words repeated on the spot. Models tidy many away.",
    "longest run": "The longest stretch without a pause of 0.25 s or a filler in it.",
    "speaking time": "From the first to the last word, without the pauses.",
}
"""By the name of the row."""

PARTS_MEANING = (
    "You mark where situation, task, action and result begin with s, t, a and r. The usual advice "
    "is 20, 10, 60 and 10 % of the answer; nothing is guessed."
)
COVERAGE_MEANING = (
    "Words are compared, not meaning: a point made in other words is missed. A key point counts "
    "when three in five of its words were said within 30 s."
)


def meanings(document: ReviewDocument) -> list[tuple[Row, str]]:
    """Every number of a review with what it means."""
    return [(row, MEANING.get(row.name, row.meaning)) for row in rows(document)]


def exact_time(seconds: float) -> str:
    """`seconds` as `1:07.4`: where two marks share a second, tenths tell them apart."""
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def explained(finding: Finding, language: str | None) -> str:
    """What was found, when, and how sure it is."""
    mark = mark_of(finding, hesitation_sounds(language))
    lasts_s = finding.end_s - finding.start_s
    when = f"at {exact_time(finding.start_s)}"
    if mark in _PAUSE:
        return f"a pause of {lasts_s:.1f} s {when}, measured in the sound"
    if mark in _STRETCH:
        return f"{MEANINGS[mark][1]}, {when}, for {lasts_s:.1f} s"
    kind = "hedge" if finding.kind == "hedge" else _KINDS.get(mark, MEANINGS[mark][1])
    return f"“{one_line(finding.label)}”: {kind} {when}, {_how_sure(finding)}"


_KINDS = {
    Mark.FILLER: "filler sound",
    Mark.HABIT: "filler phrase",
    Mark.REPETITION: "said again at once",
    Mark.RESTART: "a new start",
}


def _how_sure(finding: Finding) -> str:
    if finding.source == "signal":
        return "possible: heard in the sound, no word explains it"
    if finding.certainty == "possible":
        return "possible: it may be ordinary speech"
    return "certain"
