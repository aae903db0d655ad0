"""NanoDet and NanoDet-Plus: all levels in one output."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.detect.decode.candidates import Candidates
from picket.detect.decode.distances import REGRESSION, decode_level, joined
from picket.detect.decode.family import Family, Floats, InputSize, Preparation, Shape
from picket.detect.decode.grid import cell_counts

ANCHORS = {(8, 16, 32): 0.5, (8, 16, 32, 64): 0.0}
"""Where points lie in their cells, by the levels: NanoDet the middle, NanoDet-Plus top left."""


def count_classes(outputs: Sequence[Shape], size: InputSize) -> int | None:
    """One output (1, cells of all levels, classes + 32)."""
    match outputs:
        case [(_, rows, columns)] if columns > REGRESSION and _strides(rows, size):
            return columns - REGRESSION
        case _:
            return None


def decode(outputs: Sequence[Floats], size: InputSize) -> Candidates:
    """Scores are final (sigmoid inside the export).

    Source: github.com/RangiLyu/nanodet: `gfl_head.py` (three levels), `nanodet_plus_head.py`.
    """
    rows = outputs[0][0]
    strides = _strides(len(rows), size)
    ends = np.cumsum(cell_counts(size, strides))[:-1]
    return joined(
        [
            decode_level(level[:, :-REGRESSION], level[:, -REGRESSION:], size, stride, anchor)
            for level, stride, anchor in zip(
                np.split(rows, ends), strides, [ANCHORS[strides]] * len(strides), strict=True
            )
        ]
    )


def _strides(cells: int, size: InputSize) -> tuple[int, ...]:
    return next((s for s in ANCHORS if sum(cell_counts(size, s)) == cells), ())


FAMILY = Family(
    name="nanodet",
    outputs="one output (1, cells, classes + 32) over strides 8, 16, 32 (and 64)",
    preparation=Preparation("bgr", mean=(103.53, 116.28, 123.675), std=(57.375, 57.12, 58.395)),
    count_classes=count_classes,
    decode=decode,
    nms_iou=0.6,
)
