"""One frame out of a recorded segment, decoded from the nearest keyframe before it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import av
from av.error import FFmpegError
from av.video.frame import VideoFrame

from picket.domain.errors import MediaError, NotFound
from picket.domain.frame import Picture
from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Segment
from picket.media.progressive import Read, choose_fragments

_TOLERANCE_S = 0.0005
"""Wall times are floats and the file counts ticks: the frame of exactly this time is meant."""


def decode_still(segment: Segment, frame_time: float, read: Read) -> Picture:
    """The frame that was shown at an instant, in the size of the recording, BGR.

    Only the init segment and the fragments from the keyframe before the instant up to it are read.

    Args:
        segment: the one that holds the instant.
        frame_time: Unix seconds; beyond the last frame that one is taken.
        read: gives bytes of files below the recordings folder.

    Raises:
        NotFound: the segment has no footage at the instant, or its file is gone.
        MediaError: what was recorded cannot be decoded.
    """
    chosen = choose_fragments(segment, frame_time, frame_time + _TOLERANCE_S)
    if not chosen:
        chosen = list(segment.fragments[-1:])  # the next segment begins a little after its end
    if not chosen:
        raise NotFound(f"Recording not found at {frame_time}")
    wanted_s = frame_time - segment.start_time - chosen[0].start_ticks / MEDIA_TIMESCALE
    try:
        with av.open(io.BytesIO(_read_all(segment, chosen, read)), "r") as container:
            frame = _last_until(container.decode(video=0), wanted_s + _TOLERANCE_S)
            if frame is not None:
                picture: Picture = frame.to_ndarray(format="bgr24")  # type: ignore[assignment]
                return picture
    except FFmpegError as error:
        raise MediaError(f"the recording at {frame_time} cannot be decoded: {error}") from error
    raise MediaError(f"the recording at {frame_time} holds no picture")


def _read_all(segment: Segment, fragments: list[Fragment], read: Read) -> bytes:
    parts = [read(segment.path, 0, segment.init_size)]
    parts += [read(segment.path, fragment.offset, fragment.size) for fragment in fragments]
    return b"".join(parts)


def _last_until(frames: Iterator[VideoFrame], wanted_s: float) -> VideoFrame | None:
    """The last frame that is shown at most `wanted_s` after the first one."""
    last: VideoFrame | None = None
    first_s: float | None = None
    for frame in frames:
        shown_s = frame.time or 0.0
        first_s = shown_s if first_s is None else first_s
        if last is not None and shown_s - first_s > wanted_s:
            break
        last = frame
    return last
