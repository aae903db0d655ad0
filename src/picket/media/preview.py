"""Small pictures for scrubbing: the keyframe at or before an instant, decoded alone."""

from __future__ import annotations

from typing import cast

import av
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from picket.domain.errors import MediaError
from picket.domain.frame import Picture
from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Segment
from picket.media.codec.entry_codec import decoder_setup
from picket.media.init_segment import VIDEO_TRACK, read_init
from picket.media.progressive import Read, read_table


def keyframe_before(segment: Segment, time: float) -> Fragment | None:
    """The last fragment of a segment that begins with a keyframe at or before an instant."""
    ticks = (time - segment.start_time) * MEDIA_TIMESCALE
    for fragment in reversed(segment.fragments):
        if fragment.is_keyframe and fragment.start_ticks <= ticks:
            return fragment
    return None


def decode_keyframe(segment: Segment, fragment: Fragment, height: int, read: Read) -> Picture:
    """The first picture of a fragment, which must be a keyframe, scaled to a height; BGR.

    Nothing else of the recording is read or decoded.

    Raises:
        NotFound: the file is gone.
        MediaError: what was recorded cannot be decoded.
    """
    sample = _first_sample(segment, fragment, read)
    video = read_init(read(segment.path, 0, segment.init_size)).get(VIDEO_TRACK)
    if video is None:
        raise MediaError(f"{segment.path} holds no picture")
    try:
        frame = _decode(*decoder_setup(video.entry), sample)
    except FFmpegError as error:
        raise MediaError(f"a keyframe of {segment.path} cannot be decoded: {error}") from error
    if frame is None:
        raise MediaError(f"a keyframe of {segment.path} holds no picture")
    width = max(round(frame.width * height / frame.height), 1)
    small = frame.reformat(width=width, height=height, format="bgr24", interpolation="AREA")
    picture: Picture = small.to_ndarray()  # type: ignore[assignment]
    return picture


def _decode(codec: str, config: bytes, sample: bytes) -> VideoFrame | None:
    """By a decoder alone: libav would decode the picture twice to learn what a file holds."""
    decoder = cast(VideoCodecContext, CodecContext.create(codec, "r"))
    decoder.extradata = config
    decoder.thread_count = 1
    frames = decoder.decode(av.Packet(sample)) or decoder.decode(None)
    return frames[0] if frames else None


def _first_sample(segment: Segment, fragment: Fragment, read: Read) -> bytes:
    table = read_table(segment, fragment, read)
    at = fragment.offset + table.body_offset
    for run in table.runs:
        if run.track_id == VIDEO_TRACK:
            return read(segment.path, at, run.sizes[0])
        at += run.size
    raise MediaError(f"a fragment of {segment.path} holds no picture")
