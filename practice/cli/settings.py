"""`practice settings`."""

import sys

import click
import msgspec

from practice import demo
from practice.base.clock import SystemClock
from practice.base.errors import ModelError, SettingsError
from practice.base.paths import places
from practice.base.settings import change_setting, describe_setting, load_settings
from practice.cli import options, output
from practice.speech.models import DEMO, DEMO_NOTE, ModelStore


@click.command()
@click.argument("key", required=False)
@click.argument("value", required=False)
@options.as_json
def settings(key: str | None, value: str | None, as_json: bool) -> None:
    """Show the settings, or set KEY to VALUE.

    \b
    practice settings
    practice settings model base
    practice settings microphone "USB"
    """
    path = places().settings_file
    if key is not None and value is not None:
        if key == "model":
            value = _check_model(value)
        if key == "keep_audio_days":
            _agree_to_delete(value, load_settings(path).keep_audio_days)
        change_setting(path, key, value)
        output.narrate(f"{key} is now {value}; kept in {path}")
    values = msgspec.to_builtins(load_settings(path))
    if key is not None and value is None:
        if key not in values:
            raise click.UsageError(f"there is no setting {key!r}; `practice settings` lists them")
        values = {key: values[key]}
    if as_json:
        output.print_document({"settings": values, "path": str(path)})
    elif value is None:
        rows = [(name, _show(content), describe_setting(name)) for name, content in values.items()]
        output.print_table(rows)


def _show(value: object) -> str:
    """A value as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or '""'


def _agree_to_delete(value: str, before: int) -> None:
    """Say which sound goes when `value` is kept; in a terminal, ask first.

    Raises:
        Abort: The answer is no.
    """
    from practice.library.library import Library  # lazy: only for this setting
    from practice.library.retention import (  # lazy: likewise
        deletes_more,
        describe_expiry,
        find_expired,
    )

    # What is no number of days is refused when it is kept.
    if not value.isascii() or not value.isdigit() or not deletes_more(int(value), before):
        return
    here, days, clock = places(), int(value), SystemClock()
    expired = 0
    if here.database.exists():
        with Library(here.database, here.recordings, clock) as library:
            expired = len(find_expired(library.takes(), days, clock.now()))
    said = describe_expiry(expired, days)
    if sys.stdin.isatty():
        click.confirm(f"{said} Keep this setting?", abort=True, err=True)
    else:
        output.narrate(said)


def _check_model(name: str) -> str:
    """A model as it is kept; one that is not here yet is said, one that is none refused."""
    store = ModelStore(places().models, demo.MODEL_FOLDER)
    try:
        kept = store.check_name(name)
    except ModelError as error:
        raise SettingsError(f"model: {error.message}", error.hint) from error
    if kept == DEMO:
        output.narrate(f"{kept} {DEMO_NOTE}")
    try:
        store.find(kept)
    except ModelError as error:
        output.narrate_error(error)
    return kept
