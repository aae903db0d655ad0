"""What was noticed in a video, as values."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.evaluate.video import VideoFacts


@dataclass(frozen=True, slots=True)
class TrackedBox:
    """A track in a frame in which it was seen, or hidden behind another."""

    id: str
    label: str
    box: Box


@dataclass(frozen=True, slots=True)
class NotedEvent:
    """A track that became an event; seconds from the video's first frame."""

    id: str
    label: str
    noted_s: float  # when the event was stored


@dataclass(frozen=True, slots=True)
class AnalysedFrame:
    """What a detector said about a frame."""

    number: int  # in the file, from 1
    time_s: float  # from the video's first frame
    believed: tuple[Detection, ...]  # what was tracked: filtered, and resting objects
    doubted: tuple[Detection, ...]  # what else the detector reported of tracked labels
    looks: int  # regions that were examined
    is_decoded: bool = True  # else nothing stirred, and it counts as showing what was there before


@dataclass(frozen=True, slots=True)
class Following:
    """What one tracker made of the detections of all frames."""

    tracks: tuple[tuple[TrackedBox, ...], ...]  # by frame, in their order
    events: tuple[NotedEvent, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything that was noticed in one video."""

    video: VideoFacts
    frames: tuple[AnalysedFrame, ...]
    ours: Following
    baseline: Following | None
    took_s: float  # as a clock on the wall says, decoding included
    computed_s: float  # of processor time

    @property
    def duration_s(self) -> float:
        """Length of what was analysed."""
        if not self.frames:
            return 0.0
        times = (self.frames[0].time_s, self.frames[-1].time_s)
        step_s = (times[1] - times[0]) / (len(self.frames) - 1) if len(self.frames) > 1 else 0.0
        return times[1] - times[0] + step_s
