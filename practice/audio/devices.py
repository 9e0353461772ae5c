"""The microphones of this machine."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from practice.audio import portaudio
from practice.base.errors import AudioError
from practice.base.system.microphone_access import is_inside_windows, way_to_allow
from practice.base.text import one_line

_ALSA_ADDRESS = re.compile(r" ?\(hw:\d+,\d+\)")
"""What ALSA adds to a name; the number of the card may be another one after the next start."""


_WASAPI = "Windows WASAPI"
_OF_WINDOWS = ("MME", "Windows")
"""How PortAudio calls the sound systems of Windows, or begins to: MME, Windows DirectSound,
Windows WASAPI, Windows WDM-KS."""
_MME_NAME = 31
"""Characters of a name that MME keeps."""


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A device that sound can be recorded from, as PortAudio lists it."""

    index: int
    name: str
    """Made safe for one line of text; the second of two that are called the same ends in ` #2`."""
    host_api: str
    channels: int
    sample_rate_hz: int
    """Its native rate."""
    is_default: bool


def list_inputs() -> list[InputDevice]:
    """The devices that can record, in PortAudio's order; empty when there are none.

    They are looked for again, unless a microphone or loudspeaker is open.

    Raises:
        AudioError: There is no PortAudio library, or it cannot list devices.
    """
    sounddevice = portaudio.load()
    try:
        return portaudio.list_devices(sounddevice, lambda: _read_inputs(sounddevice))
    except sounddevice.PortAudioError as error:
        raise _list_error(portaudio.explain(error)) from error
    except TimeoutError as error:
        raise _list_error("the sound server does not answer") from error


def find_index(sounddevice: Any, wanted: InputDevice) -> int:  # noqa: ANN401 - it is untyped
    """The index that `wanted` has now: it may be another one since devices were looked for again.

    Raises:
        ValueError: It is no longer there.
    """
    for device in _read_inputs(sounddevice):
        if (device.name, device.host_api) == (wanted.name, wanted.host_api):
            return device.index
    raise ValueError("it is not there any more")


def _read_inputs(sounddevice: Any) -> list[InputDevice]:  # noqa: ANN401 - it is untyped
    apis = [one_line(api["name"]) for api in sounddevice.query_hostapis()]
    default = sounddevice.default.device[0]
    inputs = [
        InputDevice(
            index=device["index"],
            name=one_line(device["name"]),
            host_api=apis[device["hostapi"]],
            channels=device["max_input_channels"],
            sample_rate_hz=int(device["default_samplerate"]),
            is_default=device["index"] == default,
        )
        for device in sounddevice.query_devices()
        if device["max_input_channels"] > 0
    ]
    return number_names(inputs)


def number_names(devices: Iterable[InputDevice]) -> list[InputDevice]:
    """`devices` with names that differ: of a second one in the same sound system ` #2` is added."""
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for device in devices:
        seen[device.name, device.host_api] += 1
        number = seen[device.name, device.host_api]
        name = device.name if number == 1 else f"{device.name} #{number}"
        numbered.append(replace(device, name=name))
    return numbered


def _best_way_to(device: InputDevice, devices: Sequence[InputDevice]) -> InputDevice:
    """The same microphone through WASAPI, where Windows lists it through several sound systems.

    The others, older ones, are made of it: they convert the samples once more and come later.
    """
    name = device.name
    if device.host_api == _WASAPI or not device.host_api.startswith(_OF_WINDOWS):
        return device
    # The oldest one, MME, cuts a name off.
    same = [
        other
        for other in devices
        if other.host_api == _WASAPI
        and (other.name == name or (len(name) >= _MME_NAME and other.name.startswith(name)))
    ]
    return same[0] if len(same) == 1 else device


def _drop_cut_names(devices: list[InputDevice]) -> list[InputDevice]:
    """`devices` without those whose name is the cut off name of one that WASAPI lists, too."""
    return [device for device in devices if _best_way_to(device, devices).name == device.name]


def _no_device_hint() -> str:
    if is_inside_windows():
        return "this is Linux inside Windows (WSL): install and start practice in Windows itself"
    allow = way_to_allow()
    connect = "connect one, or check that the sound server is running, then try again"
    return f"connect one; or {allow}" if allow else connect


def _list_error(reason: str) -> AudioError:
    return AudioError(
        f"the sound system cannot list its devices: {reason}",
        "check that the sound server is running, then try again",
    )


def choose_input(name: str | None) -> InputDevice:
    """The device to record from.

    Args:
        name: Its name, or a part of it that no other device has, in any case; None for the
            default device, or the first one where the system names no default. A name that
            ALSA gave a number of a card still fits when the card has another number, as long as
            one device alone is called so.

    Raises:
        AudioError: There is no such device, no device at all, or several match.
    """
    return select(list_inputs(), name)


def select(devices: list[InputDevice], name: str | None) -> InputDevice:
    """The one of `devices` that `choose_input` would take."""
    if not devices:
        raise AudioError("there is no microphone on this machine", _no_device_hint())
    if name is None:
        default = next((device for device in devices if device.is_default), devices[0])
        return _best_way_to(default, devices)
    wanted = one_line(name).casefold()
    same = [device for device in devices if device.name.casefold() == wanted]
    if same:
        chosen = next((device for device in same if device.is_default), same[0])
        return _best_way_to(chosen, devices)
    matching = [device for device in devices if wanted in device.name.casefold()]
    if not matching:
        bare = _ALSA_ADDRESS.sub("", wanted)
        matching = [d for d in devices if _ALSA_ADDRESS.sub("", d.name.casefold()) == bare]
    matching = _drop_cut_names(matching)
    if len({device.name for device in matching}) == 1:
        return _best_way_to(matching[0], matching)
    problem = "several microphones match" if matching else "there is no microphone named"
    names = ", ".join(dict.fromkeys(device.name for device in matching or devices))
    raise AudioError(f"{problem} {one_line(name)!r}: {names}", "give one of these names in full")
