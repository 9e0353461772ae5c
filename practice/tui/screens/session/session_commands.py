"""What can be done in a session, and when."""

from practice.core.session import Mode, SessionPhase, SessionRun
from practice.library.takes import SHORTEST_ANSWER_S
from practice.tui.commands import Command

COMMAND_TABLE = (
    Command("session.begin", "enter", "begin now", "While you think: begin now.", footer=True),
    Command("session.try-again", "enter", "try again", "Without a microphone: look for one again.",
            footer=True),
    Command("session.settings", "comma", "settings", "Choose another microphone.", footer=True),
    Command("session.done", "enter", "done", "While you speak: end the answer and keep it.",
            footer=True),
    Command("session.pause", "space", "pause", "While you speak: pause the recording.",
            footer=True),
    Command("session.go-on", "space", "go on", "While it is paused: go on recording.", footer=True),
    Command("session.review", "enter", "review", "After an answer: read it with its marks.",
            footer=True),
    Command("session.next", "n", "next", "Go on to the next question.", footer=True),
    Command("session.keep", "k", "keep", "Keep an answer of under 5 seconds.", footer=True),
    Command(
        "session.start-again", "r", "start again",
        "Begin a new take; what was said is kept from 5 seconds on.", footer=True,
    ),
    Command("session.retake", "r", "retake", "Answer the same question again.", footer=True),
    Command("session.hear", "Q", "hear it", "While you think: hear the question read aloud."),
    Command(
        "session.next-slide", "right,pagedown", "next slide",
        "While you give a presentation: the next slide is shown.", footer=True,
    ),
    Command("session.listen", "space", "listen", "After an answer: hear it, or stop it.",
            footer=True),
    Command("session.cancel", "f6", "cancel", "Stop transcribing it; its sound is kept."),
    Command("session.follow-up", "f", "follow-up", "Answer the follow-up question.", footer=True),
    Command("session.said-well", "g", "said well",
            "After an answer to an open question: you said it well."),
    Command("session.not-today", "z", "not today",
            "After an answer to an open question: leave it for today."),
    Command("session.without-notes", "W", "without notes",
            "After a story: you told it without notes."),
    Command("session.with-notes", "H", "with notes", "After a story: you told it with notes."),
    Command("session.delete", "delete,backspace", "delete", "Delete this take for good."),
    Command(
        "session.leave", "escape", "leave",
        "Go back to the answer before, or end the session; asks in the middle of something.",
        footer=True,
    ),
)  # fmt: skip

SPEAKING = {SessionPhase.RECORDING, SessionPhase.PAUSED}
AVAILABLE = {
    "begin": {SessionPhase.PREPARING},
    "try_again": {SessionPhase.PREPARING},
    "settings": {SessionPhase.PREPARING},
    "pause": {SessionPhase.RECORDING},
    "go_on": {SessionPhase.PAUSED},
    "done": SPEAKING,
    "hear": {SessionPhase.PREPARING},
    "next_slide": SPEAKING,
    "next": {SessionPhase.KEPT},
    "keep": {SessionPhase.KEPT},
    "start_again": SPEAKING,
    "retake": {SessionPhase.KEPT},
    "listen": {SessionPhase.KEPT},
    "review": {SessionPhase.KEPT},
    "cancel": {SessionPhase.KEPT},
    "follow_up": {SessionPhase.KEPT},
    "delete": {SessionPhase.KEPT},
    "said_well": {SessionPhase.KEPT},
    "not_today": {SessionPhase.KEPT},
    "without_notes": {SessionPhase.KEPT},
    "with_notes": {SessionPhase.KEPT},
}
"""In which phases a command can be given, by its action."""
ON_WHAT_IS_SHOWN = {
    "retake", "listen", "review", "follow_up", "delete", "said_well", "not_today",
    "without_notes", "with_notes",
}  # fmt: skip
"""Not where nothing is shown before the end."""
SECOND_TRIES = {"pause", "go_on", "start_again", "retake"}
"""Not where there is one try."""
WHERE_IT_FAILED = {"try_again", "settings"}
"""Only where there is no microphone."""
ON_THE_ANSWER = {"listen", "review", "follow_up", "delete"}
ON_AN_ANSWER_THAT_STAYS = {
    "review", "delete", "follow_up", "said_well", "not_today", "without_notes", "with_notes",
}  # fmt: skip
"""Not on one of under five seconds that nobody asked to keep."""

FRAGMENT_FIRST = "Press k to keep this short answer first, or r to answer again."
FIXED_TIME = "In an interview the time to think is fixed: the recording begins by itself."
TOO_EARLY = f"In an interview Enter ends the answer from {SHORTEST_ANSWER_S:.0f} seconds on."
AFTER_AN_ANSWER = {
    "follow_up": "There is no follow-up to this question.",
    "cancel": "Nothing is being transcribed.",
    "without_notes": "This answer tells no story.",
    "with_notes": "This answer tells no story.",
    "said_well": "This is not an open question.",
    "not_today": "This is not an open question.",
}
"""Why a command does nothing once an answer is kept, by its action."""


def explain_refusal(action: str, session_run: SessionRun) -> str:
    """Why a command does nothing where the session stands; empty where that needs no word."""
    if session_run.is_fragment and action in ON_AN_ANSWER_THAT_STAYS:
        return FRAGMENT_FIRST
    if session_run.phase is SessionPhase.KEPT:
        return AFTER_AN_ANSWER.get(action, "")
    is_fixed = not session_run.rules.begin_early
    if action == "begin" and is_fixed and session_run.phase is SessionPhase.PREPARING:
        return FIXED_TIME
    if action == "done" and session_run.phase in SPEAKING and not session_run.can_finish:
        return TOO_EARLY
    return ""


def is_forbidden(action: str, session_run: SessionRun) -> bool:
    """Whether the rules of the session leave no room for a command."""
    rules = session_run.rules
    return (
        (action in ON_WHAT_IS_SHOWN and not rules.shown_before_end)
        or (action in SECOND_TRIES and not rules.second_try)
        or (action == "next_slide" and not session_run.is_talk)
    )


def ask_to_end(session_run: SessionRun) -> str:
    """The question to ask before a session ends that has more than one question."""
    what = "interview" if session_run.mode is Mode.INTERVIEW else "session"
    if session_run.sitting is not None:
        what = "session"
    place = f"question {session_run.index + 1} of {len(session_run.questions)}"
    cost = " It will not count as a rehearsal." if session_run.rules.rehearsal else ""
    return f"End the {what} at {place}?{cost}"
