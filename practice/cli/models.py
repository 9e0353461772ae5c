"""`practice models`."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from practice import demo
from practice.base.paths import places
from practice.base.settings import load_settings
from practice.base.text import format_size
from practice.cli import options, output
from practice.core.model_measurement import find_real_model
from practice.speech.model_advice import (
    SpeedRecord,
    advise_model,
    describe_speed,
    load_speeds,
    measure_speeds,
    save_speeds,
    say_speed,
)
from practice.speech.model_figures import (
    FIGURES,
    MEASURED_ON,
    describe_hearing,
    summarise_hearing,
)
from practice.speech.model_shapes import SHAPES
from practice.speech.models import ALIASES, ModelInfo, ModelStore, Origin
from practice.speech.packaged_models import PACKAGED

PERCENT = 100
_SOURCES: Mapping[Origin, str] = {
    "demo": "practice itself",
    "own": "practice models get, or put there",
    "package": "a package of pip",
    "hub cache": "the Hugging Face cache, which other programs fill",
    "folder": "you",
}
WITHOUT_A_MODEL = "invented weights, about half a minute"


@click.group()
def models() -> None:
    """List, download, copy or remove speech models.

    \b
    practice models list
    practice models show base
    practice models advise
    practice models get base
    practice models add ~/Downloads/faster-whisper-base.zip
    practice models remove base
    """


@models.command("list")
@options.as_json
def list_models(as_json: bool) -> None:
    """List the models, those on this machine first, with what we measured of them."""
    known = sorted(_open_store().list(), key=lambda model: not model.installed)
    if as_json:
        speeds = load_speeds(places().model_speeds)
        output.print_document({"models": [_model_facts(model, speeds) for model in known]})
    else:
        output.print_table([_model_row(model) for model in known])


@models.command()
@click.argument("name")
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Show what is known of the model NAME: size, languages, how well and how fast it hears.

    NAME may be the path of a model folder.
    """
    store = _open_store()
    named = ALIASES.get(name, name)
    listed = {model.name: model for model in store.list()}
    model = listed.get(named) or store.describe(named)
    record = load_speeds(places().model_speeds)
    if as_json:
        output.print_document({"model": _model_facts(model, record)})
        return
    where = str(model.path) if model.path else f"not here: practice models get {model.name}"
    rows = [
        ("model", model.name),
        ("size", format_size(model.size_bytes)),
        ("on this machine", where),
        ("came from", _SOURCES[model.origin] if model.origin else _say_package(model.name)),
        ("languages", model.note),
        ("hears", f"{describe_hearing(model.name)}{_say_source(model.name)}"),
        ("speed here", describe_speed(record, model.name)),
    ]
    for label, text in rows:
        if text:
            output.print_data(f"{label:<16}{text}")


@models.command()
@options.as_json
def advise(as_json: bool) -> None:
    """Measure this machine and name the largest model that keeps up with speech.

    Needs no network. A model that is here hears a sample of speech, which takes some ten seconds;
    where there is none, models with invented weights are timed, which takes about half a minute.
    """
    here = places()
    settings = load_settings(here.settings_file)
    real = find_real_model(_open_store(), settings, here)
    with_what = f"the model {real.name}, about ten seconds" if real else WITHOUT_A_MODEL
    output.narrate(f"measuring this machine with {with_what}; longer where it is busy")
    with _show_part() as show_part:
        record = measure_speeds(show_part, real)
    save_speeds(here.model_speeds, record)
    advised = [speed for speed in record.speeds if speed.size in SHAPES]
    for speed in advised:
        output.narrate(f"{speed.size}: {say_speed(speed)}")
    best = advise_model(record.speeds, settings.language)
    if as_json:
        facts = [
            {
                "size": speed.size,
                "pace": speed.real_time_factor,
                "keeps_up": speed.keeps_up,
                "measured": speed.measured,
            }
            for speed in advised
        ]
        output.print_document({"proposed": best, "measured_with": record.model, "sizes": facts})
    elif best is None:
        output.print_data("no model keeps up here; the smallest is tiny, and its words come later")
    else:
        output.print_data(f"{best}: practice models get {best}")
        output.narrate(f"{best}: {describe_hearing(best)}")


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def get(name: str, yes: bool) -> None:
    """Download the model NAME: the only command that uses the network.

    A download that breaks off goes on where it stopped when it is started again.
    """
    store, folder = _open_store(), places().models
    known = {model.name: model for model in store.list()}.get(name)
    if known and known.installed:
        output.narrate(f"{name} is on this machine already: {known.path}")
        return
    if known:
        size = format_size(known.size_bytes)
        output.narrate(f"{name} is {size}; it comes from the Hugging Face hub and goes to {folder}")
        if not yes and sys.stdin.isatty():
            click.confirm("Download it now?", default=True, abort=True, err=True)
    with _show_progress(known.size_bytes if known else 0, "downloading") as show:
        path = store.get(name, show)
    output.narrate(f"{name} is ready: {path}")


@models.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it; else the name of its folder.")
@options.as_json
def add(path: Path, name: str | None, as_json: bool) -> None:
    """Copy a model that you have already, from a folder or an archive (zip, tar).

    For a machine without a network: have a friend copy the folder of a model, such as
    faster-whisper-base, from the cache of their hub or from `practice models show base`.
    """
    with _show_progress(0, "copying") as show:
        model = _open_store().add(path.expanduser(), name, show)
    if as_json:
        record = load_speeds(places().model_speeds)
        output.print_document({"model": _model_facts(model, record)})
    else:
        output.narrate(f"{model.name} is ready: {model.path}")


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Delete the model NAME from this machine, or what a broken-off download left of it.

    Only one that `practice models get` or `add` put there; takes and their words stay.
    """
    if not yes and sys.stdin.isatty():
        click.confirm(f"Delete the model {name!r}?", default=True, abort=True, err=True)
    freed_bytes = _open_store().remove(name)
    output.narrate(f"removed {name}: {format_size(freed_bytes)} are free again")


@contextmanager
def _show_progress(expected: int, label: str) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far something is: a bar on a terminal, else every tenth.

    Gives what is to be called with what is done and what there is to do.
    """
    if output.is_calm_terminal(sys.stderr):
        with click.progressbar(length=expected, label=label, file=sys.stderr) as progress_bar:

            def draw(done: int, total: int) -> None:
                progress_bar.length = total
                progress_bar.update(done - progress_bar.pos)

            yield draw
        return
    shown = 0

    def say(done: int, total: int) -> None:
        nonlocal shown
        tenth = 10 * done // max(total, 1)
        if tenth > shown:
            shown = tenth
            output.narrate(f"{label}: {tenth * 10} %")

    yield say


@contextmanager
def _show_part() -> Iterator[Callable[[float], None]]:
    """As `_show_progress`, of a measurement; gives what is to be called with 0 to 1."""
    with _show_progress(PERCENT, "measuring") as show:
        yield lambda part: show(int(part * PERCENT), PERCENT)


def _open_store() -> ModelStore:
    return ModelStore(places().models, demo.MODEL_FOLDER)


def _say_package(name: str) -> str:
    """How a model comes here without the hub, where it can."""
    packaged = PACKAGED.get(name)
    return f"or without the hub: {packaged.command}" if packaged else ""


def _say_source(name: str) -> str:
    return f" ({MEASURED_ON})" if name in FIGURES else ""


def _model_facts(model: ModelInfo, record: SpeedRecord | None) -> dict[str, object]:
    figures = FIGURES.get(model.name)
    speed = record.speed_of(model.name) if record else None
    return {
        "name": model.name,
        "size_bytes": model.size_bytes,
        "installed": model.installed,
        "path": str(model.path) if model.path else None,
        "origin": model.origin,
        "note": model.note,
        "hearing": {
            "recall": round(figures.recall, 2),
            "precision": round(figures.precision, 2),
            "words_wrong": figures.words_wrong,
        }
        if figures
        else None,
        "pace": speed.real_time_factor if speed else None,
        "pace_measured": speed.measured if speed else None,
    }


def _model_row(model: ModelInfo) -> tuple[str, ...]:
    state = {"package": "here, by pip", "hub cache": "here, hub cache"}.get(
        model.origin or "", "here" if model.installed else "-"
    )
    size, hears = format_size(model.size_bytes), summarise_hearing(model.name)
    return model.name, size, state, hears, model.note
