"""A private mirror for interview answers."""

__version__ = "0.1.0"
