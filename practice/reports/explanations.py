"""What a mark says of itself, and what each number means, in a sentence or two."""

from practice.base.text import exact_time, one_line
from practice.delivery.definitions import BY_KEY
from practice.delivery.findings import Finding
from practice.reports.layout import Mark
from practice.reports.marking import MEANINGS, mark_of

_PAUSE = {Mark.PAUSE, Mark.LONG_PAUSE}
_STRETCH = {Mark.HURRIED, Mark.SLOW}

PARTS_MEANING = (
    "You mark where situation, task, action and result begin with s, t, a and r. The usual advice "
    "is 20, 10, 60 and 10 % of the answer; nothing is guessed."
)
COVERAGE_MEANING = BY_KEY["coverage.key_points"].explanation


def explain_finding(finding: Finding) -> str:
    """What was found, when, and how sure it is."""
    mark = mark_of(finding)
    lasts_s = finding.end_s - finding.start_s
    when = f"at {exact_time(finding.start_s)}"
    if mark in _PAUSE:
        return f"a pause of {lasts_s:.1f} s {when}, measured in the sound"
    if mark in _STRETCH:
        return f"{MEANINGS[mark][1]}, {when}, for {lasts_s:.1f} s"
    kind = _kind(finding, mark)
    return f"“{one_line(_named(finding))}”: {kind} {when}, {_how_sure(finding)}"


def _named(finding: Finding) -> str:
    is_restart = finding.kind == "restart" and finding.text
    return (finding.text if is_restart else None) or finding.label


def _kind(finding: Finding, mark: Mark) -> str:
    if finding.kind in ("hedge", "restart"):
        return "hedge" if finding.kind == "hedge" else finding.label
    if finding.filler_kind == "habit":
        return "habit word"
    return _KINDS[mark]


_KINDS = {
    Mark.FILLER: "filler sound",
    Mark.HABIT: "filler phrase",
    Mark.REPETITION: "said again at once",
}


def _how_sure(finding: Finding) -> str:
    if finding.source == "signal":
        return f"{finding.certainty}: heard in the sound, no word explains it"
    if finding.certainty == "possible":
        return "possible: it may be ordinary speech"
    return "certain"
