"""A recording under way, on the command line: a meter, and what ends it."""

import sys

import click

from practice.audio.level import Level
from practice.audio.recorder import Recorder
from practice.audio.sound_check import MUTE_AFTER_S
from practice.base.text import elapsed_time
from practice.cli import output
from practice.cli.lines import Lines

FIRST_SOUND_S = 10.0
TICK_S = 0.1
BARS = " ▁▂▃▄▅▆▇█"
SILENT = "no sound arrives: is the microphone muted, or gone?"


def listen(recorder: Recorder, seconds: float | None) -> None:
    """Return once the user, the clock or the source ends the recording."""
    try:
        if not recorder.wait_for_sound(FIRST_SOUND_S):
            return
        output.narrate("● recording; Enter to stop")
        meter, lines = output.is_calm_terminal(sys.stderr), Lines()
        was_silent = False
        while not recorder.wait(0):
            if seconds is not None and recorder.elapsed_s >= seconds:
                break
            is_silent = recorder.silent and recorder.elapsed_s >= MUTE_AFTER_S
            if is_silent and not was_silent:
                output.clear_line()
                output.narrate(SILENT)
            was_silent = is_silent
            if meter:
                _show_meter(recorder)
            if lines.next(TICK_S) is not None:
                break
    except KeyboardInterrupt:
        output.narrate("")
    finally:
        output.clear_line()


def _show_meter(recorder: Recorder) -> None:
    time, bar = elapsed_time(recorder.elapsed_s), level_bar(recorder.level())
    click.echo(f"\r  {time}  {bar} ", err=True, nl=False)


def level_bar(level: Level) -> str:
    """One block for how loud it is, and a word when it is too loud."""
    part = max(0.0, min(1.0, 1 + level.rms_dbfs / 60))
    return BARS[round(part * (len(BARS) - 1))] + (" too loud" if level.clipped else "         ")
