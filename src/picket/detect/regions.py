"""Chooses the squares of a frame that a detector looks at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from picket.domain.geometry import Box
from picket.domain.status import OBJECT_ROOM
from picket.domain.track import Track

MOTION_ROOM = 2.0
"""A region is so many times as wide as the motion it is made for: often only a part of an object
moves. How much wider than known objects it is, the model says."""
SMALLEST_SHARE = 0.05
"""Share of a large region that a box must fill to be found in it."""
SEED_SHARE = 0.1
"""Share of its region that the first box of a cluster may fill."""


@dataclass(frozen=True, slots=True)
class RegionRules:
    """The frame and what the model wants to see of it."""

    width: int  # pixels of the frame
    height: int
    min_side: int  # pixels of the smallest region worth a look: the larger side of the input
    object_room: float = OBJECT_ROOM  # a region is so many times as wide as its objects


def region_of(box: Box, room: float, rules: RegionRules) -> Box:
    """The square of `room` times the larger side of a box around its centre.

    It is moved into the frame; only a square larger than the frame sticks out, to the right and
    below. The side is a multiple of 4, at least `min_side`, and no larger than the frame: more
    room would only make what is in it smaller for the model.
    """
    wanted = int(max(box.width, box.height) * room) // 4 * 4
    side = max(min(wanted, max(rules.width, rules.height)), rules.min_side)
    x, y = box.center
    left = max(min(int(x - side / 2), rules.width - side), 0)
    top = max(min(int(y - side / 2), rules.height - side), 0)
    return Box(left, top, left + side, top + side)


def frame_region(rules: RegionRules) -> Box:
    """One square over the whole frame."""
    return region_of(Box(0, 0, rules.width, rules.height), 1.0, rules)


def object_regions(boxes: Sequence[Box], rules: RegionRules) -> tuple[Box, ...]:
    """Regions that show every box, near ones together."""
    return tuple(
        region_of(_around(cluster), rules.object_room, rules)
        for cluster in find_clusters(boxes, rules)
    )


def motion_regions(
    motion: Sequence[Box], regions: Sequence[Box], rules: RegionRules
) -> tuple[Box, ...]:
    """Regions around motion that no region shows yet."""
    unseen = [box for box in motion if not any(region.contains(box) for region in regions)]
    return tuple(
        region_of(_around(cluster), MOTION_ROOM, rules) for cluster in find_clusters(unseen, rules)
    )


def find_clusters(boxes: Sequence[Box], rules: RegionRules) -> list[list[Box]]:
    """Groups of boxes that share a region without one of them becoming too small in it.

    Greedy in the given order: each box that is left starts a group and takes what fits.
    """
    clusters: list[list[Box]] = []
    waiting = list(boxes)
    while waiting:
        seed, *others = waiting
        cluster, waiting = [seed], []
        reach = _reach(seed, rules)
        for box in others:
            fits = reach.contains(box) and _stay_visible([*cluster, box], rules)
            (cluster if fits else waiting).append(box)
        clusters.append(cluster)
    return clusters


def is_resting(track: Track, motion: Sequence[Box], *, threshold_frames: int) -> bool:
    """Whether a look can be saved: it stands still, was seen last time, and nothing moves there.

    Args:
        track: as the last frame left it.
        motion: boxes that can wake it; none while motion calibrates.
        threshold_frames: frames without a move after which an object counts as still.
    """
    return (
        track.is_sure
        and track.motionless_count >= threshold_frames
        and not any(track.detection.box.overlaps(box) for box in motion)
    )


def _around(boxes: Sequence[Box]) -> Box:
    return reduce(Box.union, boxes)


def _reach(seed: Box, rules: RegionRules) -> Box:
    """Where the other boxes of a seed's cluster must lie."""
    side = max(rules.min_side, int(math.sqrt(seed.area / SEED_SHARE)))
    x, y = seed.center
    across, down = side - 0.55 * seed.width, side - 0.55 * seed.height
    # A very long box may be longer than its own reach; it still holds itself.
    across, down = max(across, seed.width / 2), max(down, seed.height / 2)
    return Box(
        math.floor(x - across), math.floor(y - down), math.ceil(x + across), math.ceil(y + down)
    )


def _stay_visible(boxes: Sequence[Box], rules: RegionRules) -> bool:
    region = region_of(_around(boxes), rules.object_room, rules)
    return region.width <= rules.min_side or all(
        box.area >= SMALLEST_SHARE * region.area for box in boxes
    )
