"""Every test has a home of its own and no network."""

import socket
from pathlib import Path

import pytest

_LOCAL = {"localhost", "127.0.0.1", "::1", ""}


class NetworkRefusedError(AssertionError):
    """A test reached for the network."""


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo" and arguments[0] not in _LOCAL:
        raise NetworkRefusedError(f"name look-up of {arguments[0]!r}")
    if event == "socket.connect":
        sock, address = arguments
        if isinstance(sock, socket.socket) and sock.family in {socket.AF_INET, socket.AF_INET6}:
            host = address[0] if isinstance(address, tuple) else address
            if host not in _LOCAL:
                raise NetworkRefusedError(f"connection to {address!r}")


def pytest_configure() -> None:
    import sys

    sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty PRACTICE_HOME that child processes inherit, with every model hub switched off."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PRACTICE_HOME", str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for name in ("NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return folder
