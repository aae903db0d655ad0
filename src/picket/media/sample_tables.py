"""The sample tables of an unfragmented MP4 file, run-length coded from plain lists; pure.

Source: ISO/IEC 14496-12 clauses 8.5 to 8.7 (`stsd`, `stts`, `ctts`, `stss`, `stsc`, `stsz`, `stco`,
`co64`, `elst`).
"""

from __future__ import annotations

from array import array
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field
from functools import partial
from struct import pack

import numpy as np
import numpy.typing as npt

from picket.media.boxes import box, full_box

Ticks = npt.NDArray[np.int64]
"""Times in 1/90000 s, shape (samples,)."""


Column = MutableSequence[int]
"""One value for each sample or chunk."""

# Packed, because a day has millions of samples, and as objects they would take a gigabyte.
_byte_column = partial(array, "B")
_word_column = partial(array, "I")
_signed_column = partial(array, "i")
_long_column = partial(array, "q")


@dataclass(slots=True)
class SampleTable:
    """The samples of one track in the order of decoding; times in 1/90000 s."""

    times: Column = field(default_factory=_long_column)  # decode times
    composition_offsets: Column = field(default_factory=_signed_column)
    sizes: Column = field(default_factory=_word_column)  # bytes
    syncs: Column = field(default_factory=_byte_column)  # 1 for a keyframe
    chunk_samples: Column = field(default_factory=_word_column)  # samples in each chunk
    chunk_entries: Column = field(default_factory=_word_column)  # its sample entry, from 1
    chunk_offsets: Column = field(default_factory=_long_column)  # bytes from the first body
    end: int = 0  # where the last sample ends

    @property
    def start(self) -> int:
        """Decode time of the first sample."""
        return self.times[0]

    def durations(self) -> Ticks:
        """Of every sample, up to the next; where samples overlap, the earlier are shortened."""
        times = np.array(self.times, np.int64)
        ends = np.append(times[1:], self.end)
        durations = ends - times
        if (durations < 0).any():
            ends = np.maximum.accumulate(np.maximum(ends, times[0]))
            durations = np.diff(ends, prepend=times[0])
        return durations

    def boxes(self, durations: Ticks) -> bytes:
        """`stts`, `ctts`, `stss`, `stsc` and `stsz`: everything that does not depend on layout."""
        has_offsets = any(self.composition_offsets)
        return b"".join(
            (
                _runs(b"stts", 0, durations),
                _runs(b"ctts", 1, np.array(self.composition_offsets, np.int64))
                if has_offsets
                else b"",
                self._stss(),
                self._stsc(),
                full_box(b"stsz", 0, 0, pack(">II", 0, len(self.sizes)), _words(self.sizes)),
            )
        )

    def offset_box(self, body_start: int, *, is_large: bool) -> bytes:
        """`stco`, or `co64` when offsets take 64 bits.

        Args:
            body_start: where in the file the bodies begin.
            is_large: decides the box's size together with the number of chunks.
        """
        offsets = np.array(self.chunk_offsets, np.int64) + body_start
        table = offsets.astype(">u8" if is_large else ">u4").tobytes()
        return full_box(b"co64" if is_large else b"stco", 0, 0, pack(">I", len(offsets)), table)

    def _stss(self) -> bytes:
        if all(self.syncs):
            return b""
        numbers = np.flatnonzero(self.syncs) + 1
        return full_box(b"stss", 0, 0, pack(">I", len(numbers)), _words(numbers))

    def _stsc(self) -> bytes:
        rows: list[int] = []
        before = None
        for number, now in enumerate(zip(self.chunk_samples, self.chunk_entries, strict=True), 1):
            if now != before:
                rows += [number, *now]
                before = now
        return full_box(b"stsc", 0, 0, pack(">I", len(rows) // 3), _words(rows))


def edit_list(media_start: int, duration: int) -> bytes:
    """`edts`: play a track from `media_start` of its own time for `duration`.

    A negative `media_start` is how much later than the movie the track begins.
    """
    edits = [(duration, max(media_start, 0))]
    if media_start < 0:
        edits.insert(0, (-media_start, -1))
    rows = b"".join(pack(">QqI", length, start, 1 << 16) for length, start in edits)
    return box(b"edts", full_box(b"elst", 1, 0, pack(">I", len(edits)), rows))


def _runs(box_type: bytes, version: int, values: Ticks) -> bytes:
    """Pairs of count and value; negative values in two's complement."""
    starts = np.flatnonzero(np.diff(values, prepend=values[0] - 1))
    counts = np.diff(starts, append=len(values))
    pairs = np.stack((counts, values[starts]), axis=1)
    return full_box(box_type, version, 0, pack(">I", len(pairs)), _words(pairs))


def _words(values: Sequence[int] | Ticks) -> bytes:
    """32 bits each; what does not fit is a mistake elsewhere, except for the sign."""
    return (np.asarray(values, np.int64) & 0xFFFF_FFFF).astype(">u4").tobytes()
