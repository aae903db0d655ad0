"""YOLO-NAS: raw, or with duplicates removed inside in one table or in four."""

from __future__ import annotations

from collections.abc import Sequence

from picket.detect.decode.candidates import Candidates
from picket.detect.decode.family import (
    UNKNOWN_CLASSES,
    Family,
    Floats,
    InputSize,
    Preparation,
    Shape,
)
from picket.detect.decode.grid import cell_counts, likely_rows, relative, with_best_class
from picket.detect.decode.ready import SEVEN, ready, ready_rows

STRIDES = (8, 16, 32)


def count_classes(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """Flat, batch or raw, as `FAMILY.outputs` shows them; only the raw form tells the classes."""
    cells = sum(cell_counts(size, STRIDES))
    match outputs:
        case [(_, columns)] if columns == SEVEN:
            return UNKNOWN_CLASSES
        case [(1, 1), (1, n, 4), (1, scores), (1, classes)] if n == scores == classes:
            return UNKNOWN_CLASSES
        case [(1, boxes, 4), (1, scores, classes)] if boxes == scores == cells:
            return classes
        case _:
            return None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """Corners are in pixels of the input, scores final.

    Source: super-gradients, `documentation/source/models_export.md`.
    """
    match outputs:
        case [flat]:
            return ready_rows(flat, size)
        case [number, boxes, scores, classes]:
            count = int(number[0, 0])
            return ready(boxes[0, :count], scores[0, :count], classes[0, :count], size)
        case _:
            boxes, scores = outputs[0][0], outputs[1][0]
            rows = likely_rows(scores)
            return with_best_class(relative(boxes[rows], size), scores[rows])


FAMILY = Family(
    name="yolonas",
    outputs="flat (n, 7), or batch (1, 1), (1, n, 4), (1, n), (1, n), or raw (1, cells, 4) and"
    " (1, cells, classes)",
    preparation=Preparation("bgr", std=(255.0, 255.0, 255.0)),
    count_classes=count_classes,
    decode=decode,
    nms_iou=0.7,
)
