"""The rounds that interviews have."""

from typing import Literal, get_args

Round = Literal[
    "screen", "hiring manager", "technical", "test or task", "panel", "presentation", "one-way",
    "final", "other",
]  # fmt: skip
ROUNDS: tuple[Round, ...] = get_args(Round)
