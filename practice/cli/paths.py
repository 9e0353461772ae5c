"""`practice paths`."""

import click

from practice.base import paths as ground
from practice.cli import options, output


@click.command()
@options.as_json
def paths(as_json: bool) -> None:
    """Show where settings, recordings, models and logs are kept.

    \b
    practice paths
    PRACTICE_HOME=~/elsewhere practice paths
    """
    places = ground.places()
    rows = {
        "settings": places.settings_file,
        "stories": places.stories,
        "fillers": places.lexicon,
        "library": places.database,
        "recordings": places.recordings,
        "banks": places.banks,
        "models": places.models,
        "log": places.log,
    }
    if as_json:
        output.print_document({"paths": {name: str(path) for name, path in rows.items()}})
    else:
        output.print_table([(name, str(path)) for name, path in rows.items()])
