"""What `pip install` brings, and under which licence; `python -m tools.dependencies` prints it.

The table is the one in docs/dependencies.md, which a test compares with what is installed.
"""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageMetadata, distribution

from packaging.requirements import Requirement

PROJECT = "interview-practice"
_NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "BSD License": "BSD",
    "BSD 3-Clause License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
}
"""Older ways to name a licence, as SPDX has them."""


def runtime() -> dict[str, str]:
    """The licence of every package that the project needs to run, by name, as installed here."""
    found: dict[str, Distribution] = {}
    _follow(PROJECT, found)
    del found[PROJECT]
    return {name: licence(found[name].metadata) for name in sorted(found)}


def _follow(name: str, found: dict[str, Distribution]) -> None:
    key = re.sub(r"[-_.]+", "-", name).casefold()
    if key not in found:
        found[key] = distribution(name)
        for needed in _needed(found[key]):
            _follow(needed, found)


def _needed(package: Distribution) -> Iterator[str]:
    for text in package.requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name


def licence(metadata: PackageMetadata) -> str:
    """The licence that a package states; `unknown` where it states none."""
    classified = [
        text.rpartition(" :: ")[2]
        for text in metadata.get_all("Classifier") or ()
        if text.startswith("License")
    ]
    stated = [str(metadata[name]) for name in ("License-Expression", "License") if name in metadata]
    for text in (*stated, *classified):
        if text and "\n" not in text:
            return str(_NAMES.get(text, text))
    return "unknown"


def table() -> str:
    """The packages and their licences, in Markdown."""
    rows = [f"| {name} | {stated} |" for name, stated in runtime().items()]
    return "\n".join(["| package | licence |", "|---|---|", *rows])


if __name__ == "__main__":
    print(table())
