"""A message pipe between two processes that survives the death of either.

One `SOCK_SEQPACKET` socket pair: the kernel keeps the border of every datagram, so a sender that is
killed can never leave half a message behind for its successor, as it would in a byte stream.
Messages larger than a datagram are sent in parts; a receiver that misses the first part drops the
rest.
"""

from __future__ import annotations

import pickle
import select
import socket
import struct
import threading
from typing import Any

_PART_BYTES = 64 * 1024
_HEADER = struct.Struct("<IHH")  # message number, index of the part, number of parts
_BUFFER_BYTES = 1 << 20
_PART_WAIT_MS = 200


class Channel:
    """One end. Any thread may send; one thread receives."""

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)  # noqa: FBT003  # the socket module's own signature
        self._socket = end
        self._lock = threading.Lock()
        self._number = 0
        self._receiving = -1
        self._parts: list[bytes] = []
        self.is_over = False  # nobody holds the other end any more, and all it sent was received

    def send(self, message: object) -> bool:
        """Hand a message over; False when the other side is too far behind to take it."""
        packed = pickle.dumps(message, protocol=5)
        parts = range(0, max(len(packed), 1), _PART_BYTES)
        with self._lock:
            self._number = (self._number + 1) & 0xFFFFFFFF
            return all(
                self._send_part(
                    _HEADER.pack(self._number, index, len(parts)),
                    packed[at : at + _PART_BYTES],
                    index,
                )
                for index, at in enumerate(parts)
            )

    def receive(self) -> Any | None:  # a union per pair, see messages
        """The next whole message, or None when nothing (more) has come."""
        while True:
            try:
                datagram = self._socket.recv(_PART_BYTES + _HEADER.size)
            except BlockingIOError:
                return None
            except ConnectionError:  # the other side left mail unread; what it sent comes next
                return None
            if not datagram:
                self.is_over = True
                return None
            number, index, count = _HEADER.unpack_from(datagram)
            body = datagram[_HEADER.size :]
            if index == 0:
                self._parts = [body]
                self._receiving = number
            elif number == self._receiving and index == len(self._parts):
                self._parts.append(body)
            else:
                continue
            if len(self._parts) == count:
                whole = b"".join(self._parts)
                self._parts = []
                return pickle.loads(whole)  # noqa: S301  # only our own processes hold the other end

    def fileno(self) -> int:
        """For `select`."""
        return self._socket.fileno()

    def close(self) -> None:
        """Give up this end."""
        self._socket.close()

    def _send_part(self, header: bytes, body: bytes, index: int) -> bool:
        for attempt in range(2):
            try:
                self._socket.send(header + body)
            except BlockingIOError:
                if index == 0 or attempt == 1:
                    return False
                select.select([], [self._socket], [], _PART_WAIT_MS / 1000)
            except ConnectionError:
                return False
            else:
                return True
        return False


def make_channel() -> tuple[Channel, Channel]:
    """Both ends of a new pipe."""
    pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in pair:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
    return Channel(pair[0]), Channel(pair[1])


def wait_readable(channels: list[Channel], timeout_s: float) -> list[Channel]:
    """Those with something to receive, within the time; who is over has nothing any more."""
    poller = select.poll()
    by_fd = {channel.fileno(): channel for channel in channels if not channel.is_over}
    for fd in by_fd:
        poller.register(fd, select.POLLIN)
    return [by_fd[fd] for fd, _ in poller.poll(timeout_s * 1000)]
