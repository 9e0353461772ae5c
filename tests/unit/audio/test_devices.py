import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from practice.audio import devices as devices_module
from practice.audio import microphone as microphone_module
from practice.audio import portaudio
from practice.audio.devices import InputDevice, number_names, select
from practice.audio.microphone import Microphone
from practice.base.errors import AudioError
from practice.base.system.microphone_access import (
    ALLOW_ON_MACOS,
    ALLOW_ON_WINDOWS,
    is_inside_windows,
)

if TYPE_CHECKING:
    from practice.audio.source import Sink


def make_device(
    index: int, name: str, host_api: str = "ALSA", *, is_default: bool = False
) -> InputDevice:
    return InputDevice(index, name, host_api, 1, 48_000, is_default)


BUILT_IN = make_device(0, "Built-in Microphone")
HEADSET = make_device(1, "USB Headset: Audio (hw:1,0)", is_default=True)
CAMERA = make_device(2, "USB Camera")
DEVICES = [BUILT_IN, HEADSET, CAMERA]


def test_without_a_name_the_default_is_taken() -> None:
    assert select(DEVICES, None) is HEADSET


def test_without_a_default_the_first_is_taken() -> None:
    assert select([BUILT_IN, CAMERA], None) is BUILT_IN


@pytest.mark.parametrize(
    "name", ["Built-in Microphone", "built-in microphone", "built-in", "MICRO"]
)
def test_a_name_or_a_part_of_it_in_any_case_names_a_device(name: str) -> None:
    assert select(DEVICES, name) is BUILT_IN


def test_an_exact_name_wins_over_a_longer_one_that_contains_it() -> None:
    short = make_device(3, "USB")
    assert select([*DEVICES, short], "usb") is short


def test_a_part_that_several_names_have_is_refused_with_these_names() -> None:
    with pytest.raises(
        AudioError, match=r"several microphones match 'usb': USB Headset.*USB Camera"
    ):
        select(DEVICES, "usb")


def test_an_unknown_name_is_refused_with_all_names() -> None:
    with pytest.raises(AudioError, match=r"named 'phone x': Built-in Microphone, USB H.*Camera"):
        select(DEVICES, "phone x")


LONG = "Microphone (Jabra Evolve2 65 Stereo)"
ON_WINDOWS = [
    make_device(0, "Microsoft Sound Mapper - Input", "MME"),
    make_device(1, LONG[:31], "MME", is_default=True),
    make_device(2, "Microphone (Webcam)", "MME"),
    make_device(3, LONG, "Windows DirectSound"),
    make_device(4, "Microphone (Webcam)", "Windows DirectSound"),
    make_device(5, LONG, "Windows WASAPI"),
    make_device(6, "Microphone (Webcam)", "Windows WASAPI"),
    make_device(7, LONG, "Windows WDM-KS"),
]


@pytest.mark.parametrize(
    ("name", "index"), [(None, 5), (LONG, 5), ("jabra", 5), ("webcam", 6), (LONG[:31], 5)]
)
def test_on_windows_a_microphone_is_used_through_wasapi(name: str | None, index: int) -> None:
    assert select(ON_WINDOWS, name).index == index


def test_a_microphone_that_wasapi_does_not_list_is_used_as_it_is() -> None:
    assert select([device for device in ON_WINDOWS if device.index < 5], None).index == 1


def test_two_microphones_whose_names_are_cut_to_one_are_not_mistaken_for_each_other() -> None:
    twins = [
        make_device(0, LONG[:31], "MME", is_default=True),
        make_device(1, LONG, "Windows WASAPI"),
        make_device(2, f"{LONG[:31]} other", "Windows WASAPI"),
    ]
    assert select(twins, None).index == 0


def test_linux_inside_windows_is_told_to_record_in_windows_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = tmp_path / "osrelease"
    kernel.write_text("5.15.167.4-microsoft-standard-WSL2\n", encoding="utf-8")
    assert is_inside_windows(kernel)
    kernel.write_text("6.1.0-28-amd64\n", encoding="utf-8")
    assert not is_inside_windows(kernel)
    assert not is_inside_windows(tmp_path / "gone")
    monkeypatch.setattr(devices_module, "is_inside_windows", lambda: True)
    with pytest.raises(AudioError) as raised:
        select([], None)
    assert "in Windows itself" in raised.value.hint


@pytest.mark.parametrize("way", [ALLOW_ON_MACOS, ALLOW_ON_WINDOWS])
def test_where_no_microphone_is_listed_the_way_to_allow_it_is_named(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(devices_module, "way_to_allow", lambda: way)
    with pytest.raises(AudioError) as raised:
        select([], None)
    assert way in raised.value.hint


@pytest.mark.parametrize(
    ("code", "named"), [(-9999, True), (-9985, True), (-9996, True), (-9997, False)]
)
def test_a_refusal_that_may_be_the_systems_names_the_way_to_allow_the_microphone(
    monkeypatch: pytest.MonkeyPatch, code: int, named: bool
) -> None:
    class RefusedError(Exception):
        pass

    library = SimpleNamespace(PortAudioError=RefusedError)

    def refuse(_limit_s: float, _make: object) -> None:
        raise RefusedError("Error opening", code)

    monkeypatch.setattr(portaudio, "load", lambda: library)
    monkeypatch.setattr(portaudio, "open_stream", refuse)
    monkeypatch.setattr(microphone_module, "way_to_allow", lambda: ALLOW_ON_WINDOWS)
    with pytest.raises(AudioError) as raised:
        Microphone(BUILT_IN).start(cast("Sink", None))
    assert (ALLOW_ON_WINDOWS in raised.value.hint) is named
    assert "choose another one" in raised.value.hint


def test_the_same_name_under_two_sound_systems_is_one_choice() -> None:
    devices = number_names([BUILT_IN, make_device(7, BUILT_IN.name, "JACK")])
    assert select(devices, "built") == BUILT_IN


def test_each_of_two_microphones_of_one_name_can_be_chosen() -> None:
    devices = number_names([make_device(4, "Blue Yeti"), CAMERA, make_device(5, "Blue Yeti")])
    assert [device.name for device in devices] == ["Blue Yeti", "USB Camera", "Blue Yeti #2"]
    assert select(devices, "Blue Yeti").index == 4
    assert select(devices, "blue yeti #2").index == 5
    with pytest.raises(
        AudioError, match=r"several microphones match .yeti.: Blue Yeti, Blue Yeti #2"
    ):
        select(devices, "yeti")


def test_a_microphone_is_found_again_when_its_card_has_another_number() -> None:
    moved = make_device(1, "USB Headset: Audio (hw:3,0)")
    assert select([BUILT_IN, moved, CAMERA], HEADSET.name) is moved


def test_a_card_of_another_number_is_not_guessed_where_several_fit() -> None:
    others = [make_device(n, f"USB Headset: Audio (hw:{n},0)") for n in (3, 4)]
    with pytest.raises(AudioError, match=r"several microphones match .*hw:3,0.*hw:4,0"):
        select(others, HEADSET.name)
    assert select([*others, HEADSET], HEADSET.name) is HEADSET


def test_no_device_at_all_is_said_with_what_to_do() -> None:
    with pytest.raises(AudioError, match="there is no microphone") as caught:
        select([], None)
    assert "connect one" in caught.value.hint


def test_a_machine_without_portaudio_is_told_which_package_to_install() -> None:
    script = """
import ctypes.util
ctypes.util.find_library = lambda name: None
from practice.audio import devices as devices_module
from practice.audio import microphone as microphone_module
from practice.audio import portaudio
from practice.audio.devices import list_inputs
from practice.audio.microphone import Microphone
from practice.audio.source import Sink
from practice.base.errors import AudioError
from practice.base.system.microphone_access import (
    ALLOW_ON_MACOS,
    ALLOW_ON_WINDOWS,
    is_inside_windows,
)
try:
    list_inputs()
except AudioError as error:
    print(error.exit_code.value, error.hint)
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("3 ")
    assert "apt install libportaudio2" in done.stdout
