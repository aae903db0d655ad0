"""One detection per object, out of regions that overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from picket.domain.detection import Detection

CLIPPED_SCORE = 0.6
"""What an object cut off by its region is worth at most against a whole one."""
BORDER_PX = 5
MAX_IOU = 0.4
MAX_IOU_BY_LABEL = {"car": 0.6}  # parked side by side, they overlap
MAX_INSIDE = 0.9
MAX_INSIDE_BY_LABEL = {"car": 0.8, "face": 0.5}
SAME_IOU = 0.7
"""Boxes that overlap more show the same object, whatever is known about the scene."""
SMALL_SHARE = 0.05
"""A box smaller than this share of the one around it is another object, far behind it."""


def consolidate(detections: Iterable[Detection], width: int, height: int) -> tuple[Detection, ...]:
    """The detections of all regions of a frame of this size, without doubles.

    Per label: suppression of the weaker of two that overlap, then of boxes inside larger ones.
    Frigate also drops what scores below 0.5 here; with us `min_score` alone decides.
    """
    by_label: dict[str, list[Detection]] = defaultdict(list)
    for detection in detections:
        by_label[detection.label].append(detection)
    return tuple(
        kept
        for group in by_label.values()
        for kept in _drop_contained(_suppress(group, width, height))
    )


def find_doubtful(weak: Iterable[Detection], sure: Iterable[Detection]) -> tuple[Detection, ...]:
    """What may still show somebody besides what is sure: the best of the rest of all regions.

    Two people behind each other overlap by more than doubles may, so what `consolidate` dropped
    for that is among it, unless it is nearly the same box or a part of it.
    """
    kept = list(sure)
    count = len(kept)
    for detection in sorted(weak, key=lambda each: each.score, reverse=True):
        if not any(_is_explained(detection, other) for other in kept):
            kept.append(detection)
    return tuple(kept[count:])


def is_clipped(detection: Detection, width: int, height: int) -> bool:
    """Whether the box touches a border of its region that is not the frame's border too."""
    box, region = detection.box, detection.region
    return (
        (region.x1 > 0 and box.x1 - region.x1 <= BORDER_PX)
        or (region.y1 > 0 and box.y1 - region.y1 <= BORDER_PX)
        or (region.x2 < width and region.x2 - box.x2 <= BORDER_PX)
        or (region.y2 < height and region.y2 - box.y2 <= BORDER_PX)
    )


def _suppress(group: list[Detection], width: int, height: int) -> list[Detection]:
    """Non-maximum suppression among detections of one label, best first."""

    def worth(detection: Detection) -> float:
        clipped = is_clipped(detection, width, height)
        return min(detection.score, CLIPPED_SCORE) if clipped else detection.score

    limit = MAX_IOU_BY_LABEL.get(group[0].label, MAX_IOU)
    kept: list[Detection] = []
    for detection in sorted(group, key=worth, reverse=True):
        if all(detection.box.iou(other.box) <= limit for other in kept):
            kept.append(detection)
    return kept


def _is_explained(detection: Detection, other: Detection) -> bool:
    limit = MAX_INSIDE_BY_LABEL.get(detection.label, MAX_INSIDE)
    return detection.label == other.label and (
        detection.box.iou(other.box) > SAME_IOU or _is_part_of(detection, other, limit)
    )


def _drop_contained(group: list[Detection]) -> list[Detection]:
    limit = MAX_INSIDE_BY_LABEL.get(group[0].label, MAX_INSIDE)
    by_size = sorted(group, key=lambda detection: detection.box.area)
    return [
        small
        for number, small in enumerate(by_size)
        if not any(_is_part_of(small, large, limit) for large in by_size[number + 1 :])
    ]


def _is_part_of(small: Detection, large: Detection, limit: float) -> bool:
    return (
        small.box.intersection(large.box) > limit * small.box.area
        and small.box.area >= SMALL_SHARE * large.box.area
    )
