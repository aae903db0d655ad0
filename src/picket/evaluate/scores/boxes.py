"""Which boxes lie on which true ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from picket.domain.geometry import Box
from picket.evaluate.truth.values import TrueBox

Floats = npt.NDArray[np.float64]

SAME_IOU = 0.5
"""Boxes that overlap so much show the same object, as in PASCAL VOC and MOTChallenge."""

IGNORED_SHARE = 0.5
"""Of a box's own area: so much of it in a region to ignore, and it is not judged."""


def iou_matrix(a: Sequence[Box], b: Sequence[Box]) -> Floats:
    """Intersection over union of every pair, float64, shape (len(a), len(b))."""
    values = [[one.iou(other) for other in b] for one in a]
    return np.asarray(values, dtype=np.float64).reshape(len(a), len(b))


def is_ignored(box: Box, truths: Sequence[TrueBox]) -> bool:
    """Whether a box lies mostly in one of the regions that nobody judges."""
    return any(
        true.is_ignored and box.intersection(true.box) >= IGNORED_SHARE * box.area
        for true in truths
    )
