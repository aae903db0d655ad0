"""Packets to frames of the detect size and rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import av
import numpy as np
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import Interpolation

from picket.capture.hardware import open_hardware
from picket.config.hardware import Hardware
from picket.domain.errors import MediaError
from picket.domain.frame import Gray, Plane, Yuv
from picket.domain.stream import Packet, TrackInfo

_TICKS = 1_000_000  # of packet times handed to libav
MOST_FAILURES = 100
"""Packets in a row that hardware may fail at before it is given up: it was lost, not they."""
NOTHING = Hardware()


class Decoder:
    """Decodes one video track with one thread: several cameras share the cores better that way.

    Hardware that cannot do it is replaced by the CPU, and `problem` says why.
    """

    def __init__(self, track: TrackInfo, hardware: Hardware = NOTHING) -> None:
        """Raises: MediaError when libav cannot decode the track."""
        self._track = track
        self._hardware = hardware
        self._has_shown = False
        self._failures = 0  # in a row
        self.problem = ""  # why the CPU decodes though hardware was asked for; empty if it was not
        self._context = self._open()
        self._wall_offset = 0.0
        self.errors = 0  # packets that could not be decoded since the start

    def decode(self, packet: Packet) -> Iterator[tuple[float, VideoFrame]]:
        """The frames that this packet completes, with their wall times (Unix seconds)."""
        encoded = av.Packet(packet.data)
        encoded.pts = round(packet.pts_s * _TICKS)
        encoded.dts = round(packet.dts_s * _TICKS)
        self._wall_offset = packet.wall_time - packet.pts_s
        yield from self._decode(encoded)

    def decode_alone(self, keyframe: Packet) -> Iterator[tuple[float, VideoFrame]]:
        """The frame of a keyframe, without waiting for what comes after; then `restart`."""
        yield from self.decode(keyframe)
        yield from self.drain()

    def drain(self) -> Iterator[tuple[float, VideoFrame]]:
        """The frames that wait for others to be put in order; then `restart`."""
        yield from self._decode(None)

    def restart(self) -> None:
        """Forget what was decoded; the next packet must be a keyframe."""
        if self._context.is_open:
            self._context.flush_buffers()

    def _decode(self, encoded: av.Packet[Any] | None) -> Iterator[tuple[float, VideoFrame]]:
        for frame in self._pictures(encoded):
            self._failures, self._has_shown = 0, True
            if frame.pts is not None:
                yield frame.pts / _TICKS + self._wall_offset, frame

    def _pictures(self, encoded: av.Packet[Any] | None) -> Sequence[VideoFrame]:
        try:
            return self._context.decode(encoded)
        except FFmpegError as error:  # a damaged packet: the next keyframe heals it
            self.errors += 1
            self._failures += 1
            if not self._hardware or (self._has_shown and self._failures < MOST_FAILURES):
                return ()
            self._give_up(str(error))
        return self._pictures(encoded)

    def _open(self) -> VideoCodecContext:
        if self._hardware:
            try:
                return open_hardware(self._track, self._hardware)
            except MediaError as error:
                self.problem, self._hardware = str(error), NOTHING
        return _open_software(self._track)

    def _give_up(self, why: str) -> None:
        """The CPU goes on: from the first packet on, or where hardware failed, a keyframe on."""
        self.problem = f"{self._hardware} failed: {why}"
        self._hardware = NOTHING
        self._context = _open_software(self._track)


def _open_software(track: TrackInfo) -> VideoCodecContext:
    try:
        context = CodecContext.create(track.codec, "r")
    except (FFmpegError, ValueError) as error:
        raise MediaError(f"no decoder for {track.codec}") from error
    if not isinstance(context, VideoCodecContext):
        raise MediaError(f"{track.codec} is not a video codec")
    if track.extradata:
        context.extradata = track.extradata
    context.thread_count = 1
    return context


class FrameRate:
    """Chooses which frames to analyse: evenly `fps` a second of the camera's own clock."""

    def __init__(self, fps: float) -> None:
        self._interval_s = 1.0 / fps
        self._due_time = float("-inf")

    def is_due(self, frame_time: float) -> bool:
        """Whether this frame is wanted; a camera slower than `fps` has all its frames taken."""
        tolerance_s = (
            self._interval_s * 0.1
        )  # frames of an even divisor come a little early or late
        if frame_time < self._due_time - tolerance_s:
            return frame_time < self._due_time - 10 * self._interval_s and self._restart(frame_time)
        behind_s = frame_time - self._due_time
        self._due_time = (
            frame_time + self._interval_s
            if behind_s > self._interval_s
            else self._due_time + self._interval_s
        )
        return True

    def _restart(self, frame_time: float) -> bool:
        """Time went back: a new session, or a clock was set."""
        self._due_time = frame_time + self._interval_s
        return True


def detect_size(track: TrackInfo, width: int | None, height: int | None) -> tuple[int, int]:
    """Even sides of the frames to analyse: as configured, else the stream's own."""
    chosen = (width, height) if width and height else (track.width, track.height)
    if not all(chosen):
        raise MediaError(
            "the camera does not say how large its picture is: set detect.width/height"
        )
    return chosen[0] // 2 * 2, chosen[1] // 2 * 2


def plain_luma(frame: VideoFrame, width: int, height: int) -> Gray | None:
    """The luma of a decoded frame where it lies; None when `scale_into` has something to change.

    It is valid as long as the frame is.
    """
    if (frame.width, frame.height) != (width, height) or frame.format.name not in _PLAIN:
        return None
    return _lines(frame.planes[0])[:height, :width]


def scale_into(frame: VideoFrame, target: Yuv) -> None:
    """Scale and convert a decoded frame to I420 of the target's shape, written in place."""
    height, width = target.shape[0] * 2 // 3, target.shape[1]
    if (frame.width, frame.height) != (width, height) or frame.format.name not in _PLAIN:
        frame = frame.reformat(width, height, "yuv420p", interpolation=Interpolation.FAST_BILINEAR)
    rows = target.reshape(-1)
    start = 0
    for plane, (w, h) in zip(frame.planes, _plane_sizes(width, height), strict=True):
        rows[start : start + w * h].reshape(h, w)[:] = _lines(plane)[:h, :w]
        start += w * h


_PLAIN = ("yuv420p", "yuvj420p")


def _lines(plane: VideoPlane) -> Plane:
    """A view with what the decoder left beside and below the picture."""
    return np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)


def _plane_sizes(width: int, height: int) -> tuple[tuple[int, int], ...]:
    half = (width // 2, height // 2)
    return (width, height), half, half
