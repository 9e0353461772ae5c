"""Where the banks screen hands its work in: one thing at a time, each ending in a message."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from practice.base.files import write_atomic
from practice.questions.bank_editing import BankEditing, ChangedElsewhereError, Edited
from practice.questions.bank_file.problems import InvalidBankError
from practice.questions.bank_file.reading import load_bytes
from practice.questions.catalogue import BankEntry
from practice.questions.exporting import ExportFormat, export
from practice.questions.index import IndexedBank, QuestionIndex
from practice.tui.jobs.job_queue import JobQueue
from practice.tui.services import Services

if TYPE_CHECKING:
    from practice.schedule.serving import Offer

Edit = Callable[[str, str], Edited]
"""Takes a bank and the id of one of its questions."""


@dataclass
class BanksRead(Message):
    """Every bank was read."""

    entries: list[BankEntry]
    bank: str | None
    """Where the cursor belongs; None to leave it."""
    says: str = ""
    """What was done before, in a few words; may hold text from outside."""


@dataclass
class BankViewed(Message):
    """One bank was read."""

    viewed: IndexedBank


@dataclass
class BankEdited(Message):
    """An edit is on the disk."""

    edited: Edited
    entries: list[BankEntry]
    viewed: IndexedBank


@dataclass
class EditorCalled(Message):
    """The file for the user's editor is there."""

    bank: str
    path: Path
    line: int
    before: bytes
    copied: bool
    """A shipped bank was copied for it."""


@dataclass
class EditorLeft(Message):
    """What the user's editor left was read."""

    entries: list[BankEntry]
    viewed: IndexedBank
    copy: Path | None
    """The user's own file, when a shipped bank was copied for the editor and changed there."""


@dataclass
class SessionOffered(Message):
    """The questions of one bank, in the order in which to serve them."""

    offer: "Offer"


@dataclass
class TakesCounted(Message):
    """It is known how many takes answer questions of a bank that is to be deleted."""

    entry: BankEntry
    takes: int
    hides_shipped: bool
    """Whether a bank that comes with the program is there again without it."""


@dataclass
class BankWritten(Message):
    """A bank was exported."""

    path: Path


class BankJobs:
    """Reads and edits banks beside the screen.

    The screen handles the messages above, and `ErrorRaised`, and calls `turns.done` after each.

    Args:
        screen: Gets the messages.
        services: What the screen works with.
    """

    def __init__(self, screen: MessagePump, services: Services) -> None:
        self._editing: BankEditing | None = None
        self.turns = JobQueue(screen, "banks")
        self._services = services

    @property
    def editing(self) -> BankEditing:
        """The banks; the first use opens the core and may block, so `read_all` makes it."""
        if self._editing is None:
            self._editing = BankEditing(self._services.workspace.catalogue)
        return self._editing

    @property
    def is_ready(self) -> bool:
        """The banks were read, so that `editing` is there at once."""
        return self._editing is not None

    @property
    def can_undo(self) -> bool:
        """There is an edit left to undo."""
        return self._editing is not None and self._editing.can_undo

    def read_all(self, bank: str | None = None) -> None:
        """Read every bank; then the cursor belongs on `bank`."""
        self._add(lambda: BanksRead(self.editing.read_all(), bank))

    def look(self, listed: Callable[[], str | None], shown: Callable[[], str | None]) -> None:
        """Read the bank that is listed when the turn has come, unless it is shown already."""

        def prepare() -> Callable[[], Message] | None:
            name = listed()
            if name is None or name == shown():
                return None
            return lambda: BankViewed(self._view(name))

        self.turns.add(prepare)

    def look_again(self, listed: Callable[[], str | None]) -> None:
        """Read the bank that is listed when the turn has come, shown or not."""
        self.look(listed, lambda: None)

    def reload(self, name: str) -> None:
        """Read a bank from the disk, and show it as it is now."""

        def work() -> Message:
            self.editing.refresh(name)
            return BankViewed(self._view(name))

        self._add(work)

    def edit(self, place: Callable[[], tuple[str, str] | None], work: Edit) -> None:
        """Edit the question at `place` when the turn has come; None when there is none."""

        def prepare() -> Callable[[], Message] | None:
            found = place()
            return None if found is None else lambda: self._edited(work(*found))

        self.turns.add(prepare)

    def undo(self) -> None:
        """Take back the last edit."""
        self._add(lambda: self._edited(self.editing.undo()))

    def keep_both(self, error: ChangedElsewhereError) -> None:
        """Save what was refused as a bank of its own."""
        self._add(lambda: self._edited(self.editing.keep_both(error)))

    def show(self, edited: Edited) -> None:
        """Show an edit that was made elsewhere."""
        self._add(lambda: self._edited(edited))

    def new(self, title: str) -> None:
        """Begin a bank of that title."""

        def work() -> Message:
            path = self.editing.catalogue.create(title)
            return BanksRead(self.editing.read_all(), path.stem)

        self._add(work)

    def rename(self, name: str, title: str) -> None:
        """Give a bank another title."""
        self._add(lambda: self._edited(self.editing.rename(name, title)))

    def count_takes(self, name: str) -> None:
        """Count the takes of a bank that is to be deleted."""

        def work() -> Message:
            takes = self._services.workspace.library.takes(bank=name)
            hides_shipped = self.editing.catalogue.hides_shipped(name)
            return TakesCounted(self.editing.entry(name), len(takes), hides_shipped)

        self._add(work)

    def delete(self, name: str) -> None:
        """Delete a bank."""

        def work() -> Message:
            says = self.editing.delete(name)
            return BanksRead(self.editing.read_all(), None, says)

        self._add(work)

    def call_editor(self, name: str, question_id: str | None, line: int | None) -> None:
        """Have the file ready for an editor, at a line or at a question."""

        def work() -> Message:
            copied = not self.editing.catalogue.is_own(name)
            path, first = self.editing.prepare_editor(name, question_id)
            return EditorCalled(name, path, line or first, load_bytes(path), copied)

        self._add(work)

    def editor_left(self, called: EditorCalled) -> None:
        """Read and check what the editor left."""

        def work() -> Message:
            name = called.bank
            changed = self.editing.accept_editor(name, called.before, copied=called.copied)
            copy = called.path if changed and called.copied else None
            return EditorLeft(self.editing.entries, self._view(name), copy)

        self._add(work)

    def offer(self, name: str) -> None:
        """Put the questions of a bank in the order in which to serve them."""

        def work() -> Message:
            from practice.schedule.serving import offer  # lazy: after the first frame

            core = self._services.workspace
            return SessionOffered(offer(core.catalogue, core.library, core.clock, name))

        self._add(work)

    def export(self, name: str, form: ExportFormat, path: Path) -> None:
        """Write a bank in another format."""

        def work() -> Message:
            write_atomic(path, export(self.editing.look(name), form).encode())
            return BankWritten(path)

        self._add(work)

    def _add(self, work: Callable[[], Message]) -> None:
        self.turns.add(lambda: work)

    def _edited(self, edited: Edited) -> BankEdited:
        return BankEdited(edited, self.editing.entries, self._view(edited.bank))

    def _view(self, name: str) -> IndexedBank:
        """A bank with its questions, or with its problems."""
        try:
            bank = self.editing.look(name)
        except InvalidBankError:
            self.editing.refresh(name)
            return IndexedBank(self.editing.entry(name), None)
        return IndexedBank(self.editing.entry(name), QuestionIndex(bank.questions))
