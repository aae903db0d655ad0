"""Boxes with scores before duplicates are removed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SCORE_FLOOR = 0.25
"""Lower scores are not worth decoding: the pipeline drops everything under 0.4."""

MAX_FOUND = 100
"""Objects per crop; more is noise, and bounds the work of suppression."""

MAX_COMPARED = 400
"""Candidates that enter suppression, best first; bounds its square."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a network proposes, in no order.

    Attributes:
        boxes: corners (x1, y1, x2, y2) as shares of the input, float32, shape (n, 4).
        scores: 0..1, float32, shape (n,).
        classes: index of the class, int64, shape (n,).
    """

    boxes: npt.NDArray[np.float32]
    scores: npt.NDArray[np.float32]
    classes: npt.NDArray[np.int64]

    def take(self, rows: npt.NDArray[np.int64]) -> Candidates:
        """Only these rows, in this order."""
        return Candidates(self.boxes[rows], self.scores[rows], self.classes[rows])


def suppress(candidates: Candidates, max_iou: float) -> Candidates:
    """Remove what overlaps a better candidate of its class by more than `max_iou`, best first.

    Source: greedy non-maximum suppression, as in Girshick et al. 2014, "Rich feature hierarchies".
    """
    order = np.argsort(-candidates.scores, kind="stable")[:MAX_COMPARED]
    ordered = candidates.take(order)
    rivals = overlap_matrix(ordered.boxes) > max_iou
    rivals &= ordered.classes[:, None] == ordered.classes[None, :]
    kept: list[int] = []
    for row in range(len(ordered.scores)):
        if not rivals[row, kept].any():
            kept.append(row)
    return ordered.take(np.array(kept[:MAX_FOUND], dtype=np.int64))


def overlap_matrix(boxes: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Intersection over union of every pair of (x1, y1, x2, y2), shape (n, n); empty boxes give 0.

    Source: Everingham et al. 2010, "The PASCAL VOC Challenge", section 4.2.
    """
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.prod((high - low).clip(min=0), axis=2)
    area = np.prod((boxes[:, 2:] - boxes[:, :2]).clip(min=0), axis=1)
    joined = area[:, None] + area[None, :] - shared
    overlap: npt.NDArray[np.float32] = np.divide(
        shared, joined, out=np.zeros_like(shared), where=joined > 0
    )
    return overlap
