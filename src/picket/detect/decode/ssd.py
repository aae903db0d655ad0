"""SSD with the TFLite post-processing operator inside: boxes come ready."""

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


def count_classes(outputs: Sequence[Shape], size: InputSize) -> int | None:  # noqa: ARG001
    """Boxes (1, n, 4), classes (1, n), scores (1, n), count (1); the classes stay unknown."""
    ranks = sorted(len(shape) for shape in outputs)
    has_boxes = any(len(shape) == 3 and shape[2] == 4 for shape in outputs)
    return UNKNOWN_CLASSES if ranks == [1, 2, 2, 3] and has_boxes else None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:  # noqa: ARG001
    """Rows up to the count; boxes are (y1, x1, y2, x2), already relative.

    Converters order the outputs differently, so each is told by its shape, and the classes from
    the scores by being whole numbers.

    Source: TensorFlow Lite, `TFLite_Detection_PostProcess` (detection_postprocess.cc).
    """
    by_rank = {output.ndim: output for output in outputs if output.ndim != 2}
    first, second = (output[0] for output in outputs if output.ndim == 2)
    classes, scores = (first, second) if np.array_equal(first, np.rint(first)) else (second, first)
    count = int(by_rank[1][0])
    rows = np.flatnonzero(scores[:count] >= SCORE_FLOOR)
    boxes = by_rank[3][0][rows][:, [1, 0, 3, 2]]
    return Candidates(boxes, np.clip(scores[rows], 0, 1), classes[rows].astype(np.int64))


FAMILY = Family(
    name="ssd",
    outputs="four outputs: boxes (1, n, 4), classes (1, n), scores (1, n) and count (1)",
    preparation=Preparation("rgb", mean=(127.5,) * 3, std=(127.5,) * 3),
    count_classes=count_classes,
    decode=decode,
    assumed_classes=91,
    nms_iou=0.6,
)
