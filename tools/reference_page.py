"""Write docs/reference.md and the tables of docs/guide.md from the code (`make docs`).

`python -m tools.reference_page` writes; with `--check` it only says whether a page is stale.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

import click
import msgspec
from textual.keys import format_key

import practice
from practice.base.errors import PracticeError
from practice.base.exit_codes import ExitCode
from practice.base.settings import Settings, describe_setting
from practice.cli.main import cli
from practice.documents.review import ReviewDocument
from practice.tui import keymap
from practice.tui.key_meanings import MEANINGS
from tools.attribute_docs import attribute_docs
from tools.feedback_shapes import ShownReviewDocument
from tools.generated_blocks import DOCS, format_table, write_pages
from tools.json_keys import list_keys
from tools.json_shapes import DOCUMENTS, ImportDocument, ReviewsDocument, SettingsDocument

REFERENCE = DOCS / "reference.md"
GUIDE = DOCS / "guide.md"

LISTED_ELSEWHERE: Mapping[type, tuple[str, ...]] = {
    ReviewsDocument: ("reviews[]",),
    ImportDocument: ("import.bank",),
    SettingsDocument: ("settings",),
    ShownReviewDocument: tuple(field.name for field in fields(ReviewDocument)),
}
"""What is left out of a table because another one has it, by the document it is part of."""

ENVIRONMENT = {
    "PRACTICE_HOME": "A folder for everything: settings, library, recordings, models, log.",
    "NO_COLOR": "Set to anything: no colour, on the command line and in the app.",
    "TERM": "`dumb`: no colour, no line that is rewritten in place, and no app.",
    "TERM_PROGRAM": "Only named by `practice doctor`.",
    "VISUAL": "Your editor, for `practice banks edit` and E in the app.",
    "EDITOR": "The same, where VISUAL is not set.",
    "HF_HOME": "Where models that other programs downloaded are looked for.",
    "HF_HUB_CACHE": "The same, before HF_HOME.",
    "HF_ENDPOINT": "Another hub than huggingface.co to get models from.",
    "OPENBLAS_NUM_THREADS": "Threads of NumPy's library; 1 unless you set it.",
}
"""What is read from the environment, and what it does."""

SET_FOR_CHILDREN = {
    "HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "ORT_DISABLE_TELEMETRY",
    "ORT_TELEMETRY_DISABLED", "OMP_WAIT_POLICY",
}  # fmt: skip
"""What is only set, for the speech process: its libraries ask nobody and report to nobody."""

_KEY_NAMES = {"⏎": "Enter", "⌫": "Backspace", "pgup": "PgUp", "pgdn": "PgDn"}


def reference_blocks() -> dict[str, str]:
    """What belongs into each block of docs/reference.md."""
    return {
        "commands": "\n".join(_command_sections()),
        "exit codes": _exit_codes(),
        "error codes": _error_codes(),
        "json": "\n".join(_json_sections()),
        "settings": _settings(attribute_docs(Settings)),
        "keys": _all_keys(),
        "environment": _environment(),
    }


def guide_blocks() -> dict[str, str]:
    """What belongs into each block of docs/guide.md: the settings, the keys and their meanings."""
    places = dict.fromkeys(command.place for command in keymap.list_commands())
    return {
        "key meanings": _key_meanings(),
        "settings": _settings(
            {name: describe_setting(name) for name in Settings.__struct_fields__}
        ),
        **{f"keys {place}": _keys_of(place) for place in places},
    }


def list_commands(
    group: click.Group = cli, name: str = "practice"
) -> Iterator[tuple[str, click.Command]]:
    """Every command and group of commands with its whole name, a group before its commands."""
    context = click.Context(group, info_name=name)
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command is not None
        yield f"{name} {part}", command
        if isinstance(command, click.Group):
            yield from list_commands(command, f"{name} {part}")


def _command_sections() -> Iterator[str]:
    for name, command in list_commands():
        context = click.Context(command, info_name=name)
        usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
        yield f"### {name}\n\n```\n{usage}\n```\n"
        yield from _help_paragraphs(command.help or "")
        options = [p for p in command.params if isinstance(p, click.Option)]
        if options:
            yield format_table(("option", "meaning"), (_option_row(o) for o in options))


def _help_paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a help text; those that keep their lines are examples."""
    for paragraph in cleandoc(text).split("\n\n"):
        mark, _, lines = paragraph.partition("\n")
        if mark == "\b":
            yield f"```\n{lines}\n```\n"
        else:
            yield " ".join(paragraph.split()) + "\n"


def _option_row(option: click.Option) -> tuple[str, str]:
    value = "" if option.is_flag else f" {option.metavar or _value_name(option)}"
    names = ", ".join(f"`{name}{value}`" for name in sorted(option.opts, key=len))
    if option.multiple:
        names += " (more than once)"
    shows_default = not option.is_flag and isinstance(option.default, str | int)
    default = f"Without it: {option.default}." if shows_default else ""
    return names, " ".join(filter(None, (option.help, _limits(option), default)))


def _value_name(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(option.type.choices)
    return "NUMBER" if isinstance(option.type, click.IntRange | click.FloatRange) else "TEXT"


def _limits(option: click.Option) -> str:
    kind = option.type
    if isinstance(kind, click.IntRange) and kind.min is not None:
        return f"At least {kind.min}."
    return ""


def _exit_codes() -> str:
    docs = attribute_docs(ExitCode)
    return format_table(("code", "meaning"), ((str(int(c)), docs[c.name]) for c in ExitCode))


def _error_codes() -> str:
    rows = {
        kind.code: (f"`{kind.code}`", str(int(kind.exit_code)), _first_line(kind))
        for kind in reversed(list(_errors_with_codes()))
    }
    return format_table(("code", "exit code", "meaning"), reversed(rows.values()))


def _errors_with_codes() -> Iterator[type[PracticeError]]:
    """Every kind of error that states a code, those that all rooms share first."""
    for module, source in _sources():
        if re.search(r"^    code\b.* = ", source, re.MULTILINE):
            for kind in vars(import_module(module)).values():
                is_own = isinstance(kind, type) and kind.__module__ == module
                if is_own and issubclass(kind, PracticeError) and "code" in vars(kind):
                    yield kind


def _json_sections() -> Iterator[str]:
    where = [(f"`{c}`", d) for d, commands in DOCUMENTS.items() for c in commands]
    names = {document: document.__name__.removesuffix("Document") for document in DOCUMENTS}
    links = ((command, f"[{names[d]}](#{names[d].lower()}-document)") for command, d in where)
    yield format_table(("command", "prints"), links)
    for document in DOCUMENTS:
        yield f"### {names[document]} document\n\n{_first_line(document)}\n"
        keys = list_keys(document, LISTED_ELSEWHERE.get(document, ()))
        yield format_table(
            ("key", "holds", "meaning"), ((f"`{k.path}`", k.kind, k.meaning) for k in keys)
        )


def _first_line(documented: type) -> str:
    return (documented.__doc__ or "").partition("\n")[0]


def _settings(meanings: Mapping[str, str]) -> str:
    defaults = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in msgspec.to_builtins(Settings()).items()
    }
    rows = (
        (f"`{n}`", f"`{d}`" if d not in ("", {}) else "", meanings[n]) for n, d in defaults.items()
    )
    return format_table(("setting", "default", "meaning"), rows)


def key_name(key: str) -> str:
    """A key as it stands on a keyboard: `question_mark` is `?`, `ctrl+s` is `Ctrl+S`."""
    shown = format_key(key)
    if shown in _KEY_NAMES or len(shown) == 1:
        return _KEY_NAMES.get(shown, shown)
    return "+".join(part[:1].upper() + part[1:] for part in shown.split("+"))


def _key_names(keys: Iterable[str]) -> str:
    return " or ".join(f"`{key_name(key)}`" for key in keys)


def _key_meanings() -> str:
    rows = ((_key_names(m.keys.split(",")), m.words) for m in MEANINGS)
    return format_table(("key", "what it means"), rows)


def _all_keys() -> str:
    rows = ((c.place, _key_names(c.keys), c.help, f"`{c.id}`") for c in keymap.list_commands())
    return format_table(("where", "key", "what it does", "id"), rows)


def _keys_of(place: str) -> str:
    rows = ((_key_names(c.keys), c.help) for c in keymap.list_commands() if c.place == place)
    return format_table(("key", "what it does"), rows)


def _environment() -> str:
    read = variables_read()
    if read != set(ENVIRONMENT) | SET_FOR_CHILDREN:
        odd = ", ".join(sorted(read ^ (set(ENVIRONMENT) | SET_FOR_CHILDREN)))
        raise ValueError(f"environment variables and their descriptions differ: {odd}")
    return format_table(
        ("variable", "what it does"), ((f"`{n}`", m) for n, m in ENVIRONMENT.items())
    )


def variables_read() -> set[str]:
    """Names that look like variables in the modules that touch the environment."""
    found: set[str] = set()
    for _, source in _sources():
        if "environ" in source:
            named = (part for node in ast.walk(ast.parse(source)) for part in _naming_parts(node))
            texts = (part.value for part in named if isinstance(part, ast.Constant))
            found |= {t for t in texts if isinstance(t, str) and re.fullmatch(r"[A-Z_]{4,}", t)}
    return found


def _naming_parts(node: ast.AST) -> Sequence[ast.expr | None]:
    """The parts of an expression that may name a variable, not the value it is given."""
    match node:
        case ast.Call(args=parts) | ast.Tuple(elts=parts) | ast.Dict(keys=parts):
            return parts
        case ast.Compare(left=part) | ast.Subscript(slice=part):
            return [part]
    return []


def _sources() -> Iterator[tuple[str, str]]:
    """The name and the text of every module of the package."""
    root = Path(practice.__file__).parent
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        yield ".".join(parts), path.read_text(encoding="utf-8")


if __name__ == "__main__":
    pages = {REFERENCE: reference_blocks, GUIDE: guide_blocks}
    sys.exit(write_pages("tools.reference_page", pages))
