"""What was found in one frame, as pictures and clients show it."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class ObjectView:
    """One tracked object at one frame; the sides of an MQTT `events` message (Frigate 0.13)."""

    id: str
    camera: str
    label: str
    frame_time: float  # when it was last seen, Unix seconds
    start_time: float  # without pre-capture
    end_time: float | None  # without post-capture
    score: float  # of the last detection, 0..1
    top_score: float  # highest median so far
    false_positive: bool  # its score has not yet convinced
    box: Box
    region: Box
    is_seen: bool  # in this very frame
    stationary: bool
    motionless_count: int
    position_changes: int
    current_zones: tuple[str, ...] = ()
    entered_zones: tuple[str, ...] = ()
    has_clip: bool = False
    has_snapshot: bool = False
    attributes: tuple[tuple[str, float], ...] = ()  # label and best score so far
    current_attributes: tuple[AttributeBox, ...] = ()  # of this frame
    snapshot: ShotView | None = None
    sub_label: tuple[str, float | None] | None = None
    hidden_box: Box | None = None  # where it should be in this frame, behind another object

    @property
    def place(self) -> Box | None:
        """Where it is in this very frame, seen or hidden; None when nobody knows."""
        return self.box if self.is_seen else self.hidden_box


@dataclass(frozen=True, slots=True)
class AttributeBox:
    """A part of an object in one frame, such as a face."""

    label: str
    score: float
    box: Box


@dataclass(frozen=True, slots=True)
class ShotView:
    """Where and when the best picture of an object was taken."""

    frame_time: float
    box: Box
    region: Box
    score: float
    attributes: tuple[AttributeBox, ...] = ()


@dataclass(frozen=True, slots=True)
class LastActivity:
    """When a camera last had something to show, in frame time; minus infinity for never."""

    motion_time: float = float("-inf")
    object_time: float = float("-inf")  # of an object that does not stand, believed or not


@dataclass(frozen=True, slots=True)
class FrameNotes:
    """What was found in a frame, to be drawn over it; travels beside it in the frame ring."""

    frame_time: float = 0.0
    motion: tuple[Box, ...] = ()
    regions: tuple[Box, ...] = ()
    objects: tuple[ObjectView, ...] = ()
    activity: LastActivity = LastActivity()  # up to this frame


@dataclass(frozen=True, slots=True)
class SnapshotOptions:
    """How a picture of an event or a frame is drawn."""

    height: int | None = None  # pixels; None keeps the detect stream's
    bounding_box: bool = False
    timestamp: bool = False
    crop: bool = False
    quality: int = 70  # JPEG, 0..100

    @property
    def is_drawn(self) -> bool:
        """Whether something is drawn over the picture."""
        return self.bounding_box or self.timestamp
