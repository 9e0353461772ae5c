"""What each key means: one thing, on every screen.

A command takes the key whose meaning it has, and is named here beside it. A command with a new
meaning needs a key that is free; `ctrl` and the function keys are for what is done seldom.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What keys mean everywhere."""

    keys: str
    """Textual's names, separated by commas."""
    words: str
    """For the guide."""
    commands: tuple[str, ...]
    """Ids of the commands that mean it; `ANY` where each screen has its own."""


ANY = ()
"""For keys whose meaning holds whatever a screen is for: go on, go back, move."""

MEANINGS = (
    Meaning("enter", "go on, open, or do the main thing here", ANY),
    Meaning("escape", "back, or leave it as it is", ANY),
    Meaning(
        "up,down,left,right,home,end,pageup,pagedown,tab,shift+tab,ctrl+left,ctrl+right",
        "move, or go to what is beside; left and right also choose a value",
        ANY,
    ),
    Meaning(
        "space",
        "play or pause: a sound, a recording, a trial of the microphone",
        (
            *("review.play", "compare.play", "session.pause", "session.go-on"),
            *("session.listen", "today.listen", "warm-up.listen", "microphone.try"),
        ),
    ),
    Meaning("question_mark,f1", "every key of this screen", ("app.help", "help.close")),
    Meaning("ctrl+p", "find a command", ("app.command-palette",)),
    Meaning("q", "leave practice, from the first screen", ("today.leave",)),
    Meaning("ctrl+q,ctrl+c", "leave practice", ("app.quit",)),
    Meaning("comma", "settings", ("today.settings", "session.settings")),
    Meaning("slash", "find", ("library.filter", "banks.find", "interviews.find")),
    Meaning("number_sign", "words or numbers", ("review.numbers",)),
    Meaning("right_square_bracket", "next mark", ("review.next-finding", "compare.next-finding")),
    Meaning(
        "left_square_bracket",
        "mark before",
        ("review.previous-finding", "compare.previous-finding"),
    ),
    Meaning("less_than_sign", "slower", ("review.slower", "compare.slower")),
    Meaning("greater_than_sign", "faster", ("review.faster", "compare.faster")),
    Meaning("equals_sign", "what a number means", ("review.meaning", "correcting.close")),
    Meaning("full_stop", "how it ended", ("interviews.outcome",)),
    Meaning("asterisk", "star", ("review.star", "compare.star", "library.star")),
    Meaning("plus", "put a take beside another one", ("question-history.mark",)),
    Meaning("1", "rate 1 of 4", ("review.rate-1",)),
    Meaning("2", "rate 2 of 4", ("review.rate-2",)),
    Meaning("3", "rate 3 of 4", ("review.rate-3",)),
    Meaning("4", "rate 4 of 4", ("review.rate-4",)),
    Meaning("5", "minutes to practise", ("today.minutes",)),
    Meaning("a", "add", ("banks.add", "interviews.add", "terms.add")),
    Meaning("b", "banks", ("today.banks",)),
    Meaning(
        "c",
        "compare",
        (
            *("review.compare", "question-history.compare", "compare.other"),
            *("interviews.in-common", "habit.compare"),
        ),
    ),
    Meaning("d", "debrief", ("today.debrief", "interviews.debrief")),
    Meaning(
        "e", "edit", ("review.edit", "banks.edit", "interviews.edit", "stories.edit", "story.edit")
    ),
    Meaning("f", "follow-up", ("session.follow-up",)),
    Meaning("g", "said well", ("session.said-well", "review.said-well")),
    Meaning("h", "history of a question", ("library.history",)),
    Meaning("Q", "hear the question read aloud", ("session.hear",)),
    Meaning("i", "interviews", ("today.interviews", "library.interviews")),
    Meaning("j", "a story in less and less time", ("stories.ladder", "story.ladder")),
    Meaning("k", "keep a short answer", ("session.keep",)),
    Meaning("l", "library", ("today.library",)),
    Meaning("m", "mark a filler", ("review.missed", "habit.mark")),
    Meaning(
        "n",
        "next question, or a new story",
        ("today.another", "session.next", "stories.new"),
    ),
    Meaning(
        "o",
        "open questions: the list, or open this one",
        (
            *("today.open-questions", "review.open"),
            *("banks.open-question", "question-history.open"),
        ),
    ),
    Meaning("p", "preview", ("banks.preview",)),
    Meaning(
        "r",
        "again: answer, or read the script",
        (
            "session.start-again",
            "session.retake",
            "review.retake",
            "calibration.again",
            "retrieval.again",
            "habit.again",
        ),
    ),
    Meaning("s", "session", ("today.session", "banks.session")),
    Meaning("t", "trends, or tell a story", ("today.trends", "stories.tell", "story.tell")),
    Meaning("u", "undo", ("review.undo", "banks.undo", "debrief.undo")),
    Meaning("v", "the other version: what the machine found, or yours", ("review.original",)),
    Meaning(
        "w",
        "write notes, or what you wish you had said; on the first screen, warm up",
        ("review.notes", "debrief.wish", "today.warm-up"),
    ),
    Meaning("x", "not a filler", ("review.not-filler",)),
    Meaning(
        "y",
        "stories: the list, or which one it is",
        ("today.stories", "review.story", "debrief.story"),
    ),
    Meaning("z", "not today", ("today.not-today", "session.not-today", "review.not-today")),
    Meaning("A", "the action begins here", ("review.action",)),
    Meaning("D", "delete the sound", ("library.delete-sound",)),
    Meaning("C", "copy", ("letter.copy",)),
    Meaning("E", "editor", ("banks.editor", "letter.editor")),
    Meaning("F", "feedback of readers", ("review.feedback",)),
    Meaning("G", "group", ("trends.group",)),
    Meaning(
        "H",
        "told with notes",
        ("session.with-notes", "review.with-notes", "story.with-notes"),
    ),
    Meaning("I", "import", ("banks.import",)),
    Meaning("K", "words to say in an interview", ("interviews.terms",)),
    Meaning("L", "letter", ("interviews.letter",)),
    Meaning("M", "move", ("banks.move", "library.move")),
    Meaning("N", "new bank", ("banks.new",)),
    Meaning("O", "the order turned round", ("library.reverse",)),
    Meaning("P", "a page for yourself", ("interviews.page",)),
    Meaning("R", "the result begins here", ("review.result",)),
    Meaning("S", "the situation begins here", ("review.situation",)),
    Meaning("T", "the task begins here", ("review.task",)),
    Meaning(
        "W",
        "told without notes",
        ("session.without-notes", "review.without-notes", "story.without-notes"),
    ),
    Meaning(
        "X",
        "share or export",
        (
            *("review.share", "library.export", "banks.export", "in-common.export"),
            "letter.save",
        ),
    ),
    Meaning(
        "delete,backspace",
        "delete",
        (
            *("review.delete", "library.delete", "session.delete"),
            *("banks.remove", "banks.delete", "models.remove"),
            *("interviews.delete", "open-questions.delete", "stories.delete"),
            "feedback.delete",
        ),
    ),
    Meaning("shift+up", "move it up", ("banks.earlier",)),
    Meaning("shift+down", "move it down", ("banks.later",)),
    Meaning(
        "f5",
        "again: transcribe, measure, look",
        ("review.retry", "library.retry", "models.measure", "microphone.look-again"),
    ),
    Meaning("ctrl+d", "duplicate", ("banks.duplicate",)),
    Meaning("ctrl+o", "order", ("library.sort",)),
    Meaning("ctrl+r", "transcribe every listed take that has no words", ("library.retry-all",)),
    Meaning(
        "f6",
        "cancel a transcription or a download",
        ("review.cancel", "library.cancel", "session.cancel", "take-list.cancel", "models.cancel"),
    ),
    Meaning("f8", "delete what you are writing, for good", ("page.delete",)),
    Meaning("f3", "read the file in another way", ("import.other-reading",)),
    Meaning("f4", "questions from a recording or transcript", ("debrief.file",)),
    Meaning("ctrl+t", "tell it aloud", ("debrief.tell",)),
    Meaning("f2", "rename", ("banks.rename", "library.rename")),
    Meaning(
        "ctrl+s", "save", ("question.save", "correcting.keep", "interview.save", "story-form.save")
    ),
)

EXEMPT = {
    # The letter stands beside its answer, and no other key works while the box asks.
    "ask.yes": "the answers of a box",
    "ask.no": "the answers of a box",
    "correcting.always": "the answers of a box",
    "correcting.um": "the answers of a box",
    "correcting.uh": "the answers of a box",
    "correcting.itself": "the answers of a box",
    "debrief.strong": "the answers of a box",
    "debrief.okay": "the answers of a box",
    "debrief.rough": "the answers of a box",
    "debrief.felt-1": "the answers of a box",
    "debrief.felt-2": "the answers of a box",
    "debrief.felt-3": "the answers of a box",
    "debrief.felt-4": "the answers of a box",
    "debrief.felt-5": "the answers of a box",
    "guess.first": "the answers of a box",
    "guess.second": "the answers of a box",
    "guess.third": "the answers of a box",
    "guess.before": "the answers of a box",
    # These are the keys that text fields have elsewhere, too.
    "item.earlier": "text fields",
    "item.later": "text fields",
    "item.remove": "text fields",
    "item.undo": "text fields",
}
"""Commands whose keys may mean something else than in `MEANINGS`, with the reason."""
