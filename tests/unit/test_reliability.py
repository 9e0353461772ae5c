"""What the documentation says is proved, is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROOFS = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "reliability.md").read_text())


def test_there_are_proofs() -> None:
    assert len(PROOFS) > 30


@pytest.mark.parametrize("file", sorted({file for file, _ in PROOFS}))
def test_every_test_that_is_named_exists(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text())
    defined = {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name for path, name in PROOFS if path == file} - defined == set()
