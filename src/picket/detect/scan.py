"""Squares that show everything in a frame, however small: for a scene of which nothing is known."""

from __future__ import annotations

import math
from itertools import product

from picket.detect.regions import RegionRules
from picket.domain.geometry import Box

OVERLAP = 0.2
"""What squares of one size share with their neighbours: an object that needs squares of this size
is at most so large in them."""


def scan_regions(rules: RegionRules) -> tuple[Box, ...]:
    """The whole frame, then squares of half the side, until one fills the model's input."""
    sides = [rules.frame_side]
    while sides[-1] > rules.input_side:
        sides.append(max(sides[-1] // 2, rules.input_side) // 4 * 4)
    return tuple(
        Box(x, y, x + side, y + side)
        for side in sides
        for y, x in product(_begins(rules.height, side), _begins(rules.width, side))
    )


def _begins(length: int, side: int) -> tuple[int, ...]:
    """Where squares begin along one axis, evenly."""
    if side >= length:
        return (0,)
    count = math.ceil((length - side) / (side * (1 - OVERLAP))) + 1
    return tuple(round(n * (length - side) / (count - 1)) for n in range(count))
