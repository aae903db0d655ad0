"""Frames to MPEG-1 video in an MPEG transport stream: what JSMpeg plays in a browser."""

from __future__ import annotations

from fractions import Fraction

import av
from av.codec.context import Flags
from av.error import FFmpegError
from av.video.frame import PictureType
from av.video.reformatter import Interpolation, VideoReformatter

from picket.domain.errors import MediaError
from picket.domain.frame import Yuv
from picket.media.mpeg1_pieces import TICKS_PER_S, Piece

KEYFRAME_FRAMES = 10
LAMBDA = 118
"""What libav calls a quality of 1 inside (FF_QP2LAMBDA); it takes no better one than `lmin`."""


class Mpeg1Stream:
    """One running stream; each piece begins with its tables, so one can join at any keyframe."""

    def __init__(self, width: int, height: int, quality: int) -> None:
        """Size in pixels, even; quality 1..31, 1 is best.

        Raises: MediaError when libav does not take it.
        """
        self._size = width, height
        self._scaler = VideoReformatter()
        self._sink = _Sink()
        options = {"mpegts_flags": "+pat_pmt_at_frames", "flush_packets": "1"}
        try:
            self._container = av.open(self._sink, "w", "mpegts", container_options=options)
            self._stream = self._container.add_stream("mpeg1video", rate=TICKS_PER_S)
            codec = self._stream.codec_context
            codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
            codec.gop_size, codec.max_b_frames, codec.thread_count = KEYFRAME_FRAMES, 0, 1
            codec.qmin = codec.qmax = quality
            codec.flags |= Flags.low_delay  # a frame goes out before the next one comes
            codec.options = {"strict": "unofficial", "lmin": str(quality * LAMBDA)}
        except FFmpegError as error:
            raise MediaError(f"MPEG-1 of {width}x{height} is impossible: {error}") from error

    def encode(self, yuv: Yuv, tick: int, *, is_keyframe: bool = False) -> Piece:
        """The piece of the stream that shows a frame, scaled to the stream's size.

        Args:
            yuv: I420 of any even size.
            tick: when it is shown, in 1/25 s; later than the frame before.
            is_keyframe: must be one; others come by themselves.

        Raises: MediaError.
        """
        frame = av.VideoFrame.from_ndarray(yuv, format="yuv420p")
        if (frame.width, frame.height) != self._size:
            frame = self._scaler.reformat(frame, *self._size, interpolation=Interpolation.BILINEAR)
        frame.pts, frame.time_base = tick, Fraction(1, TICKS_PER_S)
        frame.pict_type = PictureType.I if is_keyframe else PictureType.NONE
        try:
            packets = self._stream.encode(frame)
            self._container.mux(packets)
        except FFmpegError as error:
            raise MediaError(f"MPEG-1 cannot be written: {error}") from error
        return Piece(self._sink.take(), any(packet.is_keyframe for packet in packets))

    def close(self) -> None:
        """Give the encoder back."""
        self._container.close()


class _Sink:
    """The file that libav writes to."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def take(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole
