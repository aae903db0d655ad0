"""The newest packets of one camera stream, for who watches it live: one writer, no lock.

Memory layout: two counters, then the ring. Both count bytes since the ring was made: `claimed` is
how far the writer may have written already, `written` how far records are whole. A record is its
size (four bytes) and its bytes, and may go round the end. A reader copies and then looks at
`claimed` again, so that what was overtaken is noticed. Pages that were never written, and all pages
once nobody watches any more, cost no memory.
"""

from __future__ import annotations

import mmap
from itertools import pairwise

from picket.ipc.block import SharedBlock

HEAD_BYTES = 4096  # the counters, on a page of their own
RING_BYTES = 16 << 20  # four seconds of 32 Mbit/s
MOST_BYTES = RING_BYTES // 2  # of one record
_SIZE_BYTES = 4
_CLAIMED, _WRITTEN = 0, 1


class PacketRing:
    """One stream's ring, seen from one process."""

    def __init__(self, block: SharedBlock) -> None:
        self._map = block.map()
        self._bytes = memoryview(self._map)[HEAD_BYTES:]
        self._counters = memoryview(self._map)[:16].cast("q")

    @property
    def position(self) -> int:
        """Where the next record will begin; what a reader who comes now has read."""
        return self._counters[_WRITTEN]

    def write(self, record: bytes) -> bool:
        """Append a record; False when it is too large to ever be read in time."""
        if len(record) > MOST_BYTES:
            return False
        start = self._counters[_WRITTEN]
        end = start + _SIZE_BYTES + len(record)
        self._counters[_CLAIMED] = end
        self._put(start, len(record).to_bytes(_SIZE_BYTES, "little"))
        self._put(start + _SIZE_BYTES, record)
        self._counters[_WRITTEN] = end
        return True

    def read(self, position: int) -> tuple[list[bytes], int] | None:
        """Every whole record from a position on, and the position behind them.

        Returns: None when the writer came round meanwhile: begin anew at `self.position`.
        """
        end = self._counters[_WRITTEN]
        if not 0 <= end - position <= RING_BYTES:
            return None
        copy = self._copy(position, end)
        if self._counters[_CLAIMED] - position > RING_BYTES:
            return None
        records, at = [], 0
        while at < len(copy):
            size = int.from_bytes(copy[at : at + _SIZE_BYTES], "little")
            at += _SIZE_BYTES
            records.append(copy[at : at + size])
            at += size
        return records, end

    def forget(self) -> None:
        """Give the memory back; whoever still reads is overtaken."""
        start = self._counters[_WRITTEN] + RING_BYTES + 1
        self._counters[_CLAIMED] = start
        self._counters[_WRITTEN] = start
        self._map.madvise(mmap.MADV_REMOVE, HEAD_BYTES, RING_BYTES)

    def _put(self, start: int, data: bytes) -> None:
        at = start % RING_BYTES
        room = RING_BYTES - at
        self._bytes[at : at + min(len(data), room)] = data[:room]
        if len(data) > room:
            self._bytes[: len(data) - room] = data[room:]

    def _copy(self, start: int, end: int) -> bytes:
        """The bytes between two positions, at most one round apart."""
        turn = min(start - start % RING_BYTES + RING_BYTES, end)
        parts = pairwise((start, turn, end))
        return b"".join(self._slice(first, last) for first, last in parts)

    def _slice(self, start: int, end: int) -> bytes:
        at = start % RING_BYTES
        return bytes(self._bytes[at : at + end - start])


def make_packet_block(camera: str) -> SharedBlock:
    """Memory for a ring; nothing of it is used before somebody watches."""
    return SharedBlock(f"picket-live-{camera}", HEAD_BYTES + RING_BYTES)
