"""Where an object was, often enough to draw it and seldom enough to keep it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from picket.domain.geometry import Box

INTERVAL_S = 0.5
MOST_POINTS = 400
"""Then every other point goes and the interval doubles: a path always tells the whole life."""
MOVED_SHARE = 0.05
"""Of a box's side: what moves less is taken for the detector's unrest."""


@dataclass(frozen=True, slots=True)
class Waypoint:
    """Where an object was at an instant."""

    time: float  # frame time, Unix seconds
    box: Box


@dataclass(frozen=True, slots=True)
class Path:
    """Waypoints in the order of time."""

    points: tuple[Waypoint, ...] = ()
    interval_s: float = INTERVAL_S


def add_waypoint(path: Path, time: float, box: Box) -> Path:
    """The path with one more sight of the object, if it adds anything."""
    last = path.points[-1] if path.points else None
    if last is not None:
        is_soon = time - last.time < path.interval_s
        if is_soon or not _has_moved(last.box, box):
            return path
    points = (*path.points, Waypoint(time, box))
    if len(points) <= MOST_POINTS:
        return replace(path, points=points)
    return Path((*points[:-1:2], points[-1]), path.interval_s * 2)


def _has_moved(before: Box, after: Box) -> bool:
    """Whether a border went further than noise takes it."""
    sides = (
        (abs(after.x1 - before.x1), before.width),
        (abs(after.x2 - before.x2), before.width),
        (abs(after.y1 - before.y1), before.height),
        (abs(after.y2 - before.y2), before.height),
    )
    return any(step > max(MOVED_SHARE * side, 1) for step, side in sides)
