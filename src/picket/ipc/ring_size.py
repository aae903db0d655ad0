"""How much memory a frame ring takes; apart, because `main` and the keeper do without NumPy."""

from __future__ import annotations

from dataclasses import dataclass

from picket.ipc.block import SharedBlock

SLOT_COUNT = 4
HEAD_BYTES = 4096  # the counter, on a page of its own
SLOT_HEADER_BYTES = 64  # keeps the planes aligned
NOTES_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class RingSize:
    """Room for frames of up to this many pixels."""

    max_width: int
    max_height: int

    @property
    def slot_bytes(self) -> int:
        """Header, notes and planes, rounded up to whole pages."""
        needed = SLOT_HEADER_BYTES + NOTES_BYTES + self.max_width * self.max_height * 3 // 2
        return -(-needed // 4096) * 4096

    @property
    def total_bytes(self) -> int:
        """The whole ring."""
        return HEAD_BYTES + SLOT_COUNT * self.slot_bytes


def make_ring_block(camera: str, size: RingSize) -> SharedBlock:
    """Memory for a ring; only the pages of real frames are ever used."""
    return SharedBlock(f"picket-{camera}", size.total_bytes)
