"""The rules of a session: the one definition that reading and the schema follow."""

from typing import Annotated

import msgspec
from msgspec import Meta

from practice.base.rounds import Round
from practice.questions.model import QuestionKind

QUESTIONS_SHARE = 25
"""Per cent of a presentation's time that belong to the questions, at least."""

Times = Annotated[int, Meta(ge=0, le=20)]


class SessionFormat(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a session is held."""

    title: Annotated[
        str, Meta(min_length=1, max_length=60, description="What the format is called.")
    ]
    about: Annotated[
        str, Meta(max_length=400, description="One or two sentences for whoever chooses it.")
    ] = ""
    questions: Annotated[
        Annotated[int, Meta(ge=1, le=50)], Meta(description="How many questions are asked.")
    ] = 5
    rounds: Annotated[
        tuple[Round, ...],
        Meta(
            description="Only questions of these rounds, such as panel; those that name no round "
            "fit every one."
        ),
    ] = ()
    kinds: Annotated[
        tuple[QuestionKind, ...], Meta(description="Only questions of these kinds.")
    ] = ()
    think_s: Annotated[
        Annotated[int, Meta(ge=0, le=3600)] | None,
        Meta(
            description="Time to think before each answer, in seconds; the question's own when it "
            "is left out."
        ),
    ] = None
    answer_s: Annotated[
        Annotated[int, Meta(ge=5, le=7200)] | None,
        Meta(description="Time for each answer, in seconds; the question's own when left out."),
    ] = None
    target: Annotated[
        bool, Meta(description="Whether an answer has a length to aim at, which is shown.")
    ] = True
    hard_stop: Annotated[
        bool, Meta(description="Whether an answer ends by itself when its time is over.")
    ] = False
    begin_early: Annotated[
        bool, Meta(description="Whether the time to think may be cut short.")
    ] = True
    second_try: Annotated[
        bool, Meta(description="Whether an answer may be paused, begun again or given again.")
    ] = True
    shown_before_end: Annotated[
        bool, Meta(description="Whether an answer is shown before the session is over.")
    ] = True
    notes_on_screen: Annotated[
        bool, Meta(description="Whether key points and notes of the question are on screen.")
    ] = False
    read_aloud: Annotated[bool, Meta(description="Whether questions are read aloud.")] = False
    people: Annotated[
        bool, Meta(description="Whether the people of the interview ask in turn, by name.")
    ] = False
    follow_ups: Annotated[
        Times, Meta(description="Follow-ups that are asked in all, where questions have them.")
    ] = 0
    pushbacks: Annotated[
        Times,
        Meta(description="Doubts that are raised about an answer, in all, where there are some."),
    ] = 0
    subject_changes: Annotated[
        Times, Meta(description="How often an interviewer changes the subject, in all.")
    ] = 0
    task: Annotated[
        str, Meta(max_length=400, description="What is shown during a presentation.")
    ] = "Give your presentation."
    slides: Annotated[
        Annotated[int, Meta(ge=0, le=200)],
        Meta(description="Slides of the presentation that comes first; 0 for none."),
    ] = 0
    length_s: Annotated[
        Annotated[int, Meta(ge=60, le=7200)] | None,
        Meta(description="Of a presentation: its time with the questions, in seconds."),
    ] = None
    questions_share: Annotated[
        Annotated[int, Meta(ge=QUESTIONS_SHARE, le=75)],
        Meta(description="Of a presentation: the part of the time for the questions, in per cent."),
    ] = QUESTIONS_SHARE
    silence_s: Annotated[
        Annotated[int, Meta(ge=2, le=600)] | None,
        Meta(
            description="Silences of so many seconds and more are listed afterwards, with the "
            "words before them."
        ),
    ] = None
    rehearsal: Annotated[
        bool, Meta(description="Whether a session that is held to its end counts as a rehearsal.")
    ] = False

    @property
    def talk_s(self) -> int:
        """How long the presentation is; 0 where there is none."""
        if not self.slides or self.length_s is None:
            return 0
        return self.length_s * (100 - self.questions_share) // 100

    @property
    def time_for_each_s(self) -> int | None:
        """The time for each answer: in a presentation, its part of what is left for questions."""
        if self.answer_s is not None or not self.talk_s or self.length_s is None:
            return self.answer_s
        return max((self.length_s - self.talk_s) // self.questions, 5)
