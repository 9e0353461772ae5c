import subprocess
import sys

import pytest

from practice.audio.devices import InputDevice, number_names, select
from practice.base.errors import AudioError


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
from practice.audio.devices import list_inputs
from practice.base.errors import AudioError
try:
    list_inputs()
except AudioError as error:
    print(error.exit_code.value, error.hint)
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("3 ")
    assert "apt install libportaudio2" in done.stdout
