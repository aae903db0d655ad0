"""Transformers: RF-DETR, and D-FINE as RT-DETR and DEIM."""

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
from picket.detect.decode.grid import (
    cell_counts,
    centers_to_corners,
    likely_rows,
    sigmoid,
    with_best_class,
)
from picket.detect.decode.ready import ready

FIRST_CLASS = 1
"""COCO's numbers begin at 1, and so do those of RF-DETR's own training; column 0 has no object."""


def count_rfdetr(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """Boxes (1, queries, 4) and logits (1, queries, 1 + classes)."""
    match outputs:
        case [(1, boxes, 4), (1, logits, columns)] if boxes == logits and columns > FIRST_CLASS:
            # As many queries as cells would be the raw output of a YOLO.
            return columns - FIRST_CLASS if boxes != sum(cell_counts(size, (8, 16, 32))) else None
        case _:
            return None


def decode_rfdetr(outputs: Sequence[Floats], size: InputSize) -> Candidates:  # noqa: ARG001
    """Centre and size as shares of the input; every class has its own logistic.

    Source: github.com/roboflow/rf-detr, `models/lwdetr.py` (`PostProcess`); Frigate takes a softmax
    over the classes instead, with which the scores of sure objects depend on all others.
    """
    scores = sigmoid(outputs[1][0][:, FIRST_CLASS:])
    rows = likely_rows(scores)
    boxes = outputs[0][0][rows]
    return with_best_class(
        centers_to_corners(boxes[:, :2], boxes[:, 2:], InputSize(1, 1)), scores[rows]
    )


def count_dfine(outputs: Sequence[Shape], size: InputSize) -> int | None:  # noqa: ARG001
    """Labels (1, n), boxes (1, n, 4), scores (1, n)."""
    match outputs:
        case [(1, labels), (1, boxes, 4), (1, scores)] if labels == boxes == scores:
            return UNKNOWN_CLASSES
        case _:
            return None


def decode_dfine(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """Corners in pixels of the size that the network was told, which is that of its input.

    Source: github.com/Peterande/D-FINE, `tools/deployment/export_onnx.py`.
    """
    labels, boxes, scores = (output[0] for output in outputs)
    return ready(boxes, scores, labels, size)


RFDETR = Family(
    name="rfdetr",
    outputs="two outputs (1, queries, 4) and (1, queries, 1 + classes)",
    preparation=Preparation("rgb", mean=(123.675, 116.28, 103.53), std=(58.395, 57.12, 57.375)),
    count_classes=count_rfdetr,
    decode=decode_rfdetr,
    nms_iou=0.7,
)
DFINE = Family(
    name="dfine",
    outputs="three outputs: labels (1, n), boxes (1, n, 4) and scores (1, n)",
    preparation=Preparation("rgb", std=(255.0, 255.0, 255.0)),
    count_classes=count_dfine,
    decode=decode_dfine,
    nms_iou=0.7,
)
