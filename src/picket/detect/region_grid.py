"""What a camera's past objects teach about the size of a useful region, by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from picket.detect.regions import MOTION_ROOM, RegionRules, region_of
from picket.domain.geometry import Box, RelativeBox

GRID_SIZE = 8
LEARNED_ROOM = 1.35
STARTUP_CELLS = 8

Place = tuple[int, int]
"""Column and row of a cell, 0..7 from the top left."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Region sides of the objects whose centre was here, as shares of the frame's width."""

    count: int
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class RegionGrid:
    """8 x 8 cells over the frame; a cell that never saw an object is missing."""

    cells: dict[Place, Cell] = field(default_factory=dict)


def grid_from_boxes(boxes: Iterable[RelativeBox], rules: RegionRules) -> RegionGrid:
    """Learn from the boxes of past timeline entries, given as (x, y, width, height), 0..1."""
    sides: dict[Place, list[float]] = defaultdict(list)
    for x, y, width, height in boxes:
        box = _box((x, y, width, height), rules)
        sides[_place(x + width / 2, y + height / 2)].append(
            region_of(box, LEARNED_ROOM, rules).width / rules.width
        )
    return RegionGrid(
        {
            place: Cell(len(found), float(np.mean(found)), float(np.std(found)))
            for place, found in sides.items()
        }
    )


def widen_region(region: Box, grid: RegionGrid, rules: RegionRules) -> Box:
    """A region around motion, enlarged when objects at its place are usually larger."""
    x, y = region.center
    cell = grid.cells.get(_place(x / rules.width, y / rules.height))
    if cell is None or region.width / rules.width >= cell.mean - cell.deviation:
        return region
    return region_of(_square(x, y, cell.mean * rules.width), MOTION_ROOM, rules)


def startup_regions(grid: RegionGrid, rules: RegionRules) -> tuple[Box, ...]:
    """Where to look for objects that stood there before the program started.

    At most eight, of the cells that saw most objects. Nothing while the grid is empty.
    """
    busiest = sorted(grid.cells.items(), key=lambda item: (-item[1].count, item[0]))
    regions = (
        region_of(
            _square(
                (column + 0.5) * rules.width / GRID_SIZE,
                (row + 0.5) * rules.height / GRID_SIZE,
                cell.mean * rules.width,
            ),
            1.0,
            rules,
        )
        for (column, row), cell in busiest[:STARTUP_CELLS]
    )
    return tuple(dict.fromkeys(regions))


def _place(x: float, y: float) -> Place:
    column, row = (min(max(int(share * GRID_SIZE), 0), GRID_SIZE - 1) for share in (x, y))
    return column, row


def _box(relative: RelativeBox, rules: RegionRules) -> Box:
    x, y, width, height = relative
    left, top = int(x * rules.width), int(y * rules.height)
    return Box(
        left,
        top,
        left + max(round(width * rules.width), 1),
        top + max(round(height * rules.height), 1),
    )


def _square(x: float, y: float, side: float) -> Box:
    half = max(side / 2, 1)
    return Box(int(x - half), int(y - half), int(x + half), int(y + half))
