"""The first bytes of a recorded file: `ftyp` and `moov`; what is read back from them.

Written by ourselves because libav's muxer takes codec parameters from an open input only, and the
recorder has nothing but packets. Source: ISO/IEC 14496-12 clauses 4.3 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack_from

from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind
from picket.media.boxes import BoxSpan, box, find_box, find_boxes, walk
from picket.media.codec.sample_entry import SampleEntry
from picket.media.moov import MovieTrack, build_moov

VIDEO_TRACK, AUDIO_TRACK = 1, 2
"""Track numbers in every file of ours; both tick at 90 kHz."""

FTYP = box(b"ftyp", b"iso6", (512).to_bytes(4, "big"), b"iso6", b"iso5", b"mp41")
"""The first box of every file of ours."""


@dataclass(frozen=True, slots=True)
class InitSegment:
    """What a player reads once before any fragment."""

    data: bytes  # ftyp and moov
    codecs: str  # RFC 6381, "avc1.64001E,mp4a.40.2"
    width: int
    height: int
    has_audio: bool


@dataclass(frozen=True, slots=True)
class StoredTrack:
    """A track as its file describes it."""

    kind: MediaKind
    entry: bytes  # its first sample entry, the whole box
    width: int  # pixels, video only
    height: int


def build_init(video: SampleEntry, audio: SampleEntry | None) -> InitSegment:
    """`ftyp moov` for a video track and, if given, an audio track."""
    picture = MovieTrack(VIDEO_TRACK, MediaKind.VIDEO, (video.data,), video.width, video.height)
    sound = [MovieTrack(AUDIO_TRACK, MediaKind.AUDIO, (audio.data,))] if audio else []
    return InitSegment(
        FTYP + build_moov([picture, *sound], is_fragmented=True),
        f"{video.codec},{audio.codec}" if audio else video.codec,
        video.width,
        video.height,
        audio is not None,
    )


def read_init(data: bytes) -> dict[int, StoredTrack]:
    """The tracks of an init segment by number.

    Raises: MediaError when a box is missing or damaged.
    """
    moov = next((b for b in walk(data, 0, len(data)) if b.type == b"moov"), None)
    if moov is None:
        raise MediaError("the file has no moov box")
    return dict(_read_track(data, trak) for trak in find_boxes(data, moov, b"trak"))


def _read_track(data: bytes, trak: BoxSpan) -> tuple[int, StoredTrack]:
    head = find_box(data, trak, b"tkhd")
    (number,) = unpack_from(">I", data, head.body + 20)  # after two 64-bit times
    width, height = unpack_from(">II", data, head.end - 8)
    handler = find_box(data, trak, b"mdia", b"hdlr")
    is_video = data[handler.body + 8 : handler.body + 12] == b"vide"
    entries = find_box(data, trak, b"mdia", b"minf", b"stbl", b"stsd")
    first = next(walk(data, entries.body + 8, entries.end))
    kind = MediaKind.VIDEO if is_video else MediaKind.AUDIO
    return number, StoredTrack(kind, data[first.start : first.end], width >> 16, height >> 16)
