"""What is shown of a question beside its text."""

from textual.content import Content

from practice.base.text import clock_time
from practice.questions.model import Question
from practice.tui.presentation.content import as_content, as_line

NOTHING_BEHIND = "No follow-ups, key points, terms or notes yet."


def describe_answer(question: Question) -> Content:
    """What the session asks and the review looks for after the answer."""
    parts: list[Content] = []
    for heading, items in (
        ("asked next", question.follow_ups),
        ("said by somebody who doubts it", question.pushbacks),
        ("a strong answer contains", question.key_points),
        ("words to hear yourself say", (", ".join(question.terms),) if question.terms else ()),
        ("your notes", (question.notes,) if question.notes else ()),
    ):
        if items:
            parts += [as_line(heading, "$muted"), *(as_content(f"  {item}") for item in items)]
            parts.append(Content(""))
    return Content("\n").join(parts) if parts else as_line(NOTHING_BEHIND, "$muted")


def describe_question(question: Question) -> Content:
    """The question in full, its facts, and what belongs to the answer."""
    target = f"{clock_time(question.target_s)} to answer" if question.target_s else ""
    prep = "" if question.prep_s is None else f"{clock_time(question.prep_s)} to think"
    difficulty = f"difficulty {question.difficulty}" if question.difficulty else ""
    facts = (
        question.kind or "", question.competency, ", ".join(question.tags),
        ", ".join(question.rounds), difficulty, target, prep, question.source, question.licence,
    )  # fmt: skip
    return Content("\n").join(
        [
            as_content(question.text, "bold"),
            as_line(" · ".join(fact for fact in facts if fact), "$muted"),
            Content(""),
            describe_answer(question),
        ]
    )
