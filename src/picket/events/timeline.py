"""The key moments in the life of an object."""

from __future__ import annotations

from picket.domain.event import Moment, TimelineEntry
from picket.domain.overlay import ObjectView
from picket.events.rules import EventRules


def note_moment(
    view: ObjectView,
    moment: Moment,
    timestamp: float,
    rules: EventRules,
) -> TimelineEntry:
    """The entry for a moment of an object; `timestamp` is a frame time."""
    return TimelineEntry(
        timestamp=timestamp,
        camera=rules.camera,
        source_id=view.id,
        moment=moment,
        label=view.label,
        box=view.box.relative(rules.width, rules.height),
        region=view.region.relative(rules.width, rules.height),
        zones=view.current_zones if moment is Moment.ENTERED_ZONE else (),
        attribute=view.attributes[0][0] if moment is Moment.ATTRIBUTE else "",
    )


def find_moment(before: ObjectView, after: ObjectView) -> Moment | None:
    """The one thing worth noting between two published states, the most telling first."""
    zones_changed = set(before.current_zones) != set(after.current_zones)
    if zones_changed and after.current_zones and not after.stationary:
        return Moment.ENTERED_ZONE
    if before.stationary != after.stationary:
        return Moment.STATIONARY if after.stationary else Moment.ACTIVE
    if after.attributes and not before.attributes:
        return Moment.ATTRIBUTE
    return None
