"""Fragments of many segments summed up at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from picket.store.fragments import RECORD, require_format

_RECORDS = np.dtype(
    [("offset", "<u8"), ("size", "<u4"), ("start", "<i8"), ("duration", "<u4"), ("flags", "u1")]
)
"""As `RECORD` packs them."""


class FragmentSums(NamedTuple):
    """The fragments of a segment, summed up."""

    number: int
    ticks: int  # 1/90000 s
    size: int  # bytes


def sum_fragments(blobs: Sequence[bytes], limits: Sequence[float]) -> list[FragmentSums]:
    """Sums over many segments at once, without a value for each fragment.

    Args:
        blobs: one for each segment.
        limits: as many; fragments that start at or after so many ticks are left out.

    Raises: StoreError as `unpack_fragments`.
    """
    for blob in blobs:
        require_format(blob)
    records = np.frombuffer(b"".join(blob[1:] for blob in blobs), _RECORDS)
    counts = np.array([len(blob) // RECORD.size for blob in blobs], np.int64)
    kept = records["start"] < np.repeat(np.array(limits, np.float64), counts)
    borders = np.concatenate([[0], np.cumsum(counts)])
    sums = (
        np.diff(np.concatenate([[0], np.cumsum(kept * part, dtype=np.int64)])[borders]).tolist()
        for part in (np.int64(1), records["duration"], records["size"])
    )
    return [FragmentSums(*one) for one in zip(*sums, strict=True)]
