"""The `moov` box: what tracks a file has, with or without sample tables.

Source: ISO/IEC 14496-12 clauses 8.2 to 8.6 and 8.8.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from struct import pack

from picket.domain.segment import MEDIA_TIMESCALE
from picket.domain.stream import MediaKind
from picket.media.boxes import box, full_box

SYNC_SAMPLE, OTHER_SAMPLE = 0x0200_0000, 0x0101_0000
"""Sample flags (clause 8.8.3.1): depends on nothing; depends on others and is no sync sample."""

_MATRIX = pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_NO_SAMPLES = b"".join(
    (
        full_box(b"stts", 0, 0, bytes(4)),
        full_box(b"stsc", 0, 0, bytes(4)),
        full_box(b"stsz", 0, 0, bytes(8)),
        full_box(b"stco", 0, 0, bytes(4)),
    )
)


@dataclass(frozen=True, slots=True)
class MovieTrack:
    """One track; times in 1/90000 s."""

    id: int
    kind: MediaKind
    entries: tuple[bytes, ...]  # sample entries, whole boxes
    width: int = 0  # pixels, video only
    height: int = 0
    media_duration: int = 0
    duration: int = 0  # as presented, the edit included
    edit: bytes = b""  # an `edts` box or nothing
    tables: bytes = _NO_SAMPLES  # `stts` and the others, whole boxes


def build_moov(tracks: Sequence[MovieTrack], *, is_fragmented: bool) -> bytes:
    """The whole box. A fragmented file's samples come in `moof` boxes, so its tables are empty."""
    extends = box(b"mvex", *(_trex(track) for track in tracks)) if is_fragmented else b""
    duration = max(track.duration for track in tracks)
    return box(b"moov", _mvhd(duration, len(tracks)), *map(_trak, tracks), extends)


def _mvhd(duration: int, tracks: int) -> bytes:
    times = pack(">QQIQ", 0, 0, MEDIA_TIMESCALE, duration)
    rest = pack(">IH10x", 1 << 16, 1 << 8) + _MATRIX + bytes(24) + pack(">I", tracks + 1)
    return full_box(b"mvhd", 1, 0, times, rest)


def _trak(track: MovieTrack) -> bytes:
    is_video = track.kind is MediaKind.VIDEO
    head = full_box(
        b"tkhd",
        1,
        0x3,  # enabled, in the movie
        pack(">QQI4xQ8x", 0, 0, track.id, track.duration),
        pack(">hhHxx", 0, 0, 0 if is_video else 1 << 8),
        _MATRIX,
        pack(">II", track.width << 16, track.height << 16),
    )
    return box(b"trak", head, track.edit, _mdia(track, is_video=is_video))


def _mdia(track: MovieTrack, *, is_video: bool) -> bytes:
    undetermined = 0x55C4  # language "und"
    head = pack(">QQIQHxx", 0, 0, MEDIA_TIMESCALE, track.media_duration, undetermined)
    handler, name = (b"vide", b"video\0") if is_video else (b"soun", b"sound\0")
    medium = full_box(b"vmhd", 0, 1, bytes(8)) if is_video else full_box(b"smhd", 0, 0, bytes(4))
    reference = full_box(b"dref", 0, 0, pack(">I", 1), full_box(b"url ", 0, 1))
    entries = full_box(b"stsd", 0, 0, pack(">I", len(track.entries)), *track.entries)
    return box(
        b"mdia",
        full_box(b"mdhd", 1, 0, head),
        full_box(b"hdlr", 0, 0, bytes(4), handler, bytes(12), name),
        box(b"minf", medium, box(b"dinf", reference), box(b"stbl", entries, track.tables)),
    )


def _trex(track: MovieTrack) -> bytes:
    flags = OTHER_SAMPLE if track.kind is MediaKind.VIDEO else SYNC_SAMPLE
    return full_box(b"trex", 0, 0, pack(">IIIII", track.id, 1, 0, 0, flags))
