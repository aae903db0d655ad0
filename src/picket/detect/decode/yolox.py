"""YOLOX, raw grid: the export without in-network decoding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.detect.decode.candidates import SCORE_FLOOR, Candidates
from picket.detect.decode.family import Family, Floats, InputSize, Preparation, Shape
from picket.detect.decode.grid import (
    cell_corners,
    cell_counts,
    centers_to_corners,
    with_best_class,
)

STRIDES = (8, 16, 32)
BOX_AND_OBJECTNESS = 5


def count_classes(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """One output (1, cells, 5 + classes)."""
    cells = sum(cell_counts(size, STRIDES))
    match outputs:
        case [(_, rows, columns)] if rows == cells and columns > BOX_AND_OBJECTNESS:
            return columns - BOX_AND_OBJECTNESS
        case _:
            return None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """Centre = (offset + cell) * stride, size = exp(value) * stride, score = objectness * class.

    Source: Ge et al. 2021, "YOLOX: Exceeding YOLO Series in 2021", section 2.1.
    """
    grid = outputs[0][0]
    # A class score is at most 1, so the objectness alone rules most cells out.
    rows = np.flatnonzero(grid[:, 4] >= SCORE_FLOOR)
    cells, strides = _cells(size)
    cells, strides, likely = cells[rows], strides[rows], grid[rows]
    boxes = centers_to_corners(
        (likely[:, :2] + cells) * strides, np.exp(likely[:, 2:4]) * strides, size
    )
    return with_best_class(boxes, likely[:, 4:5] * likely[:, 5:])


def _cells(size: InputSize) -> tuple[Floats, Floats]:
    levels = [cell_corners(size, stride) for stride in STRIDES]
    strides = np.repeat(STRIDES, [len(level) for level in levels])
    return np.concatenate(levels), strides.astype(np.float32)[:, None]


FAMILY = Family(
    name="yolox",
    outputs="one output (1, cells, 5 + classes) over strides 8, 16 and 32",
    preparation=Preparation("bgr"),
    count_classes=count_classes,
    decode=decode,
)
