"""What each picture of the app shows: the library it is drawn from, and the way to the screen."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta

from practice.base.paths import Places
from practice.base.settings import load_settings
from practice.base.wall_time import WallTime
from practice.core.weeks import finish_debrief
from practice.core.workspace import Workspace
from practice.library.interviews import (
    Debrief,
    InterviewFacts,
    NotedQuestion,
    Outcome,
    OutcomeState,
    Round,
)
from tools.real_answer import Calendar

UNTIL = "until "
PASTE = "paste "
SPEAK = "speak"
"""The step at which the answer is spoken into the microphone."""
SPEAK_BRIEFLY = "speak briefly"
"""The same, too short for an answer."""
REVIEW = "review"
"""The step that waits for the review of the take that was just recorded."""
ZONE = "UTC"
LIST = """\
# Interview questions

## Working together
1. Tell me about a conflict with a colleague.
2. Tell me about a time you changed somebody's mind.
   - what they thought before
   - what made the difference

## Why us
3. Why do you want to work here?
4. What would you do in your first month?
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen, and how it is reached."""

    steps: tuple[str, ...] = ()
    """What leads from the first screen to it: ids of commands, keys, `SPEAK`, what is pasted, and
    what is waited for (`until` with a command that can be given then, and `REVIEW`)."""
    prepare: Callable[[Places, Calendar], None] | None = None
    """What is changed in the copy of the library before the app is opened."""
    has_microphone: bool = True
    begins_with: str = "today.begin"
    """The command that the first screen gives once it is whole."""


def forget_settings(places: Places, _clock: Calendar) -> None:
    """As on the first start: no settings, no model."""
    places.settings_file.unlink()
    remove_models(places, _clock)


def remove_models(places: Places, _clock: Calendar) -> None:
    """Leave no speech model."""
    shutil.rmtree(places.models)


def remove_takes(places: Places, _clock: Calendar) -> None:
    """Leave no take."""
    shutil.rmtree(places.data)


def add_interviews(places: Places, clock: Calendar) -> None:
    """Keep four interviews that are over, the last one without its debrief, and one ahead."""
    with Workspace(places, load_settings(places.settings_file), clock) as workspace:
        for days, facts, asked, outcome in _PAST:
            interview = _add(workspace, clock, days, facts)
            for noted in asked:
                workspace.library.interviews.save_asked(interview, noted)
            workspace.library.interviews.save_debrief(interview, Debrief(3, "I took my time"))
            finish_debrief(workspace, interview)
            workspace.library.interviews.note_outcome(interview, outcome)
        _add(workspace, clock, -1, _facts("Initech", "panel"))
        _add(workspace, clock, 3, _facts("Acme", "final", people=("Ana", "Ben")))


def _facts(company: str, kind: Round, people: tuple[str, ...] = ()) -> InterviewFacts:
    return InterviewFacts(company, "Data engineer", kind, "video", people=people)


def _outcome(state: OutcomeState, stage: str, reason: str = "", guess: str = "") -> Outcome:
    return Outcome(state, stage, reason, guess=guess)


_PAST = (
    (
        -20,
        _facts("Globex", "screen"),
        (NotedQuestion("Why do you want to leave?", rating="okay"),),
        _outcome("rejected", "screen", "somebody with more experience", "I was vague on pay"),
    ),
    (
        -12,
        _facts("Umbrella", "hiring manager"),
        (
            NotedQuestion("Tell me about a conflict with a colleague.", rating="rough",
                          wish="We shipped in three weeks. I asked both sides first."),
            NotedQuestion("What would you do in your first month?", rating="strong"),
        ),
        _outcome("no answer", "hiring manager"),
    ),
    (
        -6,
        _facts("Acme", "technical"),
        (
            NotedQuestion("How would you find a slow query?", rating="rough",
                          wish="I look at the plan first."),
            NotedQuestion("Tell me about a conflict with a colleague.", rating="okay",
                          story="the bank migration"),
        ),
        _outcome("next round", "technical"),
    ),
)  # fmt: skip
"""Days from now, what is known, what was asked, and how it ended."""


def _add(workspace: Workspace, clock: Calendar, days: int, facts: InterviewFacts) -> str:
    day = clock.now().date() + timedelta(days=days)
    facts = replace(facts, when=WallTime(day, time(14), ZONE))
    return workspace.library.interviews.add(facts, ZONE).id


OPEN_TAKE = ("today.library", "takes.last", "takes.open")
RECORD = ("today.begin", "session.begin", f"{UNTIL}session.done", SPEAK)
OPEN_BANK = ("today.banks", "banks.open")
OPEN_SETTINGS = ("today.settings", f"{UNTIL}entry.open")
OPEN_MODELS = (*OPEN_SETTINGS, "down", "entry.open")
INTERVIEW = ("today.session", *["down"] * 5, "choice.next", "set-up.begin")
DEBRIEF = ("today.debrief", "debrief.next")
SCREENS: dict[str, Scene] = {
    "welcome": Scene((), forget_settings, begins_with="microphone.use"),
    "today": Scene(),
    "today-interviews": Scene((), add_interviews),
    "today-no-microphone": Scene((), remove_models, has_microphone=False),
    "help": Scene(("app.help",)),
    "palette": Scene(("app.command-palette",)),
    "notice": Scene(("today.library", f"{UNTIL}library.sort", "f2", "x")),
    "session-setup": Scene(("today.session",)),
    "thinking": Scene(("today.begin",)),
    "thinking-interview": Scene(INTERVIEW),
    "thinking-no-microphone": Scene(("today.begin",), has_microphone=False),
    "recording": Scene(RECORD),
    "paused": Scene((*RECORD, "session.pause")),
    "leaving": Scene((*RECORD, "session.leave")),
    "short-answer": Scene((*RECORD[:-1], SPEAK_BRIEFLY, "session.done", f"{UNTIL}session.keep")),
    "answered": Scene((*RECORD, "session.done", REVIEW)),
    "follow-up": Scene((*RECORD, "session.done", REVIEW, "session.follow-up")),
    "summary": Scene((*RECORD, "session.done", REVIEW, "session.leave")),
    "library": Scene(("today.library",)),
    "library-empty": Scene(("today.library",), remove_takes),
    "library-filter": Scene(("today.library", "library.filter", "w", "o", "m", "e", "n")),
    "library-export": Scene(("today.library", "library.export")),
    "library-move": Scene(("today.library", "library.move")),
    "history": Scene(("today.library", "library.history")),
    "trends": Scene(("today.trends",)),
    "trends-empty": Scene(("today.trends",), remove_takes),
    "review": Scene(OPEN_TAKE),
    "review-numbers": Scene((*OPEN_TAKE, "review.numbers")),
    "review-meaning": Scene((*OPEN_TAKE, "review.numbers", "review.meaning")),
    "review-share": Scene((*OPEN_TAKE, "review.share")),
    "review-notes": Scene((*OPEN_TAKE, "review.notes")),
    "review-edit": Scene((*OPEN_TAKE, "review.edit")),
    "review-not-filler": Scene((*OPEN_TAKE, "transcript.next-mark", "review.not-filler")),
    "review-missed": Scene((*OPEN_TAKE, "review.missed")),
    "review-delete": Scene((*OPEN_TAKE, "review.delete")),
    "compare": Scene(
        (
            "today.library",
            "library.history",
            "question-history.mark",
            "takes.first",
            "question-history.mark",
            "question-history.compare",
        )
    ),
    "banks": Scene(("today.banks",)),
    "bank-questions": Scene(OPEN_BANK),
    "question-form": Scene((*OPEN_BANK, "banks.edit")),
    "question-preview": Scene((*OPEN_BANK, "banks.preview")),
    "bank-import": Scene(("today.banks", "banks.import")),
    "bank-import-preview": Scene(
        ("today.banks", "banks.import", f"{PASTE}{LIST}", f"{UNTIL}import.other-reading")
    ),
    "bank-import-no-file": Scene(
        ("today.banks", "banks.import", f"{PASTE}~/questions.md", "enter")
    ),
    "bank-export": Scene(("today.banks", "banks.export")),
    "bank-new": Scene(("today.banks", "banks.new")),
    "bank-rename": Scene(("today.banks", "banks.rename")),
    "bank-delete": Scene(("today.banks", "banks.delete")),
    "settings": Scene(OPEN_SETTINGS),
    "microphone": Scene((*OPEN_SETTINGS, "entry.open")),
    "microphone-none": Scene((*OPEN_SETTINGS, "entry.open"), has_microphone=False),
    "models": Scene(OPEN_MODELS),
    "models-all": Scene((*OPEN_MODELS, "models.others"), remove_models),
    "models-offer": Scene(OPEN_MODELS, remove_models),
    "models-failed": Scene(
        (*OPEN_MODELS, "models.get", f"{UNTIL}models.try-again"), remove_models
    ),
    "calibration": Scene((*OPEN_SETTINGS, "down", "down", "entry.open")),
    "interviews": Scene(("today.interviews",), add_interviews),
    "interviews-empty": Scene(("today.interviews",)),
    "interview-form": Scene(("today.interviews", "interviews.edit"), add_interviews),
    "outcome": Scene(
        ("today.interviews", f"{UNTIL}interviews.edit", "down", "interviews.outcome"),
        add_interviews,
    ),
    "in-common": Scene(("today.interviews", "interviews.in-common"), add_interviews),
    "debrief": Scene(DEBRIEF[:1], add_interviews),
    "debrief-felt": Scene(DEBRIEF, add_interviews),
    "debrief-asked": Scene((*DEBRIEF, "debrief.felt-3", f"{PASTE}Why do you"), add_interviews),
    "debrief-rating": Scene(
        (*DEBRIEF, "debrief.felt-3", f"{PASTE}What is your notice period?", "debrief.next"),
        add_interviews,
    ),
    "open-questions": Scene(("today.open-questions",), add_interviews),
}  # fmt: skip
