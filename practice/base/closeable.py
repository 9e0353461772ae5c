"""A base for what has to be closed after use."""

from abc import ABC, abstractmethod
from typing import Self


class Closeable(ABC):
    """Something that is closed where its `with` block ends, however that ends."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything it holds; safe to call twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
