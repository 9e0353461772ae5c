"""What is said of a whole bank, in sentences."""

from practice.base.text import one_line
from practice.questions.catalogue import BankEntry

MOST_PROBLEMS = 6
"""Named when an editor comes back; the bank shows all of them."""


def name_bank(entry: BankEntry) -> str:
    """The title of a bank, and that it comes with the program where it does."""
    return entry.title if entry.own else f"{entry.title} · comes with practice"


def describe_deletion(entry: BankEntry, takes: int, *, hides_shipped: bool) -> str:
    """The question to ask before a bank is deleted; it says what becomes of its takes.

    Args:
        entry: The bank.
        takes: How many answer questions of it.
        hides_shipped: Whether a bank that comes with the program is there again without it.
    """
    count = f"{entry.count:,} question{'' if entry.count == 1 else 's'}"
    lines = [f"Delete the bank {one_line(entry.title)}?", "", f"{entry.path.name}, {count}."]
    if hides_shipped:
        lines.append("It is your copy; the bank that comes with practice is there again.")
    if takes:
        stay = "1 take stays" if takes == 1 else f"{takes:,} takes stay"
        lines.append(f"{stay} in the library, with the text of the question.")
    return "\n".join([*lines, "u brings the bank back until you leave the banks."])


def describe_problems(entry: BankEntry) -> str:
    """The first problems with their places, in words for a question."""
    shown = entry.problems[:MOST_PROBLEMS]
    lines = [f"{p.line}:{p.column}  {one_line(p.message)}" for p in shown]
    left = len(entry.problems) - len(shown)
    return "\n".join(
        ["The file has problems:", "", *lines, *([f"and {left} more"] if left else [])]
    )
