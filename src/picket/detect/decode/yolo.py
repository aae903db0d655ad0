"""YOLO v5 and v7 (with objectness), v8, v9 and v11 (without), v10 and other end-to-end exports."""

from __future__ import annotations

from collections.abc import Sequence

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
    with_best_class,
)
from picket.detect.decode.ready import SEVEN, SIX, pixel_scale, ready_rows

STRIDES = (8, 16, 32)
ANCHORS_PER_CELL = 3

PREPARATION = Preparation("rgb", std=(255.0, 255.0, 255.0))


def count_v5(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """One output (1, 3 * cells, 5 + classes), or end to end."""
    anchors = ANCHORS_PER_CELL * sum(cell_counts(size, STRIDES))
    match outputs:
        case [(_, rows, columns)] if rows == anchors and columns > 5:
            return columns - 5
        case _:
            return _count_ready(outputs, size)


def count_v8(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """One output (1, 4 + classes, cells), or end to end."""
    match outputs:
        case [(_, rows, columns)] if columns == sum(cell_counts(size, STRIDES)) and rows > 4:
            return rows - 4
        case _:
            return _count_ready(outputs, size)


def count_any(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """Any of the heads."""
    with_objectness = count_v5(outputs, size)
    return count_v8(outputs, size) if with_objectness is None else with_objectness


def _count_ready(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """(1, n, 6), (n, 6) or (n, 7); n is what the picture holds in some exports, so maybe none."""
    match outputs:
        case [(1, rows, columns)] if columns == SIX and rows < sum(cell_counts(size, STRIDES)):
            return UNKNOWN_CLASSES
        case [(_, columns)] if columns in (SIX, SEVEN):
            return UNKNOWN_CLASSES
        case _:
            return None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """The head is told by its shape; the counts above have made sure that it is one of these.

    Source: the export formats of github.com/ultralytics/ultralytics and github.com/WongKinYiu.
    """
    if _count_ready([outputs[0].shape], size) is not None:
        return ready_rows(outputs[0].reshape(-1, outputs[0].shape[-1]), size)
    rows = outputs[0][0]
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


def _boxes(rows: Floats, size: InputSize) -> Floats:
    return centers_to_corners(rows[:, :2], rows[:, 2:4], pixel_scale(rows[:, :4], size))


READY = "end to end (1, n, 6), (n, 6) or (n, 7)"
YOLOV5 = Family(
    "yolov5", f"one output (1, 3 * cells, 5 + classes) or {READY}", PREPARATION, count_v5, decode
)
YOLOV8 = Family(
    "yolov8", f"one output (1, 4 + classes, cells) or {READY}", PREPARATION, count_v8, decode
)
YOLO_GENERIC = Family(
    "yolo-generic",
    f"one output (1, 3 * cells, 5 + classes) or (1, 4 + classes, cells) or {READY}",
    PREPARATION,
    count_any,
    decode,
)
