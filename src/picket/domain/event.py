"""A tracked object, a sound or a manual trigger worth keeping, and its key moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from picket.domain.geometry import RelativeBox

AUDIO = "audio"
"""The type of an event that is a sound."""


@dataclass(frozen=True, slots=True)
class AttributeView:
    """A part recognised on an object, such as a face or a courier's logo."""

    label: str
    score: float  # 0..1
    box: RelativeBox


@dataclass(frozen=True, slots=True)
class EventData:
    """What the API shows as `data`."""

    type: str = "object"  # "object", "api" (manual) or "audio"
    score: float = 0.0  # of the best shot
    top_score: float = 0.0  # highest median
    box: RelativeBox | None = None  # of the best shot; None for what has no place in the picture
    region: RelativeBox | None = None
    attributes: tuple[AttributeView, ...] = ()
    sub_label_score: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the event table; `end_time` is None while it goes on."""

    id: str
    camera: str
    label: str
    start_time: float  # Unix seconds, pre-capture included
    end_time: float | None  # Unix seconds, post-capture included
    zones: tuple[str, ...] = ()  # in order of first entry
    has_clip: bool = False
    has_snapshot: bool = False
    thumbnail: bytes = b""  # JPEG, about 175x175
    data: EventData = field(default_factory=EventData)
    sub_label: str | None = None
    retain_indefinitely: bool = False
    plus_id: str | None = None
    false_positive: bool | None = None
    detector_type: str | None = None
    model_type: str | None = None
    model_hash: str | None = None  # MD5 of the model file, as Frigate's clients expect


@dataclass(frozen=True, slots=True)
class PathPoint:
    """Where the object of an event was at an instant."""

    time: float  # Unix seconds
    box: RelativeBox


class Moment(StrEnum):
    """Kinds of timeline entries (Frigate's `class_type`)."""

    VISIBLE = "visible"
    ENTERED_ZONE = "entered_zone"
    STATIONARY = "stationary"
    ACTIVE = "active"
    ATTRIBUTE = "attribute"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A key moment in the life of an event."""

    timestamp: float  # frame time, Unix seconds
    camera: str
    source_id: str  # the event's id
    moment: Moment
    label: str
    box: RelativeBox
    region: RelativeBox
    zones: tuple[str, ...] = ()  # only for ENTERED_ZONE
    attribute: str = ""  # only for ATTRIBUTE
    source: str = "tracked_object"
