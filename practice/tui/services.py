"""What the screens work with, built in one place and handed to the app.

Nothing here is imported from a heavy room at start: the workspace, and with it NumPy, SQLite and
the banks, is opened when it is first asked for, which `TodayScreen` does beside its first frame.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from practice.base.clock import Clock, SystemClock
from practice.base.paths import Places
from practice.base.settings import Settings, change_setting, load_settings

if TYPE_CHECKING:
    from practice.audio.devices import InputDevice
    from practice.audio.source import Source
    from practice.core.preparation import ReadsAloud
    from practice.core.workspace import Workspace


class Playback(Protocol):
    """The part of `practice.audio.player.Player` that screens use."""

    @property
    def playing(self) -> bool:
        """Sound is still to come."""

    @property
    def position_s(self) -> float:
        """The place in the file that is being heard."""

    def play(
        self, path: Path, start_s: float = 0.0, stop_s: float | None = None, speed: float = 1.0
    ) -> None:
        """Play a stretch at a speed; raises AudioError or UnreadableAudioError."""

    def stop(self) -> None:
        """Fall silent."""

    def wait(self, timeout_s: float | None = None) -> bool:
        """True once nothing plays any more."""


class Devices(Protocol):
    """The way to sound. Every method may block: call it in the background."""

    def inputs(self) -> "list[InputDevice]":
        """The microphones there are; raises AudioError."""

    def microphone(self, name: str) -> "Source":
        """The named microphone, the default one for an empty name; raises AudioError."""

    def player(self) -> Playback:
        """What plays recordings."""

    def reader(self) -> "ReadsAloud":
        """What reads questions aloud."""


class RealDevices:
    """The devices of this machine."""

    def inputs(self) -> "list[InputDevice]":
        """The microphones there are; raises AudioError."""
        from practice.audio.devices import list_inputs  # lazy: it starts PortAudio

        return list_inputs()

    def microphone(self, name: str) -> "Source":
        """The named microphone, the default one for an empty name; raises AudioError."""
        from practice.audio.microphone import choose_microphone  # lazy: it starts PortAudio

        return choose_microphone(name)

    def player(self) -> Playback:
        """What plays recordings."""
        from practice.audio.player import Player  # lazy: it starts PortAudio

        return Player()

    def reader(self) -> "ReadsAloud":
        """What reads questions aloud."""
        # lazy: few sessions are read aloud
        from practice.base.system.reading_aloud import AloudReader

        return AloudReader()


class Services:
    """Everything below the screens.

    Args:
        places: Where things live.
        settings: What the user has chosen.
        clock: Tells the time of day.
        devices: The way to sound.
        model: A speech model that overrides the setting.
        language: A language that overrides the setting.
        monotonic: Seconds that only grow, for countdowns.
    """

    def __init__(
        self,
        places: Places,
        settings: Settings,
        clock: Clock | None = None,
        devices: Devices | None = None,
        *,
        model: str | None = None,
        language: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.places = places
        self.settings = settings
        self.clock = clock or SystemClock()
        self.devices = devices or RealDevices()
        self.monotonic = monotonic
        self._overrides = (model, language)
        self._opening = threading.Lock()
        self._workspace: Workspace | None = None

    @property
    def workspace(self) -> "Workspace":
        """The core, opened at the first use; the first use belongs in the background.

        Raises:
            StorageError: The library cannot be opened.
        """
        with self._opening:
            if self._workspace is None:
                from practice.core.workspace import Workspace  # lazy: it brings SQLite

                model, language = self._overrides
                workspace = Workspace(
                    self.places, self.settings, self.clock, model=model, language=language
                )
                _ = workspace.library  # what is wrong with it is said at once
                self._workspace = workspace
            return self._workspace

    @property
    def is_first_run(self) -> bool:
        """Nothing was ever chosen here."""
        return not self.places.settings_file.exists()

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return self.clock.now()

    def change_setting(self, key: str, value: str) -> None:
        """Keep a setting and work with it from now on.

        Raises:
            SettingsError: The value does not fit.
            StorageError: The disk refused.
        """
        self.settings = change_setting(self.places.settings_file, key, value)
        if self._workspace is not None:
            self._workspace.use(self.settings)

    def read_settings(self) -> None:
        """Work with what the file of settings says now, where something else wrote it.

        Raises:
            SettingsError: It cannot be read.
        """
        self.settings = load_settings(self.places.settings_file)
        if self._workspace is not None:
            self._workspace.use(self.settings)

    def close(self) -> None:
        """End the speech worker and close the library."""
        with self._opening:
            if self._workspace is not None:
                self._workspace.close()
