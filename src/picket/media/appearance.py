"""Whether two detections look like the same thing; pure.

A thing that stands still is drawn alike in every frame, however the light changes. So structure
counts: brightness in a coarse grid, less its mean and over its spread, which neither exposure nor
contrast alters. Colour tells apart what is built alike, and has no say where one of the two is
grey, as infra-red pictures are.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.appearance import CHROMA_CELLS, LUMA_CELLS, Appearance
from picket.domain.frame import Frame, split_planes
from picket.domain.geometry import Box

Cells = npt.NDArray[np.float32]
"""A grid of values, float32, shape (rows, columns)."""

STEPS_PER_SPREAD = 32
"""Steps of an int8 in one standard deviation: up to four of them are told apart."""
LEAST_SPREAD = 2.0
"""Grey levels; less is a flat surface, whose noise is not blown up to structure."""
SHIFT = 1
"""Cells; a box that a detector draws anew is off by a few hundredths of its size."""
GREY = 3.0
"""Mean distance of all cells in levels of U and V: less is no colour, or the same colour."""
OTHER_COLOUR = 24.0
"""Mean distance in levels of U and V at which two colours have nothing in common."""
COLOUR_WEIGHT = 0.3


def describe(frame: Frame, box: Box) -> Appearance:
    """What a frame shows in a box; the part that sticks out is left away.

    A thing that rests is compared best at the very place where it was described before: the
    boxes that a detector draws around it differ more than the pictures in one of them.

    Raises: ValueError when the box lies fully outside.
    """
    inside = box.clipped(frame.width, frame.height)
    if inside is None:
        raise ValueError(f"{box} lies outside of {frame.width}x{frame.height} pixels")
    luma = _cells(_cut(frame.luma, inside, 1), LUMA_CELLS)
    spread = max(float(luma.std()), LEAST_SPREAD)
    structure = (luma - luma.mean()) / spread * STEPS_PER_SPREAD
    u, v = (
        _cells(_cut(plane, inside, 2), CHROMA_CELLS) - 128 for plane in split_planes(frame.yuv)[1:]
    )
    return Appearance(_to_bytes(structure), _to_bytes(np.stack((u, v))))


def likeness(one: Appearance, other: Appearance) -> float:
    """How much two things look alike: 0 is nothing in common, 1 the same picture.

    A flat surface has nothing in common with anything, not even with itself. At one place,
    parked cars keep 0.95 to 0.99 in half of the frames, and different people who stand there
    reach 0.80 at most (see docs/design/0012-suppression.md).
    """
    alike = _structure_likeness(_luma(one), _luma(other))
    colours = _chroma(one), _chroma(other)
    if min(float(np.hypot(*each).mean()) for each in colours) < GREY:
        return alike
    distance = float(np.hypot(*(colours[0] - colours[1])).mean())
    strangeness = min(max(distance - GREY, 0.0) / OTHER_COLOUR, 1.0)
    return alike * (1 - COLOUR_WEIGHT * strangeness)


def _structure_likeness(one: Cells, other: Cells) -> float:
    """The best correlation of two grids laid over each other, moved by up to `SHIFT`; 0..1."""
    found = [_correlation(one, other), _correlation(other, one)]
    return min(max(0.0, *found), 1.0)


def _correlation(whole: Cells, other: Cells) -> float:
    """The best fit of the middle of one grid in another; 0 when the middle is flat."""
    middle = other[SHIFT:-SHIFT, SHIFT:-SHIFT]
    if np.ptp(middle) == 0:
        return 0.0
    return float(cv2.matchTemplate(whole, middle, cv2.TM_CCOEFF_NORMED).max())


def _cut(plane: npt.NDArray[np.uint8], box: Box, scale: int) -> npt.NDArray[np.uint8]:
    """The pixels of a box in a plane that is `scale` times smaller than the frame; at least one."""
    x1, y1 = box.x1 // scale, box.y1 // scale
    return plane[y1 : max(box.y2 // scale, y1 + 1), x1 : max(box.x2 // scale, x1 + 1)]


def _cells(pixels: npt.NDArray[np.uint8], side: int) -> Cells:
    resized = cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA)
    return resized.astype(np.float32)


def _to_bytes(cells: Cells) -> bytes:
    return np.clip(np.rint(cells), -127, 127).astype(np.int8).tobytes()


def _luma(appearance: Appearance) -> Cells:
    cells = np.frombuffer(appearance.luma, np.int8).astype(np.float32)
    return cells.reshape(LUMA_CELLS, LUMA_CELLS)


def _chroma(appearance: Appearance) -> Cells:
    cells = np.frombuffer(appearance.chroma, np.int8).astype(np.float32)
    return cells.reshape(2, CHROMA_CELLS, CHROMA_CELLS)
