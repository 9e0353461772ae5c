"""The guard that keeps every test offline holds in this process and in those it starts."""

import socket
import subprocess
import sys

import pytest


def test_a_name_cannot_be_looked_up() -> None:
    with pytest.raises(ConnectionRefusedError, match="look-up"):
        socket.getaddrinfo("example.org", 80)


def test_a_child_process_cannot_connect() -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "NetworkRefusedError" in done.stderr
