"""The command lines that the documentation shows are ones that `practice` understands."""

import re
import shlex
from pathlib import Path

import click
import pytest

from practice.cli.main import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"^(?:[A-Z_]+=\S+ )?practice (.*)$", re.MULTILINE)
USAGE = re.compile(r"\[OPTIONS\]")
SHOWN = {
    (page.name, line)
    for page in PAGES
    for block in BLOCK.findall(page.read_text(encoding="utf-8"))
    for line in LINE.findall(block)
    if not USAGE.search(line)
}


def parse_command(line: str) -> None:
    """Parse what stands behind `practice`, up to a pipe or a redirection, and run nothing.

    Raises:
        UsageError: There is no such command or option, or something is missing.
    """
    arguments = re.split(r" \||>", line)[0]
    command: click.Command = cli
    context = click.Context(cli, info_name="practice")
    rest = shlex.split(arguments, comments=True)
    while isinstance(command, click.Group) and rest:
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None, f"no command {name}"
        command, context = found, click.Context(found, context, name)
    command.make_context(context.info_name, rest, context.parent)


def test_there_are_examples() -> None:
    assert len(SHOWN) > 50


@pytest.mark.parametrize(("page", "line"), sorted(SHOWN), ids=lambda text: text)
def test_an_example_is_understood(page: str, line: str) -> None:
    parse_command(line)


@pytest.mark.parametrize("line", ["recrod", "takes shwo last", "record --secnods 3", "takes show"])
def test_an_example_with_a_mistake_is_not_understood(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse_command(line)
