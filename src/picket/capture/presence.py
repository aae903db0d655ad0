"""Whether a camera that sends nothing is still there."""

from __future__ import annotations

import socket
from contextlib import suppress
from urllib.parse import urlsplit

PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443, "rtmp": 1935, "rtmps": 443}
"""By scheme, where the address names none. Sources: RFC 7826 section 4.2, IANA."""

ANSWER_S = 2.0  # a camera in a radio network that is busy takes a second


def is_present(url: str, answer_s: float = ANSWER_S) -> bool:
    """Whether the camera accepts a TCP connection; True where that cannot be asked.

    Args:
        url: of the stream.
        answer_s: how long to wait for the answer, seconds.
    """
    address = _address(url)
    if address is None:
        return True
    with suppress(OSError):
        socket.create_connection(address, answer_s).close()
        return True
    return False


def _address(url: str) -> tuple[str, int] | None:
    with suppress(ValueError):  # of an address that is none
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
        if parts.hostname and port and parts.scheme in {*PORTS, "tcp"}:
            return parts.hostname, port
    return None
