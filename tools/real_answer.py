"""A library of takes of a real answer: what the pictures of README and docs are drawn from.

The answer is `tests/data/speech/fillers/spacewalk.flac`: one astronaut, spontaneous, with eight
filled pauses; tests/data/speech/README.md has its source and licence. The later takes are the same
recording with some of the filled pauses cut out, because there is one answer only; whoever shows
them says so.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from practice.base.paths import Places
from practice.base.settings import Settings, change_setting
from practice.core.answering import add_recording
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from tools.real_models import find_real_model

CLIP = Path("tests/data/speech/fillers/spacewalk.flac")
MODEL = "base"
BANK = """\
title: Before the press event
language: en
questions:
  - id: all-female-spacewalk
    text: What does the first spacewalk with an all-female team mean to you?
    kind: motivation
    competency: speaking in public
    target_s: 30
    prep_s: 30
    follow_ups: [What do you say to somebody who wants to follow you?]
    key_points: [it should be normal, the women who came before us, the same opportunities]
  - id: hardest-day
    text: Which day of your training was the hardest, and what got you through it?
    target_s: 60
    prep_s: 30
"""
QUESTION = "press-event/all-female-spacewalk"
FIRST = datetime(2026, 3, 2, 18, 5, tzinfo=UTC)
DAYS_BETWEEN = 3
DAYS_AFTER = 9
"""Since the last take, when the app is opened: after a week the first screen proposes the question
again."""
CUT_OUT = ((), (1, 2, 5), (1, 2, 3, 4, 5, 7))
"""Filled pauses, by their place among the labels, that are missing in each take; the first take is
the recording as it is."""
FADE_S = 0.005
"""At both ends of a cut, so that it does not click."""


@dataclass
class Calendar:
    """A clock that is set by hand."""

    moment: datetime = FIRST

    def now(self) -> datetime:
        """The time it is set to."""
        return self.moment


def cut_out(
    samples: NDArray[np.float32], rate_hz: int, spans_s: Sequence[tuple[float, float]]
) -> NDArray[np.float32]:
    """Mono sound without the spans, given in seconds and in order; what is left is joined softly.

    Each joint takes `FADE_S` of the sound as well: the end before it and the beginning behind it
    are laid over each other.
    """
    fade = np.linspace(0, 1, round(FADE_S * rate_hz), dtype=np.float32)
    edges = [0, *(round(edge * rate_hz) for span in spans_s for edge in span), samples.size]
    kept = samples[edges[0] : edges[1]].copy()
    for start, stop in zip(edges[2::2], edges[3::2], strict=True):
        piece = samples[start:stop].copy()
        piece[: fade.size] = piece[: fade.size] * fade + kept[-fade.size :] * fade[::-1]
        kept = np.concatenate([kept[: -fade.size], piece])
    return kept


def fill(places: Places, clock: Calendar) -> list[str]:
    """Make a library of the answer, reviewed with the real model, a few days between the takes.

    Returns:
        The ids of the takes, that of the recording as it is first.

    Raises:
        RealModelError: There is no real speech model; the message says how to get it.
    """
    model = find_real_model(MODEL)
    places.models.mkdir(parents=True)
    # A link: the library is copied for every picture, and the model is 148 MB.
    (places.models / MODEL).symlink_to(model.resolve(), target_is_directory=True)
    change_setting(places.settings_file, "model", MODEL)
    places.banks.mkdir(parents=True)
    bank = QUESTION.partition("/")[0]
    (places.banks / f"{bank}.yaml").write_text(BANK, encoding="utf-8")

    samples, rate_hz = soundfile.read(CLIP, dtype="float32")
    labels = json.loads(CLIP.with_suffix(".json").read_text(encoding="utf-8"))
    fillers = [(filler["s"], filler["e"]) for filler in labels["fillers"]]
    taken = []
    with Workspace(places, Settings(model=MODEL), clock) as workspace:
        asked = workspace.question(QUESTION)
        for missing in CUT_OUT:
            sound = places.data / "answer.flac"
            spans = [fillers[number] for number in missing]
            soundfile.write(sound, cut_out(samples, rate_hz, spans), rate_hz)
            take = add_recording(workspace, sound, asked)
            review_take(workspace, take.id)
            taken.append(take.id)
            sound.unlink()
            clock.moment += timedelta(days=DAYS_BETWEEN)
    clock.moment += timedelta(days=DAYS_AFTER - DAYS_BETWEEN)
    return taken


def copy_library(places: Places, root: Path) -> Places:
    """A copy of the library below `root`, for an app that may change it."""
    copy = Places(root / "config", root / "data", root / "state", root / "models")
    for source, target in (
        (places.config, copy.config),
        (places.data, copy.data),
        (places.state, copy.state),
        (places.models, copy.models),
    ):
        if source.exists():
            shutil.copytree(source, target, symlinks=True)
    return copy
