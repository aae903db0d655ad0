"""SSD and ATSS as OpenVINO's models end: duplicates removed inside, in one table or in two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.detect.decode.candidates import Candidates
from picket.detect.decode.family import (
    UNKNOWN_CLASSES,
    Family,
    Floats,
    InputSize,
    Preparation,
    Shape,
)
from picket.detect.decode.ready import ready


def count_classes(outputs: Sequence[Shape], size: InputSize) -> int | None:  # noqa: ARG001
    """(1, 1, n, 7), or boxes (n, 5) and labels (n,); the classes stay unknown."""
    match sorted(outputs, key=len):
        case [(1, 1, _, 7)]:
            return UNKNOWN_CLASSES
        case [(labels,), (boxes, 5)] if labels == boxes:
            return UNKNOWN_CLASSES
        case _:
            return None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """One table: picture, class, score, corners as shares. Two: corners in pixels, score; class.

    Source: OpenVINO's operation `DetectionOutput-8`, where the first row with a negative picture
    ends the table; Open Model Zoo's pages of person-vehicle-bike-detection-2000 and -2003.
    """
    if len(outputs) == 1:
        rows = outputs[0][0, 0]
        ends = np.flatnonzero(rows[:, 0] < 0)
        rows = rows[: ends[0]] if len(ends) else rows
        return ready(rows[:, 3:], rows[:, 2], rows[:, 1], InputSize(1, 1))
    labels, boxes = sorted(outputs, key=lambda output: output.ndim)
    return ready(boxes[:, :4], boxes[:, 4], labels, size)


FAMILY = Family(
    name="openvino-ssd",
    outputs="one output (1, 1, n, 7), or boxes (n, 5) and labels (n,)",
    preparation=Preparation("bgr"),
    count_classes=count_classes,
    decode=decode,
    assumed_classes=UNKNOWN_CLASSES,
    nms_iou=0.6,
    also_called=("ssd",),
)
