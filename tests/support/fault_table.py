"""The table of faults that ends a test run: what was tried, what survived, what was lost.

A test marked `fault(NAME)` is one try; one that tries more often says so through `tally`.
"""

from collections.abc import Generator
from dataclasses import dataclass, field

import pytest
from _pytest.terminal import TerminalReporter

PROPERTY = "fault"
NOTHING = "nothing"


@dataclass
class Tally:
    """What came of the tries of one test."""

    tried: int = 0
    survived: int = 0
    lost: list[str] = field(default_factory=list)
    """What is gone after it, in words."""


_TALLY = pytest.StashKey[Tally]()


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Counts the tries of a test that makes several."""
    counted = request.node.stash[_TALLY] = Tally()
    return counted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    marker = item.get_closest_marker(PROPERTY)
    if marker and call.when == "call" and not report.skipped:
        counted = item.stash.get(_TALLY, None) or Tally(1, int(report.passed))
        row = (marker.args[0], counted.tried, counted.survived, ", ".join(counted.lost))
        report.user_properties.append((PROPERTY, row))
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    rows: dict[str, Tally] = {}
    for report in (
        one for kind in ("passed", "failed") for one in terminalreporter.getreports(kind)
    ):
        for name, value in getattr(report, "user_properties", ()):
            if name == PROPERTY:
                _add(rows, *value)
    if not rows:
        return
    width = max(map(len, rows))
    terminalreporter.section("faults")
    terminalreporter.line(f"{'':<{width}}  tried  survived  lost")
    for name, row in sorted(rows.items()):
        lost = ", ".join(row.lost) or (NOTHING if row.survived == row.tried else "see above")
        terminalreporter.line(f"{name:<{width}}{row.tried:>7}{row.survived:>10}  {lost}")
    tried, survived = (sum(getattr(r, n) for r in rows.values()) for n in ("tried", "survived"))
    terminalreporter.line(f"{'in all':<{width}}{tried:>7}{survived:>10}")


def _add(rows: dict[str, Tally], name: str, tried: int, survived: int, lost: str) -> None:
    row = rows.setdefault(name, Tally())
    row.tried += tried
    row.survived += survived
    if lost and lost not in row.lost:
        row.lost.append(lost)
