"""What is remembered of every tracked object, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from picket.domain.event import AttributeView, Event, EventData, PathPoint
from picket.domain.geometry import Box
from picket.domain.ids import own_share_s
from picket.domain.overlay import AttributeBox, ObjectView, ShotView
from picket.domain.track import Track
from picket.events.best_shot import BestShot
from picket.events.path import Path
from picket.events.quieting import Quieting
from picket.events.rules import EventRules
from picket.events.zones import Presence

NEVER = float("-inf")
SubLabel = tuple[str, float | None]
"""A name and how sure its giver was."""


@dataclass(frozen=True, slots=True, eq=False)
class ObjectMemory:
    """One tracked object from its registration to its end."""

    track: Track
    scores: tuple[float, ...]  # of the last frames, 0.0 where it was not surely seen
    score: float = 0.0  # their median
    top_score: float = 0.0  # highest median so far
    places: tuple[Box, ...] = ()  # where it was surely seen, apart from each other
    path: Path = field(default_factory=Path)
    has_stirred: bool = False  # something moved on it, or may have
    is_false_positive: bool = True
    quieting: Quieting = field(default_factory=Quieting)
    presence: Presence = field(default_factory=Presence)
    attributes: Mapping[str, float] = field(default_factory=dict)  # best score by label
    current_attributes: tuple[AttributeBox, ...] = ()
    shot: BestShot | None = None
    sub_label: SubLabel | None = None
    has_clip: bool = False  # once true, always true: the event was promised
    has_snapshot: bool = False
    is_known: bool = False  # it stood there before: nothing is told of it, and no event made
    is_deleted: bool = False  # a client deleted the event: no row is handed out any more
    published: ObjectView | None = None  # as last told; None only until its registration is done
    published_time: float = NEVER  # frame time
    stored: Event | None = None  # row as last handed out


@dataclass(frozen=True, slots=True, eq=False)
class EventState:
    """What is remembered between frames; the empty value is the start."""

    objects: Mapping[str, ObjectMemory] = field(default_factory=dict)  # by track id


def show(memory: ObjectMemory, rules: EventRules, end_time: float | None = None) -> ObjectView:
    """The object as clients see it."""
    track = memory.track
    return ObjectView(
        id=track.id,
        camera=rules.camera,
        label=track.label,
        frame_time=track.frame_time,
        start_time=track.start_time,
        end_time=end_time,
        score=track.detection.score,
        top_score=memory.top_score,
        false_positive=memory.is_false_positive,
        box=track.detection.box,
        region=track.detection.region,
        is_seen=track.is_seen,
        stationary=track.is_stationary(rules.stationary_threshold),
        motionless_count=track.motionless_count,
        position_changes=track.position_changes,
        current_zones=memory.presence.current,
        entered_zones=memory.presence.entered,
        has_clip=memory.has_clip,
        has_snapshot=memory.has_snapshot,
        attributes=tuple(memory.attributes.items()),
        current_attributes=memory.current_attributes,
        snapshot=None if memory.shot is None else memory.shot.view,
        sub_label=memory.sub_label,
        hidden_box=track.hidden_box,
    )


def to_row(memory: ObjectMemory, rules: EventRules, end_time: float | None = None) -> Event:
    """The object as a row, its times padded by pre- and post-capture, without thumbnail."""
    track, name = memory.track, memory.sub_label
    return Event(
        id=track.id,
        camera=rules.camera,
        label=track.label,
        start_time=track.start_time - rules.pre_capture_s - own_share_s(track.id),
        end_time=None if end_time is None else end_time + rules.post_capture_s,
        zones=memory.presence.entered,
        has_clip=memory.has_clip,
        has_snapshot=memory.has_snapshot,
        data=_to_data(memory, rules),
        sub_label=None if name is None else name[0],
        detector_type=rules.facts.detector_type,
        model_type=rules.facts.model_type,
        model_hash=rules.facts.model_hash,
    )


def to_path(memory: ObjectMemory, rules: EventRules) -> tuple[PathPoint, ...]:
    """Where the object was so far, as it is stored."""
    size = (rules.width, rules.height)
    return tuple(PathPoint(one.time, one.box.relative(*size)) for one in memory.path.points)


def _to_data(memory: ObjectMemory, rules: EventRules) -> EventData:
    size = (rules.width, rules.height)
    view = best_view(memory)
    return EventData(
        score=view.score,
        top_score=memory.top_score,
        box=view.box.relative(*size),
        region=view.region.relative(*size),
        attributes=tuple(
            AttributeView(found.label, found.score, found.box.relative(*size))
            for found in view.attributes
        ),
        sub_label_score=None if memory.sub_label is None else memory.sub_label[1],
    )


def best_view(memory: ObjectMemory) -> ShotView:
    """The best shot, or what was seen last where there is none yet."""
    if memory.shot is not None:
        return memory.shot.view
    return view_of(memory.track, memory.current_attributes)


def view_of(track: Track, attributes: tuple[AttributeBox, ...]) -> ShotView:
    """What a picture taken now would show of a track."""
    seen = track.detection
    return ShotView(track.frame_time, seen.box, seen.region, seen.score, attributes)
