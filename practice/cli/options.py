"""Options that several commands share."""

import click

as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document instead of text."
)
model = click.option("--model", metavar="M", help="Speech model: a size, a folder, or demo.")
language = click.option("--language", metavar="L", help="Language that is spoken, such as en.")
device = click.option("--device", metavar="NAME", help="Microphone, by name or a part of it.")
track = click.option(
    "--track", type=click.IntRange(min=1), metavar="N", help="Which sound track, where several are."
)
