"""Speaks the sample answer that `practice demo` records: `python -m tools.demo_sample`.

The text is ours; the voice is espeak-ng en-us. The answer holds on purpose what the review should
find: fillers, three pauses over a second, a repetition and a hurried stretch.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 22_050
TARGET = Path("practice/demo/sample_answer.flac")
ROOM_LEVEL = 0.0004
SEED = 7


@dataclass(frozen=True)
class Phrase:
    """A stretch of speech and the silence after it."""

    text: str
    silence_s: float
    words_per_minute: int = 160


ANSWER = (
    Phrase("um, so, I work on a small team at the bank.", 0.5),
    Phrase("We had a problem with, uh, the old program.", 1.6),
    Phrase("it was slow, and, um, the people were not happy.", 0.6),
    Phrase("I I wanted to see the problem first.", 0.5),
    Phrase("so I talked to the manager, and, you know, to the other team.", 2.2),
    Phrase("I asked them what they need every day.", 0.5),
    Phrase("um, we made a plan for three months.", 0.5),
    Phrase("and every week I talked to the team about the plan.", 0.4),
    Phrase(
        "then we had one week and we had to test it and I was there every day"
        " and we had a lot of problems",
        0.12,
        260,
    ),
    Phrase(
        "and everyone on the team worked late and it was a lot of work and I was tired.", 1.3, 260
    ),
    Phrase("uh, in the end the program was twice as fast.", 0.6),
    Phrase("the people were happy, and my manager was happy.", 0.5),
    Phrase("I learned to ask for help early.", 0.6),
    Phrase("and, um, I learned to listen before I talk.", 0.5),
    Phrase("the next time I would do the same, but I would start with the people.", 0.8),
)


def speak(text: str, words_per_minute: int) -> NDArray[np.float32]:
    """`text` in the demo voice, mono at 22,050 Hz, without the silence around it."""
    command = ["espeak-ng", "-v", "en-us", "-s", str(words_per_minute), "--stdout", text]
    wave = subprocess.run(command, check=True, capture_output=True).stdout
    samples = np.frombuffer(wave[44:], dtype="<i2").astype(np.float32) / np.float32(32768)
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    spoken: NDArray[np.float32] = samples[loud[0] : loud[-1] + 1]
    return spoken


def answer(phrases: tuple[Phrase, ...] = ANSWER) -> NDArray[np.float32]:
    """The phrases with their silences over a faint room noise."""
    pieces = [np.zeros(int(0.6 * SAMPLE_RATE_HZ), np.float32)]
    for phrase in phrases:
        pieces.append(speak(phrase.text, phrase.words_per_minute))
        pieces.append(np.zeros(int(phrase.silence_s * SAMPLE_RATE_HZ), np.float32))
    sound = np.concatenate(pieces)
    noise = np.random.default_rng(SEED).normal(0, ROOM_LEVEL, sound.size).astype(np.float32)
    mixed: NDArray[np.float32] = np.clip(0.8 * sound + noise, -1, 1).astype(np.float32)
    return mixed


def main() -> None:
    """Write the sample and say how long it is."""
    sound = answer()
    soundfile.write(TARGET, sound, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16")
    print(f"{TARGET}: {sound.size / SAMPLE_RATE_HZ:.1f} s, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
