"""What a mark says of itself, and what each number means, in a sentence or two."""

from practice.base.text import exact_time, one_line
from practice.delivery.definitions import BY_KEY
from practice.delivery.findings import INSIDE_CLAUSE, Finding
from practice.reports.layout import Mark
from practice.reports.marking import MEANINGS, mark_of

_PAUSES = {Mark.PAUSE, Mark.LONG_PAUSE}
_STRETCHES = {Mark.HURRIED, Mark.SLOW}
_KINDS = {
    Mark.FILLER: "filler sound",
    Mark.HABIT: "filler phrase",
    Mark.REPETITION: "repeated words",
}

INSIDE = "inside a clause, where pauses are common in a second language (de Jong 2016)"
PARTS_MEANING = (
    "You mark where situation, task, action and result begin with S, T, A and R. The usual advice "
    "is 20, 10, 60 and 10 % of the answer; nothing is guessed. Pauses belong to no part."
)
HOW_TO_MARK = "Not marked. Space plays; S, T, A and R mark where each part begins."
COVERAGE_MEANING = BY_KEY["coverage.key_points"].explanation


def explain_finding(finding: Finding) -> str:
    """What was found, when, and how sure it is."""
    mark = mark_of(finding)
    lasts_s = finding.end_s - finding.start_s
    when = f"at {exact_time(finding.start_s)}"
    if mark in _PAUSES:
        inside = f"; {INSIDE}" if finding.label == INSIDE_CLAUSE else ""
        return f"a pause of {lasts_s:.1f} s {when}, measured in the sound{inside}"
    if mark in _STRETCHES:
        return f"{MEANINGS[mark][1]}, {when}, for {lasts_s:.1f} s"
    text = finding.label
    # The label of a restart says what kind it is, and stands behind the words themselves.
    if finding.kind == "restart" and finding.text:
        text = finding.text
    if finding.kind == "hedge":
        kind = "hedge"
    elif finding.kind == "restart":
        kind = finding.label
    else:
        kind = "habit word" if finding.filler_kind == "habit" else _KINDS[mark]
    return f"“{one_line(text)}”: {kind} {when}, {_describe_certainty(finding)}"


def _describe_certainty(finding: Finding) -> str:
    if finding.source == "signal":
        return f"{finding.certainty}: heard, and no word explains it"
    if finding.certainty == "possible":
        return "may be ordinary speech"
    return "certain"
