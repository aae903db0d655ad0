"""The same object over many frames."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.detection import Detection
from picket.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class Track:
    """What the tracker knows of an object after one frame."""

    id: str  # "<registration time>-<six of a-z0-9>", the later event id
    label: str
    start_time: float  # frame time of the registration, Unix seconds
    frame_time: float  # when it was last seen, Unix seconds
    detection: Detection  # the last one that was matched
    is_seen: bool  # matched in the very frame that was stepped last
    motionless_count: int  # frames in a row without a move
    position_changes: int  # how often it began to move
    unsure_count: int = 0  # frames in a row without a sure sighting; while seen, only doubtful ones
    hidden_box: Box | None = None  # where it should be, unseen behind another object, if it is
    origin: Box | None = None  # where it was noticed, before it was registered; None: unknown

    @property
    def is_sure(self) -> bool:
        """Whether the frame stepped last showed it beyond doubt."""
        return self.is_seen and self.unsure_count == 0

    def is_stationary(self, threshold_frames: int) -> bool:
        """Whether it has not moved for more than this many frames."""
        return self.motionless_count > threshold_frames
