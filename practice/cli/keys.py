"""`practice keys`."""

import click

from practice.base.paths import places
from practice.base.settings import load_settings
from practice.cli import options, output


@click.command()
@options.as_json
def keys(as_json: bool) -> None:
    """List the keys of the terminal app with the ids that settings can give other keys.

    \b
    [keys]                      in the settings file
    "session.pause" = "f5"
    """
    # Imports every screen: 300 ms that no other command pays.
    from practice.tui.keymap import list_commands, unknown_ids  # lazy: every screen

    own = load_settings(places().settings_file).keys
    listed = list_commands(own)
    if as_json:
        output.print_document(
            {
                "keys": [
                    {"id": c.id, "keys": list(c.keys), "help": c.help, "place": c.place}
                    for c in listed
                ]
            }
        )
    else:
        output.print_table([(c.place, ", ".join(c.keys), c.id, c.help) for c in listed])
    for name in unknown_ids(own):
        output.narrate(f"settings: [keys] names {name!r}, which is not a command")
