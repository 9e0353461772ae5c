"""What a debrief asks, one thing after the other."""

from enum import StrEnum


class Step(StrEnum):
    """What is asked now; the value is how."""

    WENT_WELL = "One thing that went well"
    FELT = "How did it feel?"
    QUESTION = "What were you asked?"
    RATING = "How did it go?"
    WISH = "What do you wish you had said?"
    SAID = "What did they say about you, in their words?"
    SURPRISES = "What surprised you?"
    TASK = "What was the task?"
    MINUTES = "How many minutes did you have?"
    TROUBLE = "Where did it go wrong?"
    PLAN = "The plan"


HINTS = {
    Step.WENT_WELL: "Enter goes on. Everything here may stay empty, and Esc keeps what is there.",
    Step.FELT: "1 bad   2   3 in between   4   5 good",
    Step.QUESTION: "Enter notes it. Enter with nothing typed: that was all.",
    Step.RATING: "s strong   o okay   r rough",
    Step.WISH: "Enter, and on to the next question.",
    Step.SAID: "Enter goes on; it may stay empty.",
    Step.SURPRISES: "Enter goes on; it may stay empty.",
    Step.TASK: "Enter goes on; it may stay empty.",
    Step.MINUTES: "A number; it may stay empty.",
    Step.TROUBLE: "Enter goes on; it may stay empty.",
    Step.PLAN: "Enter or Esc goes back.",
}
RATED = "Enter  next question\nw      I wish I had said"
OTHER_WAYS = "F4      from a recording or transcript\nCtrl+T  tell it aloud"
KNOWN = "↓ and Enter: it was one of these"
ALL_OF_THEM = (Step.SAID, Step.SURPRISES)
OF_A_TEST = (Step.TASK, Step.MINUTES, Step.TROUBLE)
FIELDS = {
    Step.WENT_WELL: "went_well",
    Step.SAID: "said_about_me",
    Step.SURPRISES: "surprises",
    Step.TASK: "task",
    Step.MINUTES: "task_minutes",
    Step.TROUBLE: "task_trouble",
}
"""The fields of a debrief that are typed."""
BEFORE_RATING = {Step.WENT_WELL, Step.FELT, Step.QUESTION}
WITHOUT_TEXT = {Step.FELT, Step.RATING, Step.PLAN}
TEST = "test or task"
LONGEST_TEST_MIN = 100_000
