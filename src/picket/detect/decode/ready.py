"""Outputs that come ready: duplicates removed, a box, a score and a class per row."""

from __future__ import annotations

import numpy as np

from picket.detect.decode.candidates import SCORE_FLOOR, Candidates
from picket.detect.decode.family import Floats, InputSize
from picket.detect.decode.grid import relative

SIX = 6
"""Columns: x1, y1, x2, y2, score, class."""

SEVEN = 7
"""Columns: number of the picture, x1, y1, x2, y2, then class and score in either order."""


def ready_rows(rows: Floats, size: InputSize) -> Candidates:
    """Rows of six or seven columns, shape (n, 6) or (n, 7).

    Source: github.com/THU-MIG/yolov10 (six); github.com/WongKinYiu/yolov7, `export.py --end2end`
    (seven, class before score); super-gradients, `models_export.md` (seven, score before class).
    """
    if rows.shape[1] == SIX:
        return ready(rows[:, :4], rows[:, 4], rows[:, 5], size)
    first, second = rows[:, 5], rows[:, 6]
    # Both orders are in use, and only classes are whole numbers.
    is_score_first = not _is_whole(first) and _is_whole(second)
    scores, classes = (first, second) if is_score_first else (second, first)
    return ready(rows[:, 1:5], scores, classes, size)


def ready(corners: Floats, scores: Floats, classes: Floats, size: InputSize) -> Candidates:
    """Those that score enough.

    Args:
        corners: x1, y1, x2, y2 in pixels of the input, or as shares of it (as TFLite exports give
            them), shape (n, 4).
        scores: 0..1, shape (n,).
        classes: whole numbers, shape (n,).
        size: of the network's input.
    """
    rows = np.flatnonzero(scores >= SCORE_FLOOR)
    return Candidates(
        relative(corners[rows], pixel_scale(corners[rows], size)),
        np.clip(scores[rows], 0, 1),
        classes[rows].astype(np.int64),
    )


def pixel_scale(boxes: Floats, size: InputSize) -> InputSize:
    """What the boxes are to be divided by: nothing where they are shares of the input already.

    No real set of pixel boxes fits in the first two pixels of the picture.
    """
    return InputSize(1, 1) if boxes.size > 0 and boxes.max() <= 2 else size


def _is_whole(column: Floats) -> bool:
    return bool(np.array_equal(column, np.rint(column)))
