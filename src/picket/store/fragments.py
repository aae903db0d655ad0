"""A segment's fragments as one blob: a pure codec."""

from __future__ import annotations

import struct

from picket.domain.errors import StoreError
from picket.domain.segment import Fragment

FORMAT_VERSION = 1
RECORD = struct.Struct("<QIqIB")
"""offset, size, start_ticks, duration_ticks, flags (bit 0: starts with a keyframe); 25 bytes."""


def pack_fragments(fragments: tuple[Fragment, ...]) -> bytes:
    """A version byte, then one little-endian record for each fragment."""
    return bytes([FORMAT_VERSION]) + b"".join(
        RECORD.pack(f.offset, f.size, f.start_ticks, f.duration_ticks, f.is_keyframe)
        for f in fragments
    )


def unpack_fragments(blob: bytes) -> tuple[Fragment, ...]:
    """The inverse of `pack_fragments`.

    Raises: StoreError when the blob has another version or a torn record.
    """
    require_format(blob)
    return tuple(
        Fragment(offset, size, start_ticks, duration_ticks, bool(flags & 1))
        for offset, size, start_ticks, duration_ticks, flags in RECORD.iter_unpack(blob[1:])
    )


def require_format(blob: bytes) -> None:
    """Raises: StoreError when the blob has another version or a torn record."""
    if not blob or blob[0] != FORMAT_VERSION or (len(blob) - 1) % RECORD.size:
        raise StoreError(
            f"a list of fragments of {len(blob)} bytes is not in format {FORMAT_VERSION}:"
            " rebuild the index from the recordings"
        )
