"""What benchmarks find, kept as JSON beside them with what it was found on."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "results"


def keep(name: str, found: Mapping[str, object]) -> None:
    """Write `results/<name>.json`."""
    FOLDER.mkdir(exist_ok=True)
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "load": [round(load, 1) for load in os.getloadavg()],
            "python": platform.python_version(),
        },
        **found,
    }
    text = json.dumps(document, indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def processor() -> str:
    """What the processor calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def spread(values: Sequence[float], digits: int = 2) -> dict[str, float]:
    """The middle of `values`, and between what they lie."""
    return {
        "median": round(statistics.median(values), digits),
        "least": round(min(values), digits),
        "most": round(max(values), digits),
    }


def said(found: Mapping[str, float], digits: int = 2) -> str:
    """`0.08 (0.07 to 0.10)`."""
    middle, least, most = (f"{found[key]:.{digits}f}" for key in ("median", "least", "most"))
    return f"{middle} ({least} to {most})"
