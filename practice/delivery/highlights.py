"""The two or three places of a take that are worth hearing, and the one line that names them.

Made of findings and measures and of nothing else: a place lies where something was found, and what
was not measured is not claimed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from practice.base.text import clock_time, one_line, shorten_reason
from practice.base.words import Span
from practice.delivery.filler_distribution import CLUSTER_FILLERS, CLUSTER_S
from practice.delivery.findings import INSIDE_CLAUSE, Finding, describe_filler_count
from practice.delivery.measures import Measures
from practice.delivery.pace import HURRIED
from practice.delivery.quality import Judgement
from practice.delivery.signal.pauses import VERY_LONG_PAUSE_S
from practice.delivery.transcript.tokens import split_words

HighlightKind = Literal["fillers", "pause", "hurried", "repeated"]

FEW_PLACES, MOST_PLACES = 2, 3
"""More are no beginning any more; all of them are marked in the words."""
MOST_OF_A_KIND = 2
"""A third pause says nothing that the first two did not."""
_USUAL_REPEATED_WORDS = 4
"""Two words said twice: a shorter repetition weighs less than any place of another kind."""
_LONGEST_QUOTE = 30
TOO_SHORT = "too short"
"""How `quality.explain_shortness` begins."""
_NUMERALS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@dataclass(frozen=True, slots=True)
class Highlight:
    """A place worth hearing."""

    kind: HighlightKind
    """What kind of place it is."""
    start_s: float
    """Where it begins."""
    end_s: float
    """Where it ends."""
    reason: str
    """What is heard there, in a few words: "four ums in eight seconds"."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """What is said of a take first."""

    line: str = ""
    """The places with their reasons, or what is known where there are none."""
    places: tuple[Highlight, ...] = ()
    """The one to hear first comes first."""


def summarise(
    findings: Sequence[Finding],
    measures: Measures,
    judgement: Judgement,
    usual: Mapping[str, Literal["below", "in", "above"]],
    unit: str = "words",
    *,
    heard: Measures | None = None,
) -> Highlights:
    """The places worth hearing and the line about them.

    Args:
        findings: Of one review.
        measures: Its numbers.
        judgement: Why some of them are missing.
        usual: Where numbers lie against the user's own range, by the name that `measures` has.
        unit: What `measures` counts as words: "words", or "characters" of some scripts.
        heard: The numbers with what is left out of `measures` for a user who stutters: what could
            not be heard only they tell. None where nothing is left out.
    """
    places = find_places(findings, measures, unit)
    leaves_out = heard is not None
    gaps = _describe_gaps(heard or measures, judgement, leaves_out=leaves_out)
    if places:
        named = [f"{clock_time(place.start_s)} ({place.reason})" for place in places]
        line = f"Listen to {_enumerate(named)}."
        return Highlights(f"{line} {_capitalise(gaps)}." if gaps else line, tuple(places))
    known = list(_describe_measures(measures, usual, unit, heard or measures))
    if gaps:
        # Never the gap alone: that something was said, and for how long, is known at the least.
        known = known or [f"{clock_time(measures.duration_s)} long"]
        return Highlights(" · ".join([_capitalise(gaps), *known]))
    return Highlights(f"{_capitalise(', '.join(known))}." if known else "")


def find_places(
    findings: Sequence[Finding], measures: Measures, unit: str = "words"
) -> list[Highlight]:
    """The places worth hearing, two or three of them, none within another.

    In the order of how far each is beyond the limit of its kind; the third must reach it. Only
    what is certain is among them: what is possible may be ordinary speech.
    """
    found = [
        *_find_clusters(findings, measures),
        *_find_pauses(findings, measures),
        *_find_hurried(findings, measures, unit),
        *_find_repetitions(findings, measures),
    ]
    chosen: list[Highlight] = []
    for weight, place in sorted(found, key=lambda item: (-item[0], item[1].start_s)):
        span = Span(place.start_s, place.end_s)
        is_apart = all(span.overlap_s(Span(one.start_s, one.end_s)) <= 0 for one in chosen)
        is_worth_it = len(chosen) < FEW_PLACES or (len(chosen) < MOST_PLACES and weight >= 1.0)
        of_its_kind = sum(one.kind == place.kind for one in chosen)
        if is_apart and is_worth_it and of_its_kind < MOST_OF_A_KIND:
            chosen.append(place)
    return chosen


_Weighed = Iterator[tuple[float, Highlight]]
"""Places, each with how many times the limit of its kind it reaches."""


def _find_clusters(findings: Sequence[Finding], measures: Measures) -> _Weighed:
    places = measures.fillers.places
    certain = [f for f in findings if f.kind == "filler" and f.certainty == "certain"]
    for cluster in places.clusters if places else ():
        within = [f for f in certain if cluster.start_s <= f.start_s <= cluster.end_s]
        if len(within) >= CLUSTER_FILLERS:
            densest = _find_densest(within)
            place = Highlight(
                "fillers", densest[0].start_s, densest[-1].end_s, _describe_fillers(densest)
            )
            yield len(densest) / CLUSTER_FILLERS, place


def _find_densest(fillers: Sequence[Finding]) -> Sequence[Finding]:
    """The most of `fillers`, in order of time, that begin within `CLUSTER_S` of each other.

    Clusters that overlap are one, so that one may be as long as the take: too long to listen to.
    """
    stretches = (
        [f for f in fillers[first:] if f.start_s - fillers[first].start_s <= CLUSTER_S]
        for first in range(len(fillers))
    )
    return max(stretches, key=lambda found: (len(found), found[0].start_s - found[-1].end_s))


def _describe_fillers(fillers: Sequence[Finding]) -> str:
    """`four ums in eight seconds`; `five fillers …` where they are not all the same sound."""
    labels = {finding.label for finding in fillers}
    is_sound = all(finding.filler_kind == "sound" for finding in fillers)
    label = labels.pop() if len(labels) == 1 else ""
    # An s makes more than one of it in English only.
    can_be_plural = is_sound and label.isascii() and label.isalpha()
    what = f"{label}s" if label and can_be_plural else "fillers"
    seconds = max(round(fillers[-1].end_s - fillers[0].start_s), 1)
    within_s = "a second" if seconds == 1 else f"{spell_number(seconds)} seconds"
    return f"{spell_number(len(fillers))} {what} in {within_s}"


def _find_pauses(findings: Sequence[Finding], measures: Measures) -> _Weighed:
    if measures.pauses.count is None:
        return
    for finding in findings:
        length_s = finding.end_s - finding.start_s
        is_shown = finding.kind == "pause" and finding.label != INSIDE_CLAUSE
        if is_shown and length_s >= VERY_LONG_PAUSE_S - 1e-9:
            reason = f"a pause of {length_s:.1f} s"
            place = Highlight("pause", finding.start_s, finding.end_s, reason)
            yield length_s / VERY_LONG_PAUSE_S, place


def _find_hurried(findings: Sequence[Finding], measures: Measures, unit: str) -> _Weighed:
    # Without a pace of the whole take there is nothing that a stretch is hurried against.
    usual_wpm = measures.speaking_wpm or measures.wpm
    if not usual_wpm:
        return
    for finding in findings:
        length_s = finding.end_s - finding.start_s
        if (finding.kind, finding.label) == ("pace", "hurried") and length_s > 0:
            wpm = 60.0 * len(split_words(finding.text or "")) / length_s
            reason = f"hurried, {wpm:.0f} {unit} a minute"
            place = Highlight("hurried", finding.start_s, finding.end_s, reason)
            yield wpm / (HURRIED * usual_wpm), place


def _find_repetitions(findings: Sequence[Finding], measures: Measures) -> _Weighed:
    if measures.repetitions is None:
        return
    for finding in findings:
        if finding.kind == "repetition" and finding.certainty == "certain" and finding.text:
            quote = one_line(finding.text).strip(" .,;:?!")
            if len(quote) > _LONGEST_QUOTE:
                quote = f"{quote[: _LONGEST_QUOTE - 1]}…"
            place = Highlight("repeated", finding.start_s, finding.end_s, f"repeated: “{quote}”")
            yield len(split_words(finding.text)) / _USUAL_REPEATED_WORDS, place


def _describe_measures(
    measures: Measures,
    usual: Mapping[str, Literal["below", "in", "above"]],
    unit: str,
    heard: Measures,
) -> Iterator[str]:
    """What is known, shortest first; only what was measured."""
    fillers, pauses = measures.fillers, measures.pauses
    if fillers.certain:
        count = describe_filler_count(fillers.certain, spell_number(fillers.certain))
        yield count if fillers.certain == 1 else f"{count}, none close together"
    elif fillers.certain == 0 and _hears_sounds(heard):
        yield describe_filler_count(0)
    if pauses.count == 0:
        yield "no pauses"
    elif pauses.inside == 0:
        yield "pauses in usual places"
    elif pauses.count is not None and not pauses.very_long:
        yield "no pause of 2 s or more"
    if measures.wpm is not None:
        where = {
            "in": "pace in your usual range",
            "below": f"slower than usual for you, {measures.wpm:.0f} {unit} a minute",
            "above": f"faster than usual for you, {measures.wpm:.0f} {unit} a minute",
        }
        place = usual.get("wpm")
        yield where[place] if place else f"{measures.wpm:.0f} {unit} a minute"
    elif measures.words is not None:
        noun = unit if measures.words != 1 else unit.removesuffix("s")
        yield f"{measures.words} {noun}"


def _hears_sounds(measures: Measures) -> bool:
    """Whether an um could be heard that has no word; words alone are known to leave many out."""
    return measures.pauses.count is not None


def _describe_gaps(measures: Measures, judgement: Judgement, *, leaves_out: bool) -> str:
    """What is missing, and in three words why: `too noisy for pauses and ums`."""
    certain, missing = measures.fillers.certain, list[str]()
    if measures.pauses.count is None and not leaves_out:
        missing.append("pauses")
    if certain is None or (certain == 0 and not _hears_sounds(measures)):
        missing.append("ums")
    if measures.wpm is None and not leaves_out:
        missing.append("pace")
    reasons = [shorten_reason(reason) for reason in judgement.reasons]
    gaps: list[str] = []
    # Too little speech takes the rates only; whatever else is missing has another reason.
    if "pace" in missing and TOO_SHORT in reasons and measures.words is not None:
        missing.remove("pace")
        reasons.remove(TOO_SHORT)
        gaps.append(f"{TOO_SHORT} for pace")
    if missing:
        # Why it is missing comes first; what is only to be kept in mind stands behind it.
        why = reasons[0] if reasons else "not everything was heard"
        is_everything = len(missing) == 3 and measures.words is None
        gaps.append(_explain_gap(why, missing, is_everything=is_everything))
    return "; ".join(gaps)


def _explain_gap(why: str, missing: Sequence[str], *, is_everything: bool) -> str:
    if why.startswith("too "):
        return f"{why} to say more" if is_everything else f"{why} for {_enumerate(missing)}"
    return why if is_everything else f"{why}: nothing on {_enumerate(missing)}"


def spell_number(number: int) -> str:
    """`number` as a word up to twelve, else in digits."""
    return _NUMERALS[number] if number < len(_NUMERALS) else str(number)


def _enumerate(items: Sequence[str]) -> str:
    *before, last = items
    return f"{', '.join(before)} and {last}" if before else last


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
