"""The sample tables of plain MP4 files, as other programs write them; pure.

Only read here: one `moov` in front or at the end and all samples in `mdat`, no fragments.

Source: ISO/IEC 14496-12 clauses 8.5 to 8.7 (`stsd`, `stts`, `ctts`, `stss`, `stsc`, `stsz`, `stco`,
`co64`, `elst`).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from struct import unpack_from

import numpy as np
import numpy.typing as npt

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE
from picket.domain.stream import MediaKind
from picket.media.boxes import BoxSpan, find_box, find_boxes, read_box_header, walk
from picket.media.sample_tables import Ticks

MAX_SAMPLES = 1_000_000  # of a track; a segment has hundreds, and damage may claim anything
_MAX_BYTES = 1 << 31  # of a track
_MAX_TICKS = 1 << 31  # 6.6 hours

_KINDS = {b"vide": MediaKind.VIDEO, b"soun": MediaKind.AUDIO}


@dataclass(frozen=True, slots=True, eq=False)
class PlainTrack:
    """One track, a value for each sample in the order of decoding; times in 1/90000 s."""

    kind: MediaKind
    entry: bytes  # the sample entry, the whole box
    times: Ticks  # decode times and where the last sample ends, shape (samples + 1,)
    composition_offsets: Ticks  # presentation minus decode time
    sizes: npt.NDArray[np.int64]  # bytes
    places: npt.NDArray[np.int64]  # bytes from the start of the file
    syncs: npt.NDArray[np.bool_]  # whether each is a keyframe
    shift: int  # what the edit list adds to the time of presentation


def read_tracks(data: bytes) -> list[PlainTrack]:
    """The video and audio tracks of a whole `moov` box, in order; others are left out.

    Raises: MediaError when it is damaged, or of a kind that no recorder writes.
    """
    try:
        moov = read_box_header(data, 0)
        if moov is None or moov.type != b"moov" or moov.end > len(data):
            raise MediaError("the file has no whole moov box")
        if find_boxes(data, moov, b"mvex"):
            raise MediaError("the file is fragmented by another program")
        (movie_scale,) = _full(data, find_box(data, moov, b"mvhd"), (">8xI", ">16xI"))
        tracks = (_read_track(data, trak, movie_scale) for trak in find_boxes(data, moov, b"trak"))
        found = [track for track in tracks if track is not None]
    except (struct.error, ValueError, IndexError) as error:
        raise MediaError(f"the moov box of the file is damaged: {error}") from error
    if not all(map(_is_sane, found)):
        raise MediaError("the sample tables of the file hold impossible numbers")
    return found


def _is_sane(track: PlainTrack) -> bool:
    """Whether sizes and times are such that they fit into the boxes of a fragment."""
    return bool(
        track.sizes.sum() < _MAX_BYTES
        and (np.diff(track.times) >= 0).all()
        and track.times[-1] < _MAX_TICKS
        and (abs(track.composition_offsets) < _MAX_TICKS).all()
        and abs(track.shift) < _MAX_TICKS
    )


def _full(data: bytes, span: BoxSpan, formats: tuple[str, str]) -> tuple[int, ...]:
    """Fields of a full box, whose version says how wide they are."""
    return unpack_from(formats[min(data[span.body], 1)], data, span.body + 4)


def _read_track(data: bytes, trak: BoxSpan, movie_scale: int) -> PlainTrack | None:
    mdia = find_box(data, trak, b"mdia")
    handler = find_box(data, mdia, b"hdlr")
    kind = _KINDS.get(data[handler.body + 8 : handler.body + 12])
    if kind is None:
        return None
    (scale,) = _full(data, find_box(data, mdia, b"mdhd"), (">8xI", ">16xI"))
    if not scale or not movie_scale:
        raise MediaError("a timescale of the file is 0")
    tables = {one.type: one for one in _boxes_of(data, mdia, b"minf", b"stbl")}
    sizes = _sizes(data, tables[b"stsz"]) if b"stsz" in tables else None
    if sizes is None or not {b"stsd", b"stts", b"stsc"} <= tables.keys():
        raise MediaError("a sample table of the file is missing")
    count = len(sizes)
    times = np.concatenate(([0], np.cumsum(_runs(data, tables[b"stts"], count))))
    offsets = _runs(data, tables[b"ctts"], count) if b"ctts" in tables else np.zeros(count)
    return PlainTrack(
        kind,
        _entry(data, tables[b"stsd"]),
        _rescale(times, scale),
        _rescale(offsets, scale),
        sizes,
        _places(data, tables, sizes),
        _syncs(data, tables.get(b"stss"), count),
        _edit_shift(data, trak, scale, movie_scale),
    )


def _boxes_of(data: bytes, parent: BoxSpan, *path: bytes) -> list[BoxSpan]:
    span = find_box(data, parent, *path)
    return list(walk(data, span.body, span.end))


def _rescale(values: npt.NDArray[np.generic], scale: int) -> Ticks:
    return np.rint(values.astype(np.float64) * (MEDIA_TIMESCALE / scale)).astype(np.int64)


def _words(data: bytes, span: BoxSpan, skip: int, columns: int) -> npt.NDArray[np.int64]:
    """A table of 32-bit numbers behind its count, which lies `skip` bytes into the body."""
    (count,) = unpack_from(">I", data, span.body + skip)
    start = span.body + skip + 4
    if start + 4 * columns * count > span.end:
        raise MediaError(f"the {span.type!r} box of the file is cut short")
    table = np.frombuffer(data, ">u4", columns * count, start).astype(np.int64)
    return table.reshape(count, columns)


def _sizes(data: bytes, span: BoxSpan) -> npt.NDArray[np.int64]:
    uniform, count = unpack_from(">II", data, span.body + 4)
    if count > MAX_SAMPLES:
        raise MediaError(f"the file claims {count} samples")
    return np.full(count, uniform, np.int64) if uniform else _words(data, span, 8, 1)[:, 0]


def _runs(data: bytes, span: BoxSpan, count: int) -> npt.NDArray[np.int64]:
    """Pairs of count and value, spelled out; values are signed in both versions, as written."""
    pairs = _words(data, span, 4, 2)
    if pairs[:, 0].sum() != count:
        raise MediaError(f"the {span.type!r} box of the file has another number of samples")
    values = pairs[:, 1] - (pairs[:, 1] >> 31 << 32)
    return np.repeat(values, pairs[:, 0])


def _syncs(data: bytes, span: BoxSpan | None, count: int) -> npt.NDArray[np.bool_]:
    if span is None:
        return np.ones(count, np.bool_)
    syncs = np.zeros(count, np.bool_)
    syncs[_words(data, span, 4, 1)[:, 0] - 1] = True
    return syncs


def _places(
    data: bytes, tables: dict[bytes, BoxSpan], sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Where each sample lies: its chunk's offset and what comes before it in the chunk."""
    chunks = _chunk_offsets(data, tables)
    rows = _words(data, tables[b"stsc"], 4, 3)
    if len(sizes) == 0:
        return sizes
    if (rows[:, 2] != 1).any():
        raise MediaError("the parameters change in the middle of the file")
    spread = np.diff(rows[:, 0], append=len(chunks) + 1)
    per_chunk = np.repeat(rows[:, 1], spread)
    if len(per_chunk) != len(chunks) or per_chunk.sum() != len(sizes):
        raise MediaError("the chunks of the file have another number of samples")
    before = np.cumsum(sizes) - sizes
    firsts = np.cumsum(per_chunk) - per_chunk
    places: npt.NDArray[np.int64] = np.repeat(chunks - before[firsts], per_chunk) + before
    return places


def _chunk_offsets(data: bytes, tables: dict[bytes, BoxSpan]) -> npt.NDArray[np.int64]:
    if b"stco" in tables:
        return _words(data, tables[b"stco"], 4, 1)[:, 0]
    if b"co64" not in tables:
        raise MediaError("the file does not tell where its samples are")
    halves = _words(data, tables[b"co64"], 4, 2)
    offsets: npt.NDArray[np.int64] = halves[:, 0] << 32 | halves[:, 1]
    return offsets


def _entry(data: bytes, stsd: BoxSpan) -> bytes:
    first = next(walk(data, stsd.body + 8, stsd.end), None)
    if first is None:
        raise MediaError("a track of the file has no sample entry")
    return data[first.start : first.end]


def _edit_shift(data: bytes, trak: BoxSpan, scale: int, movie_scale: int) -> int:
    """Empty edits come first and delay a track; the first real one says where it begins."""
    delay_s = 0.0
    for edts in find_boxes(data, trak, b"edts"):
        elst = find_box(data, edts, b"elst")
        row = ">qq4x" if data[elst.body] else ">ii4x"
        size = 20 if data[elst.body] else 12
        (count,) = unpack_from(">I", data, elst.body + 4)
        for at in range(elst.body + 8, min(elst.body + 8 + size * count, elst.end), size):
            length, start = map(int, unpack_from(row, data, at))
            if start >= 0:
                delay_s -= start / scale
                break
            delay_s += length / movie_scale
    return round(delay_s * MEDIA_TIMESCALE)
