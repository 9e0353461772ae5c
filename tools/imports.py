"""The import graph of the package, with every import counted: lazy and type-only ones too.

import-linter reads the same graph but can leave kinds of imports out; here each import is kept
with its kind, so that a circle which only hides behind a function or `TYPE_CHECKING` is seen.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parent.parent


class Kind(StrEnum):
    """When an import is carried out."""

    LOAD = "load"
    """With its module."""
    TYPES = "types"
    """By the type checker alone."""
    LAZY = "lazy"
    """When a function is called."""


@dataclass(frozen=True, slots=True)
class Import:
    """One module imports another."""

    source: str
    target: str
    """As it is written: a module of the package, a library, or a name in a module."""
    kind: Kind
    line: int


def read_modules(package: Path) -> dict[str, ast.Module]:
    """Every module of `package`, parsed, by its dotted name."""
    return {
        _dotted(path, package.parent): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
    }


def _dotted(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def find_imports(modules: Mapping[str, ast.Module]) -> list[Import]:
    """Every import of every module.

    `from package.room import module` counts as an import of the module, where there is one.
    """
    return [
        Import(name, target, kind, line)
        for name, tree in modules.items()
        for target, kind, line in _imports_of(tree, Kind.LOAD, modules)
    ]


def _imports_of(
    node: ast.AST, kind: Kind, modules: Mapping[str, ast.Module]
) -> Iterator[tuple[str, Kind, int]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, kind, child.lineno) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.module is not None, "imports are absolute"
            for alias in child.names:
                inner = f"{child.module}.{alias.name}"
                yield (inner if inner in modules else child.module), kind, child.lineno
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _imports_of(child, Kind.LAZY, modules)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            yield from _imports_of(child, Kind.TYPES, modules)
        else:
            yield from _imports_of(child, kind, modules)


def find_circles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The sets of more than one name that all lead to each other, the largest first.

    Tarjan's algorithm for strongly connected components, without recursion: a name is pushed
    with the iterator over what it leads to, and its component is complete when that is used up.
    """
    graph: dict[str, set[str]] = {}
    for source, target in edges:
        graph.setdefault(source, set()).add(target)
        graph.setdefault(target, set())
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_names: list[str] = []
    circles: list[list[str]] = []
    for start in sorted(graph):
        if start in index:
            continue
        path = [(start, iter(sorted(graph[start])))]
        index[start] = lowest[start] = len(index)
        open_names.append(start)
        while path:
            name, following = path[-1]
            for target in following:
                if target not in index:
                    index[target] = lowest[target] = len(index)
                    open_names.append(target)
                    path.append((target, iter(sorted(graph[target]))))
                    break
                if target in open_names:
                    lowest[name] = min(lowest[name], index[target])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == index[name]:
                    place = open_names.index(name)
                    circle, open_names[place:] = open_names[place:], []
                    if len(circle) > 1:
                        circles.append(sorted(circle))
    return sorted(circles, key=len, reverse=True)
