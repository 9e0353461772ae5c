"""Syllables counted in the sound against those of the words, beside the published algorithm."""

from pathlib import Path

from benchmarks.findings.clips import clips
from practice.delivery.signal.pauses import find_phrasing
from practice.delivery.signal.syllable_nuclei import find_nuclei
from practice.delivery.transcript.syllables import count_syllables

FEWEST_WORDS = 10
PRAAT = (
    "the published Praat script (de Jong, version 3) on mfa_acoustic_corpus: 82 syllables for 74"
    " labelled vowels, 0 of 7 labelled pauses; on four other clips 64 to 101 %"
)


def report(data: Path) -> None:
    """Print both counts and both rates for each clip with enough words."""
    print("syllables: of the words, counted in the sound, a second of speech by either")
    for clip in clips(data):
        if len(clip.words) < FEWEST_WORDS:
            continue
        speech = find_phrasing(clip.sound)
        written = sum(count_syllables(word.text) for word in clip.words)
        heard = len(find_nuclei(clip.sound, speech.frames(clip.sound.frames)))
        rates = (written / speech.speaking_s, heard / speech.speaking_s)
        print(
            f"  {clip.name:20s} {written:4d} {heard:4d} ({heard / written:4.0%})"
            f"   {rates[0]:.1f} and {rates[1]:.1f}"
        )
    print(f"  {PRAAT}")
