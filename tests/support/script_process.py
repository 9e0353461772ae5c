"""A script of `tests/audio` in a process of its own, and what it says."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

_FOLDER = Path(__file__).parents[1] / "audio"
_LIMIT_S = 60.0


class ScriptProcess:
    """Tells a script what to do and reads the JSON lines that it writes."""

    def __init__(
        self,
        script: str,
        arguments: Sequence[object],
        environment: Mapping[str, str],
        native_output: Path,
    ) -> None:
        self._native = native_output
        with self._native.open("wb") as native:
            self._process = subprocess.Popen(
                [sys.executable, str(_FOLDER / script), *map(str, arguments)],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=native,
                text=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def tell(self, command: str) -> None:
        """Write one line to its stdin."""
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()

    def await_event(self, name: str) -> dict[str, Any]:
        """The next event of that name; earlier ones are passed over."""
        assert self._process.stdout is not None
        with _limit():
            for line in self._process.stdout:
                event: dict[str, Any] = json.loads(line)
                if event["event"] == name:
                    return event
        raise AssertionError(f"it ended without the event {name!r}: {self.native_output}")

    def exit_code(self) -> int:
        """Wait for its end."""
        return self._process.wait(_LIMIT_S)

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self._process.kill()
        self._process.wait(_LIMIT_S)

    @property
    def native_output(self) -> str:
        """What was written to its file descriptor 2."""
        return self._native.read_text(errors="replace")


class RecordingProcess(ScriptProcess):
    """Drives `record_script.py`.

    Args:
        environment: For the process; it names the sound server.
        recordings: The folder to record to.
        largest_file: A limit in bytes that stands for a full disk.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        recordings: Path,
        *,
        largest_file: int | None = None,
    ) -> None:
        limit = [] if largest_file is None else [largest_file]
        super().__init__(
            "record_script.py",
            [recordings, "t1", *limit],
            environment,
            recordings.with_suffix(".native"),
        )

    def stop(self) -> dict[str, Any]:
        """Stop the recording and return its facts."""
        self.tell("stop")
        return self.await_event("recording")


@contextmanager
def _limit() -> Iterator[None]:
    """Break off a read that would block for ever."""

    def give_up(*_: object) -> None:
        raise AssertionError(f"nothing was said for {_LIMIT_S:g} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, _LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
