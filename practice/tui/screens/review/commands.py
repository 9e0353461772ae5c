"""The commands of a review."""

from practice.tui.commands import BACK, Command

COMMAND_TABLE = (
    Command("review.play", "space", "play", "Play on from here, or fall silent.", footer=True),
    Command("review.play-from", "enter", "play from", "Play from the word under the cursor."),
    Command("review.rewind", "left", "5 s back", "Go back 5 seconds."),
    Command("review.forward", "right", "5 s on", "Go on 5 seconds."),
    Command(
        "review.next-finding", "right_square_bracket", "next finding",
        "Go to the next finding and play 3 s around it.", footer=True,
    ),
    Command(
        "review.previous-finding", "left_square_bracket", "finding before",
        "Go to the finding before and play 3 s around it.",
    ),
    Command("review.slower", "comma", "slower", "Play slower, at the same pitch."),
    Command("review.faster", "full_stop", "faster", "Play faster, at the same pitch."),
    Command("review.not-filler", "x", "not one", "This is not a filler: only here, or always.",
            footer=True),
    Command("review.missed", "m", "missed one", "A filler was said here and is not marked.",
            footer=True),
    Command("review.edit", "e", "edit", "Correct the word under the cursor.", footer=True),
    Command("review.undo", "u", "undo", "Take back the last correction."),
    Command("review.original", "o", "original", "Show what the machine found, or your version."),
    Command("review.meanings", "i", "meanings", "Say what every number means."),
    Command("review.notes", "n", "notes", "Write notes on this take."),
    Command("review.rate-1", "1", "rate 1", "Rate this take 1 of 4; again takes it back."),
    Command("review.rate-2", "2", "rate 2", "Rate this take 2 of 4."),
    Command("review.rate-3", "3", "rate 3", "Rate this take 3 of 4."),
    Command("review.rate-4", "4", "rate 4", "Rate this take 4 of 4."),
    Command("review.star", "asterisk", "star", "Mark this take as one of your best, or no longer."),
    Command("review.situation", "s", "situation", "The situation begins here."),
    Command("review.task", "t", "task", "The task begins here."),
    Command("review.action", "a", "action", "What you did begins here."),
    Command("review.result", "r", "result", "The result begins here."),
    Command("review.compare", "c", "compare", "Lay this take beside another of the question."),
    Command("review.retake", "R", "retake", "Answer this question again."),
    Command("review.retry", "f5", "transcribe", "Transcribe the take again."),
    Command("review.cancel", "f6", "cancel", "Transcribe the take no further; its sound stays."),
    BACK,
)  # fmt: skip
