"""The exit codes that scripts may rely on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What `practice` says to the shell when it ends."""

    DONE = 0
    """What was asked for is done."""
    FAILED = 1
    """What was asked for failed: a bank has problems, a take could not be judged."""
    USAGE = 2
    """The command line or the settings are wrong."""
    NO_AUDIO = 3
    """There is no usable audio device."""
    NO_MODEL = 4
    """There is no usable speech model."""
    STORAGE = 5
    """The library or the disk refused."""
    INTERRUPTED = 130
    """The user stopped it."""
