"""Boxes as distributions of the distance to each side: shared by NanoDet and PicoDet."""

from __future__ import annotations

import numpy as np

from picket.detect.decode.candidates import Candidates
from picket.detect.decode.family import Floats, InputSize
from picket.detect.decode.grid import cell_corners, likely_rows, relative, with_best_class

BINS = 8
"""Steps of a distance, 0..7 strides: `reg_max` is 7 in every published model of both families."""

REGRESSION = 4 * BINS


def decode_level(
    class_scores: Floats, regression: Floats, size: InputSize, stride: int, anchor: float
) -> Candidates:
    """Candidates of one level.

    Args:
        class_scores: 0..1, shape (cells, classes).
        regression: logits, left, top, right, bottom of 8 bins each, shape (cells, 32).
        size: of the network's input.
        stride: pixels from cell to cell.
        anchor: where in its cell a point lies: 0.0 top left, 0.5 the middle.

    Source: Li et al. 2020, "Generalized Focal Loss", section 3.2 (expected value of a distance).
    """
    rows = likely_rows(class_scores)
    points = (cell_corners(size, stride)[rows] + anchor) * stride
    distances = expected_distances(regression[rows]) * stride
    corners = np.concatenate((points - distances[:, :2], points + distances[:, 2:]), axis=1)
    return with_best_class(relative(corners, size), class_scores[rows])


def expected_distances(logits: Floats) -> Floats:
    """Mean of each softmax distribution over 0..7; (n, 32) becomes (n, 4), in strides."""
    bins = logits.reshape(-1, 4, BINS)
    weights = np.exp(bins - bins.max(axis=2, keepdims=True))
    means: Floats = (weights @ np.arange(BINS, dtype=np.float32)) / weights.sum(axis=2)
    return means


def joined(levels: list[Candidates]) -> Candidates:
    """The candidates of all levels as one."""
    return Candidates(
        np.concatenate([level.boxes for level in levels]),
        np.concatenate([level.scores for level in levels]),
        np.concatenate([level.classes for level in levels]),
    )
