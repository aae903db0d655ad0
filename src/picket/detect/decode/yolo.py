"""YOLO v5 and v7 (with objectness), v8, v9 and v11 (without), v10 and other end-to-end exports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.detect.decode.candidates import SCORE_FLOOR, Candidates
from picket.detect.decode.family import (
    UNKNOWN_CLASSES,
    Family,
    Floats,
    InputSize,
    Preparation,
    Shape,
)
from picket.detect.decode.grid import (
    cell_counts,
    centers_to_corners,
    likely_rows,
    relative,
    with_best_class,
)

STRIDES = (8, 16, 32)
ANCHORS_PER_CELL = 3
END_TO_END = 6
"""Columns of an export that suppressed duplicates: x1, y1, x2, y2, score, class."""

PREPARATION = Preparation("rgb", std=(255.0, 255.0, 255.0))


def count_v5(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """One output (1, 3 * cells, 5 + classes)."""
    anchors = ANCHORS_PER_CELL * sum(cell_counts(size, STRIDES))
    match outputs:
        case [(_, rows, columns)] if rows == anchors and columns > 5:
            return columns - 5
        case _:
            return None


def count_v8(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """One output (1, 4 + classes, cells), or end to end (1, n, 6)."""
    cells = sum(cell_counts(size, STRIDES))
    match outputs:
        case [(_, rows, columns)] if columns == cells and rows > 4:
            return rows - 4
        case [(_, rows, columns)] if columns == END_TO_END and 0 < rows < cells:
            return UNKNOWN_CLASSES
        case _:
            return None


def count_any(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """Any of the heads."""
    with_objectness = count_v5(outputs, size)
    return count_v8(outputs, size) if with_objectness is None else with_objectness


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """The head is told by its shape; the counts above have made sure that it is one of the three.

    Source: the export formats of github.com/ultralytics/ultralytics and github.com/THU-MIG/yolov10.
    """
    rows = outputs[0][0]
    if rows.shape[1] == END_TO_END and rows.shape[0] < sum(cell_counts(size, STRIDES)):
        return decode_end_to_end(rows, size)
    if rows.shape[0] % ANCHORS_PER_CELL == 0 and count_v5([outputs[0].shape], size) is not None:
        return decode_objectness(rows, size)
    return decode_anchor_free(rows.T, size)


def decode_objectness(rows: Floats, size: InputSize) -> Candidates:
    """(n, 5 + classes): centre, size, objectness, classes."""
    likely = rows[rows[:, 4] >= SCORE_FLOOR]
    return with_best_class(_boxes(likely, size), likely[:, 4:5] * likely[:, 5:])


def decode_anchor_free(rows: Floats, size: InputSize) -> Candidates:
    """(n, 4 + classes): centre, size, classes."""
    likely = rows[likely_rows(rows[:, 4:])]
    return with_best_class(_boxes(likely, size), likely[:, 4:])


def decode_end_to_end(rows: Floats, size: InputSize) -> Candidates:
    """(n, 6): corners in input pixels, score, class."""
    likely = rows[rows[:, 4] >= SCORE_FLOOR]
    scores = np.clip(likely[:, 4], 0, 1)
    return Candidates(relative(likely[:, :4], size), scores, likely[:, 5].astype(np.int64))


def _boxes(rows: Floats, size: InputSize) -> Floats:
    # TFLite exports give shares of the input, the others pixels; no real set of pixel boxes
    # fits in the first two pixels of the picture.
    is_relative = rows.size > 0 and rows[:, :4].max() <= 2
    scale = InputSize(1, 1) if is_relative else size
    return centers_to_corners(rows[:, :2], rows[:, 2:4], scale)


YOLOV5 = Family("yolov5", "one output (1, 3 * cells, 5 + classes)", PREPARATION, count_v5, decode)
YOLOV8 = Family(
    "yolov8", "one output (1, 4 + classes, cells) or (1, n, 6)", PREPARATION, count_v8, decode
)
YOLO_GENERIC = Family(
    "yolo-generic", f"{YOLOV5.outputs}, or {YOLOV8.outputs}", PREPARATION, count_any, decode
)
