"""FastestDet: one level, objectness, box and classes as planes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.detect.decode.candidates import SCORE_FLOOR, Candidates
from picket.detect.decode.family import Family, Floats, InputSize, Preparation, Shape
from picket.detect.decode.grid import centers_to_corners, sigmoid, with_best_class

STRIDE = 16
OBJECTNESS_AND_BOX = 5


def count_classes(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """One output (1, 5 + classes, height / 16, width / 16)."""
    level = (size.height // STRIDE, size.width // STRIDE)
    match outputs:
        case [(_, planes, *cells)] if tuple(cells) == level and planes > OBJECTNESS_AND_BOX:
            return planes - OBJECTNESS_AND_BOX
        case _:
            return None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """Planes: objectness, tanh offset x and y, sigmoid width and height, class scores.

    Source: FastestDet's published ONNX example (github.com/dog-qiuqiu/FastestDet).
    """
    planes = outputs[0][0]
    rows, columns = np.nonzero(planes[0] >= SCORE_FLOOR)
    cells = planes[:, rows, columns].T
    centers = (np.stack((columns, rows), axis=1) + np.tanh(cells[:, 1:3])) * STRIDE
    sizes = sigmoid(cells[:, 3:5]) * np.array([size.width, size.height], dtype=np.float32)
    boxes = centers_to_corners(centers.astype(np.float32), sizes, size)
    return with_best_class(boxes, cells[:, :1] * cells[:, 5:])


FAMILY = Family(
    name="fastestdet",
    outputs="one output (1, 5 + classes, height / 16, width / 16)",
    preparation=Preparation("bgr", std=(255.0, 255.0, 255.0)),
    count_classes=count_classes,
    decode=decode,
    nms_iou=0.45,
)
