"""What the library says of takes, in sentences."""

from collections.abc import Sequence
from pathlib import Path

from practice.base.text import one_line, shorten
from practice.library.interviews import Interview
from practice.library.takes import Take, TakeState
from practice.speech.models import short_name
from practice.tui.presentation import formatting
from practice.tui.presentation.columns import RowContext
from practice.tui.presentation.path_text import wrap_path
from practice.tui.presentation.take_columns import describe_waiting

EMPTY = (
    "Every answer you record is kept here, with its words and its review.\n\n"
    "There is none yet. Go back with Esc and press Enter on the proposed question, or bring "
    "a recording that you have: practice add FILE"
)
NOTHING_FITS = (
    "No take fits.\n\n"
    "Words are looked for in the question, the bank and what you said.\n"
    "today, 2026-11, >2026-10-01, bank:care and is:starred narrow it down; F1 tells more.\n"
    "Esc clears the filter."
)
_SHORT = 60
"""Characters of a question in a sentence about something else."""


def counted(found: int, everything: int, order: str, not_understood: Sequence[str]) -> str:
    """How many takes are listed, in which order, and what of the filter was not understood."""
    if not everything:
        return ""
    many = f"{found:,} of {everything:,}" if found < everything else f"{everything:,}"
    noun = "take" if everything == 1 else "takes"
    wrong = (
        f"not understood: {' '.join(map(one_line, not_understood))} · " if not_understood else ""
    )
    return f"{wrong}{many} {noun} · {order}"


def name_interviews(found: Sequence[Interview]) -> str:
    """Which interviews have the words that takes are looked for by, and the way to them."""
    if not found:
        return ""
    many = "1 interview" if len(found) == 1 else f"{len(found):,} interviews"
    return f"i shows {many}: {'; '.join(one_line(each.name) for each in reversed(found))}"


def about(take: Take | None, row_context: RowContext, left_s: float | None = None) -> str:
    """The question in full, and below it where the take stands.

    Args:
        take: None where nothing is listed.
        row_context: What it depends on.
        left_s: How long its transcription will still take.
    """
    if take is None:
        return ""
    left = f"about {formatting.length(left_s)} left; F6 cancels" if left_s is not None else ""
    sound = "" if take.audio is not None or take.duration_s is None else "sound deleted"
    facts = (
        describe_waiting(take, row_context),
        left or _help(take, row_context),
        formatting.describe_doubt(take),
        take.bank or "",
        f"take {take.number}",
        f"{take.recorded_at.astimezone():%Y-%m-%d %H:%M}",
        sound,
        f"model {short_name(take.model)}" if take.model else "",
        take.notes,
    )
    return f"{one_line(named(take))}\n{one_line(' · '.join(filter(None, facts)))}"


def _help(take: Take, row_context: RowContext) -> str:
    """How a take without words gets some; empty where it has them or waits its turn."""
    if not take.lacks_words or row_context.part(take.id) is not None:
        return ""
    return "F5 transcribes it again" if row_context.has_model else "Settings offers models"


def named(take: Take) -> str:
    """The question of a take, or that it has none."""
    return take.question or "A take without a question"


def name_exports(exports: Sequence[Path]) -> str:
    """Where what was written of a take lies; empty where nothing is known."""
    return (
        "\n".join(["What you exported of it stays:", *map(wrap_path, exports)]) if exports else ""
    )


def deletion_of_exports(exports: Sequence[Path]) -> tuple[str, str, str]:
    """As `deletion`, for what was written of the take that goes."""
    them, where = "it" if len(exports) == 1 else "them", "\n".join(map(wrap_path, exports))
    what = "this file" if len(exports) == 1 else "these files"
    question = f"Delete {what} of the take too?\n\n{where}\n\nCopies that you sent stay."
    return question, f"delete {them} too", f"keep {them}; only the take goes"


def deletion(take: Take, *, sound_only: bool = False) -> tuple[str, str, str]:
    """The question to ask before something is deleted, what yes does, and what no does."""
    short = shorten(one_line(named(take)), _SHORT)
    which = f"take {take.number}, {take.recorded_at.astimezone():%Y-%m-%d %H:%M}\n{short}"
    if not sound_only:
        rest = "Sound, words, review and notes go; nothing brings them back."
        return f"Delete this take for good?\n\n{which}\n\n{rest}", "delete it for good", "keep it"
    rest = "Words, review and notes stay."
    if take.state is not TakeState.REVIEWED or take.model is None:
        rest = "It has no words yet, and without its sound it never will."
    return f"Delete the sound for good?\n\n{which}\n\n{rest}", "delete the sound", "keep it"
