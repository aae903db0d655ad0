"""What the life of an object makes known to the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.event import Event, PathPoint
from picket.events.best_shot import BestShot
from picket.ipc.messages import EventDiscarded, ObjectChanged, TimelineNoted, TrackQuieted


@dataclass(frozen=True, slots=True, eq=False)
class EventStored:
    """An event's row, newest state; the thumbnail is still to be drawn from the shot."""

    event: Event
    shot: BestShot | None  # None only for an object that was never seen once believed
    has_new_shot: bool  # the thumbnail differs from the one of the row before
    path: tuple[PathPoint, ...] = ()  # where the object was so far


@dataclass(frozen=True, slots=True, eq=False)
class SnapshotDue:
    """An event ended whose picture is to be kept as a file."""

    event: Event
    shot: BestShot


Happening = (
    ObjectChanged | TimelineNoted | EventStored | SnapshotDue | EventDiscarded | TrackQuieted
)
