"""Letters made of facts and templates; a template of the user's own can reach nothing else.

A template may come from a stranger. It may name the facts, ask whether there are any, go through
them, and use a few filters. Everything else is refused before it runs: attributes, calls,
arithmetic, other files, and whatever could make an endless text of a short one.
"""

import traceback
from collections.abc import Iterator
from dataclasses import asdict, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from practice.base.errors import LetterError, StorageError
from practice.base.paths import show_path
from practice.base.text import did_you_mean, one_line, plain
from practice.letters.facts import LetterFacts, LetterKind

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATES = files("practice.letters") / "templates"
ENDING = ".txt.j2"
LARGEST_TEMPLATE = 50_000
LONGEST_LETTER = 300_000
"""Characters; more than all facts together have."""
LOOP_FACTS = {"first", "last", "index"}
"""What a loop may say of where it is."""
_FILTERS = {
    "capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper",
}  # fmt: skip


def own_template(folder: Path, kind: LetterKind) -> Path:
    """Where the user's own template of a kind lies, or would lie."""
    return folder / f"{kind}{ENDING}"


def shipped_template(kind: LetterKind) -> str:
    """The template that comes with the program."""
    return (TEMPLATES / f"{kind}{ENDING}").read_text(encoding="utf-8")


def write_letter(kind: LetterKind, facts: LetterFacts, folder: Path) -> str:
    """The letter as text, from the user's own template where there is one.

    Raises:
        LetterError: The template has a mistake; it names file and line.
        StorageError: It cannot be read.
    """
    path = own_template(folder, kind)
    own = _read_own(path)
    name = show_path(path)
    return render(shipped_template(kind) if own is None else own, facts, name)


def render(source: str, facts: LetterFacts, name: str) -> str:
    """A template filled in: blank lines that missing facts leave are folded into one.

    Args:
        source: The template.
        facts: What it may name.
        name: What the template is called where something is wrong with it.

    Raises:
        LetterError: It has a mistake.
    """
    from jinja2 import TemplateError, TemplateSyntaxError  # lazy: only for a letter

    try:
        # Every mistake is found here, whichever facts this interview has.
        _check(_environment().parse(source), name)
        text = "".join(_limit(_environment().from_string(source).generate(asdict(facts)), name))
    except TemplateSyntaxError as error:
        raise _letter_error(name, error.lineno, error.message or "") from error
    except (RecursionError, MemoryError, SyntaxError) as error:
        # Jinja makes Python of a template, which nests only so deep.
        raise _letter_error(name, None, "it is nested too deeply") from error
    except (TemplateError, TypeError, ValueError, LookupError) as error:
        raise _letter_error(name, _find_line(error), str(error)) from error
    return _tidy(plain(text))


def _check(template: "nodes.Template", name: str) -> None:
    """Refuse what a letter has no need of, and every name that is no fact."""
    from jinja2 import nodes  # lazy: only for a letter

    allowed = (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.If,
        nodes.For, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
        nodes.Not, nodes.CondExpr, nodes.Getitem, nodes.Keyword,
    )  # fmt: skip
    known = {field.name for field in fields(LetterFacts)}
    in_loops = {each.name for each in template.find_all(nodes.Name) if each.ctx == "store"}
    for loop in template.find_all(nodes.For):
        inner = list(loop.find_all(nodes.For))
        if any(True for each in inner for _ in each.find_all(nodes.For)) or loop.recursive:
            raise _letter_error(name, loop.lineno, "a loop in a loop in a loop is too deep")
        if not isinstance(loop.iter, nodes.Name):
            raise _letter_error(name, loop.lineno, "a loop can only go through a fact")
    for outer in template.find_all(nodes.Filter):
        # Each join may make a text as long as the product of two: a few would fill the memory.
        if outer.name == "join" and any(
            each.name == "join" for each in outer.find_all(nodes.Filter)
        ):
            raise _letter_error(name, outer.lineno, "a join in a join is too long")
    for node in template.find_all(nodes.Node):
        if isinstance(node, nodes.Getattr):
            of_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop"
            if not of_loop or node.attr not in LOOP_FACTS:
                raise _letter_error(name, node.lineno, f"“.{node.attr}”: a fact has no parts")
        elif not isinstance(node, allowed):
            kind = type(node).__name__.lower()
            raise _letter_error(name, node.lineno, f"a letter cannot use this ({kind})")
        elif isinstance(node, nodes.Name) and node.name not in known | in_loops | {"loop"}:
            near = did_you_mean(node.name, known)
            reason = f"there is no fact {one_line(node.name)!r}"
            raise _letter_error(name, node.lineno, f"{reason}; {near}" if near else reason)


def _read_own(path: Path) -> str | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(
            f"cannot read {show_path(path)}: {error.strerror or error}",
            "make it readable, or delete it to use the template that comes with practice",
        ) from error
    if len(data) > LARGEST_TEMPLATE:
        raise LetterError(f"{show_path(path)} is too large for a letter", "shorten it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _letter_error(show_path(path), line, "it is no UTF-8") from error


@lru_cache(maxsize=1)
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined  # lazy: only for a letter
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # lazy: likewise

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.globals.clear()
    for name in set(environment.filters) - _FILTERS:
        del environment.filters[name]
    return environment


def _limit(pieces: Iterator[str], name: str) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST_LETTER:
            raise LetterError(f"{name} makes a letter without end", "look at its loops")
        yield piece


def _find_line(error: BaseException) -> int | None:
    """The line of the template that failed: Jinja puts it into the traceback."""
    found = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in found if frame.filename == "<template>"]
    return lines[-1] if lines else None


def _letter_error(name: str, line: int | None, reason: str) -> LetterError:
    where = f"{name}, line {line}" if line else name
    return LetterError(
        f"{where}: {one_line(reason)}",
        "correct the line, or delete the file to use the template that comes with practice",
    )


def _tidy(text: str) -> str:
    lines: list[str] = []
    for line in map(str.rstrip, text.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"
