import re

from tools.architecture_page import PACKAGE, PAGE, blocks
from tools.generated_blocks import fill_blocks

ROOT = PACKAGE.parent
TEXT = PAGE.read_text(encoding="utf-8")
BY_HAND = fill_blocks(TEXT, dict.fromkeys(blocks(), ""))
NAMED = set(re.findall(r"`([^`\n]+)`", BY_HAND))


def test_the_page_is_as_the_code_is() -> None:
    assert fill_blocks(TEXT, blocks()) == TEXT, "docs/architecture.md is stale: run make docs"


def test_every_path_that_is_named_is_there() -> None:
    paths = {
        re.sub(r"[.](?!py$|toml$|md$)\w+$", "", name)  # what a module holds is no part of its path
        for name in NAMED
        if re.fullmatch(r"[\w/.]+/[\w/.]*", name)
    }
    assert len(paths) > 20
    missing = [
        path
        for path in paths
        if not any(
            (root / path).exists() or (root / f"{path}.py").exists()
            for root in (ROOT, PACKAGE, PACKAGE / "delivery", PACKAGE / "speech" / "child")
        )
    ]
    assert missing == []


def test_every_name_of_the_code_that_is_named_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    words = set(re.findall(r"\w+", code)) | {path.stem for path in PACKAGE.rglob("*.py")}
    names = {
        part
        for name in NAMED
        if re.fullmatch(r"[A-Za-z_]\w*([.]\w+)*", name)
        for part in name.split(".")
    }
    not_of_the_code = {"pyproject", "toml", "md", "py", "__init__"}
    assert names - words - not_of_the_code == set()
