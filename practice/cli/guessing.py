"""Guesses about an answer before its review, asked for in lines."""

import sys
import threading
from collections.abc import Callable, Sequence

from practice.base.errors import PracticeError
from practice.base.text import one_line
from practice.cli import output
from practice.cli.lines import Lines
from practice.cli.listening import TICK_S
from practice.core.guesses import ANSWERS, NAMES, GuessKind, asked_kinds, asks_guess, make_guess
from practice.core.workspace import Workspace
from practice.documents.review import ReviewDocument

PASSED = "-"
_KEYS = "123"


def can_be_asked() -> bool:
    """Whether a person is at the terminal."""
    return output.is_calm_terminal(sys.stdin) and output.is_calm_terminal(sys.stderr)


def ask_for_guess(workspace: Workspace, take_id: str, lines: Lines) -> None:
    """Ask for the guesses about a take in one line, and keep them; Enter passes all of them.

    Args:
        workspace: Its settings say whether and what is asked.
        take_id: The take.
        lines: What is typed.
    """
    if not asks_guess(workspace):
        return
    kinds = asked_kinds(workspace.settings)
    output.narrate("before you see it, what do you guess?")
    for kind in kinds:
        choices = ", ".join(f"{key} {text}" for key, text in zip(_KEYS, ANSWERS[kind], strict=True))
        output.narrate(f"  {NAMES[kind]}: {choices}")
    example = "213"[: len(kinds)]
    output.narrate(f"a digit for each, such as {example}, and Enter; Enter alone passes")
    while not lines.ended:
        typed = lines.next(TICK_S)
        if typed is None:
            continue
        guessed = _parse(typed, kinds)
        if guessed is not None:
            workspace.library.guesses.keep(take_id, make_guess(guessed))
            return
        output.narrate(
            f"{one_line(typed)!r} is not {len(kinds)} digits from 1 to 3; - passes one of them"
        )


def _parse(typed: str, kinds: Sequence[GuessKind]) -> dict[GuessKind, str] | None:
    """What was guessed; None where it is not understood."""
    keys = typed.replace(" ", "").replace(",", "")
    if len(keys) > len(kinds) or set(keys) - {*_KEYS, PASSED}:
        return None
    return {
        kind: ANSWERS[kind][_KEYS.index(key)]
        for kind, key in zip(kinds, keys, strict=False)
        if key != PASSED
    }


def review_while_asking(
    review: Callable[[], ReviewDocument], ask: Callable[[], None]
) -> ReviewDocument:
    """Make a review beside a question, so that nobody waits for the other.

    Raises:
        PracticeError: What `review` raised, once the question is answered.
    """
    made: list[ReviewDocument] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            made.append(review())
        except PracticeError as error:
            failed.append(error)
        except BaseException as error:
            # A fault of the program: it is raised below as well, and not lost with the thread.
            failed.append(error)
            raise

    thread = threading.Thread(target=work, name="review", daemon=True)
    thread.start()
    ask()
    thread.join()
    if failed:
        raise failed[0]
    return made[0]
