"""No screen or widget reads or writes what is stored on the interface's thread.

What waits there freezes the screen, and what is refused there ends the app. So a call on the
library, the banks, the settings or a session run that blocks may stand only in a function that is
handed over: to `in_background`, to `PracticeScreen.change`, or to a method that hands it on.
"""

import ast
from collections.abc import Iterator

import pytest

from tools.imports import ROOT, read_modules

HANDED_OVER = {
    "in_background": 1,
    "change": 0,
    "add": 0,
    "edit": 1,
    "ask_to_delete": 2,
    "ask": 0,  # of a `LatestRead`; what a navigator asks first is a text
}
"""Which argument of a call is carried out on another thread."""
CALLED_BESIDE = {"finish_for_leaving"}
"""What the app calls on another thread."""
STORED = {
    *("library", "annotations", "calibrations", "catalogue", "workspace", "models", "editing"),
}
"""Whatever is called on these may wait for the disk."""
IN_MEMORY = {
    ("editing", "entries"), ("editing", "entry"), ("editing", "ids"), ("workspace", "use"),
}  # fmt: skip
WRITES = {"change_setting", "write_atomic"}
OF_A_SESSION_RUN = {
    *(
        "open_microphone",
        "reopen_microphone",
        "begin",
        "finish",
        "start_again",
        "leave",
        "abandon",
        "go_back",
        "delete_last",
    ),
    "drop_fragment",
    *("close", "summary"),
}
"""Methods of a session run that block."""
BELOW_THE_SCREENS = ("practice.tui.jobs", "practice.tui.services", "practice.tui.run")
"""What hands work over, opens the core, or runs after the app."""

Named = ast.FunctionDef | ast.AsyncFunctionDef
MODULES = {
    f"practice.{name}": tree
    for name, tree in read_modules(ROOT / "practice" / "tui").items()
    if not f"practice.{name}".startswith(BELOW_THE_SCREENS)
}


def dotted_name(node: ast.expr) -> list[str]:
    """The names of `a.b.c`, or of `a.b().c`, outermost last."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [*dotted_name(node.value), node.attr]
    return dotted_name(node.func) if isinstance(node, ast.Call) else []


def touches_what_is_stored(call: ast.Call) -> bool:
    *owners, method = dotted_name(call.func) or [""]
    owners = [owner.removeprefix("_") for owner in owners]
    if any((owner, method) in IN_MEMORY for owner in owners):
        return False
    if method in OF_A_SESSION_RUN:
        return "session_run" in owners
    return method in WRITES or bool(STORED & set(owners)) or "review_editor" in owners


class Module:
    """The functions of a module, and which of them run beside the interface."""

    def __init__(self, tree: ast.Module) -> None:
        self.parents = {c: node for node in ast.walk(tree) for c in ast.iter_child_nodes(node)}
        self.calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        self.named: dict[str, list[ast.AST]] = {}
        for node in ast.walk(tree):
            if isinstance(node, Named):
                self.named.setdefault(node.name, []).append(node)
        self.handing = dict(HANDED_OVER)
        self.beside: set[ast.AST] = set()
        for name in CALLED_BESIDE:
            self.beside.update(self.named.get(name, []))
        known = -1
        while known != len(self.beside) + len(self.handing):
            known = len(self.beside) + len(self.handing)
            for call in self.calls:
                self.follow(call)
            for function in list(self.beside):
                self.follow_references(function)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The functions around a node, from the inside out."""
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, Named | ast.Lambda):
                yield node

    def runs_beside(self, node: ast.AST) -> bool:
        return any(function in self.beside for function in self.around(node))

    def follow(self, call: ast.Call) -> None:
        """Note what a call hands over, also where it is handed over by `call_later(hand, …)`."""
        for names, arguments in (
            (dotted_name(call.func), call.args),
            (dotted_name(call.args[0]) if call.args else [], call.args[1:]),
        ):
            place = self.handing.get(names[-1]) if names else None
            if place is not None and len(arguments) > place:
                self.hand_over(arguments[place], call)

    def hand_over(self, work: ast.expr, call: ast.Call) -> None:
        if isinstance(work, ast.Lambda):
            self.beside.add(work)
        elif names := dotted_name(work):
            self.beside.update(self.named.get(names[-1], []))
        used = {node.id for node in ast.walk(work) if isinstance(node, ast.Name)}
        for function in self.around(call):
            if isinstance(function, Named):
                parameters = [arg.arg for arg in function.args.args if arg.arg != "self"]
                for place, name in enumerate(parameters):
                    if name in used:
                        self.handing[function.name] = place

    def follow_references(self, function: ast.AST) -> None:
        """A function that is named in one that runs beside the interface runs there too."""
        for node in ast.walk(function):
            if isinstance(node, ast.Name | ast.Attribute) and len(names := dotted_name(node)) <= 2:
                self.beside.update(self.named.get(names[-1], []) if names else [])

    def faults(self) -> list[str]:
        return [
            f"line {call.lineno}: {ast.unparse(call.func)}"
            for call in self.calls
            if touches_what_is_stored(call) and not self.runs_beside(call)
        ]


def find_faults(code: str) -> list[str]:
    return Module(ast.parse(code)).faults()


@pytest.mark.parametrize("module", MODULES)
def test_nothing_stored_is_touched_on_the_interfaces_thread(module: str) -> None:
    assert Module(MODULES[module]).faults() == []


@pytest.mark.parametrize(
    "code",
    [
        "def action_star(self):\n    self.services.interview.library.marks.star(self.id)",
        "def action_use(self):\n    self.services.change_setting('model', 'x')",
        "def work(self):\n    self.library.take(1)\ndef show(self):\n    self.work()",
        "def show(self):\n    self.change(lambda: 1, lambda _: self._library.take(1))",
        "def end(self):\n    self.session_run.close()",
        "def undo(self):\n    self._review_editor.undo()",
    ],
)
def test_a_call_on_the_interfaces_thread_is_found(code: str) -> None:
    assert find_faults(code)


@pytest.mark.parametrize(
    "code",
    [
        "def star(self):\n    self.change(lambda: self._library.star(1), self.show)",
        "def read(self):\n    in_background(self, self._read, 'x')\n"
        "def _read(self):\n    return self._more()\ndef _more(self):\n    self.library.takes()",
        "def _do(self, work):\n    in_background(self, lambda: work(), 'x')\n"
        "def end(self):\n    self._do(lambda: self.library.takes())",
        "def rate(self):\n    def work():\n        library.rate(1)\n    self.change(work)",
    ],
)
def test_a_call_that_is_handed_over_is_none(code: str) -> None:
    assert find_faults(code) == []
