"""The sample tables of an unfragmented MP4 file, run-length coded from plain lists; pure.

Source: ISO/IEC 14496-12 clauses 8.5 to 8.7 (`stsd`, `stts`, `ctts`, `stss`, `stsc`, `stsz`, `stco`,
`co64`, `elst`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from struct import pack

from picket.media.boxes import box, full_box


@dataclass(slots=True)
class SampleTable:
    """The samples of one track in the order of decoding; times in 1/90000 s."""

    times: list[int] = field(default_factory=list)  # decode times
    composition_offsets: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # bytes
    syncs: list[bool] = field(default_factory=list)
    chunk_samples: list[int] = field(default_factory=list)  # samples in each chunk
    chunk_entries: list[int] = field(default_factory=list)  # number of its sample entry, from 1
    chunk_offsets: list[int] = field(default_factory=list)  # bytes from the start of all bodies
    end: int = 0  # where the last sample ends

    @property
    def start(self) -> int:
        """Decode time of the first sample."""
        return self.times[0]

    def durations(self) -> list[int]:
        """Up to the next sample; a sample that begins before its forerunner ends lasts shorter."""
        placed, durations = self.times[0], []
        for following in [*self.times[1:], self.end]:
            durations.append(max(following - placed, 0))
            placed += durations[-1]
        return durations

    def boxes(self, durations: Sequence[int]) -> bytes:
        """`stts`, `ctts`, `stss`, `stsc` and `stsz`: everything that does not depend on layout."""
        has_offsets = any(self.composition_offsets)
        return b"".join(
            (
                _runs(b"stts", 0, durations),
                _runs(b"ctts", 1, self.composition_offsets) if has_offsets else b"",
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
        offsets = [body_start + offset for offset in self.chunk_offsets]
        table = pack(f">{len(offsets)}{'Q' if is_large else 'I'}", *offsets)
        return full_box(b"co64" if is_large else b"stco", 0, 0, pack(">I", len(offsets)), table)

    def _stss(self) -> bytes:
        if all(self.syncs):
            return b""
        numbers = [number for number, sync in enumerate(self.syncs, 1) if sync]
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


def _runs(box_type: bytes, version: int, values: Sequence[int]) -> bytes:
    """Pairs of count and value; negative values in two's complement."""
    pairs = [(sum(1 for _ in same), value & 0xFFFF_FFFF) for value, same in groupby(values)]
    body = _words(list(chain.from_iterable(pairs)))
    return full_box(box_type, version, 0, pack(">I", len(pairs)), body)


def _words(values: Sequence[int]) -> bytes:
    return pack(f">{len(values)}I", *values)
