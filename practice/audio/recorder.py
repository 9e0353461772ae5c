"""One recording from the first sample to the finished file."""

import threading
from enum import StrEnum
from pathlib import Path

import numpy as np

from practice.audio.block_queue import Block, BlockQueue, End, Pause
from practice.audio.encoder import SpoolEncoder
from practice.audio.level import Level, Meter
from practice.audio.recording import Recording
from practice.audio.source import Source
from practice.audio.spool import (
    Spool,
    SpoolHeader,
    encode_and_remove,
    recording_path,
    remove_spool,
)
from practice.base.errors import AudioError, PracticeError, StorageError

FIRST_SOUND_LIMIT_S = 10.0
"""Some streams deliver nothing for their first seconds; after this long, one never will."""

STALL_LIMIT_S = 2.5
"""A suspended source stops calling without any error; a live one calls many times a second."""

SILENT_S = 5.0
"""Zeros for so long are no gate that closes between words: the device is muted, or it is gone and
the sound server delivers nothing in its place."""

ABANDON_LIMIT_S = 0.1
"""A quit waits no longer for a device to close: what was captured is written before it closes."""

_TICK_S = 0.25
"""How often the writer looks whether samples wait for the disk, or have stopped coming."""


class Phase(StrEnum):
    """Where a recording stands."""

    OPENING = "opening"
    """No sample has arrived yet."""
    RECORDING = "recording"
    PAUSED = "paused"
    """Samples arrive and are dropped."""
    STOPPED = "stopped"
    """It ended as asked, or at the end of its source."""
    FAILED = "failed"
    """It ended by itself; what was recorded until then is kept."""


class Recorder:
    """Drains a source into a spool on a thread of its own, and makes the recording at the end.

    Three threads touch it. The source's own (a callback that must never wait) only queues blocks.
    The writer alone writes the spool and moves the phase on. Whoever owns the recorder starts and
    stops it, and reads the rest.

    Args:
        source: Where the samples come from.
        recordings: The folder for the spool and the finished file.
        take_id: Names both.
        question_id: Kept in the spool for recovery.
        started_at: ISO 8601, UTC; kept in the spool for recovery.
    """

    def __init__(
        self,
        source: Source,
        recordings: Path,
        take_id: str,
        question_id: str | None,
        started_at: str,
    ) -> None:
        self._source = source
        self._recordings = recordings
        self._facts = (take_id, question_id, started_at)
        self._queue = BlockQueue()
        self._meter = Meter()
        self._lock = threading.Lock()
        self._sound = threading.Event()
        self._ended = threading.Event()
        self._spool: Spool | None = None
        self._encoder: SpoolEncoder | None = None
        self._writer = threading.Thread(target=self._write, name="recorder", daemon=True)
        self._paused = False
        self._zeros = 0
        """How many samples at the end of what was recorded are zero."""
        self._stopping = False
        self._abandoned = False
        self._recording: Recording | None = None
        self._phase = Phase.OPENING
        self._overflows = 0
        self._failure: PracticeError | None = None

    @property
    def phase(self) -> Phase:
        """Where the recording stands."""
        return self._phase

    @property
    def elapsed_s(self) -> float:
        """How much was recorded, pauses left out."""
        spool = self._spool
        return spool.frames / self._source.sample_rate_hz if spool else 0.0

    @property
    def overflows(self) -> int:
        """How often samples were lost before they reached this program."""
        return self._overflows

    @property
    def failure(self) -> PracticeError | None:
        """Why it ended by itself, None if it did not."""
        return self._failure

    @property
    def silent(self) -> bool:
        """Every sample is zero, or each of the last `SILENT_S` is: it is muted, forbidden, gone."""
        spool, zeros = self._spool, self._zeros
        if spool is None or spool.frames == 0:
            return False
        return zeros >= min(spool.frames, SILENT_S * self._source.sample_rate_hz)

    @property
    def spool_samples(self) -> Path:
        """The growing file of 16-bit samples; another process may read behind its end."""
        return self._open_spool().samples

    def start(self) -> None:
        """Create the spool, then open the source.

        Raises:
            StorageError: The spool cannot be created.
            AudioError: The source cannot be opened; no spool is left.
        """
        take_id, question_id, started_at = self._facts
        rate, name = self._source.sample_rate_hz, self._source.name
        self._spool = Spool.create(
            self._recordings, SpoolHeader(take_id, question_id, started_at, rate, name)
        )
        try:
            self._source.start(self._queue)
        except AudioError:
            self._queue.close()  # a device that was late may still deliver
            self._discard_spool(self._spool)
            raise
        self._writer.start()

    def wait_for_sound(self, timeout_s: float) -> bool:
        """True once the first samples are in the spool; False after `timeout_s` or a failure."""
        return self._sound.wait(timeout_s) and self._open_spool().frames > 0

    def wait(self, timeout_s: float | None = None) -> bool:
        """True once it has ended by itself, False after `timeout_s`; None waits for ever."""
        return self._ended.wait(timeout_s)

    def pause(self) -> None:
        """Drop samples from here on; nothing happens unless it is recording."""
        self._set_pause(Phase.RECORDING, Phase.PAUSED)

    def resume(self) -> None:
        """Keep samples again; nothing happens unless it is paused."""
        self._set_pause(Phase.PAUSED, Phase.RECORDING)

    def level(self) -> Level:
        """The level of what was recorded since the last call."""
        return self._meter.read_and_reset()

    def stop(self) -> Recording:
        """Close the source, encode what was recorded and remove the spool.

        An earlier failure is in `Recording.interrupted` and raises nothing. A second call gives
        the same recording.

        Raises:
            AudioError: Not one sample had arrived; no spool is left.
            StorageError: The recording cannot be encoded; the spool stays and the next start
                of practice finds it.
        """
        if self._recording is None:
            self._stopping = True
            # The end is queued behind the last block that the source delivered, so the writer has
            # written everything once it has ended.
            self._source.stop()
            self._queue.ended(None)
            self._writer.join()
            self._recording = self._make_recording(self._open_spool())
        return self._recording

    def abandon(self) -> None:
        """Stop at once and make no recording: the next start of practice makes it of the spool."""
        self._stopping = self._abandoned = True
        self._queue.ended(None)
        self._writer.join(ABANDON_LIMIT_S)
        if not self._writer.is_alive():
            self._let_go(self._open_spool())

    def _make_recording(self, spool: Spool) -> Recording:
        if spool.frames == 0:
            self._discard_spool(spool)
            raise self._failure or _source_error(f"no samples arrived from {self._source.name}")
        try:
            return encode_and_remove(
                spool.path,
                spool.samples,
                self._source.sample_rate_hz,
                device=self._source.name,
                interrupted=self._failure.message if self._failure else None,
                encoder=self._encoder,
            )
        finally:
            self._let_go(spool)

    def _open_spool(self) -> Spool:
        if self._spool is None:
            raise RuntimeError("the recorder has not been started")
        return self._spool

    def _let_go(self, spool: Spool) -> None:
        """End the encoder, then give up the lock: whoever recovers the spool finds it alone there.

        Repeatable; an encoder that has made its file is not touched.
        """
        if self._encoder is not None:
            self._encoder.cancel()
        with self._lock:
            spool.close()

    def _discard_spool(self, spool: Spool) -> None:
        remove_spool(spool.path)
        spool.close()

    def _set_pause(self, before: Phase, after: Phase) -> None:
        with self._lock:
            if self._phase is before:
                self._phase = after
                self._queue.pause(after is Phase.PAUSED)

    def _write(self) -> None:
        """The writer thread."""
        spool = self._open_spool()
        try:
            self._failure = self._drain(spool)
            spool.sync()
            if self._abandoned:
                spool.note("leave")
        except StorageError as error:
            self._failure = error
        finally:
            self._queue.close()
            if self._abandoned:
                # Before the source: its device may take seconds to close, and a quit does not wait.
                self._let_go(spool)
            self._source.stop()
            with self._lock:
                self._phase = Phase.FAILED if self._failure else Phase.STOPPED
            self._ended.set()
            self._sound.set()  # whoever waits for the first sample waits no longer

    def _drain(self, spool: Spool) -> AudioError | None:
        """Write until the source ends or falls silent for too long; the reason if it did."""
        idle_s = 0.0
        while True:
            item = self._queue.pop(_TICK_S)
            spool.sync_when_due()
            match item:
                case None:
                    # Counting ticks, not looking at the clock: a machine that was asleep
                    # gives its source the whole time again.
                    idle_s += _TICK_S
                    if spool.frames and idle_s >= STALL_LIMIT_S:
                        return _source_error(f"no more samples arrive from {self._source.name}")
                    if not spool.frames and idle_s >= FIRST_SOUND_LIMIT_S:
                        return _source_error(f"no samples arrived from {self._source.name}")
                case End(reason):
                    # A device that is being closed may say that it went away.
                    if reason is None or self._stopping:
                        return None
                    return _source_error(reason)
                case Pause(on):
                    self._paused = on
                    spool.note("pause" if on else "resume")
                case Block():
                    idle_s = 0.0
                    self._keep(spool, item)

    def _keep(self, spool: Spool, block: Block) -> None:
        if block.overflowed:
            self._overflows += 1
            spool.note("overflow")
        if self._paused or not block.samples:
            return
        samples = np.frombuffer(block.samples, "<i2", count=len(block.samples) // 2)
        if (sounding := np.flatnonzero(samples)).size:
            self._zeros = len(samples) - 1 - int(sounding[-1])
        else:
            self._zeros += len(samples)
        spool.append(block.samples)
        self._meter.add(samples)
        if not self._sound.is_set():  # not before: many a recording ends without a sample
            self._encoder = SpoolEncoder(
                spool.samples, self._source.sample_rate_hz, recording_path(spool.path)
            )
            with self._lock:
                self._phase = Phase.RECORDING
            self._sound.set()


def _source_error(message: str) -> AudioError:
    return AudioError(message, "check the microphone and the sound server, then record again")
