"""Who is seen in part and stands there as a whole: a post before a car makes two halves of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from picket.domain.appearance import Appearance
from picket.domain.geometry import Box
from picket.media.appearance import likeness
from picket.track.position import STILL_IOU

UNCHANGED = 0.9
"""Likeness of a place from which nothing left: parked cars mostly keep 0.95 (see `likeness`), and
others who stand there reach 0.8."""
TREMBLE = 0.1
"""In sizes of the whole: two standard deviations of a side."""
INSIDE = 0.75
"""Of a part lies so much in the whole, however its box trembles."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All of an object, as it was surely seen last."""

    box: Box  # pixels of the detect stream
    appearance: Appearance


def is_same(box: Box, whole: Box) -> bool:
    """Whether a box shows the whole again."""
    return box.iou(whole) >= STILL_IOU


def is_part(box: Box, whole: Box) -> bool:
    """Whether a box shows a part of what another shows, rather than the same thing again."""
    return not is_same(box, whole) and is_inside(box, whole)


def is_inside(box: Box, whole: Box) -> bool:
    """Whether nearly all of a box lies in another."""
    across, down = round(TREMBLE * whole.width), round(TREMBLE * whole.height)
    around = Box(whole.x1 - across, whole.y1 - down, whole.x2 + across, whole.y2 + down)
    return box.area <= whole.area and box.intersection(around) >= INSIDE * box.area


def is_shared(whole: Box, part: Box, others: Iterable[Box]) -> bool:
    """Whether the rest of a whole is another object: two were taken for one."""
    return any(
        is_inside(other, whole) and other.intersection(part) < (1 - INSIDE) * other.area
        for other in others
    )


def is_unchanged(whole: Whole, now: Appearance) -> bool:
    """Whether the place still shows what it showed."""
    return likeness(whole.appearance, now) >= UNCHANGED
