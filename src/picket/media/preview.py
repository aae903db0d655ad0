"""Small pictures for scrubbing: the keyframe at or before an instant, decoded alone."""

from __future__ import annotations

import io

import av
from av.error import FFmpegError

from picket.domain.errors import MediaError
from picket.domain.frame import Picture
from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Segment
from picket.media.fmp4 import TrackRun, build_fragment
from picket.media.init_segment import VIDEO_TRACK
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
    data = read(segment.path, 0, segment.init_size) + _alone(segment, fragment, read)
    try:
        with av.open(io.BytesIO(data), "r", format="mp4") as container:
            container.streams.video[0].codec_context.thread_count = 1
            for frame in container.decode(video=0):
                width = max(round(frame.width * height / frame.height), 1)
                small = frame.reformat(width=width, height=height, format="bgr24")
                picture: Picture = small.to_ndarray()  # type: ignore[assignment]
                return picture
    except FFmpegError as error:
        raise MediaError(f"a keyframe of {segment.path} cannot be decoded: {error}") from error
    raise MediaError(f"a keyframe of {segment.path} holds no picture")


def _alone(segment: Segment, fragment: Fragment, read: Read) -> bytes:
    """A fragment of the first picture only."""
    table = read_table(segment, fragment, read)
    at = fragment.offset + table.body_offset
    for run in table.runs:
        if run.track_id == VIDEO_TRACK:
            sample = read(segment.path, at, run.sizes[0])
            one = TrackRun(VIDEO_TRACK, 0, run.sizes[:1], run.durations[:1])
            return build_fragment(1, [one], [[sample]])
        at += run.size
    raise MediaError(f"a fragment of {segment.path} holds no picture")
