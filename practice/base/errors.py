"""The errors a person may see: each says what is wrong and what to do next."""

import errno
from typing import ClassVar

from practice.base.exit_codes import ExitCode
from practice.base.text import one_line

MAKE_ROOM = "free some space on that disk, check that the folder can be written to, and try again"


class PracticeError(Exception):
    """What was asked for could not be done.

    Args:
        message: One line that says what is wrong, and where.
        hint: One line that says what to do next; empty when there is nothing to do.
    """

    code: ClassVar[str] = "failed"
    """A stable name for scripts."""
    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFoundError(PracticeError):
    """A take, bank, question or file that was named does not exist."""

    code = "not_found"


class BankError(PracticeError):
    """A question bank cannot be read or written."""

    code = "bank"


class FormatError(PracticeError):
    """The file of a session format has problems."""

    code = "format"


class FeedbackError(PracticeError):
    """What a reader answered cannot be read."""

    code = "feedback"


class LetterError(PracticeError):
    """The template of a letter has a mistake."""

    code = "letter"


class EditorError(PracticeError):
    """The user's editor ended with an error."""

    code = "editor"


class UsageError(PracticeError):
    """The command line does not make sense."""

    code = "usage"
    exit_code = ExitCode.USAGE


class SettingsError(PracticeError):
    """The settings file is wrong."""

    code = "settings"
    exit_code = ExitCode.USAGE


class AudioError(PracticeError):
    """There is no usable audio device, or it stopped."""

    code = "audio"
    exit_code = ExitCode.NO_AUDIO


class UnreadableAudioError(PracticeError):
    """A file holds no sound that can be decoded."""

    code = "unreadable_audio"


class ModelError(PracticeError):
    """There is no usable speech model."""

    code = "model"
    exit_code = ExitCode.NO_MODEL


class TranscriptionError(PracticeError):
    """A usable model was there and transcription failed all the same."""

    code = "transcription"


class CancelledError(TranscriptionError):
    """The user cancelled a transcription."""

    def __init__(
        self,
        message: str = "it was cancelled",
        hint: str = "the recording is kept and can be heard again",
    ) -> None:
        super().__init__(message, hint)


class StorageError(PracticeError):
    """The library or the disk refused."""

    code = "storage"
    exit_code = ExitCode.STORAGE


NO_LOCKS = (
    "set PRACTICE_HOME to a folder on this machine's own disk: network folders may lack locks"
)
_REMEDIES = {
    errno.ENOLCK: NO_LOCKS,
    errno.EROFS: "set PRACTICE_HOME to a folder that you can write to",
    errno.EACCES: "make it readable and writable for you, or set PRACTICE_HOME to another folder",
}
"""What to do where room would not help."""


def storage_error(
    doing: str, what: object, error: OSError | str, hint: str = MAKE_ROOM
) -> StorageError:
    """The error that says that the disk refused.

    Args:
        doing: What was tried, as a verb: `write`, `record to`.
        what: The file or folder, or another name for it; written as `str` has it.
        error: What the disk said.
        hint: What to do next.
    """
    reason = error if isinstance(error, str) else error.strerror or str(error)
    if isinstance(error, OSError) and hint == MAKE_ROOM:
        hint = _REMEDIES.get(error.errno or 0, hint)
    return StorageError(f"cannot {doing} {one_line(str(what))}: {one_line(reason)}", hint)
