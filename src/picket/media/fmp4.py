"""Movie fragments: `moof` and `mdat`, written, read back and moved in time.

Source: ISO/IEC 14496-12 clauses 8.8.4 to 8.8.12 (`moof`, `mfhd`, `traf`, `tfhd`, `trun`, `tfdt`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from struct import Struct, pack, pack_into, unpack_from

from picket.domain.errors import MediaError
from picket.media.boxes import (
    box,
    box_header,
    find_box,
    find_boxes,
    full_box,
    read_box_header,
    walk,
)
from picket.media.moov import OTHER_SAMPLE, SYNC_SAMPLE

_DEFAULT_BASE_IS_MOOF = 0x02_0000
_DATA_OFFSET, _DURATION, _SIZE, _FLAGS, _COMPOSITION = 0x1, 0x100, 0x200, 0x400, 0x800
_NOT_SYNC = 0x01_0000
_OURS = _DATA_OFFSET | _DURATION | _SIZE
_MFHD_SIZE, _TFHD_SIZE, _TFDT_SIZE, _TRUN_FIXED = 16, 16, 20, 20
_TRAF = Struct(">I4s 12xI 4x4s4xQ 4x4sIIi")
"""A `traf` as far as the table of its `trun`: size, type; track of `tfhd`; type and time of `tfdt`;
type, flags, count and data offset of `trun`."""


@dataclass(frozen=True, slots=True)
class TrackRun:
    """The samples of one track in one fragment, column by column; times in 1/90000 s."""

    track_id: int
    decode_time: int  # of the first sample, 64 bit
    sizes: tuple[int, ...]  # bytes
    durations: tuple[int, ...]
    composition_offsets: tuple[int, ...] = ()  # presentation minus decode time; () when all are 0
    syncs: tuple[bool, ...] = ()  # whether each is a keyframe; () when all are, as in audio

    @property
    def duration(self) -> int:
        """From the first sample to the end of the last."""
        return sum(self.durations)

    @property
    def size(self) -> int:
        """Bytes of all samples."""
        return sum(self.sizes)


@dataclass(frozen=True, slots=True)
class FragmentTable:
    """What the `moof` at the start of a fragment tells."""

    body_offset: int  # from the start of the fragment to its first sample
    runs: tuple[TrackRun, ...]  # their samples follow each other in this order


def build_fragment(
    sequence: int, runs: Sequence[TrackRun], payloads: Sequence[Sequence[bytes]]
) -> bytes:
    """`moof mdat`; payloads[i] are the samples of runs[i], all runs in the order of storage.

    Args:
        sequence: number of the fragment in its file, from 1.
        runs: one per track.
        payloads: samples in stored form (length-prefixed NAL units, raw audio frames).
    """
    offset, trafs = head_size(runs), []
    moof_size = offset - 8
    for run in runs:
        trafs.append(_traf(run, offset))
        offset += run.size
    moof = box(b"moof", full_box(b"mfhd", 0, 0, sequence.to_bytes(4, "big")), *trafs)
    return b"".join((moof, box_header(b"mdat", offset - moof_size), *chain(*payloads)))


def head_size(runs: Sequence[TrackRun]) -> int:
    """Bytes of a fragment before its first sample: `moof` and the header of `mdat`."""
    return 8 + _MFHD_SIZE + sum(map(_traf_size, runs)) + 8


def read_fragment(data: bytes | bytearray | memoryview) -> FragmentTable:
    """Read the `moof` that the bytes begin with; what follows it need not be there.

    Raises: MediaError when it is damaged, or not written by us.
    """
    moof = read_box_header(data, 0)
    if moof is None or moof.type != b"moof" or moof.end > len(data):
        raise MediaError("a fragment must begin with a whole moof box")
    runs, offset, at = [], moof.end + 8, moof.body + _MFHD_SIZE
    while at < moof.end:
        run, body_offset, at = _read_traf(data, at, moof.end)
        if body_offset != offset:
            raise MediaError("the samples of this fragment do not follow each other")
        offset += run.size
        runs.append(run)
    return FragmentTable(moof.end + 8, tuple(runs))


def patch_tfdt(data: bytes, base_ticks: int) -> bytearray:
    """The fragments with every decode time moved by `base_ticks`; nothing else changes.

    Raises: MediaError when the bytes are no sequence of whole boxes.
    """
    moved = bytearray(data)
    for top in walk(moved, 0, len(moved)):
        if top.type != b"moof":
            continue
        for traf in find_boxes(moved, top, b"traf"):
            at = find_box(moved, traf, b"tfdt").body + 4
            (decode_time,) = unpack_from(">Q", moved, at)
            pack_into(">Q", moved, at, decode_time + base_ticks)
    return moved


def _columns(run: TrackRun) -> int:
    return 2 + bool(run.syncs) + bool(run.composition_offsets)


def _traf_size(run: TrackRun) -> int:
    return 8 + _TFHD_SIZE + _TFDT_SIZE + _TRUN_FIXED + 4 * _columns(run) * len(run.sizes)


def _traf(run: TrackRun, data_offset: int) -> bytes:
    flags = _OURS
    columns: list[Sequence[int]] = [run.durations, run.sizes]
    if run.syncs:
        flags |= _FLAGS
        columns.append([SYNC_SAMPLE if sync else OTHER_SAMPLE for sync in run.syncs])
    if run.composition_offsets:
        flags |= _COMPOSITION
        columns.append([offset & 0xFFFF_FFFF for offset in run.composition_offsets])
    count = len(run.sizes)
    table = pack(f">{len(columns) * count}I", *chain.from_iterable(zip(*columns, strict=True)))
    return box(
        b"traf",
        full_box(b"tfhd", 0, _DEFAULT_BASE_IS_MOOF, run.track_id.to_bytes(4, "big")),
        full_box(b"tfdt", 1, 0, run.decode_time.to_bytes(8, "big")),
        full_box(b"trun", 1, flags, pack(">Ii", count, data_offset), table),
    )


def _read_traf(
    data: bytes | bytearray | memoryview, at: int, limit: int
) -> tuple[TrackRun, int, int]:
    """The run, the offset of its first sample from the start of the moof, and the end of the traf.

    A clip of an hour has thousands of these, so all fixed fields are read at once.
    """
    table = at + _TRAF.size
    if table > limit:
        raise MediaError("a traf box is cut short")
    size, traf, track_id, tfdt, decode_time, trun, flags, count, offset = _TRAF.unpack_from(
        data, at
    )
    flags &= 0xFF_FFFF
    width = 2 + bool(flags & _FLAGS) + bool(flags & _COMPOSITION)
    end = table + 4 * width * count
    is_ours = (traf, tfdt, trun) == (b"traf", b"tfdt", b"trun")
    if not is_ours or flags & _OURS != _OURS or at + size != end or end > limit:
        raise MediaError("this traf box was not written by us")
    cells = unpack_from(f">{width * count}I", data, table)
    syncs = tuple(not cell & _NOT_SYNC for cell in cells[2::width]) if flags & _FLAGS else ()
    offsets = cells[width - 1 :: width] if flags & _COMPOSITION else ()
    signed = tuple(cell - (cell >> 31 << 32) for cell in offsets)
    run = TrackRun(track_id, decode_time, cells[1::width], cells[0::width], signed, syncs)
    return run, offset, end
