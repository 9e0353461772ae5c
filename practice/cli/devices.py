"""`practice devices`."""

from dataclasses import asdict

import click

from practice.audio.devices import InputDevice, list_inputs
from practice.audio.stderr_redirect import redirect_stderr
from practice.base.errors import AudioError
from practice.base.paths import places
from practice.cli import options, output


@click.command()
@options.as_json
def devices(as_json: bool) -> None:
    """List the microphones; the default one is marked.

    \b
    practice devices
    practice settings microphone "USB"
    """
    with redirect_stderr(places().log):
        inputs = list_inputs()
    if not inputs:
        raise AudioError(
            "there is no microphone on this machine",
            "connect one and check that the sound server is running",
        )
    if as_json:
        output.print_document({"devices": [asdict(device) for device in inputs]})
    else:
        output.print_table([_device_row(device) for device in inputs])


def _device_row(device: InputDevice) -> tuple[str, ...]:
    mark = "default" if device.is_default else ""
    return (
        device.name,
        f"{device.sample_rate_hz} Hz",
        f"{device.channels} ch",
        device.host_api,
        mark,
    )
