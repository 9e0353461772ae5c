"""What is said of the place under the cursor."""

from practice.base.text import exact_time, one_line
from practice.reports.explanations import explain_finding
from practice.tui.presentation.marked_text import MarkedText


def at_place(text: MarkedText, place: int) -> str:
    """What is at a place: each finding with its time and how sure it is, or the word alone."""
    findings = text.findings(place)
    if findings:
        return "   ".join(map(explain_finding, findings))
    word = text.word(place)
    assert word is not None, "a place without a word has a finding"
    sure = "" if word.probability is None else f", the model is {word.probability:.0%} sure of it"
    return f"“{one_line(word.text)}” at {exact_time(word.start_s)}{sure}"
