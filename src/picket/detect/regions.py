"""The squares of a frame that a detector may look at, and what must be in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from picket.domain.geometry import Box
from picket.domain.status import LEAST_HEIGHT_PX, OBJECT_ROOM

STEPS_PER_OCTAVE = 2
"""Sides of regions grow by the square root of two: two objects that share a square are at most so
much smaller in it than they had to be."""
LARGEST_ZOOM = 2.0
"""How many times a region may be enlarged for the model. It finds more of what is small up to here,
and at three times the size no more."""
ENOUGH = 2.0
"""An object is not enlarged to more than so many times the least height: from there on its
surroundings tell a model more than its details."""
LOOKS_MAX = 6
"""Regions of one frame. A camera at 5 frames a second then asks for 30 looks a second at most, half
of what one core does with a small model; what does not fit in waits for the next frame."""


@dataclass(frozen=True, slots=True)
class RegionRules:
    """The frame and what the model wants to see of it."""

    width: int  # pixels of the frame
    height: int
    input_side: int  # pixels of the model's input, the larger side
    object_room: float = OBJECT_ROOM  # a region is so many times as wide as its objects
    least_height_px: float = LEAST_HEIGHT_PX  # of an object in the model's input
    looks_max: int = LOOKS_MAX  # in one frame
    motion_surplus_px: float = 0.0  # how much higher motion boxes are than what moves

    @property
    def frame_side(self) -> int:
        """Pixels of the square over the whole frame."""
        return max(self.width, self.height)


@dataclass(frozen=True, slots=True)
class Want:
    """Something that must be looked at."""

    box: Box  # with its surroundings, inside the frame
    smallest_side: int  # pixels of the smallest square in which it has enough room
    largest_side: int  # pixels of the largest square in which it is not too small
    share: float = 1.0  # of the box that a square must show
    weight: int = 1  # how urgent it is


def possible_sides(rules: RegionRules) -> tuple[int, ...]:
    """Pixels of the sides that a region may have, the smallest first.

    From an enlarged part of the picture to the square over the whole frame; in between each is
    the model's input times a power of the square root of two, and a multiple of 4.
    """
    sides, side = [], rules.input_side / LARGEST_ZOOM
    while side < rules.frame_side:
        sides.append(max(int(side) // 4 * 4, 4))
        side *= 2 ** (1 / STEPS_PER_OCTAVE)
    return (*sides, rules.frame_side)


def want_object(box: Box, rules: RegionRules, *, weight: int = 1) -> Want:
    """A known object with the room that the model needs around it."""
    room = (rules.object_room - 1) / 2 * max(box.width, box.height)
    return make_want(grown(box, room, rules), box.height, rules, weight=weight)


def make_want(
    shown: Box, height_px: float, rules: RegionRules, *, share: float = 1.0, weight: int = 1
) -> Want:
    """A part of the frame with an object so high in it.

    The object may not become smaller for the model than it can find, as far as that is possible:
    the part must fit in, and there is a limit to enlarging.
    """
    largest = height_px * rules.input_side / rules.least_height_px
    fitting = next(s for s in possible_sides(rules) if s >= max(shown.width, shown.height))
    smallest = min(largest / ENOUGH, rules.input_side, rules.frame_side)
    return Want(shown, int(smallest), max(int(largest), fitting), share, weight)


def grown(box: Box, margin_px: float, rules: RegionRules) -> Box:
    """The box with more around it on each side, inside the frame."""
    margin = round(margin_px)
    wide = Box(box.x1 - margin, box.y1 - margin, box.x2 + margin, box.y2 + margin)
    return wide.clipped(rules.width, rules.height) or box


def square_around(box: Box, side: int, rules: RegionRules) -> Box:
    """The square of this side around the middle of a box, moved into the frame.

    Only a square larger than the frame sticks out, to the right and below.
    """
    x, y = box.center
    left = max(min(int(x - side / 2), rules.width - side), 0)
    top = max(min(int(y - side / 2), rules.height - side), 0)
    return Box(left, top, left + side, top + side)


def is_shown(want: Want, region: Box) -> bool:
    """Whether enough of it lies in a region, and large enough."""
    return (
        want.smallest_side <= region.width <= want.largest_side
        and region.intersection(want.box) >= want.share * want.box.area
    )


def is_shown_by_any(want: Want, regions: Iterable[Box]) -> bool:
    """Whether one of the regions shows it."""
    return any(is_shown(want, region) for region in regions)
