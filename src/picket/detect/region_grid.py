"""What a camera's past objects teach about the size of what moves, by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean, pstdev

from picket.detect.regions import RegionRules, Want, grown, make_want
from picket.domain.geometry import Box, RelativeBox
from picket.domain.region_grid import GRID_SIZE, Cell, Place, RegionGrid, Spread

MOTION_MARGIN = 0.5
"""How much more than the motion is shown on each side, in heights of the object: often only a part
of an object moves."""
SHOWN_SHARE = 0.9
"""Motion of which so much lies in a region, with what is around it, is not looked at again: what is
missing is surroundings. At three quarters, people were overlooked at the ends of wide patches."""
LEARNED_ROOM = 1.35
"""A region made for the usual object of a place is so many times as large."""
LEARNED_MOMENTS = 10_000
"""The newest timeline entries of a camera are learned from: weeks at most places, and so a camera
that was moved learns anew."""
LEAST_COUNT = 5
"""Objects that a place must have seen before it is believed."""


def learn_grid(boxes: Iterable[RelativeBox]) -> RegionGrid:
    """Learn from the boxes of past timeline entries."""
    found: dict[Place, list[tuple[float, float]]] = defaultdict(list)
    for x, y, width, height in boxes:
        found[_place(x + width / 2, y + height / 2)].append((width, height))
    return RegionGrid({place: _cell(sizes) for place, sizes in found.items()})


def want_motion(
    motion: Box, all_motion: Iterable[Box], grid: RegionGrid, rules: RegionRules, *, weight: int
) -> Want:
    """Motion with as much around it as belongs to what moves there."""
    height = believed_height(motion, all_motion, grid, rules)
    box = grown(motion, MOTION_MARGIN * height, rules)
    return make_want(box, height, rules, share=SHOWN_SHARE, weight=weight)


def believed_height(
    motion: Box, all_motion: Iterable[Box], grid: RegionGrid, rules: RegionRules
) -> float:
    """Pixels of the object that moves here: as high as the motion, unless that is unusual.

    A head and a leg that move are one person; a patch of motion may be a crowd.
    """
    whole = max((_joint_height(motion, other) for other in all_motion), default=motion.height)
    height = max(whole - rules.motion_surplus_px, whole / 2)
    x, y = motion.center
    cell = grid.cells.get(_place(x / rules.width, y / rules.height))
    if cell is None or cell.count < LEAST_COUNT:
        return height
    return cell.height.clamp(height / rules.height) * rules.height


def region_side(cell: Cell, rules: RegionRules) -> tuple[float, float]:
    """Mean and deviation of the regions made for the objects of a cell, in pixels."""
    across, down = cell.width, cell.height
    mean = max(across.mean * rules.width, down.mean * rules.height)
    deviation = max(across.deviation * rules.width, down.deviation * rules.height)
    return max(LEARNED_ROOM * mean, rules.input_side), LEARNED_ROOM * deviation


def _joint_height(motion: Box, other: Box) -> int:
    """Of both, when one stands above the other with less than its height between."""
    gap = max(motion.y1, other.y1) - min(motion.y2, other.y2)
    is_in_line = motion.x1 < other.x2 and other.x1 < motion.x2
    is_near = gap < max(motion.height, other.height)
    return motion.union(other).height if is_in_line and is_near else motion.height


def _place(x: float, y: float) -> Place:
    column, row = (min(max(int(share * GRID_SIZE), 0), GRID_SIZE - 1) for share in (x, y))
    return column, row


def _cell(sizes: Sequence[tuple[float, float]]) -> Cell:
    widths, heights = zip(*sizes, strict=True)
    return Cell(len(sizes), _spread(widths), _spread(heights))


def _spread(sizes: Sequence[float]) -> Spread:
    return Spread(fmean(sizes), pstdev(sizes))
