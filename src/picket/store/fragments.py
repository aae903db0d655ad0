"""A segment's fragments as one blob: a pure codec."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from picket.domain.errors import StoreError
from picket.domain.segment import Fragment

FORMAT_VERSION = 1
_RECORD = struct.Struct("<QIqIB")
"""offset, size, start_ticks, duration_ticks, flags (bit 0: starts with a keyframe); 25 bytes."""
_RECORDS = np.dtype(
    [("offset", "<u8"), ("size", "<u4"), ("start", "<i8"), ("duration", "<u4"), ("flags", "u1")]
)


class FragmentSums(NamedTuple):
    """The fragments of a segment, summed up."""

    number: int
    ticks: int  # 1/90000 s
    size: int  # bytes


def pack_fragments(fragments: tuple[Fragment, ...]) -> bytes:
    """A version byte, then one little-endian record for each fragment."""
    return bytes([FORMAT_VERSION]) + b"".join(
        _RECORD.pack(f.offset, f.size, f.start_ticks, f.duration_ticks, f.is_keyframe)
        for f in fragments
    )


def unpack_fragments(blob: bytes) -> tuple[Fragment, ...]:
    """The inverse of `pack_fragments`.

    Raises: StoreError when the blob has another version or a torn record.
    """
    _require_format(blob)
    return tuple(
        Fragment(offset, size, start_ticks, duration_ticks, bool(flags & 1))
        for offset, size, start_ticks, duration_ticks, flags in _RECORD.iter_unpack(blob[1:])
    )


def sum_fragments(blobs: Sequence[bytes], limits: Sequence[float]) -> list[FragmentSums]:
    """Sums over many segments at once, without a value for each fragment.

    Args:
        blobs: one for each segment.
        limits: as many; fragments that start at or after so many ticks are left out.

    Raises: StoreError as `unpack_fragments`.
    """
    for blob in blobs:
        _require_format(blob)
    records = np.frombuffer(b"".join(blob[1:] for blob in blobs), _RECORDS)
    counts = np.array([len(blob) // _RECORD.size for blob in blobs], np.int64)
    kept = records["start"] < np.repeat(np.array(limits, np.float64), counts)
    borders = np.concatenate([[0], np.cumsum(counts)])
    sums = (
        np.diff(np.concatenate([[0], np.cumsum(kept * part, dtype=np.int64)])[borders]).tolist()
        for part in (np.int64(1), records["duration"], records["size"])
    )
    return [FragmentSums(*one) for one in zip(*sums, strict=True)]


def _require_format(blob: bytes) -> None:
    if not blob or blob[0] != FORMAT_VERSION or (len(blob) - 1) % _RECORD.size:
        raise StoreError(
            f"a list of fragments of {len(blob)} bytes is not in format {FORMAT_VERSION}:"
            " rebuild the index from the recordings"
        )
