"""PicoDet: four levels, scores and box distributions in separate outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from picket.detect.decode.candidates import Candidates
from picket.detect.decode.distances import REGRESSION, decode_level, joined
from picket.detect.decode.family import Family, Floats, InputSize, Preparation, Shape
from picket.detect.decode.grid import cell_counts

STRIDES = (8, 16, 32, 64)


def count_classes(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """Per level one (1, cells, classes) and, later in the file, one (1, cells, 32)."""
    if len(outputs) != 2 * len(STRIDES) or any(len(shape) != 3 for shape in outputs):
        return None
    classes: set[int] = set()
    for cells in cell_counts(size, STRIDES):
        match [shape[2] for shape in outputs if shape[1] == cells]:
            case [scores, regression] if regression == REGRESSION:
                classes.add(scores)
            case _:
                return None
    return classes.pop() if len(classes) == 1 else None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """Scores are final (sigmoid inside); points lie in the middle of their cells.

    Source: Yu et al. 2021, "PP-PicoDet: A Better Real-Time Object Detector on Mobile Devices".
    """
    levels = []
    for stride, cells in zip(STRIDES, cell_counts(size, STRIDES), strict=True):
        pair = [output[0] for output in outputs if output.shape[1] == cells]
        scores, regression = cast("tuple[Floats, Floats]", pair)
        levels.append(decode_level(scores, regression, size, stride, anchor=0.5))
    return joined(levels)


FAMILY = Family(
    name="picodet",
    outputs="eight outputs: (1, cells, classes) and (1, cells, 32) for strides 8, 16, 32 and 64",
    preparation=Preparation("rgb", mean=(123.675, 116.28, 103.53), std=(58.395, 57.12, 57.375)),
    count_classes=count_classes,
    decode=decode,
    nms_iou=0.6,
)
