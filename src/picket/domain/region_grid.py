"""How large objects usually are, by place in the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

GRID_SIZE = 8

Place = tuple[int, int]
"""Column and row of a cell, 0..7 from the top left."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Sizes that were measured, as shares of the frame's width or height."""

    mean: float
    deviation: float

    def clamp(self, size: float) -> float:
        """The usual size that is nearest to this one."""
        return min(max(size, self.mean - self.deviation), self.mean + self.deviation)


@dataclass(frozen=True, slots=True)
class Cell:
    """The objects whose centre was here."""

    count: int
    width: Spread  # share of the frame's width
    height: Spread  # share of the frame's height


@dataclass(frozen=True, slots=True)
class RegionGrid:
    """8 x 8 cells over the frame; a cell that never saw an object is missing."""

    cells: Mapping[Place, Cell] = field(default_factory=dict)
