"""What `pip install` brings, and under which licence; `python -m tools.dependencies` prints it.

The table is the one in docs/dependencies.md, which a test compares with what is installed.
"""

from importlib.metadata import Distribution, PackageMetadata, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
    seen: set[tuple[str, str]] = set()
    _follow(PROJECT, "", found, seen)
    del found[PROJECT]
    return {name: licence(found[name].metadata) for name in sorted(found)}


def _follow(
    name: str, extra: str, found: dict[str, Distribution], seen: set[tuple[str, str]]
) -> None:
    key = canonicalize_name(name)
    if (key, extra) in seen:
        return
    seen.add((key, extra))
    found[key] = distribution(name)
    for text in found[key].requires or ():
        needed = Requirement(text)
        if needed.marker is None or needed.marker.evaluate({"extra": extra}):
            # An extra of a package brings more: `markdown-it-py[linkify]`.
            for each in ("", *needed.extras):
                _follow(needed.name, each, found, seen)


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
