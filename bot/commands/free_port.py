"""A port of this machine that nobody listens on."""

import socket

from checkins.errors import TruelineError

HIGHEST = 65535
TRIED = 50


def free_port(first: int) -> int:
    """The first port from ``first`` on that nobody listens on. Raises TruelineError when there is none nearby."""
    for port in range(first, min(first + TRIED, HIGHEST + 1)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if not _taken(probe, port):
                return port
    raise TruelineError(f"No port from {first} on is free. Name another one with --port.")


def _taken(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return True
    return False
