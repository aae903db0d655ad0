"""Who stands in which zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from picket.config.coordinates import resolve_polygons
from picket.config.zones import ZoneConfig
from picket.domain.geometry import Box
from picket.events.filters import (
    Contour,
    SizeLimits,
    compile_contours,
    compile_limits,
    stands_in,
)


@dataclass(frozen=True, slots=True)
class ZoneFilter:
    """What an object of a label needs to enter a zone."""

    limits: SizeLimits
    threshold: float  # of the median score, 0..1


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A named area of the picture."""

    name: str
    contour: Contour
    inertia: int  # frames that an object must stand in it
    labels: tuple[str, ...] = ()  # who may enter; () for everyone
    filters: Mapping[str, ZoneFilter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presence:
    """What is remembered of one object and all zones."""

    frames: Mapping[str, int] = field(default_factory=dict)  # by zone, while and after it was there
    current: tuple[str, ...] = ()  # zones it is in
    entered: tuple[str, ...] = ()  # zones it ever was in, in order of entry


@dataclass(frozen=True, slots=True)
class Visitor:
    """An object in one frame, as zones see it."""

    label: str
    box: Box
    foot: tuple[int, int]  # its bottom centre, a pixel of the frame
    score: float  # median, 0..1


def compile_zones(zones: Mapping[str, ZoneConfig], width: int, height: int) -> tuple[Zone, ...]:
    """The zones of a camera for a detect stream of this size in pixels."""
    return tuple(
        Zone(
            name=name,
            contour=contour,
            inertia=config.inertia,
            labels=config.labels,
            filters={
                label: ZoneFilter(compile_limits(limits), limits.threshold)
                for label, limits in config.filters.items()
            },
        )
        for name, config in zones.items()
        for contour in compile_contours(resolve_polygons(config.coordinates, width, height)[:1])
    )


def step_presence(presence: Presence, visitor: Visitor, zones: Sequence[Zone]) -> Presence:
    """One more frame in which the object was seen.

    It is in a zone once its foot stood there for `inertia` frames; steps outside count back until
    then. Who was in once is back in at once. Filters are asked only of who is not in.
    """
    frames = dict(presence.frames)
    current: list[str] = []
    for zone in zones:
        if zone.labels and visitor.label not in zone.labels:
            continue
        count = frames.get(zone.name, 0)
        if not stands_in(visitor.foot, zone.contour):
            frames[zone.name] = count - 1 if 0 < count < zone.inertia else count
        elif zone.name in presence.current or _may_enter(visitor, zone):
            frames[zone.name] = count + 1
            if count + 1 >= zone.inertia:
                current.append(zone.name)
    entered = tuple(dict.fromkeys((*presence.entered, *current)))
    return Presence(frames, tuple(current), entered)


def _may_enter(visitor: Visitor, zone: Zone) -> bool:
    rule = zone.filters.get(visitor.label)
    return rule is None or (visitor.score >= rule.threshold and rule.limits.admit(visitor.box))
