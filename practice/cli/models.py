"""`practice models`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from practice import demo
from practice.base.paths import places
from practice.base.settings import load_settings
from practice.base.text import format_size
from practice.cli import options, output
from practice.speech.model_advice import advise_model, measure_speeds
from practice.speech.models import ModelInfo, ModelStore


@click.group()
def models() -> None:
    """List, download or remove speech models.

    \b
    practice models list
    practice models advise
    practice models get base.en
    practice models remove base.en
    """


@models.command("list")
@options.as_json
def list_models(as_json: bool) -> None:
    """List the models, those on this machine first."""
    known = sorted(_open_store().list(), key=lambda model: not model.installed)
    if as_json:
        output.print_document({"models": [_model_facts(model) for model in known]})
    else:
        output.print_table([_model_row(model) for model in known])


@models.command()
@options.as_json
def advise(as_json: bool) -> None:
    """Measure this machine and name the largest model that keeps up with speech.

    Takes some seconds and needs no network: what is measured has the size of a model and invented
    weights.
    """
    speeds = []
    for speed in measure_speeds():
        speeds.append(speed)
        verdict = "keeps up" if speed.keeps_up else "is slower than speech"
        output.narrate(
            f"{speed.size} {verdict}: {speed.real_time_factor:.2f} s for a second of an answer"
        )
    best = advise_model(speeds, load_settings(places().settings_file).language)
    if as_json:
        facts = [
            {"size": speed.size, "pace": speed.real_time_factor, "keeps_up": speed.keeps_up}
            for speed in speeds
        ]
        output.print_document({"proposed": best, "sizes": facts})
    elif best is None:
        output.print_data("no model keeps up here; the smallest is tiny, and its words come later")
    else:
        output.print_data(f"{best}: practice models get {best}")


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
    with _show_download(known.size_bytes if known else 0) as show:
        path = store.get(name, show)
    output.narrate(f"{name} is ready: {path}")


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Delete the model NAME from this machine, or what a broken-off download left of it.

    Only a model that `practice models get` downloaded; takes and their words stay.
    """
    if not yes and sys.stdin.isatty():
        click.confirm(f"Delete the model {name!r}?", default=True, abort=True, err=True)
    freed_bytes = _open_store().remove(name)
    output.narrate(f"removed {name}: {format_size(freed_bytes)} are free again")


@contextmanager
def _show_download(expected_bytes: int) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far a download is: a bar on a terminal, else every tenth.

    Gives what is to be called with the bytes that are here and those that there will be.
    """
    if output.is_calm_terminal(sys.stderr):
        with click.progressbar(
            length=expected_bytes, label="downloading", file=sys.stderr
        ) as progress_bar:

            def draw(done_bytes: int, total_bytes: int) -> None:
                progress_bar.length = total_bytes
                progress_bar.update(done_bytes - progress_bar.pos)

            yield draw
        return
    shown = 0

    def say(done_bytes: int, total_bytes: int) -> None:
        nonlocal shown
        tenth = 10 * done_bytes // max(total_bytes, 1)
        if tenth > shown:
            shown = tenth
            output.narrate(f"{tenth * 10} % of {format_size(total_bytes)}")

    yield say


def _open_store() -> ModelStore:
    return ModelStore(places().models, demo.MODEL_FOLDER)


def _model_facts(model: ModelInfo) -> dict[str, object]:
    return {
        "name": model.name,
        "size_bytes": model.size_bytes,
        "installed": model.installed,
        "path": str(model.path) if model.path else None,
        "note": model.note,
    }


def _model_row(model: ModelInfo) -> tuple[str, ...]:
    state = "here" if model.installed else "-"
    return model.name, format_size(model.size_bytes), state, model.note
