"""`practice completion`."""

import click
from click.shell_completion import get_completion_class

from practice.cli import output


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    practice completion bash >> ~/.bash_completion
    practice completion zsh > ~/.zfunc/_practice
    practice completion fish > ~/.config/fish/completions/practice.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    output.print_data(kind(ctx.find_root().command, {}, "practice", "_PRACTICE_COMPLETE").source())
