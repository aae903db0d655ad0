"""A video file as the frames that are analysed, read once and as fast as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from picket.capture.decoder import Decoder, FrameRate, detect_size, scale_into
from picket.capture.source import Source, SourceSpec
from picket.config.detect import DetectConfig
from picket.domain.errors import MediaError, StreamEnded
from picket.domain.frame import Frame
from picket.domain.stream import Packet, StreamInfo

START_TIME = 1_704_067_200.0
"""Unix seconds that every video begins at, so that each run is the same: 2024-01-01."""


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
        """The frames to analyse, chosen as in live operation."""
        decoder, rate = Decoder(self._info.video), FrameRate(self.facts.detect_fps)
        first_time: float | None = None
        number = 0
        for packet in self._packets():
            for frame_time, picture in decoder.decode(packet):
                number += 1
                first_time = frame_time if first_time is None else first_time
                if rate.is_due(frame_time):
                    yuv = np.empty((self.facts.height * 3 // 2, self.facts.width), np.uint8)
                    scale_into(picture, yuv)
                    yield NumberedFrame(number, frame_time - first_time, Frame(frame_time, yuv))

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
