"""What is installed with the project is listed, and may be used by everybody."""

import re
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from tools.dependencies import licence, runtime

if TYPE_CHECKING:
    from importlib.metadata import PackageMetadata

LISTED = Path(__file__).parents[3] / "docs" / "dependencies.md"
FORBIDDEN = re.compile(r"(?<!L)GPL|AGPL|Affero|NonCommercial|CC-BY-NC|unknown", re.IGNORECASE)


def listed() -> dict[str, str]:
    rows = re.findall(r"^\| (\S+) \| (.+) \|$", LISTED.read_text(), re.MULTILINE)
    return {name: stated for name, stated in rows if name != "package"}


def test_every_package_that_is_needed_to_run_is_listed_with_its_licence() -> None:
    assert runtime().items() <= listed().items()


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
