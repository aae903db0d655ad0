"""Reads segment files back, so that the index can be rebuilt from nothing but the files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Segment
from picket.media.boxes import BoxSpan, read_box_header
from picket.media.fmp4 import read_fragment
from picket.media.init_segment import FTYP, VIDEO_TRACK
from picket.record.identity import Identity, read_identity

_LARGEST_HEADER = 16
_MAX_HEAD_BOX_BYTES = 1 << 20  # ours take a few kilobytes; damage may claim anything


@dataclass(frozen=True, slots=True)
class _Reader:
    """A file read piece by piece; nothing but box headers and `moof` bodies is looked at."""

    fd: int
    size: int

    def span(self, at: int) -> BoxSpan | None:
        """The box at this byte if all of it is in the file."""
        header = os.pread(self.fd, _LARGEST_HEADER, at)
        found = read_box_header(header, 0)
        if found is None or at + found.end > self.size:
            return None
        return BoxSpan(found.type, at, at + found.body, at + found.end)

    def bytes_of(self, span: BoxSpan) -> bytes:
        """The whole box, header included."""
        if span.end - span.start > _MAX_HEAD_BOX_BYTES:
            raise MediaError(f"a {span.type!r} box is too large to be ours")
        return os.pread(self.fd, span.end - span.start, span.start)


def read_segment(root: Path, path: Path) -> Segment | None:
    """The row of a file below the recordings folder, or None when it is not ours or holds nothing.

    A torn tail, as a power cut leaves it, is not counted: `size_bytes` is the length up to the end
    of the last whole fragment. The end is told by the fragments alone, to within a few
    milliseconds of what the index knew.

    Raises: OSError when the file cannot be read.
    """
    fd = os.open(path, os.O_RDONLY)
    try:
        return _read(_Reader(fd, os.fstat(fd).st_size), path.relative_to(root).as_posix())
    except MediaError:
        return None
    finally:
        os.close(fd)


def cut_tail(root: Path, segment: Segment) -> None:
    """Take away what a crash left behind the last whole fragment, so that any player is content.

    More than the beginning of one fragment is not from a crash, and is left alone. Nobody may be
    writing the file any more. Raises: OSError.
    """
    path = root / segment.path
    with path.open("r+b") as file:
        file.seek(segment.size_bytes)
        tail = file.read()
        if tail and _is_torn(tail):
            file.truncate(segment.size_bytes)


def is_stillborn(path: Path) -> bool:
    """Whether a recorder was cut off in the first write to a file, so that nothing was ever in it.

    Raises: OSError.
    """
    data = path.read_bytes()
    is_ours = data[: len(FTYP)] == FTYP[: len(data)] or not any(data)
    return is_ours and _is_torn(data)


def _is_torn(data: bytes) -> bool:
    """Whether this can be what is left of one write; a fragment begins with a `moof`."""
    return data.count(b"moof") <= 1


def _read(file: _Reader, relative: str) -> Segment | None:
    head, init_size, at = _read_head(file)
    fragments = tuple(_read_fragments(file, at))
    if not fragments:
        return None
    last = fragments[-1]
    duration_s = (last.start_ticks + last.duration_ticks) / MEDIA_TIMESCALE
    return Segment(
        id=head.id,
        camera=head.camera,
        session=head.session,
        path=relative,
        start_time=head.start_time,
        end_time=head.start_time + duration_s,
        size_bytes=last.offset + last.size,
        is_closed=True,
        codecs=head.codecs,
        width=head.width,
        height=head.height,
        init_size=init_size,
        fragments=fragments,
    )


def _read_head(file: _Reader) -> tuple[Identity, int, int]:
    """Who the file is, the size of its init segment, and where its fragments begin."""
    ftyp = _expect(file, 0, b"ftyp")
    moov = _expect(file, ftyp.end, b"moov")
    identity = _expect(file, moov.end, b"uuid")
    return read_identity(file.bytes_of(identity)[8:]), moov.end, identity.end


def _expect(file: _Reader, at: int, box_type: bytes) -> BoxSpan:
    span = file.span(at)
    if span is None or span.type != box_type:
        raise MediaError(f"there is no {box_type!r} box at byte {at}")
    return span


def _read_fragments(file: _Reader, at: int) -> Iterator[Fragment]:
    while True:
        moof = file.span(at)
        mdat = file.span(moof.end) if moof else None
        if moof is None or mdat is None or (moof.type, mdat.type) != (b"moof", b"mdat"):
            return
        try:
            table = read_fragment(file.bytes_of(moof))
        except MediaError:
            return
        video = next((run for run in table.runs if run.track_id == VIDEO_TRACK), None)
        if video is None:
            return
        is_keyframe = not video.syncs or video.syncs[0]
        yield Fragment(at, mdat.end - at, video.decode_time, video.duration, is_keyframe)
        at = mdat.end
