"""The questions of every bank, in the order in which to serve them."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.base.clock import Clock
from practice.base.errors import BankError
from practice.library.library import Library
from practice.library.takes import Take
from practice.questions.catalogue import Catalogue
from practice.schedule.proposal import Candidate, Proposal, propose


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be served, best first."""

    proposals: list[Proposal]
    unreadable: list[str]
    """Banks that have problems and are left out, by name."""
    takes: Sequence[Take]
    """All takes of the library, which it was made from, newest first."""


def offer(catalogue: Catalogue, library: Library, clock: Clock, bank: str | None = None) -> Offer:
    """Every question of every bank, or of `bank`, in the order of its turn; own banks first.

    Raises:
        StorageError: The library cannot be read.
    """
    candidates: list[Candidate] = []
    unreadable = []
    for entry in sorted(catalogue.banks(), key=lambda entry: not entry.own):
        if bank is not None and entry.name != bank:
            continue
        try:
            found = catalogue.bank(entry.name)
        except BankError:
            unreadable.append(entry.name)
            continue
        candidates += [Candidate(entry.name, found.title, item) for item in found.questions]
    takes = library.takes()
    return Offer(propose(candidates, takes, clock.now()), unreadable, takes)
