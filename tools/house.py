"""How the code is built, in figures: `python -m tools.house [FOLDER]` (`make house`).

FOLDER is a checkout, this one where none is named, so that two states can be laid side by side.
"""

import argparse
import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from tools.imports import ROOT, Import, Kind, find_circles, find_imports, read_modules

PACKAGE = "practice"
_IRREGULAR = re.compile(
    "been|begun|bound|built|caught|chosen|drawn|fed|felt|found|given|gone|grown|heard|held|hidden"
    "|kept|known|laid|led|left|lost|made|meant|met|outlived|paid|said|seen|sent|shown|spoken|stood"
    "|sung|sunk|swum|taken|taught|thought|told|torn|understood|woken|won|worn|wound|written"
)
"""Past participles that do not end in -ed; `read` and `spread` are verbs as well."""
_NO_PARTICIPLES = frozenset({"heading", "string", "embed", "feed"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class NamedFunction:
    """A function or method and where it stands."""

    module: str
    node: Function
    in_class: bool

    @property
    def words(self) -> list[str]:
        """The words of its name."""
        return [word for word in self.node.name.split("_") if word]

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1

    @property
    def body_lines(self) -> int:
        """How many lines stand below its signature and docstring."""
        body = self.node.body[1:] if ast.get_docstring(self.node) else self.node.body
        return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def find_functions(modules: dict[str, ast.Module]) -> list[NamedFunction]:
    """Every function of every module but the special methods."""

    def walk(module: str, node: ast.AST, in_class: bool) -> Iterator[NamedFunction]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                if not child.name.startswith("__"):
                    yield NamedFunction(module, child, in_class)
                yield from walk(module, child, False)
            else:
                yield from walk(module, child, in_class or isinstance(child, ast.ClassDef))

    return [found for name, tree in modules.items() for found in walk(name, tree, False)]


def is_participle(function: NamedFunction) -> bool:
    """Whether a function of a module is named by what was done instead of what it does."""
    first = function.words[0]
    ends = first.endswith(("ed", "ing")) or bool(_IRREGULAR.fullmatch(first))
    return not function.in_class and ends and first not in _NO_PARTICIPLES


def count_comments(folder: Path) -> tuple[int, int]:
    """Comments that people wrote (directives for tools are none), and lines in all."""
    comments = lines = 0
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        lines += text.count("\n")
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                comments += not re.match(r"#\s*(noqa|type:|!)", token.string)
    return comments, lines


def find_used_once(modules: dict[str, ast.Module]) -> tuple[list[NamedFunction], int]:
    """Private functions that their module names once besides their definition, and all of them."""
    private = [f for f in find_functions(modules) if f.node.name.startswith("_")]
    uses: Counter[tuple[str, str]] = Counter()
    for name, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                uses[name, node.id] += 1
            elif isinstance(node, ast.Attribute):
                uses[name, node.attr] += 1
    return [f for f in private if uses[f.module, f.node.name] == 1], len(private)


def _folder_of(module: str, modules: dict[str, ast.Module], root: Path) -> str:
    path = root / Path(*module.split("."))
    return module if path.is_dir() else module.rpartition(".")[0]


def _room_edges(
    imports: list[Import], modules: dict[str, ast.Module], root: Path
) -> set[tuple[str, str]]:
    """Which room imports which: a folder of modules, or a module that stands beside folders."""
    branches = {
        _folder_of(name, modules, root).rpartition(".")[0]
        for name in modules
        if _folder_of(name, modules, root) == name
    }

    def room(module: str) -> str:
        folder = _folder_of(module, modules, root)
        return module if folder in branches else folder

    pairs = {(room(i.source), room(i.target)) for i in imports if i.target in modules}
    return {(source, target) for source, target in pairs if source != target}


def _percent(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})"


def describe_house(root: Path) -> str:
    """The figures of the checkout at `root`, a line each."""
    modules = read_modules(root / PACKAGE)
    imports = find_imports(modules)
    inner = [i for i in imports if i.target in modules and i.target != i.source]
    functions = find_functions(modules)
    comments, lines = count_comments(root / PACKAGE)
    module_functions = [f for f in functions if not f.in_class]
    sizes = sorted(f.lines for f in functions)
    once, private = find_used_once(modules)
    folders = Counter(_folder_of(name, modules, root) for name in modules if name != PACKAGE)
    rooms = _room_edges(imports, modules, root)
    told: list[tuple[str, object]] = [("modules", len(modules)), ("lines", lines)]
    told += [(f"modules in {folder}", count) for folder, count in folders.most_common(8)]
    for name, kinds in (
        ("circles when modules load", {Kind.LOAD}),
        ("circles with type-only imports", {Kind.LOAD, Kind.TYPES}),
        ("circles with lazy imports too", set(Kind)),
    ):
        circles = find_circles((i.source, i.target) for i in inner if i.kind in kinds)
        told.append((name, ", ".join(f"one of {len(c)} modules" for c in circles) or "none"))
    room_circles = find_circles(rooms)
    back = [edge for edge in rooms if any(edge[0] in c and edge[1] in c for c in room_circles)]
    told += [
        ("rooms", len({name for edge in rooms for name in edge})),
        ("arrows between rooms", len(rooms)),
        ("of them in a circle of rooms", len(back)),
        ("lazy imports of the package's own modules", sum(i.kind is Kind.LAZY for i in inner)),
        ("comments in 100 lines", f"{100 * comments / lines:.1f}"),
        ("functions", len(functions)),
        (
            "lines of a function, middle, 90 %, most",
            f"{median(sizes):.0f}, {quantiles(sizes, n=10)[-1]:.0f}, {sizes[-1]}",
        ),
        ("functions over 60 lines", sum(size > 60 for size in sizes)),
        ("private functions used once", _percent(len(once), private)),
        ("of them with two lines or less", sum(f.body_lines <= 2 for f in once)),
        (
            "functions of modules with one word for a name",
            _percent(sum(len(f.words) == 1 for f in module_functions), len(module_functions)),
        ),
        (
            "functions and methods with one word for a name",
            _percent(sum(len(f.words) == 1 for f in functions), len(functions)),
        ),
        (
            "functions of modules named by a participle",
            _percent(sum(map(is_participle, functions)), len(module_functions)),
        ),
        ("modules over 500 lines", sum(size > 500 for size in _module_sizes(root))),
    ]
    return "\n".join(f"{name:<50}{value}" for name, value in told)


def _module_sizes(root: Path) -> Iterator[int]:
    for path in (root / PACKAGE).rglob("*.py"):
        yield path.read_text(encoding="utf-8").count("\n")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tools.house")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT, help="a checkout")
    print(describe_house(parser.parse_args().folder))


if __name__ == "__main__":
    main()
