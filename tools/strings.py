"""Every text that a person can see, with its place: `python -m tools.strings [FOLDER ...]`.

For reading the product's words in one go, from top to end. A text is seen when a program writes it
to somebody: strings of screens, commands, reports, definitions and errors. Docstrings are left out,
but for those that become the help of a command; so are names, keys, patterns, styles and SQL.
"""

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.imports import ROOT

UNSEEN_CALLS = frozenset(
    {"Literal", "TypeVar", "cast", "compile", "getLogger", "glob", "import_module", "query_one"}
    | {"query", "add_class", "remove_class", "set_class", "has_class", "toggle_class"}
)
"""Strings among the arguments of these are names or patterns."""
UNSEEN_NAMES = frozenset({"BINDINGS", "CSS", "CSS_PATH", "DEFAULT_CSS", "__all__", "AUTO_FOCUS"})
UNSEEN_KEYWORDS = frozenset({"classes", "id", "encoding", "errors", "mode", "key", "newline"})
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|VACUUM|BEGIN)\b")
NAME = re.compile(r"[\w./:*#%+=<>,|\[\]{}@~-]*")
"""One word without a capital, or signs: an id, a path, a format."""


@dataclass(frozen=True, slots=True)
class SeenText:
    """A text and where it is written."""

    path: Path
    line: int
    text: str
    """With {} for what is put in."""


def find_texts(folder: Path) -> list[SeenText]:
    """The texts in the modules of `folder`, by path and line."""
    return [
        SeenText(path, line, text)
        for path in sorted(folder.rglob("*.py"))
        for line, text in sorted(_Reader.read(ast.parse(path.read_text(encoding="utf-8"))))
    ]


class _Reader(ast.NodeVisitor):
    """Walks a module and keeps the strings that are no docstrings, names or patterns."""

    def __init__(self) -> None:
        self.found: set[tuple[int, str]] = set()

    @classmethod
    def read(cls, tree: ast.Module) -> set[tuple[int, str]]:
        """The texts of a module with their lines."""
        reader = cls()
        reader.visit(tree)
        return reader.found

    def visit_Expr(self, node: ast.Expr) -> None:
        """A string that stands alone is a docstring."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """The docstring of a command is its help."""
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        help_text = ast.get_docstring(node)
        if help_text and any(".command(" in each or ".group(" in each for each in decorators):
            self._keep(node.lineno, " ".join(help_text.split()))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Names of things are no texts."""
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        if called not in UNSEEN_CALLS:
            for argument in node.args:
                self.visit(argument)
            for keyword in node.keywords:
                if keyword.arg not in UNSEEN_KEYWORDS:
                    self.visit(keyword.value)
        self.visit(node.func)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Some names of classes hold styles or keys."""
        names = {each.id for each in node.targets if isinstance(each, ast.Name)}
        if not names & UNSEEN_NAMES:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Types are no texts."""
        is_unseen = isinstance(node.target, ast.Name) and node.target.id in UNSEEN_NAMES
        if node.value is not None and not is_unseen:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """Types are no texts."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """An f-string is one text."""
        parts = [
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        ]
        self._keep(node.lineno, "".join(parts))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A plain string."""
        if isinstance(node.value, str):
            self._keep(node.lineno, node.value)

    def _keep(self, line: int, text: str) -> None:
        is_text = any(character.isalpha() for character in text.replace("{}", ""))
        if is_text and not NAME.fullmatch(text) and not SQL.match(text):
            self.found.add((line, text))


def main() -> None:
    """Print every text, module by module."""
    module = None
    for folder in [Path(each) for each in sys.argv[1:]] or [ROOT / "practice"]:
        for seen in find_texts(folder):
            if seen.path != module:
                module = seen.path
                print(f"\n{module}")
            print(f"{seen.line:5d}  {seen.text!r}")


if __name__ == "__main__":
    main()
