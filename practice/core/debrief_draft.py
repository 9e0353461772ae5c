"""A debrief that is being typed, while another window may write the same one."""

from dataclasses import fields, replace

from practice.base.errors import NotFoundError
from practice.core.workspace import Workspace
from practice.library.interviews import Debrief, NotedQuestion


class DebriefDraft:
    """Keeps what is typed, field by field; what was written elsewhere meanwhile is not lost.

    One thread uses it.

    Args:
        workspace: Whose.
        interview_id: The interview.
        begun: The debrief as it was read.
    """

    def __init__(self, workspace: Workspace, interview_id: str, begun: Debrief) -> None:
        self._workspace = workspace
        self._interview_id = interview_id
        self._typed = begun
        self._kept = begun
        """Each field as it was read, or as this wrote it last."""
        self.elsewhere: dict[str, str] = {}
        """Texts of fields that were written elsewhere, until what is typed begins with them."""

    def save(self, typed: Debrief) -> dict[str, str]:
        """Keep the fields that were changed here; returns `elsewhere`.

        A text that both have written gets both, that of the other one first.

        Raises:
            NotFoundError: The interview was deleted.
            StorageError: The disk refused.
        """

        def merge(stored: Debrief) -> Debrief:
            merged = stored
            for name in (field.name for field in fields(Debrief)):
                mine, theirs = getattr(typed, name), getattr(stored, name)
                if mine == getattr(self._typed, name):
                    continue
                if isinstance(theirs, str) and theirs not in {"", mine, getattr(self._kept, name)}:
                    self.elsewhere[name] = theirs
                if before := self.elsewhere.get(name):
                    if mine.startswith(before):
                        del self.elsewhere[name]
                    else:
                        mine = f"{before}\n{mine}"
                merged = replace(merged, **{name: mine})
                self._kept = replace(self._kept, **{name: mine})
            return merged

        interviews = self._workspace.library.interviews
        interviews.change_debrief(self._interview_id, merge)
        self._typed = typed
        return dict(self.elsewhere)

    def save_question(self, noted: NotedQuestion) -> int:
        """Keep a question in its place, or anew where it was taken out elsewhere; its id.

        Raises:
            NotFoundError: The interview was deleted.
            StorageError: The disk refused.
        """
        interviews = self._workspace.library.interviews
        try:
            return interviews.save_asked(self._interview_id, noted).id
        except NotFoundError:
            return interviews.save_asked(self._interview_id, replace(noted, id=0)).id
