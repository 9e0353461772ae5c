"""Lists the microphones at each line on stdin, and answers with a line of JSON.

`list` gives their names; `open` opens the default one and says whether it delivers, `close` closes
it and says so. The environment that PortAudio finds stays for the process, hence one of its own.
"""

import json
import sys

from practice.audio.devices import list_inputs
from practice.audio.microphone import Microphone, choose_microphone
from practice.audio.sound_check import OpenMicrophone, Sample

SAMPLE_S = 0.2
LIMIT_S = 20.0


def answer(line: str, opened: list[Microphone]) -> object:
    match line.strip():
        case "open":
            opened.append(choose_microphone(None))
            microphone = OpenMicrophone(opened[0])
            microphone.open()
            sample = Sample(microphone, SAMPLE_S)
            sample.start()
            return sample.wait(LIMIT_S) and sample.part == 1.0
        case "close":
            opened.pop().stop()
            return True
        case _:
            return [device.name for device in list_inputs()]


if __name__ == "__main__":
    microphones: list[Microphone] = []
    for asked in sys.stdin:
        sys.stdout.write(json.dumps(answer(asked, microphones)) + "\n")
        sys.stdout.flush()
