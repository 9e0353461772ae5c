"""What is fuzzed: where its inputs come from, and what reads them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutation import mutate


@dataclass(frozen=True)
class Target:
    """One reader.

    Args:
        seeds: Inputs that it understands.
        read: Reads an input; may use the folder, which is empty, as it likes.
        draw: Makes an input of the seeds.
    """

    seeds: Callable[[Path], list[bytes]]
    read: Callable[[bytes, Path], None]
    draw: Callable[[Sequence[bytes], random.Random], bytes] = mutate
