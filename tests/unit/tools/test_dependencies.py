"""What is installed with the project is listed, and may be used by everybody."""

import re
import sys
import tomllib
from email.message import Message
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING, cast

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.dependencies import licence, runtime
from tools.imports import ROOT, find_imports, read_modules

if TYPE_CHECKING:
    from importlib.metadata import PackageMetadata

LISTED = ROOT / "docs" / "dependencies.md"
FORBIDDEN = re.compile(r"(?<!L)GPL|AGPL|Affero|NonCommercial|CC-BY-NC|unknown", re.IGNORECASE)


def read_table() -> dict[str, str]:
    rows = re.findall(r"^\| (\S+) \| (.+) \|$", LISTED.read_text(), re.MULTILINE)
    return {name: stated for name, stated in rows if name != "package"}


def test_every_package_that_is_needed_to_run_is_listed_with_its_licence() -> None:
    assert runtime().items() <= read_table().items()


def test_every_package_that_the_code_imports_is_declared() -> None:
    """None is there only because another package happens to need it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    found = find_imports(read_modules(ROOT / "practice"))
    imported = {one.target.partition(".")[0] for one in found} - {"practice"}
    packages = packages_distributions()
    needed = {
        canonicalize_name(package)
        for name in imported - sys.stdlib_module_names
        for package in packages[name]
    }
    assert needed == declared


def test_no_package_has_a_licence_that_would_bind_or_exclude_its_users() -> None:
    assert {name: text for name, text in runtime().items() if FORBIDDEN.search(text)} == {}


@pytest.mark.parametrize(
    ("fields", "stated"),
    [
        ({"License-Expression": "GPL-3.0-only", "License": "MIT"}, "GPL-3.0-only"),
        ({"License": "Apache 2.0"}, "Apache-2.0"),
        ({"Classifier": "License :: OSI Approved :: GNU Affero General Public License v3"}, "GNU"),
        ({"License": "a whole\ntext"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_the_licence_is_what_the_package_states(fields: dict[str, str], stated: str) -> None:
    metadata = Message()
    for name, value in fields.items():
        metadata[name] = value
    found = licence(cast("PackageMetadata", metadata))
    assert found.startswith(stated)
    assert bool(FORBIDDEN.search(found)) == (stated != "Apache-2.0")
