"""A video file as the frames that are analysed, read once and as fast as it goes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from picket.capture.decoder import Decoder, FrameRate, detect_size, scale_into
from picket.capture.on_demand import OnDemand, Shot
from picket.capture.source import Source, SourceSpec
from picket.config.detect import DetectConfig
from picket.domain.errors import MediaError, StreamEnded
from picket.domain.frame import Frame
from picket.domain.stream import Packet, StreamInfo

START_TIME = 1_704_067_200.0
"""Unix seconds that every video begins at, so that each run is the same: 2024-01-01."""

ROUNDING_S = 0.001
"""Times of packets and of frames differ by less; frames by more."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What is known of a video before it is decoded."""

    path: Path
    file_width: int  # pixels
    file_height: int
    width: int  # of the analysed frames
    height: int
    fps: float  # of the file
    detect_fps: int  # analysed in a second, if the file has as many

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return self.path.stem


@dataclass(frozen=True, slots=True, eq=False)
class NumberedFrame:
    """A frame to be analysed."""

    number: int  # in the file, from 1
    time_s: float  # since the file's first frame
    frame: Frame


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A frame that would have been analysed if something had stirred."""

    number: int  # in the file, from 1
    time_s: float  # since the file's first frame


class Watcher(Protocol):
    """Whoever analyses a video."""

    def is_still(self, frame: Frame) -> bool:
        """See picket.capture.on_demand.Onlooker."""

    def take(self, numbered: NumberedFrame) -> bool:
        """Analyse the next frame; whether something stirs in it."""

    def pass_over(self, left_out: Sequence[LeftOut]) -> None:
        """Nothing stirred in these frames, which are not decoded."""


class Video:
    """An open video file."""

    def __init__(self, path: Path, detect: DetectConfig) -> None:
        if not path.is_file():
            raise MediaError(f"there is no video at {path}: name an existing file")
        self._now = START_TIME
        try:
            self._source = Source(
                SourceSpec(str(path), wants_audio=False), "file", self._clock, self._clock
            )
        except (MediaError, StreamEnded) as error:
            raise MediaError(f"{path} cannot be read as a video: {error}") from error
        self._info: StreamInfo = self._source.info
        video = self._info.video
        size = detect_size(video, detect.width, detect.height)
        self.facts = VideoFacts(path, video.width, video.height, *size, self._info.fps, detect.fps)

    def frames(self) -> Iterator[NumberedFrame]:
        """The frames to analyse, chosen as in live operation when everything is decoded."""
        decoder, rate, count = Decoder(self._info.video), FrameRate(self.facts.detect_fps), _Count()
        for packet in self._packets():
            count.add(packet.wall_time)
            for frame_time, picture in decoder.decode(packet):
                if rate.is_due(frame_time):
                    frame = _scaled(Shot(frame_time, picture), self.facts)
                    yield NumberedFrame(*count.place(frame_time), frame)

    def show(self, watcher: Watcher, *, decodes_all: bool) -> None:
        """Show it from beginning to end, decoded as in live operation."""
        count = _Count()
        rate = FrameRate(self.facts.detect_fps)
        onlooker = _Onlooker(self.facts, count, watcher)
        decoding = OnDemand(self._info.video, rate, onlooker)
        for packet in self._packets():
            count.add(packet.wall_time)
            decoding.take(packet, is_wanted=decodes_all)
        decoding.finish()

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def _packets(self) -> Iterator[Packet]:
        """Every packet of the file by the file's own times, which are exact."""
        packets = self._source.packets(lambda _: False)
        try:
            for packet in packets:
                self._now = START_TIME + packet.dts_s
                yield replace(packet, wall_time=START_TIME + packet.pts_s)
        except StreamEnded:
            return

    def _clock(self) -> float:
        """Time passes as the file is read."""
        return self._now


class _Count:
    """Says which frame of the file one is, by its time."""

    def __init__(self) -> None:
        self._times: list[float] = []  # of all frames so far, in their order

    def add(self, frame_time: float) -> None:
        """A frame whose packet was read."""
        insort(self._times, frame_time)

    def place(self, frame_time: float) -> tuple[int, float]:
        """Its number, from 1, and seconds since the first one."""
        before = bisect_left(self._times, frame_time - ROUNDING_S)
        return before + 1, frame_time - self._times[0]


class _Onlooker:
    """Hands a watcher the frames of one video as numbered ones."""

    def __init__(self, facts: VideoFacts, count: _Count, watcher: Watcher) -> None:
        self._facts = facts
        self._count = count
        self._watcher = watcher

    def is_still(self, shot: Shot) -> bool:
        return self._watcher.is_still(_scaled(shot, self._facts))

    def see(self, shot: Shot) -> bool:
        place = self._count.place(shot.frame_time)
        return self._watcher.take(NumberedFrame(*place, _scaled(shot, self._facts)))

    def pass_over(self, frame_times: Sequence[float]) -> None:
        self._watcher.pass_over([LeftOut(*self._count.place(time)) for time in frame_times])


def _scaled(shot: Shot, facts: VideoFacts) -> Frame:
    yuv = np.empty((facts.height * 3 // 2, facts.width), np.uint8)
    scale_into(shot.picture, yuv)
    return Frame(shot.frame_time, yuv)
