"""The app on a library, banks, devices and models whose every text is hostile; for a terminal."""

import sys
import threading

import numpy as np

from practice.audio.devices import InputDevice
from practice.audio.source import Sink, Source
from practice.base.paths import places
from practice.base.settings import change_setting, load_settings
from practice.library.takes import QuestionSnapshot, RecordingFacts
from practice.tui.run import run
from practice.tui.services import Services
from tests.support.app_harness import HOSTILE, FakePlayer, FakeSpeechWorker, HostileCatalogue
from tests.support.fake_microphone import RATE_HZ
from tests.support.fake_reader import FakeReader

BLOCK_S = 0.1


class HummingMicrophone:
    """A hostile device that hums until it is closed."""

    name = HOSTILE
    sample_rate_hz = RATE_HZ

    def __init__(self) -> None:
        self._closed = threading.Event()

    def start(self, sink: Sink) -> None:
        threading.Thread(target=self._hum, args=(sink,), daemon=True).start()

    def stop(self) -> None:
        self._closed.set()

    def _hum(self, sink: Sink) -> None:
        block = (5000 * np.sin(np.arange(round(BLOCK_S * RATE_HZ)) / 10)).astype("<i2").tobytes()
        while not self._closed.wait(BLOCK_S):
            sink.deliver(block)


class HostileDevices:
    """One device, with a name that means harm."""

    def inputs(self) -> list[InputDevice]:
        return [InputDevice(0, HOSTILE, HOSTILE, 1, RATE_HZ, True)]

    def microphone(self, name: str) -> Source:
        return HummingMicrophone()

    def player(self) -> FakePlayer:
        return FakePlayer()

    def reader(self) -> FakeReader:
        return FakeReader()


def main() -> int:
    """Fill the library that PRACTICE_HOME names, and run the app on it."""
    where = places()
    change_setting(where.settings_file, "model", "demo")
    services = Services(where, load_settings(where.settings_file), devices=HostileDevices())
    library = services.workspace.library
    take = library.begin_take(QuestionSnapshot("hostile", HOSTILE, HOSTILE))
    audio = library.recordings / f"{take.id}.flac"
    audio.write_bytes(b"")
    library.save_recording(
        take.id,
        RecordingFacts(
            audio=audio,
            duration_s=3.0,
            sample_rate_hz=RATE_HZ,
            peak_dbfs=-10.0,
            clipped_s=0.0,
            overflows=0,
            device=HOSTILE,
            interrupted=HOSTILE,
        ),
    )
    library.fail(take.id, HOSTILE)
    services.workspace.catalogue = HostileCatalogue(where.banks)
    services.workspace.worker = FakeSpeechWorker()  # type: ignore[assignment]
    return run(services)


if __name__ == "__main__":
    sys.exit(main())
