"""The newest lines of the log, in memory that all processes share.

Memory layout: a count of all bytes ever written, then the bytes, each at its number modulo the
size. Writers take turns by a file lock, which the kernel releases when its holder is killed, and
publish the count last; a reader needs no lock.
"""

from __future__ import annotations

import fcntl
import struct

from picket.ipc.block import SharedBlock

LOG_RING_BYTES = 1 << 20
_COUNTER = struct.Struct("<Q")
_MARGIN_BYTES = 16 * 1024  # the oldest lines may be overwritten while they are read


class LogRing:
    """The ring, seen from one process; its writers are one at a time (a logging handler is)."""

    def __init__(self, block: SharedBlock) -> None:
        self._block = block
        self._memory = block.map()
        self._size = block.size_bytes - _COUNTER.size

    def append(self, line: str) -> None:
        """Add a line; of one longer than a page of text only the beginning is kept."""
        data = line.encode("utf-8", "replace")[: _MARGIN_BYTES // 2] + b"\n"
        fcntl.lockf(self._block, fcntl.LOCK_EX)
        try:
            (count,) = _COUNTER.unpack_from(self._memory)
            at = count % self._size
            first, rest = data[: self._size - at], data[self._size - at :]
            self._memory[_COUNTER.size + at : _COUNTER.size + at + len(first)] = first
            self._memory[_COUNTER.size : _COUNTER.size + len(rest)] = rest
            _COUNTER.pack_into(self._memory, 0, count + len(data))
        finally:
            fcntl.lockf(self._block, fcntl.LOCK_UN)

    def read(self) -> str:
        """Every whole line that is still there, oldest first."""
        (count,) = _COUNTER.unpack_from(self._memory)
        written = self._memory[_COUNTER.size :]
        at = count % self._size
        if count <= self._size:
            return written[:count].decode("utf-8", "replace")
        data = (written[at:] + written[:at])[_MARGIN_BYTES:]
        return data.partition(b"\n")[2].decode("utf-8", "replace")


def make_log_block() -> SharedBlock:
    """Memory for one ring."""
    return SharedBlock("picket-log", _COUNTER.size + LOG_RING_BYTES)
